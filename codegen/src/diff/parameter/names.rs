//! How changes name parameters.

use super::super::names::operation_title;
use crate::model::{Location, Operation, Parameter};

/// Returns a parameter as a reviewer names it: ``query parameter `page` of `GET /pets` ``.
pub(super) fn parameter_title(parameter: &Parameter, operation: &Operation) -> String {
    let location = location_name(parameter.location);
    format!(
        "{location} `{}` of {}",
        parameter.wire,
        operation_title(operation)
    )
}

/// Returns the name of a location.
pub(super) fn location_name(location: Location) -> &'static str {
    match location {
        Location::Path => "path parameter",
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}
