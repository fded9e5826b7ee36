//! One call: prepare the request, send it, read the response, decode it.
//!
//! Repeating a call is not done here; it would wrap [`Transport::attempt`].

use reqwest::Request;

use crate::error::CallError;
use crate::response::Reading;
use crate::{
    BodyFailure, Decode, Error, Operation, RawResponse, RequestError, Response, Transport,
    TransportErrorKind,
};

impl Transport {
    /// Sends a request of an operation and reads its response as `D` declares it.
    ///
    /// A request that could not be built is taken as it is, so that the error names the operation.
    /// The credentials that the operation requires are added just before it is sent.
    ///
    /// # Errors
    ///
    /// Whenever the outcome is not the operation's success: see [`Error`].
    pub async fn execute<D: Decode>(
        &self,
        operation: &'static Operation,
        request: Result<Request, RequestError>,
    ) -> Result<Response<D::Success>, Error<D::Error>> {
        let request = self
            .prepare(operation, request)
            .map_err(|error| error.of(operation))?;
        let response = self
            .attempt(request)
            .await
            .map_err(|error| error.of(operation))?;
        match D::decode(&response).0 {
            Reading::Success(body) => Ok(Response::new(operation, response, body)),
            Reading::Error(error) => Err(Error::Api {
                operation,
                response: Box::new(response),
                error,
            }),
            Reading::Failure(failure) => Err(Error::Body {
                operation,
                response: Box::new(response),
                failure,
            }),
            Reading::Undeclared => Err(Error::Undeclared {
                operation,
                response: Box::new(response),
            }),
        }
    }

    fn prepare(
        &self,
        operation: &Operation,
        request: Result<Request, RequestError>,
    ) -> Result<Request, CallError> {
        let mut request = request?;
        self.authorize(operation, &mut request)?;
        Ok(request)
    }

    async fn attempt(&self, request: Request) -> Result<RawResponse, CallError> {
        let response = self
            .http()
            .execute(request)
            .await
            .map_err(|error| CallError::Transport(error.into()))?;
        read(response, self.max_response_bytes()).await
    }
}

/// Reads a body piece by piece up to the limit. `Content-Length` may end the reading early, but
/// is not trusted with an allocation.
async fn read(mut response: reqwest::Response, limit: usize) -> Result<RawResponse, CallError> {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    let announced = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    let failure = if announced.is_some_and(|length| length > limit) {
        Some(BodyFailure::TooLarge { limit })
    } else {
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    let room = limit - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        break Some(BodyFailure::TooLarge { limit });
                    }
                }
                Ok(None) => break None,
                Err(error) => break Some(BodyFailure::Truncated(TransportErrorKind::of(&error))),
            }
        }
    };
    let response = RawResponse::new(status, headers, body);
    match failure {
        None => Ok(response),
        Some(failure) => Err(CallError::Body(Box::new(response), failure)),
    }
}
