//! Crates that are generated from fixtures compile, warnings denied, with and without parts of them.

use tests::project::Project;

#[test]
fn generated_folders_compile_without_a_warning() {
    for fixture in ["bare", "library", "nullable", "hostile"] {
        Project::of_fixture(fixture).compiles(&[]);
    }
}

#[test]
fn each_tag_compiles_without_the_others() {
    let project = Project::of_fixture("shop");
    let manifest = project.read("Cargo.toml");
    let (_, features) = manifest.split_once("[features]").expect("it has some");
    let (features, _) = features.split_once("[lints").expect("they end");
    insta::assert_snapshot!("compiles_features", features);
    let types = project.read("src/types.rs");
    let conditions = types.lines().zip(types.lines().skip(1));
    let conditions = conditions.filter(|(line, _)| line.starts_with("#[cfg(feature"));
    assert!(
        conditions.count() > 5,
        "types are left out with their operations"
    );
    project.compiles(&[]);
    project.compiles(&["--no-default-features", "--features", "rustls"]);
    for tags in [
        "catalogue",
        "customers",
        "operations",
        "orders",
        "customers,operations",
    ] {
        let features = format!("rustls,{tags}");
        project.compiles(&["--no-default-features", "--features", &features]);
    }
}
