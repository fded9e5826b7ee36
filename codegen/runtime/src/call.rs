//! The methods of [`Transport`] that make a call: send the request, read the response, decode it.

use reqwest::Request;

use crate::attempt_loop::{Call, NextRequest};
use crate::outcome::Outcome;
use crate::read_body::{decode_blocking, decode_inline};
use crate::response::DecodedKind;
use crate::{CallOptions, Decode, Download, Error, Operation, RequestError, Response, Transport};

impl Transport {
    /// Builds and sends a request of an operation and decodes its response as `D` declares it.
    ///
    /// `request` is called before each attempt, so that a call with one attempt copies nothing. The
    /// credentials that the operation requires are added just before sending. The request is
    /// retried according to the [`RetryPolicy`](crate::RetryPolicy), and once with a new token if
    /// the server rejects one that came from a [`TokenSource`](crate::TokenSource).
    ///
    /// The future can be dropped at any point.
    ///
    /// # Errors
    ///
    /// If the call does not succeed: see [`Error`].
    pub async fn call<D: Decode>(
        &self,
        operation: &'static Operation,
        request: impl Fn() -> Result<Request, RequestError>,
        options: &CallOptions,
    ) -> Result<Response<D::Success>, Error<D::Error>> {
        let call = &mut Call::new(self, operation, options);
        self.complete::<D>(call, request_factory(request)).await
    }

    /// Same as [`Transport::call`], but returns the body of a success as a stream. The operation must
    /// declare it as bytes: only its media type is checked.
    ///
    /// # Errors
    ///
    /// Same as [`Transport::call`]. Errors in the body are returned while reading it.
    pub async fn stream<D: Decode>(
        &self,
        operation: &'static Operation,
        request: impl Fn() -> Result<Request, RequestError>,
        options: &CallOptions,
    ) -> Result<Response<Download>, Error<D::Error>> {
        let mut call = Call::new(self, operation, options);
        call.is_streamed = true;
        let response = self
            .complete::<D>(&mut call, request_factory(request))
            .await?;
        let body = call.streaming_body.take();
        Ok(response.map(|_| Download::new(body, self.clone())))
    }

    /// Same as [`Transport::call`], but with a request that is already built. It is copied before each
    /// attempt that can still be retried.
    ///
    /// `request` is a `Result`, so that an error from building it is returned with the name of the
    /// operation.
    ///
    /// # Errors
    ///
    /// Same as [`Transport::call`].
    pub async fn execute<D: Decode>(
        &self,
        operation: &'static Operation,
        request: Result<Request, RequestError>,
        options: &CallOptions,
    ) -> Result<Response<D::Success>, Error<D::Error>> {
        let mut original = request;
        let requests = |can_retry: bool| {
            // The loop asks for no further request if no copy was made.
            let request = std::mem::replace(&mut original, Err(RequestError::Build))?;
            let copy = can_retry.then(|| request.try_clone()).flatten();
            let can_retry = copy.is_some();
            original = copy.ok_or(RequestError::Build);
            Ok((request, can_retry))
        };
        let call = &mut Call::new(self, operation, options);
        self.complete::<D>(call, requests).await
    }

    /// Runs the attempts of a call and decodes the last response.
    async fn complete<D: Decode>(
        &self,
        call: &mut Call<'_>,
        requests: impl FnMut(bool) -> NextRequest,
    ) -> Result<Response<D::Success>, Error<D::Error>> {
        let operation = call.operation;
        let response = call.run(requests).await;
        let mut attempts = std::mem::take(&mut call.attempts);
        let response = match response {
            Ok(response) => response,
            Err(failure) => {
                attempts.record_failure(failure.outcome());
                return Err(failure.into_error(operation, attempts));
            }
        };
        let (response, decoded) = match decode_inline::<D>(self, &response) {
            Some(decoded) => (response, decoded),
            // Boxed to keep the future small; rarely used.
            None => Box::pin(decode_blocking::<D>(self, response, call.remaining())).await,
        };
        if let DecodedKind::Success(body) = decoded {
            return Ok(Response::new(operation, response, body));
        }
        attempts.record_failure(Outcome::of_status(response.status()));
        let response = Box::new(response);
        Err(match decoded {
            DecodedKind::Error(error) => Error::Api {
                operation,
                response,
                error,
                attempts,
            },
            DecodedKind::Failure(failure) => Error::Body {
                operation,
                response,
                failure,
                attempts,
            },
            // A success has been returned above.
            DecodedKind::Undeclared | DecodedKind::Success(_) => Error::Undeclared {
                operation,
                response,
                attempts,
            },
        })
    }
}

/// Builds a request for each attempt. A request with a reader can be built only once.
fn request_factory(
    request: impl Fn() -> Result<Request, RequestError>,
) -> impl FnMut(bool) -> NextRequest {
    move |can_retry| {
        let request = request()?;
        let is_repeatable = request.body().is_none_or(|body| body.as_bytes().is_some());
        Ok((request, can_retry && is_repeatable))
    }
}
