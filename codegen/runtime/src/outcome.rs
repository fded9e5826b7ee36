//! What is known, after a failure, about whether the server did what was asked.

use std::fmt;

use reqwest::StatusCode;

use crate::error::CallError;

/// Whether a call that failed had its effect all the same.
///
/// The doubtful case is the one to act on: a token whose revocation is of unknown outcome must be
/// taken as live (RFC 7009 section 2.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server surely did not do what was asked.
    NotApplied(NotApplied),
    /// The server may have done it.
    Unknown(Unknown),
}

/// Why it is sure that the server did nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotApplied {
    /// No request left this machine.
    NeverSent,
    /// The server refused it: a status of class 4xx, by which it says that the request is at fault
    /// (RFC 9110 section 15.5). Those two that tell of a time that ended are not meant.
    Refused,
}

/// Why it is not known whether the server did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// The request was sent, or may have been, and no answer came.
    NoAnswer,
    /// The server failed while it worked on it: a status of class 5xx (RFC 9110 section 15.6), or
    /// 408 and 499, which something in between may say of a request that it has passed on.
    ServerFailed,
    /// The status says that it was done, and the rest of the answer does not fit: a page of some
    /// proxy, an empty body, a body that ended early.
    NotConfirmed,
    /// The answer points elsewhere, which is not followed: a status of class 3xx.
    Redirected,
    /// The last request surely had no effect, but one before it may have had.
    EarlierRequest,
}

impl Outcome {
    /// Of an answer that is not a success.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            408 | 499 | 500..=599 => Self::Unknown(Unknown::ServerFailed),
            400..=499 => Self::NotApplied(NotApplied::Refused),
            300..=399 => Self::Unknown(Unknown::Redirected),
            _ => Self::Unknown(Unknown::NotConfirmed),
        }
    }

    pub(crate) fn of_failure(failure: &CallError) -> Self {
        match failure {
            CallError::Request(_) | CallError::MissingCredential | CallError::Token(_) => {
                Self::NotApplied(NotApplied::NeverSent)
            }
            CallError::Transport(error) if error.kind().is_before_sending() => {
                Self::NotApplied(NotApplied::NeverSent)
            }
            CallError::Transport(_) => Self::Unknown(Unknown::NoAnswer),
            CallError::Body(response, _) => Self::of_status(response.status()),
        }
    }

    /// What it is after requests of which one may have had its effect.
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
            Self::NotApplied(NotApplied::NeverSent) => "not applied: nothing was sent",
            Self::NotApplied(NotApplied::Refused) => "not applied: the server refused it",
            Self::Unknown(Unknown::NoAnswer) => "it may have been applied: no answer came",
            Self::Unknown(Unknown::ServerFailed) => "it may have been applied: the server failed",
            Self::Unknown(Unknown::NotConfirmed) => {
                "it may have been applied: the answer does not confirm it"
            }
            Self::Unknown(Unknown::Redirected) => {
                "it may have been applied: the answer points elsewhere"
            }
            Self::Unknown(Unknown::EarlierRequest) => {
                "it may have been applied by an earlier request"
            }
        })
    }
}

/// How often a call was sent, and whether one of those requests may have had its effect although
/// it failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    pub(crate) sent: u32,
    pub(crate) outcome: Option<Outcome>,
}

impl Attempts {
    /// How many requests were made, those included that found no connection.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.sent
    }

    pub(crate) fn failed(&mut self, outcome: Outcome) {
        let earlier = matches!(self.outcome, Some(Outcome::Unknown(_)));
        self.outcome = Some(outcome.after(earlier));
    }
}
