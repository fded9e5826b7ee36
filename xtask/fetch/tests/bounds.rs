//! What servers do to those who fetch from them, on loopback.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::thread::JoinHandle;

/// Given the connection and the server's base URL.
type Answer = Box<dyn Fn(&mut TcpStream, &str) + Send>;

/// A server that answers each connection with what it is told, and then is gone.
struct Server {
    address: String,
    thread: JoinHandle<()>,
}

impl Server {
    fn new(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let address = listener
            .local_addr()
            .expect("it has an address")
            .to_string();
        let base = format!("http://{address}");
        let thread = std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().expect("somebody connects");
                let mut request = Vec::new();
                let mut byte = [0];
                while !request.ends_with(b"\r\n\r\n") {
                    stream.read_exact(&mut byte).expect("the request ends");
                    request.extend(byte);
                }
                answer(&mut stream, &base);
            }
        });
        Self { address, thread }
    }

    /// Fetches from it; what is said does not depend on the port.
    fn fetch(self, arguments: &[&str]) -> (Output, String) {
        let url = format!("http://{}/openapi.json", self.address);
        let output = fetch(&[&[url.as_str()], arguments].concat());
        self.thread.join().expect("the server ends");
        let said = String::from_utf8_lossy(&output.stderr).replace(&self.address, "[ADDRESS]");
        let code = output.status.code().expect("it ends");
        (output, format!("exit {code}\n{said}"))
    }
}

fn fetch(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fetch"));
    command.args(arguments).output().expect("it runs")
}

fn text(answer: &'static str) -> Answer {
    Box::new(move |stream, _| {
        // A client that has seen enough hangs up.
        let _ = stream.write_all(answer.as_bytes());
    })
}

fn redirect(to: &'static str) -> Answer {
    Box::new(move |stream, base| {
        let to = to.replace("BASE", base);
        let answer = format!(
            "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        );
        let _ = stream.write_all(answer.as_bytes());
    })
}

const DOCUMENT: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";

#[test]
fn a_document_is_handed_on_as_it_came() {
    let (output, said) = Server::new(vec![text(DOCUMENT)]).fetch(&[]);
    assert_eq!(output.stdout, b"{}", "{said}");
    let (output, said) = Server::new(vec![redirect("BASE/other"), text(DOCUMENT)]).fetch(&[]);
    assert_eq!(output.stdout, b"{}", "{said}");
}

#[test]
fn a_server_is_not_waited_for_without_end() {
    let silent = |stream: &mut TcpStream, _: &str| {
        // It says nothing until the other side hangs up.
        let _ = stream.read(&mut [0]);
    };
    let (output, said) = Server::new(vec![Box::new(silent)]).fetch(&["--timeout", "1"]);
    assert!(output.stdout.is_empty());
    insta::assert_snapshot!("fetch_silent", said);
}

#[test]
fn a_body_without_end_is_cut_off() {
    let endless = |stream: &mut TcpStream, _: &str| {
        let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
        let _ = stream.write_all(head.as_bytes());
        while stream.write_all(&[b' '; 4096]).is_ok() {}
    };
    let (output, said) = Server::new(vec![Box::new(endless)]).fetch(&["--max-size", "1"]);
    assert!(output.stdout.is_empty());
    insta::assert_snapshot!("fetch_endless", said);
}

#[test]
fn an_answer_that_is_no_document_is_told() {
    let none = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    insta::assert_snapshot!(
        "fetch_not_found",
        Server::new(vec![text(none)]).fetch(&[]).1
    );
    let down = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    insta::assert_snapshot!(
        "fetch_unavailable",
        Server::new(vec![text(down)]).fetch(&[]).1
    );
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\n{}";
    let (output, said) = Server::new(vec![text(cut)]).fetch(&[]);
    assert!(output.stdout.is_empty(), "half a document is none");
    insta::assert_snapshot!("fetch_cut_short", said);
}

#[test]
fn a_server_cannot_lead_astray() {
    let circle = (0..6).map(|_| redirect("BASE/openapi.json")).collect();
    insta::assert_snapshot!("fetch_circle", Server::new(circle).fetch(&[]).1);
    let insecure = vec![redirect("http://a.example/openapi.json")];
    insta::assert_snapshot!("fetch_insecure", Server::new(insecure).fetch(&[]).1);
    insta::assert_snapshot!(
        "fetch_nowhere",
        Server::new(vec![redirect("")]).fetch(&[]).1
    );
}

#[test]
fn a_url_with_a_password_is_not_repeated() {
    let output = fetch(&["https://anna:hunter2@a.example/openapi.json"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !said.contains("hunter2") && !said.contains("anna"),
        "{said}"
    );
    insta::assert_snapshot!("fetch_password", said);
    let output = fetch(&["http://a.example/openapi.json"]);
    insta::assert_snapshot!("fetch_plain", String::from_utf8_lossy(&output.stderr));
}
