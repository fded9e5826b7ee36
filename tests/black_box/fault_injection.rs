//! Every way to misbehave, with every operation, with and without repetition: the right error, the
//! right outcome, the right number of requests, in time, and without a secret in any text.

use std::fmt::Debug;
use std::time::Duration;

use monite_client::runtime::{Clock, Error, ErrorVariant, Outcome, RetryPolicy};
use monite_client::types::{AccessToken, ClientCredentialsGrant, ClientSecret, RevokeTokenPayload};
use monite_client::{Client, Environment};
use sandbox::{Effect, Misbehaviour, Sandbox};
use tests::block_on;
use tests::clock::Hand;

const SECRET: &str = "canary-client-secret";
const DEADLINE: Duration = Duration::from_secs(30);

/// A sandbox with a client of it, and two tokens.
struct Scene {
    sandbox: Sandbox,
    clock: Hand,
    client: Client,
    leaked: AccessToken,
    own: AccessToken,
}

impl Scene {
    async fn set(retry: RetryPolicy) -> Self {
        let clock = Hand::default();
        let (date, stalled) = (clock.clone(), clock.clone());
        let id = uuid::Uuid::from_u128(7);
        let started = Sandbox::builder()
            .client(id, SECRET)
            .clock(move || date.date())
            .on_stall(move || stalled.expire())
            .start();
        let sandbox = started.expect("there is a port");
        let environment = || Environment::custom(&sandbox.url()).expect("it is loopback");
        let issuer = Client::builder(environment()).build().expect("it is built");
        let create = async || {
            let grant = ClientCredentialsGrant::new(id, ClientSecret::new(SECRET));
            let created = issuer.create_token(grant).await.expect("it is created");
            created.into_body().access_token
        };
        let (leaked, own) = (create().await, create().await);
        let client = Client::builder(environment())
            .bearer_token(own.clone())
            .retry(retry)
            .clock(clock.clone())
            .max_response_bytes(1 << 20)
            .timeout(DEADLINE)
            .build()
            .expect("it is built");
        Self {
            sandbox,
            clock,
            client,
            leaked,
            own,
        }
    }

    async fn create(&self) -> Told {
        let secret = ClientSecret::new(SECRET);
        let grant = ClientCredentialsGrant::new(self.sandbox.client_id(), secret);
        let before = self.sandbox.live_tokens();
        let answer = self.client.create_token(grant).await;
        let applied = self.sandbox.live_tokens() > before;
        self.told(answer, applied)
    }

    async fn revoke(&self) -> Told {
        let (id, secret) = (self.sandbox.client_id(), ClientSecret::new(SECRET));
        let payload = RevokeTokenPayload::new(id, secret, self.leaked.clone());
        let answer = self.client.revoke_token(payload).await;
        let applied = !self.sandbox.is_live(self.leaked.expose_secret());
        self.told(answer, applied)
    }

    /// What the caller is told, after what goes for every error.
    fn told<T: Debug, E: ErrorVariant>(&self, answer: Result<T, Error<E>>, applied: bool) -> Told {
        let error = answer.expect_err("every request is answered badly");
        for text in [
            format!("{error}"),
            format!("{error:?}"),
            format!("{error:#?}"),
        ] {
            let secrets = [
                SECRET,
                self.leaked.expose_secret(),
                self.own.expose_secret(),
            ];
            for secret in secrets {
                assert!(!text.contains(secret), "a secret is printed: {text}");
            }
        }
        if matches!(error.outcome(), Outcome::NotApplied(_)) {
            assert!(!applied, "it was applied, whatever this says: {error}");
        }
        assert!(self.clock.now() <= DEADLINE, "{:?}", self.clock.now());
        Told {
            what: error.to_string(),
            requests: error.attempts().count(),
            seconds: self.clock.now().as_secs_f64(),
        }
    }
}

/// What comes of a call.
#[derive(PartialEq)]
struct Told {
    what: String,
    requests: u32,
    seconds: f64,
}

/// Runs one call of which every request is answered badly.
async fn play(how: Misbehaviour, effect: Effect, operation: &str, retry: RetryPolicy) -> Told {
    let scene = Scene::set(retry).await;
    let already = scene.sandbox.requests().len();
    for _ in 0..3 {
        scene.sandbox.misbehave(how, effect);
    }
    let told = match operation {
        "create_token" => scene.create().await,
        _ => scene.revoke().await,
    };
    if how != Misbehaviour::DropUnread {
        let requests = scene.sandbox.requests().len() - already;
        assert_eq!(u32::try_from(requests).ok(), Some(told.requests), "{how:?}");
    }
    told
}

/// Plays one fault with every operation, and returns a row for each.
fn rows(how: Misbehaviour) -> String {
    let mut rows = String::new();
    for operation in ["create_token", "revoke_token"] {
        for (name, retry) in [("off", RetryPolicy::none()), ("on", RetryPolicy::new())] {
            let play = |effect| block_on(play(how, effect, operation, retry.clone()));
            let told = play(Effect::None);
            // What the client cannot see changes nothing of what it says. A server that refuses
            // what it has done would be lying (RFC 9110 section 15.5).
            if how != Misbehaviour::TooManyRequests {
                assert!(told == play(Effect::Applied), "{how:?} {operation} {name}");
            }
            rows.push_str(&format!(
                "{:<18} retry {name:<3} {} requests {:>6.2} s  {}\n",
                how.name(),
                told.requests,
                told.seconds,
                told.what
            ));
        }
    }
    rows
}

#[test]
fn every_fault_with_every_operation() {
    // All at once, since most of the time a client or a server waits for the other.
    let table: String = std::thread::scope(|scope| {
        let threads = Misbehaviour::ALL.map(|how| scope.spawn(move || rows(how)));
        let rows = threads.map(|thread| thread.join().expect("no fault panics"));
        rows.concat()
    });
    println!("{table}");
    insta::assert_snapshot!("fault_matrix", table);
}
