//! The client of a document with faults: what is mended, or lost in part, is right on the wire.

use tests::project::Project;
use tests::server::{Server, json};

const DEPENDENCIES: &str = r#"
faulty-shop-client = { path = "../made" }
serde_json = "1"
tokio = { version = "1.54.1", default-features = false, features = ["macros", "rt"] }
"#;

/// Calls every operation, and prints what it receives.
const PROGRAM: &str = r#"
use faulty_shop_client::{Client, Environment};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).unwrap_or_default();
    let client = Client::builder(Environment::custom(&url)?).build()?;
    println!("{:?}", client.list_items().await?.body());
    println!("{}", client.get_order("a/b c").await?.body());
    let call = client.put_order(7).body(serde_json::json!({ "any": [1] }));
    let sent = call.idempotency_key("k-1").x_trace("t-1").dry(true).await?;
    println!("{} {:?}", sent.body().number, sent.body().note);
    client.delete_order(7).await?;
    let error = client.delete_order(8).await.expect_err("it is refused");
    match error.api() {
        Some(faulty_shop_client::operations::DeleteOrderError::Status4xx(problem)) => {
            println!("{}", problem.title);
        }
        _ => println!("{error}"),
    }
    Ok(())
}
"#;

#[test]
fn what_faults_leave_is_right_on_the_wire() {
    let project = Project::of_fixture("faulty");
    insta::assert_snapshot!("faulty_generated", project.generated.transcript());
    let no_content = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec();
    let server = Server::with(vec![
        json("200 OK", r#"["cup"]"#),
        json("200 OK", r#"{"of":"any shape"}"#),
        json("201 Created", r#"{"number":3,"note":null}"#),
        no_content,
        json("409 Conflict", r#"{"title":"sent already"}"#),
    ]);
    let printed = project.run_text(DEPENDENCIES, PROGRAM, &[&server.url()]);
    assert_eq!(
        printed,
        "[\"cup\"]\n{\"of\":\"any shape\"}\n3 None\nsent already\n"
    );
    let requests: Vec<String> = (0..5).map(|_| server.request()).collect();
    let starts = |index: usize, line: &str| {
        let request = &requests[index];
        assert!(request.starts_with(line), "{request}");
    };
    starts(0, "GET /v1/items HTTP/1.1\r\n");
    starts(1, "GET /v1/orders/a%2Fb%20c HTTP/1.1\r\n");
    starts(2, "PUT /v1/orders/7?dry=true HTTP/1.1\r\n");
    starts(3, "DELETE /v1/orders/7 HTTP/1.1\r\n");
    let put = requests[2].to_lowercase();
    assert!(put.contains("\r\nidempotency-key: k-1\r\n"), "{put}");
    assert!(put.contains("\r\nx-trace: t-1\r\n"), "{put}");
    assert!(put.ends_with("\r\n\r\n{\"any\":[1]}"), "{put}");
}
