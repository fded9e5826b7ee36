//! Sends the request of a call until it succeeds or another attempt is unsafe or useless.

use std::time::Duration;

use reqwest::{Request, StatusCode};

use crate::attempt::{AttemptResult, failure, outcome, status};
use crate::error::CallError;
use crate::outcome::Attempts;
use crate::read_body::receive;
use crate::rejected_tokens::Replacer;
use crate::retry::{Decision, RetryContext, RetryPolicy, decide};
use crate::telemetry::Span;
use crate::time_limit::TimeLimit;
use crate::transport::{Shared, SourcedToken};
use crate::{
    CallOptions, Operation, RawResponse, RequestError, Secret, TokenError, TokenSource, Transport,
    TransportError,
};

/// The request of an attempt, and whether another request can follow it. The function that returns it
/// takes whether another attempt is possible.
pub(crate) type NextRequest = Result<(Request, bool), RequestError>;

/// The state of a call between its attempts.
pub(crate) struct Call<'a> {
    transport: &'a Transport,
    pub(crate) operation: &'static Operation,
    policy: &'a RetryPolicy,
    /// When the whole call ends, by the transport's clock.
    deadline: Duration,
    /// The least time for an attempt. With less it would probably time out, and make the outcome
    /// unknown.
    min_attempt_time: Duration,
    pub(crate) attempts: Attempts,
    /// How often rejected tokens were replaced.
    replaced_tokens: u32,
    /// Whether this call requested one of the replacements itself.
    fetched_token: bool,
    /// Whether the body of a success is returned as a stream.
    pub(crate) is_streamed: bool,
    /// That stream.
    pub(crate) streaming_body: Option<reqwest::Response>,
}

/// What follows an attempt.
enum Next {
    Stop,
    RetryNow,
    RetryAfter(Duration),
}

impl<'a> Call<'a> {
    pub(crate) fn new(
        transport: &'a Transport,
        operation: &'static Operation,
        options: &'a CallOptions,
    ) -> Self {
        const MIN_ATTEMPT_TIME: Duration = Duration::from_secs(1);
        let timeout = options.timeout.unwrap_or(transport.shared().timeout);
        Self {
            transport,
            operation,
            policy: options.retry.as_ref().unwrap_or(&transport.shared().retry),
            deadline: transport.clock().now().saturating_add(timeout),
            min_attempt_time: MIN_ATTEMPT_TIME.min(timeout / 10),
            attempts: Attempts::default(),
            replaced_tokens: 0,
            fetched_token: false,
            is_streamed: false,
            streaming_body: None,
        }
    }

    /// Makes attempts until one of them is final.
    pub(crate) async fn run(
        &mut self,
        mut requests: impl FnMut(bool) -> NextRequest,
    ) -> AttemptResult {
        let first = requests(self.may_retry());
        let (mut request, mut can_retry) = first.map_err(CallError::Request)?;
        // Boxed to keep the future small; rarely used.
        let mut previous: Option<Box<AttemptResult>> = None;
        loop {
            let tokens = match self.authorize(&mut request).await {
                Ok(tokens) => tokens,
                // The previous response says more than a missing token.
                Err(failure) => return previous.map_or(Err(failure), |previous| *previous),
            };
            let result = self.attempt(request, can_retry).await;
            let rejected = self.record_tokens(&result, &tokens) && can_retry;
            // Boxed for the same reason.
            let next = if rejected && Box::pin(self.replace_tokens(&tokens)).await {
                Next::RetryNow
            } else {
                self.next(&result)
            };
            match next {
                Next::RetryAfter(wait) if can_retry => self.transport.clock().pause(wait).await,
                Next::RetryNow => {}
                Next::Stop | Next::RetryAfter(_) => return result,
            }
            let Ok(following) = requests(self.may_retry()) else {
                return result;
            };
            self.attempts.record_failure(outcome(&result));
            (request, can_retry) = following;
            previous = Some(Box::new(result));
        }
    }

    fn resends(&self) -> u32 {
        self.attempts.sent.saturating_sub(1)
    }

    fn now(&self) -> Duration {
        self.transport.clock().now()
    }

    /// Whether there is any response that would lead to another attempt.
    fn may_retry(&self) -> bool {
        self.policy.allows(self.attempts.sent)
            || (self.may_replace_tokens() && self.transport.has_token_source())
    }

    /// Whether a rejected token may be replaced: a few times by a token that another call requested,
    /// and once by a token that this call requests.
    fn may_replace_tokens(&self) -> bool {
        const MAX_REPLACEMENTS: u32 = 3;
        self.replaced_tokens < MAX_REPLACEMENTS
    }

    /// Returns the time until the deadline of the call.
    pub(crate) fn remaining(&self) -> Duration {
        self.deadline.saturating_sub(self.now())
    }

    /// Returns the timeout of the next attempt. The last attempt may use all remaining time, because
    /// a shorter timeout would only lose its response.
    fn attempt_timeout(&self, can_retry: bool) -> Duration {
        let (remaining, shared) = (self.remaining(), self.transport.shared());
        if !can_retry || !self.operation.idempotent || !self.policy.allows(self.attempts.sent) {
            return remaining;
        }
        let wait = self.policy.longest_wait(self.attempts.sent);
        let used = shared.attempt_timeout.saturating_add(wait);
        let leaves_time = remaining > used.saturating_add(self.min_attempt_time);
        if leaves_time && shared.retry_budget.has_one(|| self.now()) {
            shared.attempt_timeout
        } else {
            remaining
        }
    }

    /// Adds the credentials to a request. A token source may use all the time of the call, because
    /// other callers may be waiting for it too.
    async fn authorize(&self, request: &mut Request) -> Result<Vec<SourcedToken>, CallError> {
        let authorized = self.transport.authorize(self.operation, request);
        if !self.transport.has_token_source() {
            return authorized.await;
        }
        let mut limit = TimeLimit::start(self.transport.clock(), self.remaining());
        let in_time = limit.race(authorized).await;
        in_time.unwrap_or_else(|| Err(CallError::Token(TokenError::timeout())))
    }

    async fn attempt(&mut self, request: Request, can_retry: bool) -> AttemptResult {
        let timeout = self.attempt_timeout(can_retry);
        let mut limit = TimeLimit::start(self.transport.clock(), timeout);
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

    async fn exchange(&mut self, request: Request, limit: &mut TimeLimit) -> AttemptResult {
        let connections = &self.transport.shared().connections;
        let response = connections.execute(self.operation, request);
        match limit.race(response).await {
            Some(Ok(response)) if self.is_streamed && response.status().is_success() => {
                let (status, headers) = (response.status(), response.headers().clone());
                self.streaming_body = Some(response);
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

    /// Records whether the server accepted the tokens of an attempt. Returns whether it rejected them
    /// and they can be replaced. Rejected tokens are removed from their sources, unless a new token
    /// was rejected as well: then the cause is not the token.
    fn record_tokens(&self, result: &AttemptResult, tokens: &[SourcedToken]) -> bool {
        let Some(status) = status(result).filter(|_| !tokens.is_empty()) else {
            return false;
        };
        let known = &self.transport.shared().rejected_tokens;
        if status != StatusCode::UNAUTHORIZED {
            if !status.is_server_error() {
                known.accepted(tokens.iter().map(|(_, token)| token));
            }
            return false;
        }
        let now = self.now();
        let mut is_useless = false;
        for (source, token) in tokens {
            let rejected_new = known.rejected(token, self.fetched_token, now);
            is_useless |= rejected_new && !has_other_token(&**source, token);
        }
        if !is_useless {
            for (source, token) in tokens {
                source.forget(token);
            }
        }
        !is_useless && self.may_replace_tokens()
    }

    /// Replaces the rejected tokens; returns whether it succeeded. Requesting a new one costs a retry
    /// of the budget; using one that another call requested does not.
    async fn replace_tokens(&mut self, rejected: &[SourcedToken]) -> bool {
        self.replaced_tokens += 1;
        if self.remaining() <= self.min_attempt_time {
            return false;
        }
        for (source, token) in rejected {
            if !has_other_token(&**source, token) && !self.fetch_token(&**source, token).await {
                return false;
            }
        }
        self.remaining() > self.min_attempt_time
    }

    /// Requests a replacement for a rejected token, or waits for another call that does.
    async fn fetch_token(&mut self, source: &dyn TokenSource, rejected: &Secret) -> bool {
        let Shared {
            rejected_tokens,
            retry_budget,
            ..
        } = self.transport.shared();
        let may_fetch = !self.fetched_token;
        let pay = || may_fetch && retry_budget.take(self.now());
        match rejected_tokens.replacer(rejected, pay) {
            Replacer::ThisCall => self.fetched_token = true,
            Replacer::OtherCall => {}
            Replacer::Nobody => return false,
        }
        let mut limit = TimeLimit::start(self.transport.clock(), self.remaining());
        match limit.race(source.token()).await {
            Some(Ok(token)) if token != *rejected => {
                rejected_tokens.replaced_by(&token, self.now());
                true
            }
            Some(_) => {
                rejected_tokens.not_replaced(rejected);
                false
            }
            // Other callers that wait for the request continue it.
            None => false,
        }
    }

    fn next(&self, result: &AttemptResult) -> Next {
        let budget = &self.transport.shared().retry_budget;
        if result
            .as_ref()
            .is_ok_and(|response| response.status().is_success())
        {
            budget.refund(|| self.now());
            return Next::Stop;
        }
        let clock = self.transport.clock();
        let context = RetryContext {
            idempotent: self.operation.idempotent,
            resends: self.resends(),
            failure: failure(result),
            date: clock.date(),
            remaining: self.remaining().saturating_sub(self.min_attempt_time),
            has_budget: budget.has_one(|| self.now()),
            jitter: clock.jitter(),
        };
        match decide(self.policy, &context) {
            Decision::RetryAfter(wait) if budget.take(self.now()) => Next::RetryAfter(wait),
            Decision::RetryAfter(_) | Decision::Stop(_) => Next::Stop,
        }
    }
}

/// Whether a source has cached another token than the rejected one.
fn has_other_token(source: &dyn TokenSource, rejected: &Secret) -> bool {
    source.peek().is_some_and(|cached| cached != *rejected)
}
