//! One call: send the request, as often as that is safe and of use, read the response, decode it.

use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use reqwest::{Request, StatusCode};

use crate::error::CallError;
use crate::outcome::{Attempts, Outcome};
use crate::response::Reading;
use crate::retry::{Decision, Failure, RetryPolicy, Situation, decide};
use crate::telemetry::Span;
use crate::transport::SourcedToken;
use crate::{
    BodyFailure, BoxFuture, CallOptions, Decode, Error, Operation, RawResponse, RequestError,
    Response, TokenError, Transport, TransportError, TransportErrorKind,
};

impl Transport {
    /// Builds and sends a request of an operation and reads its response as `D` declares it.
    ///
    /// The request is built for each attempt, so that a call that needs one attempt copies nothing.
    /// The credentials that the operation requires are added just before it is sent. It is sent
    /// again where the [`RetryPolicy`] says so, and once with a new token where the server refuses
    /// one that came from a [`TokenSource`](crate::TokenSource).
    ///
    /// The future can be dropped at any point.
    ///
    /// # Errors
    ///
    /// Whenever the outcome is not the operation's success: see [`Error`].
    pub async fn call<D: Decode>(
        &self,
        operation: &'static Operation,
        request: impl Fn() -> Result<Request, RequestError>,
        options: &CallOptions,
    ) -> Result<Response<D::Success>, Error<D::Error>> {
        let requests = |again| Ok((request()?, again));
        self.answer::<D>(operation, requests, options).await
    }

    /// As [`Transport::call`], with a request that was built before. It is copied before each
    /// attempt that another one may follow.
    ///
    /// A request that could not be built is taken as it is, so that the error names the operation.
    ///
    /// # Errors
    ///
    /// As [`Transport::call`].
    pub async fn execute<D: Decode>(
        &self,
        operation: &'static Operation,
        request: Result<Request, RequestError>,
        options: &CallOptions,
    ) -> Result<Response<D::Success>, Error<D::Error>> {
        let mut kept = request;
        let requests = |again: bool| {
            // No request is asked for where none was kept.
            let request = std::mem::replace(&mut kept, Err(RequestError::Build))?;
            let copy = again.then(|| request.try_clone()).flatten();
            let again = copy.is_some();
            kept = copy.ok_or(RequestError::Build);
            Ok((request, again))
        };
        self.answer::<D>(operation, requests, options).await
    }

    async fn answer<D: Decode>(
        &self,
        operation: &'static Operation,
        requests: impl FnMut(bool) -> Supply,
        options: &CallOptions,
    ) -> Result<Response<D::Success>, Error<D::Error>> {
        let mut call = Call::new(self, operation, options);
        let response = call.run(requests).await;
        let mut attempts = call.attempts;
        let response = match response {
            Ok(response) => response,
            Err(failure) => {
                attempts.failed(Outcome::of_failure(&failure));
                return Err(failure.of(operation, attempts));
            }
        };
        let decoded = D::decode(&response).0;
        if let Reading::Success(body) = decoded {
            return Ok(Response::new(operation, response, body));
        }
        attempts.failed(Outcome::of_status(response.status()));
        let response = Box::new(response);
        Err(match decoded {
            Reading::Error(error) => Error::Api {
                operation,
                response,
                error,
                attempts,
            },
            Reading::Failure(failure) => Error::Body {
                operation,
                response,
                failure,
                attempts,
            },
            // A success has been returned above.
            Reading::Undeclared | Reading::Success(_) => Error::Undeclared {
                operation,
                response,
                attempts,
            },
        })
    }
}

/// The request of an attempt, and whether there can be one for another attempt. Asked for with
/// whether another attempt is possible.
type Supply = Result<(Request, bool), RequestError>;

/// The state of a call between its attempts.
struct Call<'a> {
    transport: &'a Transport,
    operation: &'static Operation,
    policy: &'a RetryPolicy,
    /// The moment of the clock at which the whole call ends.
    deadline: Duration,
    attempts: Attempts,
    /// Whether a refused token was replaced once.
    renewed: bool,
}

/// What comes after an attempt.
enum Next {
    End,
    Again,
    After(Duration),
}

impl<'a> Call<'a> {
    fn new(
        transport: &'a Transport,
        operation: &'static Operation,
        options: &'a CallOptions,
    ) -> Self {
        let timeout = options.timeout.unwrap_or(transport.shared().timeout);
        Self {
            transport,
            operation,
            policy: options.retry.as_ref().unwrap_or(&transport.shared().retry),
            deadline: transport.clock().now().saturating_add(timeout),
            attempts: Attempts::default(),
            renewed: false,
        }
    }

    async fn run(
        &mut self,
        mut requests: impl FnMut(bool) -> Supply,
    ) -> Result<RawResponse, CallError> {
        let first = requests(self.may_repeat());
        let (mut request, mut again) = first.map_err(CallError::Request)?;
        loop {
            let (result, tokens) = self.attempt(request).await;
            self.forget_refused(&result, &tokens);
            if !again {
                return result;
            }
            match self.next(&result, &tokens) {
                Next::End => return result,
                Next::Again => {}
                Next::After(wait) => self.transport.clock().pause(wait).await,
            }
            let Ok(next) = requests(self.may_repeat()) else {
                return result;
            };
            if let Err(failure) = &result {
                self.attempts.failed(Outcome::of_failure(failure));
            } else if let Some(status) = status(&result) {
                self.attempts.failed(Outcome::of_status(status));
            }
            (request, again) = next;
        }
    }

    fn resends(&self) -> u32 {
        self.attempts.sent.saturating_sub(1)
    }

    /// Whether any answer would lead to another attempt.
    fn may_repeat(&self) -> bool {
        self.policy.allows(self.attempts.sent)
            || (!self.renewed && self.transport.has_token_source())
    }

    fn remaining(&self) -> Duration {
        let now = self.transport.clock().now();
        self.deadline.saturating_sub(now)
    }

    /// How long the next attempt may take. One that cannot be followed by another is not cut
    /// short: that would only lose its answer.
    fn limit(&self) -> Duration {
        let remaining = self.remaining();
        if self.operation.idempotent && self.policy.allows(self.attempts.sent) {
            remaining.min(self.transport.shared().attempt_timeout)
        } else {
            remaining
        }
    }

    async fn attempt(
        &mut self,
        mut request: Request,
    ) -> (Result<RawResponse, CallError>, Vec<SourcedToken>) {
        let mut limit = Limit(self.transport.clock().limit(self.limit()));
        let authorized = self.transport.authorize(self.operation, &mut request);
        let tokens = match limit.race(authorized).await {
            Some(Ok(tokens)) => tokens,
            Some(Err(failure)) => return (Err(failure), Vec::new()),
            None => return (Err(CallError::Token(TokenError::timeout())), Vec::new()),
        };
        self.attempts.sent = self.attempts.sent.saturating_add(1);
        let span = Span::start(self.operation, self.transport, self.resends());
        let result = span.around(self.exchange(request, &mut limit)).await;
        span.end(&result, self.transport);
        (result, tokens)
    }

    async fn exchange(
        &self,
        request: Request,
        limit: &mut Limit,
    ) -> Result<RawResponse, CallError> {
        match limit.race(self.transport.http().execute(request)).await {
            Some(Ok(response)) => read(response, self.transport.max_response_bytes(), limit).await,
            Some(Err(error)) => Err(CallError::Transport(error.into())),
            None => Err(CallError::Transport(TransportError::timeout())),
        }
    }

    fn forget_refused(&self, result: &Result<RawResponse, CallError>, tokens: &[SourcedToken]) {
        if status(result) == Some(StatusCode::UNAUTHORIZED) {
            for (source, token) in tokens {
                source.forget(token);
            }
        }
    }

    fn next(&mut self, result: &Result<RawResponse, CallError>, tokens: &[SourcedToken]) -> Next {
        let shared = self.transport.shared();
        if status(result).is_some_and(|it| it.is_success()) && result.is_ok() {
            shared.budget.give_back();
            return Next::End;
        }
        let refused = status(result) == Some(StatusCode::UNAUTHORIZED);
        if refused && !tokens.is_empty() && !self.renewed {
            self.renewed = true;
            return Next::Again;
        }
        let clock = self.transport.clock();
        let situation = Situation {
            idempotent: self.operation.idempotent,
            resends: self.resends(),
            failure: failure(result),
            date: clock.date(),
            remaining: self.remaining(),
            budget: shared.budget.has_one(),
            jitter: clock.jitter(),
        };
        match decide(self.policy, &situation) {
            Decision::Again(wait) => {
                shared.budget.take_one();
                Next::After(wait)
            }
            Decision::Stop(_) => Next::End,
        }
    }
}

/// The status, where one arrived.
fn status(result: &Result<RawResponse, CallError>) -> Option<StatusCode> {
    response(result).map(RawResponse::status)
}

/// The response, as far as one arrived.
pub(crate) fn response(result: &Result<RawResponse, CallError>) -> Option<&RawResponse> {
    match result {
        Ok(response) => Some(response),
        Err(CallError::Body(response, _)) => Some(response),
        Err(_) => None,
    }
}

/// What the decision about another attempt is told.
fn failure(result: &Result<RawResponse, CallError>) -> Failure<'_> {
    match result {
        Ok(response) => Failure::Answer(response.status(), response.headers()),
        // The status stands, whatever became of the body.
        Err(CallError::Body(response, _)) if !response.status().is_success() => {
            Failure::Answer(response.status(), response.headers())
        }
        Err(CallError::Body(_, BodyFailure::Truncated(kind))) => Failure::Broken(*kind),
        Err(CallError::Transport(error)) => Failure::Broken(error.kind()),
        Err(_) => Failure::Final,
    }
}

/// The end of an attempt's time.
struct Limit(BoxFuture<()>);

impl Limit {
    /// What a future gives, or nothing if the time ends first.
    async fn race<T>(&mut self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        let mut limit = Pin::new(&mut self.0);
        std::future::poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => limit.as_mut().poll(context).map(|()| None),
        })
        .await
    }
}

/// Reads a body piece by piece up to the limit. `Content-Length` may end the reading early, but
/// is not trusted with an allocation.
async fn read(
    mut response: reqwest::Response,
    most: usize,
    limit: &mut Limit,
) -> Result<RawResponse, CallError> {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    let announced = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    let failure = if announced.is_some_and(|length| length > most) {
        Some(BodyFailure::TooLarge { limit: most })
    } else {
        loop {
            match limit.race(response.chunk()).await {
                Some(Ok(Some(chunk))) => {
                    let room = most - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        break Some(BodyFailure::TooLarge { limit: most });
                    }
                }
                Some(Ok(None)) => break None,
                Some(Err(error)) => {
                    break Some(BodyFailure::Truncated(TransportErrorKind::of(&error)));
                }
                None => break Some(BodyFailure::Truncated(TransportErrorKind::Timeout)),
            }
        }
    };
    let response = RawResponse::new(status, headers, body);
    match failure {
        None => Ok(response),
        Some(failure) => Err(CallError::Body(Box::new(response), failure)),
    }
}
