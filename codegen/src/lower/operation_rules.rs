//! The table of rules for operations: each rule in one row, in the order in which they are applied.
//!
//! Every rule sees the operation once (`Draft`) and answers where it applied. What a row loses is
//! said in the documentation of the operation's method.

use super::operation_rule::OperationRule;
use super::{bodies, parameters, paths, responses, servers};
use crate::report::Loss::Unexpressed;
use crate::report::Rule;
use crate::server_url;

macro_rules! rules {
    ($($(#[$meta:meta])* $name:ident $id:literal: $does:literal, loses $loss:expr;)*) => {
        $($(#[$meta])* pub(super) static $name: Rule = Rule { id: $id, does: $does, loss: $loss };)*
    };
}

rules! {
    /// Applied by `operation_ids`, which sees all operations.
    MISSING_ID "missing-operation-id": "an operation without id is named by method and path",
        loses None;
    /// Applied by `operation_ids`, which sees all operations.
    DUPLICATE_ID "duplicate-operation-id": "a repeated id is extended by method and path",
        loses None;
    /// Applied once schemas are lowered: references are known then.
    DEEP_REFERENCE "deep-reference": "a reference into a schema names a copy of what is there",
        loses None;
}

macro_rules! rule {
    ($id:literal, $does:literal, $loss:expr) => {
        &Rule {
            id: $id,
            does: $does,
            loss: $loss,
        }
    };
}

macro_rules! table {
    ($($rule:expr, by $apply:path, $order:literal;)*) => {
        /// Every rule that is applied to operations one by one.
        pub(super) static TABLE: &[OperationRule] = &[$(
            OperationRule {
                rule: $rule,
                apply: $apply,
                order: $order,
            },
        )*];
    };
}

table! {
    rule!("ignored-header", "a header that OpenAPI keeps to itself is no parameter", None),
        by parameters::ignored,
        "before all rules that look at parameters";
    rule!("path-parameter-required", "a path parameter is required, whatever it says", None),
        by parameters::path_required,
        "any place after the one above";
    rule!("several-request-media-types", "one media type of a request body is taken", Some(Unexpressed("the other media types of a body"))),
        by bodies::several_media_types,
        "in the order in which a reader of the log looks: parameters, body, responses";
    rule!("body-of-bytes", "a body of this media type is bytes", Some(Unexpressed("the caller encodes the body"))),
        by bodies::encoded_by_caller,
        "after the media type is known";
    rule!("several-response-media-types", "one media type of a response is taken", Some(Unexpressed("the other media types of a response"))),
        by responses::several_media_types,
        "before bodies are compared: only the chosen ones count";
    rule!("several-error-bodies", "errors are told apart by status", None),
        by responses::several_errors,
        "after media types are chosen";
    rule!("several-success-bodies", "successes are told apart by status", None),
        by responses::several_successes,
        "after media types are chosen";
    rule!("default-response", "`default` stands for every status not declared", None),
        by responses::default,
        "beside the other rules for statuses";
    rule!("path-fragment", "the fragment of a path tells operations apart and is not sent", None),
        by paths::fragment,
        "after the rules for parameters: a parameter of the fragment goes with it";
    &server_url::VARIABLES,
        by servers::variables,
        "before the other rules for servers, which look at the finished URL";
    rule!("unusable-own-server", "an operation whose own server has no `https` URL and no path is sent to the API's", Some(Unexpressed("the server that the document gives"))),
        by servers::unusable,
        "after variables are replaced";
    rule!("several-own-servers", "of several servers of an operation the first is taken", Some(Unexpressed("the other servers: give one to `ClientBuilder::server`"))),
        by servers::several,
        "beside the other rules for servers";
    rule!("own-server", "an operation with a server of its own is sent there", None),
        by servers::own,
        "beside the other rules for servers";
    rule!("allow-reserved", "reserved characters in a query parameter are percent-encoded like all others", Some(Unexpressed("sending reserved characters unencoded"))),
        by parameters::reserved,
        "after path fragments, which take parameters away";
    rule!("allow-empty-value", "a parameter that may be empty is sent as an empty text", None),
        by parameters::empty,
        "beside the other flags of parameters";
    rule!("part-headers", "a part of a multipart body has no headers of its own", Some(Unexpressed("the headers of the part"))),
        by bodies::part_headers,
        "any place after the media type is known";
    rule!("event-stream", "a stream of events is text, read whole when it ends", Some(Unexpressed("reading events one by one"))),
        by responses::events,
        "after media types are chosen";
    rule!("response-of-bytes", "a response of this media type is bytes", Some(Unexpressed("the caller decodes the response"))),
        by responses::bytes,
        "after media types are chosen";
}
