//! Documents that are named by a URL: fetched from a server on loopback that means well, and from
//! one that does not.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use tests::server::reply;
use tests::workspace::{Ran, Workspace, target_folder};

use crate::diff;
use crate::slice::{FULL, STORED, ends, shop, sliced};

const YAML: &str = "application/yaml";

/// A server whose paths are the ways in which a server can answer. It stays as long as the tests.
pub struct Upstream {
    address: SocketAddr,
    document: Arc<Mutex<String>>,
}

impl Upstream {
    /// A server of a document.
    pub fn with(document: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let document = Arc::new(Mutex::new(document.to_owned()));
        let shared = Arc::clone(&document);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let document = shared.lock().expect("no test fails holding it").clone();
                thread::spawn(move || stream.and_then(|value| answer(value, &document)));
            }
        });
        Self { address, document }
    }

    /// Where a path is.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Puts another document in the place of the one that is served.
    pub fn move_to(&self, document: &str) {
        document.clone_into(&mut self.document.lock().expect("no test fails holding it"));
    }

    fn edit(&self, from: &str, to: &str) {
        let mut document = self.document.lock().expect("no test fails holding it");
        assert!(document.contains(from), "the document has {from}");
        *document = document.replace(from, to);
    }

    /// A run with this server's port, which depends on the day, replaced.
    fn shown(&self, ran: &Ran) -> String {
        let transcript = ran.transcript();
        transcript.replace(&self.address.to_string(), "[SERVER]")
    }
}

fn answer(mut stream: TcpStream, document: &str) -> std::io::Result<()> {
    let head = BufReader::new(stream.try_clone()?).lines();
    let head: Vec<String> = head
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .collect();
    let path = head.first().and_then(|part| part.split([' ', '?']).nth(1));
    let to = |location: &str| {
        let head = "HTTP/1.1 302 Found\r\nconnection: close\r\ncontent-length: 0\r\nlocation: ";
        format!("{head}{location}\r\n\r\n").into_bytes()
    };
    let begun = |more: &str| format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{more}\r\n");
    let text = match path.unwrap_or_default() {
        "/silent" => {
            // The connection is held until the other side gives up.
            stream.read_to_end(&mut Vec::new())?;
            return Ok(());
        }
        "/endless" => {
            stream.write_all(begun("").as_bytes())?;
            loop {
                stream.write_all(&[b'x'; 1 << 16])?;
            }
        }
        "/declared" => begun("content-length: 67108865\r\n").into_bytes(),
        "/short" => (begun("content-length: 100\r\n") + "openapi: 3.0.3\n").into_bytes(),
        "/packed" => (begun("content-encoding: gzip\r\n") + "\x1f\x08").into_bytes(),
        "/page" => reply("200 OK", YAML, "\n<!doctype html><title>Our API</title>"),
        "/prose" => reply("200 OK", YAML, "It has moved."),
        "/empty" => reply("200 OK", YAML, ""),
        "/gone" => reply("404 Our reason", YAML, "openapi: 3.0.3"),
        "/busy" => reply("503 Busy", YAML, "openapi: 3.0.3"),
        "/loop" => to("/loop?session=hunter2"),
        "/insecure" => to("http://example.com/openapi.yaml?session=hunter2"),
        "/login" => to("https://me:hunter2@example.com/"),
        "/moved" => to("openapi.yaml"),
        _ => {
            assert!(
                head.iter()
                    .any(|part| part.contains("openapi-client-fetch/"))
            );
            reply("200 OK", YAML, document)
        }
    };
    stream.write_all(&text)
}

/// Runs the command, which builds the program that fetches where the tests are built. Proxies of
/// the machine are not asked for what is on loopback.
fn run(workspace: &Workspace, arguments: &[&str]) -> Ran {
    let target = target_folder();
    let target = target.to_string_lossy();
    let variables = [
        ("CARGO_TARGET_DIR", &*target),
        ("HTTP_PROXY", "http://127.0.0.1:9"),
        ("http_proxy", "http://127.0.0.1:9"),
    ];
    workspace.xtask_in("", arguments, &variables)
}

fn cut(workspace: &Workspace, url: &str, arguments: &[&str]) -> Ran {
    let slice = ["slice", "--into", "openapi/shop", "--from", url];
    run(workspace, &[&slice, arguments].concat())
}

#[test]
fn a_document_is_fetched_and_cut_and_nothing_else_is_written() {
    let by_file = sliced(&["get_order", "list_payments"]);
    let upstream = Upstream::with(&by_file.read(FULL));
    let workspace = Workspace::empty();
    let selected = ["--operation", "get_order", "--operation", "list_payments"];
    let ran = cut(&workspace, &upstream.url("openapi.yaml"), &selected);
    ends(&ran, 0);
    insta::assert_snapshot!("fetch_cut", upstream.shown(&ran));
    assert!(
        workspace.read(STORED) == by_file.read(STORED),
        "as from a file"
    );
    assert_eq!(
        workspace.tree().len(),
        2,
        "the slice and the list were written"
    );

    let ran = cut(&workspace, &upstream.url("moved"), &["--check"]);
    ends(&ran, 0);
    insta::assert_snapshot!("fetch_check", upstream.shown(&ran));
    upstream.edit("[open, paid, shipped]", "[open, paid, packed, shipped]");
    let ran = cut(
        &workspace,
        &upstream.url("it?version=2&form=full"),
        &["--check"],
    );
    ends(&ran, 4);
    insta::assert_snapshot!("fetch_check_moved", upstream.shown(&ran));
}

#[test]
fn a_crate_is_made_from_a_url() {
    let upstream = Upstream::with(tests::workspace::PETS);
    let workspace = Workspace::empty();
    let url = upstream.url("openapi.yaml");
    let ran = run(&workspace, &["generate", "--from", &url, "--out", "made"]);
    ends(&ran, 0);
    insta::assert_snapshot!("fetch_generate", upstream.shown(&ran));
    let tree = workspace.tree();
    assert!(
        tree.keys().all(|path| path.starts_with("made/")),
        "and no more"
    );
}

#[test]
fn what_a_server_may_do_instead_is_told() {
    let workspace = sliced(&["get_order"]);
    let tree = workspace.tree();
    let upstream = Upstream::with("");
    let mut transcripts = String::new();
    for (path, arguments, code) in [
        ("gone", &[][..], 100),
        ("busy", &[], 101),
        ("loop", &[], 100),
        ("insecure", &[], 100),
        ("login", &[], 100),
        ("declared", &[], 100),
        ("endless", &["--max-size", "1MiB"], 100),
        ("endless", &["--max-size", "1000"], 100),
        ("silent", &["--timeout", "0.2"], 101),
        ("short", &[], 101),
        ("packed", &[], 100),
        ("page", &[], 100),
        ("prose", &[], 100),
        ("empty", &[], 100),
    ] {
        let ran = cut(&workspace, &upstream.url(path), arguments);
        ends(&ran, code);
        let shown = upstream.shown(&ran);
        assert!(!shown.contains("hunter2"), "{shown}");
        transcripts += &format!("=== /{path} {}\n{shown}\n", arguments.join(" "));
    }
    insta::assert_snapshot!("fetch_refused", transcripts);
    assert!(workspace.tree() == tree, "nothing was written");
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|socket| socket.local_addr());
    let free = free.expect("loopback has a free port").to_string();
    let ran = cut(
        &shop(),
        &format!("http://{free}/"),
        &["--operation", "get_order"],
    );
    ends(&ran, 101);
    let shown = ran.transcript().replace(&free, "[SERVER]");
    insta::assert_snapshot!("fetch_nobody", shown);
}

#[test]
fn a_url_that_is_not_to_be_asked_is_refused_and_no_password_shown() {
    let workspace = shop();
    let upstream = Upstream::with(&workspace.read(FULL));
    let mut transcripts = String::new();
    for url in [
        "http://example.com/openapi.yaml",
        "ftp://example.com/openapi.yaml",
        "https://example.com/openapi.yaml#top",
        "https://example.com/{version}",
        "https://me:hunter2@example.com/openapi.yaml",
        &format!("http://me:hunter2@{}/openapi.yaml", upstream.address),
    ] {
        let ran = cut(&workspace, url, &[]);
        ends(&ran, 2);
        let shown = upstream.shown(&ran);
        assert!(!shown.contains("hunter2"), "{shown}");
        let generate = ["generate", "--out", "made", "--from", url];
        let generate = upstream.shown(&run(&workspace, &generate));
        assert_eq!(generate, shown, "one rule for both");
        transcripts += &format!("{shown}\n");
    }
    insta::assert_snapshot!("fetch_url", transcripts);
    for limit in [["--timeout", "soon"], ["--max-size", "0"]] {
        ends(&cut(&workspace, &upstream.url(""), &limit), 2);
    }
    assert_eq!(workspace.tree().len(), 1, "nothing was written");
}

#[test]
fn the_source_of_a_client_is_what_its_slice_is_cut_from() {
    const CONFIG: &str = "openapi/shop/client.yaml";
    let workspace = sliced(&["get_order"]);
    let upstream = Upstream::with(&workspace.read(FULL));
    let cut = || run(&workspace, &["slice", "--into", "openapi/shop"]);
    let unnamed = cut();
    ends(&unnamed, 2);
    insta::assert_snapshot!("fetch_no_source", unnamed.transcript());
    workspace.write(CONFIG, "source: https://me:hunter2@shop.example/\n");
    let refused = cut();
    ends(&refused, 100);
    insta::assert_snapshot!("fetch_source_refused", refused.transcript());
    workspace.write(
        CONFIG,
        &format!("source: {}\n", upstream.url("openapi.yaml")),
    );
    upstream.edit("What a customer buys.", "What a customer bought.");
    let ran = cut();
    ends(&ran, 0);
    insta::assert_snapshot!("fetch_source", upstream.shown(&ran));
    // The check by itself asks nobody.
    workspace.write(CONFIG, "source: http://127.0.0.1:9/\n");
    ends(
        &run(&workspace, &["slice", "--into", "openapi/shop", "--check"]),
        0,
    );
}

#[test]
fn a_document_that_moved_upstream_becomes_a_slice_a_crate_and_a_page() {
    let workspace = diff::repository();
    let upstream = Upstream::with(&workspace.read(diff::DOCUMENT));
    let source = format!("source: {}\n", upstream.url("openapi.yaml"));
    let config = workspace.read(diff::CONFIG);
    workspace.write(diff::CONFIG, &(source + &config));
    let step = |arguments: &[&str]| {
        let ran = run(&workspace, arguments);
        ends(&ran, 0);
        upstream.shown(&ran)
    };
    let update = || step(&["slice", "--into", "openapi/zoo"]) + &step(&["regenerate"]);
    update();
    diff::commit(&workspace);

    upstream.edit("enum: [hay, meat]", "enum: [hay, meat, fish]");
    insta::assert_snapshot!("fetch_update", update());
    let page = diff::diff(&workspace, &["HEAD", "--format", "markdown"]);
    insta::assert_snapshot!("fetch_update_page", diff::shown(&page));
    assert!(update().contains("Fresh"), "once is enough");
}
