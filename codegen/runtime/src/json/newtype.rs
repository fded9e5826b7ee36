//! Types that are another type under a name.

use super::fit::{Fit, Fits, Lost};
use super::node::Node;

/// How well a newtype fits: as well as what it holds. It implements [`Fits`] alone; serde's derive
/// with `transparent` does the rest.
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
                $crate::json::fit_inside(|outer: &Self| &outer.0, node)
            }

            fn note_lost(node: &$crate::json::Node, lost: &mut $crate::json::Lost) {
                $crate::json::note_lost_inside(|outer: &Self| &outer.0, node, lost);
            }
        }
    };
}

/// How well the type of a field fits.
pub fn fit_inside<S, T: Fits>(_: fn(&S) -> &T, node: &Node) -> Option<Fit> {
    T::fit(node)
}

/// Notes what the type of a field loses.
pub fn note_lost_inside<S, T: Fits>(_: fn(&S) -> &T, node: &Node, lost: &mut Lost) {
    T::note_lost(node, lost);
}
