//! The tokens that a server rejected lately, and their replacements.
//!
//! Many calls may be using one token when the server rejects it. One of them requests a replacement
//! and pays a retry of the budget for it; the others use that replacement.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Secret;

/// The tokens that were rejected lately, and their replacements.
#[derive(Default)]
pub(crate) struct RejectedTokens {
    /// Whether a token was ever rejected. Most clients never see one, and skip the lock.
    used: AtomicBool,
    known: Mutex<VecDeque<Known>>,
}

/// What is known about one token.
struct Known {
    token: Secret,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It was rejected, and a replacement was requested.
    Replaced,
    /// It replaced a rejected token at this time, and the server has not accepted it yet.
    New(Duration),
    /// It was new and was rejected as well, at this time. For a minute the cause is assumed to be
    /// something else, for example wrong credentials in a body: another replacement would only
    /// create more valid tokens.
    RejectedWhenNew(Duration),
    /// It replaced a rejected token, and the server accepted it.
    Accepted,
}

/// Who requests the replacement for a rejected token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replacer {
    /// The calling call, since no other did.
    ThisCall,
    /// Another call does, or did.
    OtherCall,
    /// No call: the retry budget is used up.
    Nobody,
}

impl RejectedTokens {
    /// How long it counts that a token is new.
    const TRUSTED_FOR: Duration = Duration::from_secs(60);
    /// The maximum number of tokens to remember. If an older one is rejected again, it is replaced
    /// again, which costs a retry of the budget.
    const CAPACITY: usize = 32;

    /// Records that the server rejected a token. Returns whether a replacement would be useless.
    /// `fetched` says that the call requested this token itself, as a replacement.
    pub(crate) fn rejected(&self, token: &Secret, fetched: bool, now: Duration) -> bool {
        let mut known = self.lock();
        let lately = |moment: Duration| now.saturating_sub(moment) < Self::TRUSTED_FOR;
        match state(&known, token) {
            Some(State::RejectedWhenNew(at)) if lately(at) && !fetched => return true,
            Some(State::New(at)) if lately(at) => {}
            _ if fetched => {}
            _ => return false,
        }
        self.set(&mut known, token, State::RejectedWhenNew(now));
        true
    }

    /// Decides who requests the replacement for a rejected token: the first caller whose `pay`
    /// succeeds.
    pub(crate) fn replacer(&self, rejected: &Secret, pay: impl FnOnce() -> bool) -> Replacer {
        let mut known = self.lock();
        if state(&known, rejected) == Some(State::Replaced) {
            return Replacer::OtherCall;
        }
        if !pay() {
            return Replacer::Nobody;
        }
        self.set(&mut known, rejected, State::Replaced);
        Replacer::ThisCall
    }

    /// Records that a rejected token was not replaced: the next caller may pay and try again.
    pub(crate) fn not_replaced(&self, rejected: &Secret) {
        let replaced = |known: &Known| known.token == *rejected && known.state == State::Replaced;
        self.lock().retain(|known| !replaced(known));
    }

    /// Records that this token replaced a rejected one.
    pub(crate) fn replaced_by(&self, token: &Secret, now: Duration) {
        let mut known = self.lock();
        // A token that was replaced before may be issued again.
        if matches!(state(&known, token), None | Some(State::Replaced)) {
            self.set(&mut known, token, State::New(now));
        }
    }

    /// Records that the server accepted tokens.
    pub(crate) fn accepted<'a>(&self, tokens: impl Iterator<Item = &'a Secret>) {
        if !self.used.load(Ordering::Relaxed) {
            return;
        }
        let mut known = self.lock();
        for token in tokens {
            if let Some(State::New(_)) = state(&known, token) {
                self.set(&mut known, token, State::Accepted);
            }
        }
    }

    fn set(&self, known: &mut VecDeque<Known>, token: &Secret, state: State) {
        self.used.store(true, Ordering::Relaxed);
        if let Some(known) = known.iter_mut().find(|known| known.token == *token) {
            known.state = state;
            return;
        }
        if known.len() >= Self::CAPACITY {
            known.pop_front();
        }
        known.push_back(Known {
            token: token.clone(),
            state,
        });
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn state(known: &VecDeque<Known>, token: &Secret) -> Option<State> {
    let known = known.iter().find(|known| known.token == *token)?;
    Some(known.state)
}

#[cfg(test)]
mod tests {
    use std::iter::once;
    use std::time::Duration;

    use super::{RejectedTokens, Replacer};
    use crate::Secret;

    const NOW: Duration = Duration::from_secs(100);
    const MINUTE: Duration = Duration::from_secs(60);

    fn token(number: usize) -> Secret {
        Secret::from(format!("token-{number}"))
    }

    #[test]
    fn one_caller_fetches_and_pays() {
        let tokens = RejectedTokens::default();
        assert!(!tokens.rejected(&token(1), false, NOW));
        assert_eq!(tokens.replacer(&token(1), || false), Replacer::Nobody);
        assert_eq!(tokens.replacer(&token(1), || true), Replacer::ThisCall);
        assert_eq!(tokens.replacer(&token(1), || true), Replacer::OtherCall);
        tokens.not_replaced(&token(1));
        assert_eq!(tokens.replacer(&token(1), || true), Replacer::ThisCall);
        assert_eq!(tokens.replacer(&token(2), || true), Replacer::ThisCall);
    }

    #[test]
    fn a_new_token_that_is_refused_is_not_replaced_for_a_minute() {
        let tokens = RejectedTokens::default();
        tokens.replaced_by(&token(2), NOW);
        // Also for a call that did not request it.
        assert!(tokens.rejected(&token(2), false, NOW));
        assert!(tokens.rejected(&token(2), false, NOW + MINUTE / 2));
        assert!(!tokens.rejected(&token(2), false, NOW + MINUTE));
        // The call that requested it starts another minute.
        assert!(tokens.rejected(&token(2), true, NOW + MINUTE));
        assert!(tokens.rejected(&token(2), false, NOW + MINUTE));
    }

    #[test]
    fn an_accepted_token_is_replaced() {
        let tokens = RejectedTokens::default();
        tokens.replaced_by(&token(2), NOW);
        tokens.accepted(once(&token(2)));
        // Recording it again does not make it new.
        tokens.replaced_by(&token(2), NOW);
        assert!(!tokens.rejected(&token(2), false, NOW));
        assert_eq!(tokens.replacer(&token(2), || true), Replacer::ThisCall);
        // It can be issued again.
        tokens.replaced_by(&token(2), NOW);
        assert!(tokens.rejected(&token(2), false, NOW));
    }

    #[test]
    fn the_number_of_remembered_tokens_is_limited() {
        let tokens = RejectedTokens::default();
        for number in 0..1000 {
            assert_eq!(tokens.replacer(&token(number), || true), Replacer::ThisCall);
        }
        assert_eq!(tokens.lock().len(), RejectedTokens::CAPACITY);
        assert_eq!(tokens.replacer(&token(999), || true), Replacer::OtherCall);
    }
}
