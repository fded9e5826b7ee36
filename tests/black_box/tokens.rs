//! The long way round, with the client: tokens are made, kept, replaced, revoked and refused.

use std::time::Duration;

use monite_client::access_tokens::RevokeTokenError;
use monite_client::runtime::{Clock, Reset};
use monite_client::types::{AccessToken, ClientCredentialsGrant, ClientSecret, RevokeTokenPayload};
use monite_client::{Client, Environment};
use sandbox::{Builder, Effect, Misbehaviour, Sandbox};
use tests::clock::Hand;

use crate::client_fixture::run;

/// A sandbox whose tokens live for 1000 seconds, and a client that makes its own.
struct Scene {
    sandbox: Sandbox,
    clock: Hand,
    client: Client,
    issuer: Client,
}

impl Scene {
    fn set() -> Self {
        Self::of(Sandbox::builder())
    }

    fn of(sandbox: Builder) -> Self {
        let clock = Hand::default();
        let date = clock.clone();
        let started = sandbox
            .token_lifetime(Duration::from_secs(1000))
            .clock(move || date.date())
            .start();
        let sandbox = started.expect("there is a port");
        let builder = || {
            let environment = Environment::custom(&sandbox.url()).expect("it is loopback");
            Client::builder(environment).clock(clock.clone())
        };
        let issuer = builder().build().expect("it is built");
        let secret = ClientSecret::new(sandbox.client_secret());
        let source = issuer.token_source(ClientCredentialsGrant::new(sandbox.client_id(), secret));
        let client = builder().bearer_token_from(source).build();
        let client = client.expect("it is built");
        Self {
            sandbox,
            clock,
            client,
            issuer,
        }
    }

    fn payload(&self, token: AccessToken) -> RevokeTokenPayload {
        let secret = ClientSecret::new(self.sandbox.client_secret());
        RevokeTokenPayload::new(self.sandbox.client_id(), secret, token)
    }

    async fn create(&self) -> AccessToken {
        let secret = ClientSecret::new(self.sandbox.client_secret());
        let grant = ClientCredentialsGrant::new(self.sandbox.client_id(), secret);
        let created = self.issuer.create_token(grant).await.expect("it is made");
        created.into_body().access_token
    }

    async fn revoke(&self, token: AccessToken) {
        let call = self.client.revoke_token(self.payload(token));
        call.await.expect("it is revoked");
    }

    /// Somebody else revokes a token.
    async fn revoke_elsewhere(&self, token: &str) {
        let environment = Environment::custom(&self.sandbox.url()).expect("it is loopback");
        let client = Client::builder(environment).bearer_token(self.create().await);
        let client = client.build().expect("it is built");
        let payload = self.payload(AccessToken::new(token));
        client.revoke_token(payload).await.expect("it is revoked");
    }

    /// The operations of the requests so far, each as its path's last word.
    fn requests(&self) -> String {
        let requests = self.sandbox.requests();
        let word = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let words: Vec<String> = requests.iter().map(|value| word(&value.path)).collect();
        words.join(" ")
    }

    /// The bearer token of the last request.
    fn last_bearer(&self) -> String {
        let requests = self.sandbox.requests();
        let last = requests.last().expect("there was a request");
        let value = last.headers.get("authorization").expect("it has a token");
        let value = value.to_str().expect("it is text");
        value.trim_start_matches("Bearer ").to_owned()
    }
}

#[test]
fn a_token_is_made_used_revoked_and_refused() {
    run(async {
        let scene = Scene::set();
        let token = scene.create().await;
        scene.revoke(token.clone()).await;
        assert!(!scene.sandbox.is_live(token.expose_secret()));
        // Again, and one that never was, is as good (RFC 7009 section 2.2).
        scene.revoke(token.clone()).await;
        scene.revoke(AccessToken::new("never was")).await;
        let environment = Environment::custom(&scene.sandbox.url()).expect("it is loopback");
        let dead = Client::builder(environment).bearer_token(token.clone());
        let call = dead.build().expect("it is built");
        let error = call.revoke_token(scene.payload(token)).await;
        let error = error.expect_err("it is dead");
        assert!(matches!(
            error.api(),
            Some(RevokeTokenError::Unauthorized(_))
        ));
    });
}

#[test]
fn a_token_is_kept_and_replaced_ahead_of_its_end() {
    run(async {
        let scene = Scene::set();
        let other = || AccessToken::new("other");
        scene.revoke(other()).await;
        scene.revoke(other()).await;
        assert_eq!(scene.requests(), "token revoke revoke");
        let first = scene.last_bearer();
        // A fifth of 1000 seconds ahead, since the chance of this clock is the largest.
        scene.clock.pass(Duration::from_secs(799));
        scene.revoke(other()).await;
        assert_eq!(scene.last_bearer(), first);
        scene.clock.pass(Duration::from_secs(2));
        scene.revoke(other()).await;
        assert_ne!(scene.last_bearer(), first);
        assert!(scene.sandbox.is_live(&first), "it was replaced in time");
        assert_eq!(scene.requests(), "token revoke revoke revoke token revoke");
    });
}

#[test]
fn a_token_that_was_revoked_or_refused_is_not_used_again() {
    run(async {
        let scene = Scene::set();
        scene.revoke(AccessToken::new("other")).await;
        // Its own token.
        let own = scene.last_bearer();
        scene.revoke(AccessToken::new(own.as_str())).await;
        scene.revoke(AccessToken::new("other")).await;
        assert_ne!(scene.last_bearer(), own);
        assert_eq!(scene.requests(), "token revoke revoke token revoke");

        // Somebody else revokes it: one request is refused, and the call succeeds all the same.
        scene.revoke_elsewhere(&scene.last_bearer()).await;
        let before = scene.requests();
        scene.revoke(AccessToken::new("other")).await;
        let requests = scene.requests();
        let since = requests.strip_prefix(before.as_str());
        assert_eq!(since, Some(" revoke token revoke"));
    });
}

#[test]
fn many_calls_go_on_with_one_new_token() {
    run(async {
        let scene = Scene::of(Sandbox::builder().requests_per_second(1000));
        scene.revoke(AccessToken::new("other")).await;
        scene.revoke_elsewhere(&scene.last_bearer()).await;
        // The client has a dead token, and uses it for all of these.
        let issued = || scene.requests().matches("token").count();
        let before = issued();
        let call = |_| {
            let payload = scene.payload(AccessToken::new("other"));
            let client = scene.client.clone();
            async move { client.revoke_token(payload).await }
        };
        let calls: tokio::task::JoinSet<_> = (0..200).map(call).collect();
        let answers = calls.join_all().await;
        let succeeded = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!((succeeded, issued() - before), (200, 1));
    });
}

/// The answer is lost, and the token that authorised the request is the one that it revoked.
#[test]
fn a_lost_answer_to_the_revocation_of_its_own_token_is_survived() {
    run(async {
        let scene = Scene::set();
        scene.revoke(AccessToken::new("other")).await;
        let own = scene.last_bearer();
        scene
            .sandbox
            .misbehave(Misbehaviour::Reset, Effect::Applied);
        scene.revoke(AccessToken::new(own.as_str())).await;
        assert!(!scene.sandbox.is_live(&own));
        // The second request is refused with the dead token, the third has a new one.
        let expected = "token revoke revoke revoke token revoke";
        assert_eq!(scene.requests(), expected);
    });
}

#[test]
fn rate_limits_are_read() {
    run(async {
        let scene = Scene::set();
        let call = scene
            .client
            .revoke_token(scene.payload(AccessToken::new("other")));
        let answer = call.await.expect("it is revoked");
        let limit = answer.rate_limit().expect("the sandbox tells it");
        assert_eq!((limit.limit, limit.remaining), (Some(30), Some(28)));
        assert!(matches!(limit.reset, Some(Reset::At(at)) if at > scene.clock.date()));
    });
}
