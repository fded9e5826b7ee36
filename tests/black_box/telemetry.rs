//! The spans of a call, as a subscriber sees them: what an operator needs, and no secret.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use monite_client::Client;
use monite_client::runtime::RetryPolicy;
use tests::server::{Server, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::client_fixture::{CANARIES, builder, payload};

/// Keeps everything that the project's crates report, at every level.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Recorded>>);

#[derive(Default)]
struct Recorded {
    spans: Vec<Span>,
    /// What other crates report is not ours to promise anything about, but is looked at too.
    events: Vec<String>,
}

struct Span {
    name: &'static str,
    fields: BTreeMap<&'static str, String>,
    closed: bool,
}

struct Fields<'a>(&'a mut BTreeMap<&'static str, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Recorder {
    fn with<T>(&self, act: impl FnOnce(&mut Recorded) -> T) -> T {
        act(&mut self.0.lock().expect("no test panics here"))
    }
}

fn index(id: &Id) -> usize {
    usize::try_from(id.into_u64()).expect("spans are few") - 1
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let ours = ["openapi_client_runtime", "monite_client"];
        ours.iter().any(|name| metadata.target().starts_with(name))
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = BTreeMap::new();
        attributes.record(&mut Fields(&mut fields));
        self.with(|recorded| {
            recorded.spans.push(Span {
                name: attributes.metadata().name(),
                fields,
                closed: false,
            });
            Id::from_u64(u64::try_from(recorded.spans.len()).expect("spans are few"))
        })
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.with(|value| values.record(&mut Fields(&mut value.spans[index(span)].fields)));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        self.with(|recorded| recorded.events.push(format!("{fields:?}")));
    }

    fn try_close(&self, span: Id) -> bool {
        self.with(|recorded| recorded.spans[index(&span)].closed = true);
        true
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What was recorded of a revocation that meets these answers.
fn recorded(answers: Vec<Vec<u8>>) -> Recorder {
    let recorder = Recorder::default();
    let server = Server::with(answers);
    let patient = RetryPolicy::new().backoff(std::time::Duration::ZERO, std::time::Duration::ZERO);
    let client: Client = builder(&server.url())
        .retry(patient)
        .build()
        .expect("the client is built");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime is built");
    tracing::subscriber::with_default(recorder.clone(), || {
        let _ = runtime.block_on(client.revoke_token(payload()).send());
    });
    recorder
}

/// The spans as text, without what differs from run to run.
fn shown(recorder: &Recorder) -> String {
    recorder.with(|recorded| {
        let mut text = String::new();
        for span in &recorded.spans {
            text.push_str(&format!("{}\n", span.name));
            for (name, value) in &span.fields {
                let value = match *name {
                    "server.port" => "[port]",
                    "http.client.request.duration" => {
                        let seconds: f64 = value.parse().expect("it is a number");
                        assert!((0.0..10.0).contains(&seconds), "{seconds}");
                        "[seconds]"
                    }
                    _ => value.as_str(),
                };
                text.push_str(&format!("    {name} = {value}\n"));
            }
            assert!(span.closed, "the span ends with the attempt");
        }
        text
    })
}

#[test]
fn each_attempt_is_a_span() {
    let canaries = format!("{{\"message\":\"{}\"}}", CANARIES.join(" "));
    let recorder = recorded(vec![
        json("503 Service Unavailable", &canaries),
        json("200 OK", &canaries),
    ]);
    insta::assert_snapshot!("spans", shown(&recorder));
}

#[test]
fn no_span_tells_a_secret() {
    let text = CANARIES.join(" ");
    let echo = format!(r#"{{"error":{{"message":"{text}"}}}}"#);
    for answers in [
        vec![json("401 Unauthorized", &echo)],
        vec![
            json("500 canary-token", &echo),
            json("429 canary-bearer", &echo),
        ],
        vec![b"canary-token\r\n\r\n".to_vec()],
        Vec::new(),
    ] {
        let recorder = recorded(answers);
        let shown = shown(&recorder) + &recorder.with(|value| value.events.join("\n"));
        assert!(!shown.is_empty());
        for canary in CANARIES {
            assert!(!shown.contains(canary), "{canary} in {shown}");
        }
    }
}
