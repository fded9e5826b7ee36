//! The examples, run as their users run them, against the sandbox.

use std::process::{Command, Output};

use sandbox::Sandbox;
use tests::workspace::built_examples;

/// Runs an example with these variables, and gives what it prints.
fn run(name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> (Output, String) {
    let output = Command::new(built_examples().join(name))
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .expect("the example runs");
    let text = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned();
    (output, text)
}

#[test]
fn the_examples_do_what_they_say() {
    let sandbox = Sandbox::start();
    let (id, url) = (sandbox.client_id().to_string(), sandbox.url());
    let leaked = {
        let body = serde_json::json!({
            "client_id": id,
            "client_secret": sandbox.client_secret(),
            "grant_type": "client_credentials",
        });
        // The sandbox is on loopback, whatever proxy the environment names.
        let client = reqwest::Client::builder().no_proxy().build();
        let request = client
            .expect("it is made")
            .post(format!("{url}/auth/token"))
            .header("x-monite-version", "2024-05-25")
            .json(&body);
        let answer = crate::client_fixture::run(async move { request.send().await?.bytes().await });
        let answer: serde_json::Value =
            serde_json::from_slice(&answer.expect("it answers")).expect("it is JSON");
        answer["access_token"]
            .as_str()
            .expect("it is text")
            .to_owned()
    };
    let variables = [
        ("MONITE_CLIENT_ID", id.as_str()),
        ("MONITE_CLIENT_SECRET", sandbox.client_secret()),
        ("MONITE_TOKEN", leaked.as_str()),
    ];
    let (rotated, text) = run("rotate", &[&url], &variables);
    assert!(
        rotated.status.success() && text.ends_with("The old token is revoked.\n"),
        "{text}"
    );
    assert!(!sandbox.is_live(&leaked));
    let (revoked, text) = run("revoke", &[&url], &variables);
    assert!(revoked.status.success(), "{text}");
    assert_eq!(text, "The token is revoked.\n");
    for secret in [sandbox.client_secret(), &leaked] {
        assert!(!text.contains(secret));
    }

    let mut wrong = variables;
    wrong[1].1 = "not-the-secret";
    let (refused, text) = run("revoke", &[&url], &wrong);
    assert_eq!(refused.status.code(), Some(1));
    insta::assert_snapshot!("example_revoke_refused", text);
    let (unnamed, _) = run("revoke", &[], &variables);
    assert!(!unnamed.status.success(), "no environment is the default");

    let (tested, text) = run("testing", &[], &[]);
    assert!(tested.status.success(), "{text}");
    insta::assert_snapshot!("example_testing", text);
}
