//! Every kind of body, parameter, server and security requirement: the client of `parcel.yaml` is
//! generated, compiled and called against a socket. The program compares what it sent itself with
//! bytes that were written by hand.

use tests::project::Project;

const DEPENDENCIES: &str = r#"
openapi-client-runtime = { path = "../made/runtime" }
parcel-client = { path = "../made" }
tokio = { version = "1.54.1", default-features = false, features = ["macros", "rt"] }
"#;

#[test]
fn every_kind_of_body_and_parameter_is_as_by_hand() {
    let project = Project::of_fixture("parcel");
    insta::assert_snapshot!("parcel_generated", project.generated.transcript());
    let printed = project.run_program(DEPENDENCIES, &[("parcel_app.rs", "main.rs")]);
    insta::assert_snapshot!("parcel_called", printed);
}
