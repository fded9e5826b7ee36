//! Newtypes.

use super::fit::Fit;
use super::fits::{Fits, LostParts};
use super::node::Node;

/// Implements [`Fits`](crate::json::Fits) for a newtype: it fits as well as its field. `Deserialize` and
/// `Serialize` are derived with `#[serde(transparent)]`.
///
/// ```
/// #[derive(serde::Deserialize, serde::Serialize)]
/// #[serde(transparent)]
/// struct Names(Vec<String>);
///
/// openapi_client_runtime::newtype!(Names);
/// ```
#[macro_export]
macro_rules! newtype {
    ($name:ident) => {
        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                $crate::json::fit_field(|outer: &Self| &outer.0, node)
            }

            fn collect_lost(node: &$crate::json::Node, lost: &mut $crate::json::LostParts) {
                $crate::json::collect_lost_of_field(|outer: &Self| &outer.0, node, lost);
            }
        }
    };
}

/// Returns how well the type of a field fits.
pub fn fit_field<S, T: Fits>(_: fn(&S) -> &T, node: &Node) -> Option<Fit> {
    T::fit(node)
}

/// Collects what the type of a field loses.
pub fn collect_lost_of_field<S, T: Fits>(_: fn(&S) -> &T, node: &Node, lost: &mut LostParts) {
    T::collect_lost(node, lost);
}
