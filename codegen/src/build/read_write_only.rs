//! Members that only requests or only answers have (`readOnly`, `writeOnly`).

use crate::model::{Access, Field, Model, Shape, TypeDef};
use crate::report::{Loss, Report, Rule};

/// The rule of this module.
pub(super) static RULE: Rule = Rule {
    id: "one-way-member",
    does: "a member that only one direction requires is optional in a type that goes both ways",
    loss: Some(Loss::Unchecked(
        "fields that one direction requires are not checked by the client",
    )),
};

/// Makes optional what the type's other direction leaves out: `required` binds answers alone where
/// a member is read-only, and requests alone where it is write-only (OpenAPI section 4.8.24).
pub(super) fn apply(model: &mut Model, report: &mut Report) {
    for definition in model.types.values_mut() {
        let TypeDef {
            in_request,
            in_success,
            in_error,
            pointer,
            shape,
            ..
        } = definition;
        let Shape::Struct { fields, .. } = shape else {
            continue;
        };
        for field in fields.iter_mut() {
            let left_out = match field.access {
                Access::Both => false,
                Access::ReadOnly => *in_request,
                Access::WriteOnly => *in_success || *in_error,
            };
            if left_out && field.required {
                field.required = false;
                let pointer = pointer.child("properties").child(&field.wire);
                report.apply(&RULE, &pointer, format!("`{}`", field.wire));
            }
            document(field);
        }
        fields.sort_by_key(|field| !field.required);
    }
}

fn document(field: &mut Field) {
    let words = match field.access {
        Access::Both => return,
        Access::ReadOnly => "Read-only: answers have it, and requests leave it out.",
        Access::WriteOnly => "Write-only: requests have it, and answers leave it out.",
    };
    field.doc = Some(match field.doc.take() {
        Some(doc) => format!("{doc}\n\n{words}"),
        None => words.to_owned(),
    });
}
