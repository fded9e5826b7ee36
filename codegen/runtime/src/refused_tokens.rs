//! What a client knows about tokens that a server refused: of which another was asked for, what
//! came in their place, and which were refused although they were new.
//!
//! Many calls can be under way with one token when it is refused. One of them asks for another and
//! takes a repetition of the budget for it; for the others there is nothing to decide any more.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Secret;

/// The tokens that were refused lately.
#[derive(Default)]
pub(crate) struct RefusedTokens {
    /// Whether there ever was one. Most clients never see any, and need not look further.
    touched: AtomicBool,
    known: Mutex<VecDeque<Known>>,
}

/// What is known of one token.
struct Known {
    token: Secret,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It was refused, and another is asked for, or there.
    Replaced,
    /// It came in the place of one that was refused, at this moment of the clock, and no answer has
    /// shown yet that it is good.
    New(Duration),
    /// It was new and refused all the same, at this moment. For a minute the fault is taken to be
    /// another one, such as wrong credentials in a body: replacing it again would only make more
    /// live tokens.
    InVain(Duration),
    /// It came in the place of another, and was good.
    Accepted,
}

/// Who asks for another token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    /// The caller that wants to know: nobody did before.
    This,
    /// Another caller does, or did.
    Another,
    /// Nobody: the budget is used up.
    Nobody,
}

impl RefusedTokens {
    /// For how long what is known about a new token is believed.
    const BELIEVED: Duration = Duration::from_secs(60);
    /// So many are remembered. Of an older one it is forgotten that it was replaced, which costs no
    /// more than a repetition of the budget.
    const MOST: usize = 32;

    /// The server refused a token: whether it is of no use to replace it. `asked` says that the
    /// call asked for it itself, in the place of another one.
    pub(crate) fn refused(&self, token: &Secret, asked: bool, now: Duration) -> bool {
        let mut known = self.lock();
        let lately = |moment: Duration| now.saturating_sub(moment) < Self::BELIEVED;
        match state(&known, token) {
            Some(State::InVain(at)) if lately(at) && !asked => return true,
            Some(State::New(at)) if lately(at) => {}
            _ if asked => {}
            _ => return false,
        }
        self.set(&mut known, token, State::InVain(now));
        true
    }

    /// Who asks for another token in the place of one that was refused. The first caller does, if
    /// it can pay for it.
    pub(crate) fn asker(&self, refused: &Secret, pay: impl FnOnce() -> bool) -> Asker {
        let mut known = self.lock();
        if state(&known, refused) == Some(State::Replaced) {
            return Asker::Another;
        }
        if !pay() {
            return Asker::Nobody;
        }
        self.set(&mut known, refused, State::Replaced);
        Asker::This
    }

    /// No other token came in the place of one that was refused: who asks again pays again.
    pub(crate) fn not_replaced(&self, refused: &Secret) {
        let replaced = |known: &Known| known.token == *refused && known.state == State::Replaced;
        self.lock().retain(|known| !replaced(known));
    }

    /// This token came in the place of one that was refused.
    pub(crate) fn replaced_by(&self, token: &Secret, now: Duration) {
        let mut known = self.lock();
        // One that was replaced before has been issued again.
        if matches!(state(&known, token), None | Some(State::Replaced)) {
            self.set(&mut known, token, State::New(now));
        }
    }

    /// The server gave an answer by which tokens are good.
    pub(crate) fn accepted<'a>(&self, tokens: impl Iterator<Item = &'a Secret>) {
        if !self.touched.load(Ordering::Relaxed) {
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
        self.touched.store(true, Ordering::Relaxed);
        if let Some(known) = known.iter_mut().find(|known| known.token == *token) {
            known.state = state;
            return;
        }
        if known.len() >= Self::MOST {
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

    use super::{Asker, RefusedTokens};
    use crate::Secret;

    const NOW: Duration = Duration::from_secs(100);
    const MINUTE: Duration = Duration::from_secs(60);

    fn token(number: usize) -> Secret {
        Secret::from(format!("token-{number}"))
    }

    #[test]
    fn one_caller_asks_and_pays() {
        let tokens = RefusedTokens::default();
        assert!(!tokens.refused(&token(1), false, NOW));
        assert_eq!(tokens.asker(&token(1), || false), Asker::Nobody);
        assert_eq!(tokens.asker(&token(1), || true), Asker::This);
        assert_eq!(tokens.asker(&token(1), || true), Asker::Another);
        tokens.not_replaced(&token(1));
        assert_eq!(tokens.asker(&token(1), || true), Asker::This);
        assert_eq!(tokens.asker(&token(2), || true), Asker::This);
    }

    #[test]
    fn a_new_token_that_is_refused_is_not_replaced_for_a_minute() {
        let tokens = RefusedTokens::default();
        tokens.replaced_by(&token(2), NOW);
        // Also by a call that did not ask for it.
        assert!(tokens.refused(&token(2), false, NOW));
        assert!(tokens.refused(&token(2), false, NOW + MINUTE / 2));
        assert!(!tokens.refused(&token(2), false, NOW + MINUTE));
        // Whoever asked for it begins another minute.
        assert!(tokens.refused(&token(2), true, NOW + MINUTE));
        assert!(tokens.refused(&token(2), false, NOW + MINUTE));
    }

    #[test]
    fn a_token_that_was_good_is_replaced() {
        let tokens = RefusedTokens::default();
        tokens.replaced_by(&token(2), NOW);
        tokens.accepted(once(&token(2)));
        // Whoever looks later does not make it new again.
        tokens.replaced_by(&token(2), NOW);
        assert!(!tokens.refused(&token(2), false, NOW));
        assert_eq!(tokens.asker(&token(2), || true), Asker::This);
        // It can be issued again.
        tokens.replaced_by(&token(2), NOW);
        assert!(tokens.refused(&token(2), false, NOW));
    }

    #[test]
    fn only_so_many_are_remembered() {
        let tokens = RefusedTokens::default();
        for number in 0..1000 {
            assert_eq!(tokens.asker(&token(number), || true), Asker::This);
        }
        assert_eq!(tokens.lock().len(), RefusedTokens::MOST);
        assert_eq!(tokens.asker(&token(999), || true), Asker::Another);
    }
}
