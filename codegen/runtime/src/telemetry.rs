//! One span per attempt, with the feature `tracing`; nothing without it. Names follow OpenTelemetry's
//! semantic conventions for HTTP. No header, query or body is recorded, and no text from the server.

#[cfg(feature = "tracing")]
mod enabled {
    use std::time::Duration;

    use tracing::Instrument as _;
    use tracing::field::Empty;

    use crate::attempt::{AttemptResult, response};
    use crate::{Operation, Transport};

    pub(crate) struct Span {
        span: tracing::Span,
        started: Duration,
    }

    impl Span {
        pub(crate) fn start(operation: &Operation, transport: &Transport, resends: u32) -> Self {
            let base_url = transport
                .base_url_of(operation)
                .unwrap_or(transport.base_url());
            let template = || format!("{}{}", base_url.path(), operation.path);
            let span = tracing::info_span!(
                "HTTP",
                otel.kind = "client",
                otel.name = format_args!("{} {}", operation.method, template()),
                http.request.method = operation.method,
                url.template = template(),
                server.address = base_url.host(),
                server.port = base_url.port(),
                http.request.resend_count = (resends > 0).then_some(resends),
                http.response.status_code = Empty,
                otel.status_code = Empty,
                error.r#type = Empty,
                http.client.request.duration = Empty,
            );
            Self {
                span,
                started: transport.clock().now(),
            }
        }

        pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
            future.instrument(self.span.clone())
        }

        pub(crate) fn end(self, result: &AttemptResult, transport: &Transport) {
            let span = &self.span;
            if let Some(response) = response(result) {
                let status = response.status();
                span.record("http.response.status_code", status.as_u16());
                if status.is_client_error() || status.is_server_error() {
                    span.record("error.type", status.as_str());
                    span.record("otel.status_code", "ERROR");
                }
            }
            if let Err(failure) = result {
                span.record("error.type", failure.kind());
                span.record("otel.status_code", "ERROR");
            }
            let duration = transport.clock().now().saturating_sub(self.started);
            span.record("http.client.request.duration", duration.as_secs_f64());
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use crate::attempt::AttemptResult;
    use crate::{Operation, Transport};

    pub(crate) struct Span;

    impl Span {
        pub(crate) fn start(_: &Operation, _: &Transport, _: u32) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(&self, future: F) -> F {
            future
        }

        pub(crate) fn end(self, _: &AttemptResult, _: &Transport) {}
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) use disabled::Span;
#[cfg(feature = "tracing")]
pub(crate) use enabled::Span;
