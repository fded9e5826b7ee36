//! Tokens: issued, found, expired, revoked.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use uuid::Uuid;

use crate::bucket::Bucket;

pub(crate) struct State {
    client_id: Uuid,
    /// Its hash, as of tokens: how long a comparison takes tells nothing of what is compared.
    client_secret: String,
    pub(crate) lifetime: Duration,
    pub(crate) bucket: Bucket,
    /// The hash of each token that was issued and not revoked, with the moment at which it ends.
    live: BTreeMap<String, Duration>,
}

impl State {
    pub(crate) fn new(
        client_id: Uuid,
        client_secret: &str,
        lifetime: Duration,
        bucket: Bucket,
    ) -> Self {
        Self {
            client_id,
            client_secret: hash(client_secret),
            lifetime,
            bucket,
            live: BTreeMap::new(),
        }
    }

    /// Whether these are the credentials of the one client that is known.
    pub(crate) fn knows(&self, client_id: &str, client_secret: &str) -> bool {
        let id = client_id.parse::<Uuid>();
        id.is_ok_and(|id| id == self.client_id) && hash(client_secret) == self.client_secret
    }

    pub(crate) fn issue(&mut self, now: Duration) -> String {
        let token = token();
        self.live.insert(hash(&token), now + self.lifetime);
        token
    }

    pub(crate) fn is_live(&self, token: &str, now: Duration) -> bool {
        self.live.get(&hash(token)).is_some_and(|end| now < *end)
    }

    /// How many tokens are valid.
    pub(crate) fn live(&self, now: Duration) -> usize {
        self.live.values().filter(|end| now < **end).count()
    }

    pub(crate) fn revoke(&mut self, token: &str) {
        self.live.remove(&hash(token));
    }
}

fn hash(secret: &str) -> String {
    codegen::lock::sha256(secret.as_bytes())
}

/// 41 letters and digits, as the API's tokens have. Good enough for a server that guards nothing.
fn token() -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let random = RandomState::new();
    let letter = |index: u8| {
        let mut hasher = random.build_hasher();
        hasher.write_u8(index);
        let letters = ALPHABET.iter().copied().cycle();
        let drawn = usize::try_from(hasher.finish() % 62).unwrap_or(0);
        char::from(letters.clone().nth(drawn).unwrap_or(b'A'))
    };
    (0..41).map(letter).collect()
}
