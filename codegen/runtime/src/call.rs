//! One call: send the request, as often as that is safe and of use, read the response, decode it.

use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use reqwest::{Request, StatusCode};

use crate::error::CallError;
use crate::outcome::{Attempts, Outcome};
use crate::reading::{aside, at_once, receive};
use crate::refused_tokens::Asker;
use crate::response::Reading;
use crate::retry::{Decision, Failure, RetryPolicy, Situation, decide};
use crate::telemetry::Span;
use crate::transport::{Shared, SourcedToken};
use crate::{
    BodyFailure, BoxFuture, CallOptions, Decode, Download, Error, Operation, RawResponse,
    RequestError, Response, Secret, TokenError, TokenSource, Transport, TransportError,
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
        let call = &mut Call::new(self, operation, options);
        self.answer::<D>(call, supply(request)).await
    }

    /// As [`Transport::call`], and leaves the body of a success to be read while it comes. It must be
    /// one of bytes: only its media type is looked at.
    ///
    /// # Errors
    ///
    /// As [`Transport::call`], except for the body's.
    pub async fn stream<D: Decode>(
        &self,
        operation: &'static Operation,
        request: impl Fn() -> Result<Request, RequestError>,
        options: &CallOptions,
    ) -> Result<Response<Download>, Error<D::Error>> {
        let mut call = Call::new(self, operation, options);
        call.streamed = true;
        let response = self.answer::<D>(&mut call, supply(request)).await?;
        let held = call.held.take();
        Ok(response.map(|_| Download::new(held, self.clone())))
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
        let call = &mut Call::new(self, operation, options);
        self.answer::<D>(call, requests).await
    }

    async fn answer<D: Decode>(
        &self,
        call: &mut Call<'_>,
        requests: impl FnMut(bool) -> Supply,
    ) -> Result<Response<D::Success>, Error<D::Error>> {
        let operation = call.operation;
        let response = call.run(requests).await;
        let mut attempts = std::mem::take(&mut call.attempts);
        let response = match response {
            Ok(response) => response,
            Err(failure) => {
                attempts.failed(Outcome::of_failure(&failure));
                return Err(failure.of(operation, attempts));
            }
        };
        let (response, decoded) = match at_once::<D>(self, &response) {
            Some(decoded) => (response, decoded),
            // Boxed, since hardly any call has it and every future has the room for it.
            None => Box::pin(aside::<D>(self, response, call.remaining())).await,
        };
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

/// Requests that are built when they are asked for. One with a reader cannot be built again.
fn supply(request: impl Fn() -> Result<Request, RequestError>) -> impl FnMut(bool) -> Supply {
    move |again| {
        let request = request()?;
        let repeatable = request.body().is_none_or(|it| it.as_bytes().is_some());
        Ok((request, again && repeatable))
    }
}

/// The state of a call between its attempts.
struct Call<'a> {
    transport: &'a Transport,
    operation: &'static Operation,
    policy: &'a RetryPolicy,
    /// The moment of the clock at which the whole call ends.
    deadline: Duration,
    /// An attempt that has less than this is not begun: it would only make the outcome doubtful.
    least: Duration,
    attempts: Attempts,
    /// How often refused tokens were replaced.
    replaced: u32,
    /// Whether this call asked for one of those that came in their place.
    asked: bool,
    /// Whether the body of a success is left to be read later.
    streamed: bool,
    /// That body.
    held: Option<reqwest::Response>,
}

/// What an attempt came to.
pub(crate) type Answered = Result<RawResponse, CallError>;

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
        const LEAST: Duration = Duration::from_secs(1);
        let timeout = options.timeout.unwrap_or(transport.shared().timeout);
        Self {
            transport,
            operation,
            policy: options.retry.as_ref().unwrap_or(&transport.shared().retry),
            deadline: transport.clock().now().saturating_add(timeout),
            least: LEAST.min(timeout / 10),
            attempts: Attempts::default(),
            replaced: 0,
            asked: false,
            streamed: false,
            held: None,
        }
    }

    async fn run(&mut self, mut requests: impl FnMut(bool) -> Supply) -> Answered {
        let first = requests(self.may_repeat());
        let (mut request, mut again) = first.map_err(CallError::Request)?;
        // Boxed, since hardly any call has one and every future has the room for it.
        let mut before: Option<Box<Answered>> = None;
        loop {
            let tokens = match self.authorize(&mut request).await {
                Ok(tokens) => tokens,
                // What the server said before tells more.
                Err(failure) => return before.map_or(Err(failure), |before| *before),
            };
            let result = self.attempt(request, again).await;
            let refused = self.refused(&result, &tokens) && again;
            // Boxed for the same reason.
            let next = if refused && Box::pin(self.replace(&tokens)).await {
                Next::Again
            } else {
                self.next(&result)
            };
            match next {
                Next::After(wait) if again => self.transport.clock().pause(wait).await,
                Next::Again => {}
                Next::End | Next::After(_) => return result,
            }
            let Ok(following) = requests(self.may_repeat()) else {
                return result;
            };
            self.attempts.failed(outcome(&result));
            (request, again) = following;
            before = Some(Box::new(result));
        }
    }

    fn resends(&self) -> u32 {
        self.attempts.sent.saturating_sub(1)
    }

    fn now(&self) -> Duration {
        self.transport.clock().now()
    }

    /// Whether any answer would lead to another attempt.
    fn may_repeat(&self) -> bool {
        self.policy.allows(self.attempts.sent)
            || (self.may_replace() && self.transport.has_token_source())
    }

    /// Whether a refused token may be replaced: a few times by one that another call has asked for,
    /// and once by one that this call asks for.
    fn may_replace(&self) -> bool {
        const MOST: u32 = 3;
        self.replaced < MOST
    }

    fn remaining(&self) -> Duration {
        self.deadline.saturating_sub(self.now())
    }

    /// How long the next attempt may take. One that will not be followed by another is not cut
    /// short: that would only lose its answer.
    fn limit(&self, again: bool) -> Duration {
        let (remaining, shared) = (self.remaining(), self.transport.shared());
        if !again || !self.operation.idempotent || !self.policy.allows(self.attempts.sent) {
            return remaining;
        }
        let wait = self.policy.longest_wait(self.attempts.sent);
        let used = shared.attempt_timeout.saturating_add(wait);
        let time = remaining > used.saturating_add(self.least);
        if time && shared.budget.has_one(|| self.now()) {
            shared.attempt_timeout
        } else {
            remaining
        }
    }

    /// Puts the credentials on a request. A source has all the time of the call: it may be busy
    /// for other callers as well.
    async fn authorize(&self, request: &mut Request) -> Result<Vec<SourcedToken>, CallError> {
        let authorized = self.transport.authorize(self.operation, request);
        if !self.transport.has_token_source() {
            return authorized.await;
        }
        let mut limit = Limit(self.transport.clock().limit(self.remaining()));
        let in_time = limit.race(authorized).await;
        in_time.unwrap_or_else(|| Err(CallError::Token(TokenError::timeout())))
    }

    async fn attempt(&mut self, request: Request, again: bool) -> Answered {
        let mut limit = Limit(self.transport.clock().limit(self.limit(again)));
        self.attempts.sent = self.attempts.sent.saturating_add(1);
        let span = Span::start(self.operation, self.transport, self.resends());
        let result = span.around(self.exchange(request, &mut limit)).await;
        span.end(&result, self.transport);
        if matches!(result, Err(CallError::Request(_))) {
            // The HTTP client refused to send it.
            self.attempts.sent = self.attempts.sent.saturating_sub(1);
        }
        result
    }

    async fn exchange(&mut self, request: Request, limit: &mut Limit) -> Answered {
        let connections = &self.transport.shared().connections;
        let answer = connections.execute(self.operation, request);
        match limit.race(answer).await {
            Some(Ok(response)) if self.streamed && response.status().is_success() => {
                let (status, headers) = (response.status(), response.headers().clone());
                self.held = Some(response);
                Ok(RawResponse::new(status, headers, Vec::new()))
            }
            Some(Ok(response)) => {
                receive(response, self.transport.max_response_bytes(), limit).await
            }
            Some(Err(error)) if error.is_builder() => Err(CallError::Request(error.into())),
            Some(Err(error)) => Err(CallError::Transport(error.into())),
            None => Err(CallError::Transport(TransportError::timeout())),
        }
    }

    /// Whether the server refused tokens that can be replaced. They are given to no other call,
    /// unless a new one was refused as well: then the fault is elsewhere.
    fn refused(&self, result: &Answered, tokens: &[SourcedToken]) -> bool {
        let Some(status) = status(result).filter(|_| !tokens.is_empty()) else {
            return false;
        };
        let known = &self.transport.shared().refused_tokens;
        if status != StatusCode::UNAUTHORIZED {
            if !status.is_server_error() {
                known.accepted(tokens.iter().map(|(_, token)| token));
            }
            return false;
        }
        let now = self.now();
        let mut in_vain = false;
        for (source, token) in tokens {
            let of_no_use = known.refused(token, self.asked, now);
            in_vain |= of_no_use && !holds_another(&**source, token);
        }
        if !in_vain {
            for (source, token) in tokens {
                source.forget(token);
            }
        }
        !in_vain && self.may_replace()
    }

    /// Whether there are others in the place of the tokens that were refused. To ask for one costs
    /// a repetition of the budget; to go on with one that another call has asked for does not.
    async fn replace(&mut self, refused: &[SourcedToken]) -> bool {
        self.replaced += 1;
        if self.remaining() <= self.least {
            return false;
        }
        for (source, token) in refused {
            if !holds_another(&**source, token) && !self.ask(&**source, token).await {
                return false;
            }
        }
        self.remaining() > self.least
    }

    /// Asks for a token in the place of one that was refused, or waits for another call that does.
    async fn ask(&mut self, source: &dyn TokenSource, refused: &Secret) -> bool {
        let Shared {
            refused_tokens,
            budget,
            ..
        } = self.transport.shared();
        let may_ask = !self.asked;
        match refused_tokens.asker(refused, || may_ask && budget.take(self.now())) {
            Asker::This => self.asked = true,
            Asker::Another => {}
            Asker::Nobody => return false,
        }
        let mut limit = Limit(self.transport.clock().limit(self.remaining()));
        match limit.race(source.token()).await {
            Some(Ok(token)) if token != *refused => {
                refused_tokens.replaced_by(&token, self.now());
                true
            }
            Some(_) => {
                refused_tokens.not_replaced(refused);
                false
            }
            // Whoever waits as well goes on with it.
            None => false,
        }
    }

    fn next(&self, result: &Answered) -> Next {
        let budget = &self.transport.shared().budget;
        if result.as_ref().is_ok_and(|it| it.status().is_success()) {
            budget.give_back(|| self.now());
            return Next::End;
        }
        let clock = self.transport.clock();
        let situation = Situation {
            idempotent: self.operation.idempotent,
            resends: self.resends(),
            failure: failure(result),
            date: clock.date(),
            remaining: self.remaining().saturating_sub(self.least),
            budget: budget.has_one(|| self.now()),
            jitter: clock.jitter(),
        };
        match decide(self.policy, &situation) {
            Decision::Again(wait) if budget.take(self.now()) => Next::After(wait),
            Decision::Again(_) | Decision::Stop(_) => Next::End,
        }
    }
}

/// Whether a source has another token than one that was refused, without asking for it.
fn holds_another(source: &dyn TokenSource, refused: &Secret) -> bool {
    source.held().is_some_and(|held| held != *refused)
}

/// What is known after an attempt that is followed by another.
fn outcome(result: &Answered) -> Outcome {
    match result {
        Ok(response) => Outcome::of_status(response.status()),
        Err(failure) => Outcome::of_failure(failure),
    }
}

/// The status, where one arrived.
fn status(result: &Answered) -> Option<StatusCode> {
    response(result).map(RawResponse::status)
}

/// The response, as far as one arrived.
pub(crate) fn response(result: &Answered) -> Option<&RawResponse> {
    match result {
        Ok(response) => Some(response),
        Err(CallError::Body(response, _)) => Some(response),
        Err(_) => None,
    }
}

/// What the decision about another attempt is told.
fn failure(result: &Answered) -> Failure<'_> {
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
pub(crate) struct Limit(pub(crate) BoxFuture<()>);

impl Limit {
    /// What a future gives, or nothing if the time ends first.
    pub(crate) async fn race<T>(&mut self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        let mut limit = Pin::new(&mut self.0);
        std::future::poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => limit.as_mut().poll(context).map(|()| None),
        })
        .await
    }
}
