//! Positions in JSON.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::node::{Content, DEPTH, Member, Node};

/// Reads the positions of a JSON text.
pub(super) fn read(text: &str) -> Option<Node> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
    Some(node(parsed.value?, 0))
}

fn node(value: Value<'_>, depth: usize) -> Node {
    let range = value.start()..value.end();
    let content = match value {
        _ if depth > DEPTH => Content::Scalar,
        Value::Array(list) => {
            let nodes = list.elements.into_iter();
            Content::List(nodes.map(|value| node(value, depth + 1)).collect())
        }
        Value::Object(object) => {
            let members = object.properties.into_iter().map(|member| {
                let range = match &member.name {
                    ObjectPropName::String(name) => name.start()..name.end(),
                    ObjectPropName::Word(name) => name.start()..name.end(),
                };
                Member {
                    name: member.name.into_string(),
                    range,
                    value: node(member.value, depth + 1),
                }
            });
            Content::object(members.collect())
        }
        _ => Content::Scalar,
    };
    Node { range, content }
}
