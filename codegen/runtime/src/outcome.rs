//! Whether a failed call may have taken effect.

use std::fmt;

use reqwest::StatusCode;

/// Whether a failed call may have taken effect on the server.
///
/// Handle the unknown case: for example, if the outcome of a revocation is unknown, assume that the
/// token is still valid (RFC 7009 section 2.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The call had no effect.
    NotApplied(NotApplied),
    /// The call may have had an effect.
    Unknown(Unknown),
}

/// Why a call is known to have had no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotApplied {
    /// No request was sent.
    NeverSent,
    /// The server rejected the request with a 4xx status (RFC 9110 section 15.5). 408 and 499 are
    /// excluded.
    Refused,
}

/// Why it is unknown whether a call had an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// The request was sent, or may have been, and no response arrived.
    NoAnswer,
    /// The server failed with a 5xx status (RFC 9110 section 15.6), or with 408 or 499, which a proxy
    /// may return for a request that it has forwarded.
    ServerFailed,
    /// The status is a success, but the rest of the response is not as declared: for example a page of
    /// a proxy, an empty body, or a body that ended early.
    NotConfirmed,
    /// The server responded with a redirect (3xx), which is not followed.
    Redirected,
    /// The last attempt had no effect, but an earlier one may have had.
    EarlierRequest,
}

impl Outcome {
    /// Returns the outcome of a response that is not a success.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            408 | 499 | 500..=599 => Self::Unknown(Unknown::ServerFailed),
            400..=499 => Self::NotApplied(NotApplied::Refused),
            300..=399 => Self::Unknown(Unknown::Redirected),
            _ => Self::Unknown(Unknown::NotConfirmed),
        }
    }

    /// Combines the outcome with that of earlier attempts; `earlier` says that one may have had an
    /// effect.
    pub(crate) fn after(self, earlier: bool) -> Self {
        match self {
            Self::NotApplied(_) if earlier => Self::Unknown(Unknown::EarlierRequest),
            other => other,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotApplied(NotApplied::NeverSent) => "not applied: no request was sent",
            Self::NotApplied(NotApplied::Refused) => "not applied: the server rejected the request",
            Self::Unknown(Unknown::NoAnswer) => "may have been applied: no response arrived",
            Self::Unknown(Unknown::ServerFailed) => "may have been applied: the server failed",
            Self::Unknown(Unknown::NotConfirmed) => {
                "may have been applied: the response does not confirm it"
            }
            Self::Unknown(Unknown::Redirected) => {
                "may have been applied: the server responded with a redirect"
            }
            Self::Unknown(Unknown::EarlierRequest) => {
                "may have been applied: an earlier attempt has an unknown outcome"
            }
        })
    }
}

/// The attempts of a call: their number, and what is known about their effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    pub(crate) sent: u32,
    pub(crate) outcome: Option<Outcome>,
}

impl Attempts {
    /// Returns the number of attempts, including those that could not connect.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.sent
    }

    /// Records the outcome of a failed attempt.
    pub(crate) fn record_failure(&mut self, outcome: Outcome) {
        let earlier = matches!(self.outcome, Some(Outcome::Unknown(_)));
        self.outcome = Some(outcome.after(earlier));
    }
}
