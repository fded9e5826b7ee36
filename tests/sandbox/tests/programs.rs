//! The two programs, as a terminal shows them.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

use sandbox::Sandbox;

const SANDBOX: &str = env!("CARGO_BIN_EXE_sandbox");

/// The demonstration from beginning to end.
#[test]
fn the_demo_goes_the_long_way_round() {
    let demo = Command::new(env!("CARGO_BIN_EXE_demo")).output();
    let demo = demo.expect("it runs");
    assert!(demo.status.success());
    let text = String::from_utf8_lossy(&demo.stdout);
    let verbs: Vec<&str> = text
        .lines()
        .filter_map(|part| part.split_whitespace().next())
        .collect();
    let expected = "Sandbox Created Created Created Used Revoked Limit Revoked Refused";
    assert_eq!(verbs.join(" "), expected);
    assert!(text.contains("AccessToken(Secret([redacted]))"));
    assert!(!text.contains(Sandbox::start().client_secret()));
    assert!(
        text.ends_with("not applied: the server rejected the request\n"),
        "{text}"
    );
}

#[test]
fn the_command_line_is_checked() {
    let taken = Sandbox::start();
    let address = authority(&taken.url());
    let port = address.rsplit(':').next().expect("a port");
    let refused = Command::new(SANDBOX).args(["--port", port]).output();
    let refused = refused.expect("it runs");
    assert_eq!(refused.status.code(), Some(101));
    let text = String::from_utf8_lossy(&refused.stderr);
    assert!(
        text.contains("problem: port") && text.contains("fix: name another"),
        "{text}"
    );
    let help = Command::new(SANDBOX).arg("--help").output();
    let help = help.expect("it runs").stdout;
    assert!(String::from_utf8_lossy(&help).contains("--misbehave"));
    for wrong in [&["--misbehave", "nicely"][..], &["--applied"]] {
        let unknown = Command::new(SANDBOX).args(wrong).output();
        assert_eq!(unknown.expect("it runs").status.code(), Some(2));
    }
}

fn authority(url: &str) -> String {
    let rest = url.strip_prefix("http://").expect("it is plain HTTP");
    rest.strip_suffix("/v1").expect("it has a path").to_owned()
}

/// The running server, gone with the test.
struct Served {
    child: Child,
    lines: Lines<BufReader<ChildStderr>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(SANDBOX);
        let child = command.args(arguments).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("it runs");
        let stderr = child.stderr.take().expect("it is piped");
        let lines = BufReader::new(stderr).lines();
        Self { child, lines }
    }

    /// What the next line says, which begins with this.
    fn says(&mut self, verb: &str) -> String {
        let line = self.lines.next().expect("it says more").expect("in UTF-8");
        let rest = line.trim_start().strip_prefix(verb);
        rest.unwrap_or_else(|| panic!("{line} is no {verb}"))
            .trim()
            .to_owned()
    }
}

#[test]
fn the_server_says_where_it_is_and_shows_nothing_of_a_request() {
    let mut served = Served::start(&["--misbehave", "html", "--applied"]);
    let url = served.says("Serving");
    let id = served.says("client_id");
    let secret = served.says("client_secret");
    assert_eq!(served.says("Ends with"), "Ctrl-C");
    let body = format!(
        r#"{{"client_id":"{id}","client_secret":"{secret}","grant_type":"client_credentials"}}"#
    );
    let mut post = |path: &str, expected: &str, logged: &str| {
        let mut stream = TcpStream::connect(authority(&url)).expect("it listens");
        let head =
            "host: sandbox\r\nx-monite-version: 2024-05-25\r\ncontent-type: application/json";
        let request = format!(
            "POST {path} HTTP/1.1\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        assert!(answer.contains(expected), "{answer}");
        assert_eq!(served.says("Answered"), logged);
    };
    post(
        "/v1/auth/token?canary",
        "<html>",
        "POST /v1/auth/token misbehaves: html",
    );
    post(
        "/v1/auth/token?canary",
        "access_token",
        "POST /v1/auth/token 200",
    );
    post(
        "/v1/auth/revoke/canary",
        "not_found",
        "POST (no operation) 404",
    );
}
