//! Tests that the check of `client.yaml` and the runtime agree on what a server URL is.

use codegen::config;
use codegen::report::Report;
use codegen::source::{Input, Source};
use openapi_client_runtime::BaseUrl;

/// Whether `client.yaml` may have an environment with this URL.
fn passes_generation(url: &str) -> bool {
    let url = serde_json::Value::from(url);
    let text = format!("{{\"environments\": [{{\"name\": \"a\", \"url\": {url}}}]}}");
    let source = Source::new(Input::Config, "client.yaml", text);
    config::read(Some(&source), &mut Report::default()).is_ok()
}

/// Whether a client can be built with this URL.
fn passes_run_time(url: &str) -> bool {
    BaseUrl::parse(url).is_ok()
}

/// URLs that both accept.
const VALID: &[&str] = &[
    "https://api.example.com",
    "https://api.example.com/",
    "https://api.example.com/v1",
    "https://api.example.com/v1/",
    "https://api.example.com:8443/v1",
    "https://api.example.com:/v1",
    "https://api.example.com:65535",
    "https://api.example.com./v1",
    "https://API.Example.com",
    "HTTPS://api.example.com",
    "https://a",
    "https://a_b.example",
    "https://a-b.example/%20",
    "https://a.example/a%2Fb",
    "https://a.example/~a/b;c=1,2/!$&'()*+@:",
    "https://a.example//b",
    "https://a.example/a/../b",
    "https://1.2.3.4",
    "https://1.2.3.4:80/v1",
    "https://1a.example",
    "https://[::1]",
    "https://[2001:db8::1]:8443/v1",
    "https://[::ffff:1.2.3.4]",
    "https://xn--mller-kva.example",
    "https://xn--wgv71a119e.jp",
    "http://localhost",
    "http://localhost:8080/v1",
    "http://LOCALHOST:1",
    "HTTP://127.0.0.1",
    "http://127.9.9.9/v1",
    "http://[::1]:1",
];

/// URLs that both reject.
const INVALID: &[&str] = &[
    "",
    "/v1",
    "//api.example.com",
    "api.example.com",
    "api.example.com:443",
    "https",
    "https:",
    "https://",
    "https://:80",
    "https://?a",
    "https://#a",
    "ftp://api.example.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://api.example.com",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://[2001:db8::1]",
    "https://user@api.example.com",
    "https://user:password@api.example.com",
    "https://:password@api.example.com",
    "https://api.example.com?a",
    "https://api.example.com/?",
    "https://api.example.com/#a",
    "https://api.example.com:65536",
    "https://api.example.com:99999",
    "https://api.example.com:-1",
    "https://api.example.com:80a",
    "https://api.example.com:80:80",
    "https://a b.example",
    " https://api.example.com",
    "https://api.example.com/a b",
    "https://api.exa\nmple.com",
    "https://api.example.com/\t",
    "https://a%20b.example",
    "https://a%2.example",
    "https://a<b.example",
    "https://a|b.example",
    "https://a^b.example",
    "https://1.2.3.999",
    "https://1.2.3.4.5",
    "https://a.0x1",
    "https://[::1",
    "https://[::1]a",
    "https://[g]",
    "https://[1.2.3.4]",
    "https://::1",
    "https://xn--a",
    "https://xn--0000000000",
    // URLs that a parser repairs, or reads in a way that few expect.
    "https:api.example.com",
    "https:///api.example.com",
    "https:\\\\api.example.com\\v1",
    "https://@api.example.com",
    "https://1.2.3",
    "https://0x7f.1",
    "https://1.2.3.4.",
    "https://a..b",
    "https://.a",
    "https://a!b.example",
    "https://a%62.example",
    "https://{host}/v1",
    "https://api.example.com/{version}",
    "https://api.example.com/%zz",
    "https://api.example.com/a|b",
    "https://m\u{fc}ller.example",
    "https://api.example.com/m\u{fc}ller",
];

#[test]
fn generation_and_runtime_agree() {
    for url in VALID {
        assert_eq!(
            (passes_generation(url), passes_run_time(url)),
            (true, true),
            "{url:?}"
        );
    }
    for url in INVALID {
        assert_eq!(
            (passes_generation(url), passes_run_time(url)),
            (false, false),
            "{url:?}"
        );
    }
}
