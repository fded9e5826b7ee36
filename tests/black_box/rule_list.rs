//! `docs/rules.md` lists the rules for operations and schemas in the order in which they are tried,
//! and those of the conversion of Swagger 2.0.

use codegen::report::{Loss, Rule};
use codegen::{lower, pipeline};

/// A table of rules, in order.
fn table(rules: impl Iterator<Item = (&'static Rule, &'static str)>) -> String {
    let rows = rules.map(|(rule, order)| {
        let loss = rule.loss.map_or("", Loss::what);
        format!("| `{}` | {} | {loss} | {order} |\n", rule.id, rule.does)
    });
    let head =
        "| rule | what it does | what is lost | why it stands here |\n| --- | --- | --- | --- |\n";
    format!("{head}{}", rows.collect::<String>())
}

/// The rules of the conversion, which have no order.
fn conversion() -> String {
    let rows = pipeline::rules_for_swagger().map(|rule| {
        let loss = rule.loss.map_or("", Loss::what);
        format!("| `{}` | {} | {loss} |\n", rule.id, rule.does)
    });
    let head = "| rule | what it does | what is lost |\n| --- | --- | --- |\n";
    format!("{head}{}", rows.collect::<String>())
}

fn page() -> String {
    format!(
        "# Rules\n\n\
         What `lower` does to a document before any Rust is made. The test `rule_list` writes this \
         page from the tables in `codegen/src/lower/operation_rules.rs` and \
         `codegen/src/lower/schema_rules.rs`.\n\n\
         ## Operations\n\n\
         Each rule is applied once, in this order.\n\n{}\n\
         ## Schemas\n\n\
         Each schema goes through the table until no rule applies to it, then the schemas below \
         it do.\n\n{}\n\
         ## Swagger 2.0\n\n\
         A document in Swagger 2.0 becomes one in OpenAPI 3.0 as soon as it is parsed. The log has what \
         is assumed and what is lost by that, at its place in the OpenAPI form; \
         `codegen/src/swagger/conversion_rules.rs` has the table.\n\n{}",
        table(lower::rules_for_operations()),
        table(lower::rules_for_schemas()),
        conversion(),
    )
}

#[test]
fn the_page_lists_every_rule() {
    crate::generated_docs::hold("docs/rules.md", &page());
}
