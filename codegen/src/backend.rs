//! From the model to files: everything that progenitor and its rewrite are part of.

use std::collections::BTreeMap;

use crate::config::Layout;
use crate::emit::{self, manifest};
use crate::model::Model;
use crate::{print, rewrite, upstream};

/// The crate's files by path.
///
/// # Errors
///
/// Where progenitor's output, or ours, is not what the stages rely on: a defect of this program.
pub(crate) fn files(model: &Model, layout: Layout) -> Result<BTreeMap<String, String>, String> {
    let upstream = upstream::run(model)?;
    let rewritten = rewrite::rewrite(upstream, model)?;
    let emitted = emit::emit(&rewritten, model)?;
    let mut files: BTreeMap<String, String> = print::print(emitted)?.into_iter().collect();
    let manifest = manifest::manifest(&model.package, layout, files.values().map(String::as_str));
    files.insert(
        "Cargo.toml".to_owned(),
        format!("# {}\n\n{manifest}", print::HEADER),
    );
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;
    use crate::pointer::Pointer;

    fn def(shape: Shape, req: bool, ok: bool, err: bool) -> TypeDef {
        TypeDef {
            doc: Some("A thing.".into()),
            shape,
            in_request: req,
            in_success: ok,
            in_error: err,
            deprecated: false,
            pointer: Pointer::root(),
        }
    }
    fn field(w: &str, schema: Schema, required: bool) -> Field {
        Field {
            wire: w.into(),
            rust: w.replace('-', "_"),
            schema,
            required,
            doc: None,
            deprecated: false,
        }
    }

    #[test]
    fn scratch() {
        let s = || Schema::String(StringFormat::Plain);
        let mut types = BTreeMap::new();
        types.insert(
            "ClientSecret".to_owned(),
            def(Shape::Secret, true, false, false),
        );
        types.insert(
            "AccessToken".to_owned(),
            def(Shape::Secret, true, false, false),
        );
        types.insert(
            "RevokeTokenPayload".to_owned(),
            def(
                Shape::Struct {
                    fields: vec![
                        field("client_id", Schema::String(StringFormat::Uuid), true),
                        field("client-secret", Schema::Ref("ClientSecret".into()), true),
                        field("token", Schema::Ref("AccessToken".into()), true),
                        field("note", s(), false),
                        field("list", Schema::Array(Box::new(s())), false),
                    ],
                    additional: None,
                },
                true,
                false,
                false,
            ),
        );
        types.insert(
            "Message".to_owned(),
            def(
                Shape::Struct {
                    fields: vec![field("message", s(), true)],
                    additional: None,
                },
                false,
                true,
                false,
            ),
        );
        types.insert(
            "ErrorResponse".to_owned(),
            def(
                Shape::Struct {
                    fields: vec![
                        field("error", s(), true),
                        field("u", Schema::Ref("Un".into()), true),
                    ],
                    additional: None,
                },
                false,
                false,
                true,
            ),
        );
        types.insert(
            "State".to_owned(),
            def(
                Shape::Enum {
                    values: vec![EnumValue {
                        wire: "a".into(),
                        rust: "A".into(),
                    }],
                },
                true,
                true,
                false,
            ),
        );
        types.insert(
            "Un".to_owned(),
            def(
                Shape::Union {
                    branches: vec![
                        Branch {
                            rust: "Text".into(),
                            schema: s(),
                            boxed: false,
                        },
                        Branch {
                            rust: "Number".into(),
                            schema: Schema::Integer { narrow: false },
                            boxed: false,
                        },
                    ],
                },
                false,
                false,
                true,
            ),
        );
        let json = |r: &str| {
            Some(ResponseBody {
                media_type: "application/json".into(),
                kind: BodyKind::Json,
                schema: Schema::Ref(r.into()),
            })
        };
        let p = |wire: &str, location, style, required, schema, constant| Parameter {
            wire: wire.into(),
            rust: wire.replace('-', "_"),
            location,
            style,
            explode: true,
            required,
            schema,
            doc: None,
            deprecated: false,
            constant,
        };
        let model = Model {
            title: "T".into(),
            version: "2024-05-25".into(),
            description: None,
            package: Package {
                name: "t-client".into(),
                version: "0.1.0".into(),
                description: "d".into(),
                license: None,
                repository: None,
            },
            environments: vec![Environment {
                rust: "Sandbox".into(),
                url: "https://a.example/v1".into(),
                doc: None,
            }],
            credentials: vec![Credential {
                scheme: "HTTPBearer".into(),
                rust: "bearer_token".into(),
                kind: CredentialKind::Bearer,
                doc: None,
            }],
            constants: vec![ConstantHeader {
                wire: "x-monite-version".into(),
                rust: "monite_version".into(),
                default: Some("2024-05-25".into()),
                schema: Schema::String(StringFormat::Date),
                doc: None,
            }],
            types,
            operations: vec![Operation {
                id: "revoke_token".into(),
                rust: "revoke_token".into(),
                type_name: "RevokeToken".into(),
                error_type: "RevokeTokenError".into(),
                success_type: "RevokeTokenSuccess".into(),
                module: "access_tokens".into(),
                method: "POST".into(),
                path: "/auth/{state}/revoke".into(),
                summary: Some("Revoke a token".into()),
                description: None,
                deprecated: false,
                idempotent: true,
                parameters: vec![
                    p(
                        "x-monite-version",
                        Location::Header,
                        Style::Simple,
                        true,
                        Schema::String(StringFormat::Date),
                        Some(0),
                    ),
                    p(
                        "state",
                        Location::Path,
                        Style::Simple,
                        true,
                        Schema::Ref("State".into()),
                        None,
                    ),
                    p(
                        "limit",
                        Location::Query,
                        Style::Form,
                        false,
                        Schema::Integer { narrow: false },
                        None,
                    ),
                ],
                body: Some(Body {
                    media_type: "application/json".into(),
                    kind: BodyKind::Json,
                    schema: Schema::Ref("RevokeTokenPayload".into()),
                    rust: "body".into(),
                    required: true,
                    doc: None,
                }),
                responses: vec![
                    Response {
                        status: Status::Code(200),
                        rust: "Ok".into(),
                        doc: None,
                        body: json("Message"),
                    },
                    Response {
                        status: Status::Code(401),
                        rust: "Unauthorized".into(),
                        doc: None,
                        body: json("ErrorResponse"),
                    },
                    Response {
                        status: Status::Default,
                        rust: "Default".into(),
                        doc: None,
                        body: json("ErrorResponse"),
                    },
                ],
                security: vec![vec![0]],
                pointer: Pointer::root(),
            }],
        };
        for (path, text) in files(&model, Layout::Member).unwrap() {
            println!("==== {path}\n{text}");
        }
    }
}
