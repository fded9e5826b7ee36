//! Whether and when a request is sent again. The decision is a function of what is known; it
//! reads no clock and waits for nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::TransportErrorKind;
use crate::retry_after::retry_after;

/// How often a call is repeated, and how long it waits in between.
///
/// A request is sent again only where that is safe:
///
/// - it never left: no address, no connection, no TLS;
/// - the server answered 429 (RFC 6585 section 4): it did nothing;
/// - the operation is idempotent, and the connection was lost, an attempt took too long, or the
///   server answered 408, 500, 502, 503 or 504.
///
/// The wait is drawn between nothing and a bound that doubles each time (full jitter). Where the
/// server asks for a time by `Retry-After`, it is never shorter than that. A wait that would end
/// after the call's deadline is not begun. All calls of a client share a budget, so that a server
/// in trouble is not met with a multiple of the usual requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    base: Duration,
    cap: Duration,
}

impl RetryPolicy {
    /// Up to two repetitions, with waits up to 250 ms, then 500 ms.
    #[must_use]
    pub fn new() -> Self {
        Self {
            retries: 2,
            base: Duration::from_millis(250),
            cap: Duration::from_secs(8),
        }
    }

    /// Nothing is repeated. A token that is refused is replaced all the same, if it came from a
    /// [`TokenSource`](crate::TokenSource).
    #[must_use]
    pub fn none() -> Self {
        Self::new().retries(0)
    }

    /// How often a request is sent again at most. Default: 2.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The bound of the first wait, which doubles each time, and the largest bound. Default:
    /// 250 ms and 8 s.
    #[must_use]
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        (self.base, self.cap) = (base, cap);
        self
    }

    /// Whether one more repetition is allowed after so many.
    pub(crate) fn allows(&self, resends: u32) -> bool {
        resends < self.retries
    }

    /// The bound of the wait after so many repetitions.
    pub(crate) fn longest_wait(&self, resends: u32) -> Duration {
        let doubled = self.base.saturating_mul(2_u32.saturating_pow(resends));
        doubled.min(self.cap)
    }

    fn backoff_after(&self, resends: u32, jitter: f64) -> Duration {
        part(self.longest_wait(resends), jitter)
    }
}

/// A part of a time. What is no part, as a clock of somebody else may say, is the whole.
pub(crate) fn part(whole: Duration, of: f64) -> Duration {
    let seconds = whole.as_secs_f64() * of;
    let part = Duration::try_from_secs_f64(seconds).unwrap_or(whole);
    part.min(whole)
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// What an attempt came to.
#[derive(Clone, Copy)]
pub(crate) enum Failure<'a> {
    /// A complete answer that is not a success.
    Answer(StatusCode, &'a HeaderMap),
    /// No answer, or one that ended early.
    Broken(TransportErrorKind),
    /// What another attempt would not change.
    Final,
}

/// All that the decision depends on.
pub(crate) struct Situation<'a> {
    pub(crate) idempotent: bool,
    /// How often the request was sent again so far.
    pub(crate) resends: u32,
    pub(crate) failure: Failure<'a>,
    pub(crate) date: SystemTime,
    /// The time until the call's deadline.
    pub(crate) remaining: Duration,
    pub(crate) budget: bool,
    pub(crate) jitter: f64,
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Send it again after this time.
    Again(Duration),
    /// Give the failure to the caller.
    Stop(Stop),
}

/// Why a request is not sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It would not be safe, or change nothing.
    Final,
    /// It was sent as often as the policy allows.
    Retries,
    /// The client has repeated too much lately.
    Budget,
    /// The wait would pass the deadline.
    Deadline,
}

/// Statuses after which an idempotent request is sent again (RFC 9110 sections 15.5.9, 15.6).
const PASSING: [StatusCode; 5] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

pub(crate) fn decide(policy: &RetryPolicy, situation: &Situation<'_>) -> Decision {
    let safe = match situation.failure {
        Failure::Answer(StatusCode::TOO_MANY_REQUESTS, _) => true,
        Failure::Answer(status, _) => situation.idempotent && PASSING.contains(&status),
        Failure::Broken(kind) => situation.idempotent || kind.is_before_sending(),
        Failure::Final => false,
    };
    if !safe {
        return Decision::Stop(Stop::Final);
    }
    if !policy.allows(situation.resends) {
        return Decision::Stop(Stop::Retries);
    }
    if !situation.budget {
        return Decision::Stop(Stop::Budget);
    }
    let backoff = policy.backoff_after(situation.resends, situation.jitter);
    let asked = match situation.failure {
        Failure::Answer(_, headers) => retry_after(headers, Some(situation.date)),
        Failure::Broken(_) | Failure::Final => None,
    };
    // What is asked for is asked of many: the jitter comes on top of it.
    let wait = asked.unwrap_or_default().saturating_add(backoff);
    if wait < situation.remaining {
        Decision::Again(wait)
    } else {
        Decision::Stop(Stop::Deadline)
    }
}

/// What a client may repeat. Each repetition takes one; a call that needed none gives a tenth
/// back, and so does time.
pub(crate) struct Budget {
    /// Whether anything was ever taken. Most clients never do, and need not look further.
    touched: AtomicBool,
    account: Mutex<Account>,
}

struct Account {
    tenths: u32,
    /// The moment up to which time has given back.
    at: Duration,
}

impl Budget {
    const WHOLE: u32 = 10;
    const FULL: u32 = 10 * Self::WHOLE;
    /// In which time gives a tenth back: a whole one in ten seconds.
    const TENTH: Duration = Duration::from_secs(1);

    pub(crate) fn new() -> Self {
        Self {
            touched: AtomicBool::new(false),
            account: Mutex::new(Account {
                tenths: Self::FULL,
                at: Duration::ZERO,
            }),
        }
    }

    pub(crate) fn has_one(&self, now: impl FnOnce() -> Duration) -> bool {
        !self.is_touched() || self.account(now()).tenths >= Self::WHOLE
    }

    fn is_touched(&self) -> bool {
        self.touched.load(Ordering::Relaxed)
    }

    /// Takes one, if there is one.
    pub(crate) fn take(&self, now: Duration) -> bool {
        self.touched.store(true, Ordering::Relaxed);
        let mut account = self.account(now);
        let left = account.tenths.checked_sub(Self::WHOLE);
        account.tenths = left.unwrap_or(account.tenths);
        left.is_some()
    }

    pub(crate) fn give_back(&self, now: impl FnOnce() -> Duration) {
        if self.is_touched() {
            let mut account = self.account(now());
            account.tenths = account.tenths.saturating_add(1).min(Self::FULL);
        }
    }

    /// The account as it stands now.
    fn account(&self, now: Duration) -> MutexGuard<'_, Account> {
        let mut account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = now.saturating_sub(account.at).as_secs() / Self::TENTH.as_secs();
        if passed > 0 {
            let earned = u32::try_from(passed).unwrap_or(Self::FULL);
            account.tenths = account.tenths.saturating_add(earned).min(Self::FULL);
            account.at = now;
        }
        account
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use reqwest::StatusCode;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::{Budget, Decision, Failure, RetryPolicy, Situation, Stop, decide};
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

    /// The first repetition of an idempotent operation, with the largest jitter.
    fn situation(failure: Failure<'_>) -> Situation<'_> {
        Situation {
            idempotent: true,
            resends: 0,
            failure,
            date: SystemTime::UNIX_EPOCH,
            remaining: MINUTE,
            budget: true,
            jitter: 1.0,
        }
    }

    fn again(milliseconds: u64) -> Decision {
        Decision::Again(Duration::from_millis(milliseconds))
    }

    #[test]
    fn what_may_be_repeated() {
        let none = HeaderMap::new();
        let answer = |status| Failure::Answer(StatusCode::from_u16(status).unwrap(), &none);
        // The failure; whether an idempotent operation is repeated; whether another one is.
        let table = [
            (Failure::Broken(Resolve), true, true),
            (Failure::Broken(Connect), true, true),
            (Failure::Broken(Tls), true, true),
            (Failure::Broken(Timeout), true, false),
            (Failure::Broken(ConnectionLost), true, false),
            (Failure::Final, false, false),
            (answer(204), false, false),
            (answer(307), false, false),
            (answer(400), false, false),
            (answer(401), false, false),
            (answer(404), false, false),
            (answer(408), true, false),
            (answer(409), false, false),
            (answer(422), false, false),
            (answer(425), false, false),
            (answer(429), true, true),
            (answer(500), true, false),
            (answer(501), false, false),
            (answer(502), true, false),
            (answer(503), true, false),
            (answer(504), true, false),
            (answer(599), false, false),
        ];
        for (failure, idempotent, other) in table {
            for (declared, expected) in [(true, idempotent), (false, other)] {
                let situation = Situation {
                    idempotent: declared,
                    ..situation(failure)
                };
                let decision = decide(&RetryPolicy::new(), &situation);
                let wanted = if expected {
                    again(250)
                } else {
                    Decision::Stop(Stop::Final)
                };
                let shown = match failure {
                    Failure::Answer(status, _) => status.to_string(),
                    Failure::Broken(kind) => kind.to_string(),
                    Failure::Final => "final".to_owned(),
                };
                assert_eq!(decision, wanted, "{shown}, idempotent: {declared}");
            }
        }
    }

    #[test]
    fn how_long_it_waits() {
        const SENT: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
        const LATER: &str = "Sun, 06 Nov 1994 08:49:40 GMT";
        let policy = RetryPolicy::new().retries(100);
        let seconds = headers(&[("retry-after", "3")]);
        let date = headers(&[("retry-after", LATER), ("date", SENT)]);
        let far = headers(&[("retry-after", "60")]);
        let never = headers(&[("retry-after", "99999999999999999999")]);
        let unreadable = headers(&[("retry-after", "soon")]);
        let none = HeaderMap::new();
        // The headers of a 503; how often it was repeated; the jitter; the decision.
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
            let failure = Failure::Answer(StatusCode::SERVICE_UNAVAILABLE, headers);
            let situation = Situation {
                resends,
                jitter,
                ..situation(failure)
            };
            assert_eq!(decide(&policy, &situation), expected, "{headers:?}");
        }
    }

    #[test]
    fn what_ends_it() {
        let lost = || situation(Failure::Broken(ConnectionLost));
        let decided = |situation| decide(&RetryPolicy::new(), &situation);
        let resends = |resends| Situation { resends, ..lost() };
        assert_eq!(decided(resends(1)), again(500));
        assert_eq!(decided(resends(2)), Decision::Stop(Stop::Retries));
        let broke = Situation {
            budget: false,
            ..lost()
        };
        assert_eq!(decided(broke), Decision::Stop(Stop::Budget));
        let remaining = |milliseconds| Situation {
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
            let situation = Situation {
                jitter,
                ..situation(Failure::Broken(ConnectionLost))
            };
            let decision = decide(&RetryPolicy::new(), &situation);
            assert!(
                matches!(decision, Decision::Again(wait) if wait <= MINUTE),
                "{jitter}"
            );
        }
    }

    #[test]
    fn the_budget_is_spent_and_earned() {
        let start = MINUTE;
        let budget = Budget::new();
        for _ in 0..10 {
            assert!(budget.has_one(|| start) && budget.take(start));
        }
        assert!(!budget.has_one(|| start) && !budget.take(start));
        for _ in 0..9 {
            budget.give_back(|| start);
        }
        assert!(!budget.has_one(|| start));
        budget.give_back(|| start);
        assert!(budget.take(start));
        assert!(!budget.take(start + Duration::from_secs(9)));
        assert!(budget.take(start + Duration::from_secs(10)));
        // It does not grow beyond what it was.
        let later = start + Duration::from_secs(1_000_000);
        let taken = (0..20).filter(|_| budget.take(later)).count();
        assert_eq!(taken, 10);
    }
}
