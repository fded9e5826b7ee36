//! Decides whether and when a request is retried. The decision is a pure function: it reads no clock
//! and does not wait.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::TransportErrorKind;
use crate::clock::scale;
use crate::retry_after::retry_after;

/// How often a call is retried, and how long it waits before each retry.
///
/// A request is retried only if that is safe:
///
/// - it was never sent: name resolution, the connection or the TLS handshake failed;
/// - the server responded 429 (RFC 6585 section 4), which means that it did nothing;
/// - the operation is idempotent, and the connection was lost, the attempt timed out, or the server
///   responded 408, 500, 502, 503 or 504.
///
/// The wait is exponential back-off with full jitter: a random time between zero and a maximum that
/// doubles with each retry. A `Retry-After` header sets a minimum. A call does not wait beyond its
/// timeout; it fails instead. All calls of a client share a retry budget, so that a server in trouble
/// does not receive a multiple of the usual requests: ten retries at once, then one per ten seconds
/// or per ten calls that succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    initial: Duration,
    maximum: Duration,
}

impl RetryPolicy {
    /// Creates the default policy: up to two retries, after at most 250 ms and at most 500 ms.
    #[must_use]
    pub fn new() -> Self {
        Self {
            retries: 2,
            initial: Duration::from_millis(250),
            maximum: Duration::from_secs(8),
        }
    }

    /// Creates a policy without retries. A rejected token that came from a
    /// [`TokenSource`](crate::TokenSource) is still replaced once.
    #[must_use]
    pub fn none() -> Self {
        Self::new().retries(0)
    }

    /// Sets the maximum number of retries. Default: 2.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the initial and the maximum back-off. Default: 250 ms and 8 s.
    #[must_use]
    pub fn backoff(mut self, initial: Duration, maximum: Duration) -> Self {
        (self.initial, self.maximum) = (initial, maximum);
        self
    }

    /// Whether one more retry is allowed after so many.
    pub(crate) fn allows(&self, resends: u32) -> bool {
        resends < self.retries
    }

    /// Returns the longest wait after so many retries.
    pub(crate) fn longest_wait(&self, resends: u32) -> Duration {
        let doubled = self.initial.saturating_mul(2_u32.saturating_pow(resends));
        doubled.min(self.maximum)
    }

    fn backoff_after(&self, resends: u32, jitter: f64) -> Duration {
        scale(self.longest_wait(resends), jitter)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// Why an attempt failed.
#[derive(Clone, Copy)]
pub(crate) enum Failure<'a> {
    /// A response that is not a success.
    Response(StatusCode, &'a HeaderMap),
    /// No response, or one that ended early.
    Transport(TransportErrorKind),
    /// A failure that another attempt would not change.
    Permanent,
}

/// Everything that the decision depends on.
pub(crate) struct RetryContext<'a> {
    pub(crate) idempotent: bool,
    /// How often the request was retried so far.
    pub(crate) resends: u32,
    pub(crate) failure: Failure<'a>,
    /// The current date, for `Retry-After` headers that contain a date.
    pub(crate) date: SystemTime,
    /// The time until the deadline of the call.
    pub(crate) remaining: Duration,
    /// Whether the retry budget of the client allows a retry.
    pub(crate) has_budget: bool,
    /// A random number from 0 to 1.
    pub(crate) jitter: f64,
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Send the request again after this time.
    RetryAfter(Duration),
    /// Return the failure to the caller.
    Stop(Stop),
}

/// Why a request is not retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// A retry is unsafe or useless.
    NotRetryable,
    /// The policy allows no further retry.
    Retries,
    /// The retry budget of the client is used up.
    Budget,
    /// The wait would exceed the deadline.
    Deadline,
}

/// Statuses after which an idempotent request is retried (RFC 9110 sections 15.5.9 and 15.6).
const TRANSIENT_STATUSES: [StatusCode; 5] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// Decides whether to retry after a failed attempt.
pub(crate) fn decide(policy: &RetryPolicy, context: &RetryContext<'_>) -> Decision {
    let safe = match context.failure {
        Failure::Response(StatusCode::TOO_MANY_REQUESTS, _) => true,
        Failure::Response(status, _) => context.idempotent && TRANSIENT_STATUSES.contains(&status),
        Failure::Transport(kind) => context.idempotent || kind.is_before_sending(),
        Failure::Permanent => false,
    };
    if !safe {
        return Decision::Stop(Stop::NotRetryable);
    }
    if !policy.allows(context.resends) {
        return Decision::Stop(Stop::Retries);
    }
    if !context.has_budget {
        return Decision::Stop(Stop::Budget);
    }
    let backoff = policy.backoff_after(context.resends, context.jitter);
    let requested = match context.failure {
        Failure::Response(_, headers) => retry_after(headers, Some(context.date)),
        Failure::Transport(_) | Failure::Permanent => None,
    };
    // Many clients are asked to wait the same time, so the jitter is added to it.
    let wait = requested.unwrap_or_default().saturating_add(backoff);
    if wait < context.remaining {
        Decision::RetryAfter(wait)
    } else {
        Decision::Stop(Stop::Deadline)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use reqwest::StatusCode;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::{Decision, Failure, RetryContext, RetryPolicy, Stop, decide};
    use crate::TransportErrorKind::{Connect, ConnectionLost, Resolve, Timeout, Tls};

    const MINUTE: Duration = Duration::from_secs(60);

    fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let field = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        fields.iter().map(field).collect()
    }

    /// The first retry of an idempotent operation, with the largest jitter.
    fn context(failure: Failure<'_>) -> RetryContext<'_> {
        RetryContext {
            idempotent: true,
            resends: 0,
            failure,
            date: SystemTime::UNIX_EPOCH,
            remaining: MINUTE,
            has_budget: true,
            jitter: 1.0,
        }
    }

    fn again(milliseconds: u64) -> Decision {
        Decision::RetryAfter(Duration::from_millis(milliseconds))
    }

    #[test]
    fn retryable_failures() {
        let none = HeaderMap::new();
        let response = |status| Failure::Response(StatusCode::from_u16(status).unwrap(), &none);
        // The failure; whether an idempotent operation is retried; whether another one is.
        let table = [
            (Failure::Transport(Resolve), true, true),
            (Failure::Transport(Connect), true, true),
            (Failure::Transport(Tls), true, true),
            (Failure::Transport(Timeout), true, false),
            (Failure::Transport(ConnectionLost), true, false),
            (Failure::Permanent, false, false),
            (response(204), false, false),
            (response(307), false, false),
            (response(400), false, false),
            (response(401), false, false),
            (response(404), false, false),
            (response(408), true, false),
            (response(409), false, false),
            (response(422), false, false),
            (response(425), false, false),
            (response(429), true, true),
            (response(500), true, false),
            (response(501), false, false),
            (response(502), true, false),
            (response(503), true, false),
            (response(504), true, false),
            (response(599), false, false),
        ];
        for (failure, idempotent, other) in table {
            for (declared, expected) in [(true, idempotent), (false, other)] {
                let context = RetryContext {
                    idempotent: declared,
                    ..context(failure)
                };
                let decision = decide(&RetryPolicy::new(), &context);
                let wanted = if expected {
                    again(250)
                } else {
                    Decision::Stop(Stop::NotRetryable)
                };
                let name = match failure {
                    Failure::Response(status, _) => status.to_string(),
                    Failure::Transport(kind) => kind.to_string(),
                    Failure::Permanent => "final".to_owned(),
                };
                assert_eq!(decision, wanted, "{name}, idempotent: {declared}");
            }
        }
    }

    #[test]
    fn waits() {
        const SENT: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
        const LATER: &str = "Sun, 06 Nov 1994 08:49:40 GMT";
        let policy = RetryPolicy::new().retries(100);
        let seconds = headers(&[("retry-after", "3")]);
        let date = headers(&[("retry-after", LATER), ("date", SENT)]);
        let far = headers(&[("retry-after", "60")]);
        let never = headers(&[("retry-after", "99999999999999999999")]);
        let unreadable = headers(&[("retry-after", "soon")]);
        let none = HeaderMap::new();
        // The headers of a 503; the number of retries so far; the jitter; the decision.
        let table = [
            (&none, 0, 0.0, again(0)),
            (&none, 0, 0.5, again(125)),
            (&none, 1, 1.0, again(500)),
            (&none, 2, 1.0, again(1000)),
            (&none, 5, 1.0, again(8000)),
            (&none, 99, 1.0, again(8000)),
            (&unreadable, 0, 1.0, again(250)),
            (&seconds, 0, 0.0, again(3000)),
            (&seconds, 0, 1.0, again(3250)),
            (&date, 0, 0.0, again(3000)),
            (&far, 0, 0.0, Decision::Stop(Stop::Deadline)),
            (&never, 0, 0.0, Decision::Stop(Stop::Deadline)),
        ];
        for (headers, resends, jitter, expected) in table {
            let failure = Failure::Response(StatusCode::SERVICE_UNAVAILABLE, headers);
            let context = RetryContext {
                resends,
                jitter,
                ..context(failure)
            };
            assert_eq!(decide(&policy, &context), expected, "{headers:?}");
        }
    }

    #[test]
    fn stops() {
        let lost = || context(Failure::Transport(ConnectionLost));
        let decided = |context| decide(&RetryPolicy::new(), &context);
        let resends = |resends| RetryContext { resends, ..lost() };
        assert_eq!(decided(resends(1)), again(500));
        assert_eq!(decided(resends(2)), Decision::Stop(Stop::Retries));
        let no_budget = RetryContext {
            has_budget: false,
            ..lost()
        };
        assert_eq!(decided(no_budget), Decision::Stop(Stop::Budget));
        let remaining = |milliseconds| RetryContext {
            remaining: Duration::from_millis(milliseconds),
            ..lost()
        };
        assert_eq!(decided(remaining(251)), again(250));
        assert_eq!(decided(remaining(250)), Decision::Stop(Stop::Deadline));
        let endless = RetryPolicy::new().backoff(Duration::MAX, Duration::MAX);
        let decision = decide(&endless, &lost());
        assert_eq!(decision, Decision::Stop(Stop::Deadline));
        let none = decide(&RetryPolicy::none(), &lost());
        assert_eq!(none, Decision::Stop(Stop::Retries));
    }

    #[test]
    fn no_clock_makes_it_panic() {
        for jitter in [f64::NAN, f64::INFINITY, -1.0, 2.0] {
            let context = RetryContext {
                jitter,
                ..context(Failure::Transport(ConnectionLost))
            };
            let decision = decide(&RetryPolicy::new(), &context);
            assert!(
                matches!(decision, Decision::RetryAfter(wait) if wait <= MINUTE),
                "{jitter}"
            );
        }
    }
}
