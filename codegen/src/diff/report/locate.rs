//! Finds the file and line of each changed node.

use super::super::change::Origin;
use super::super::side::Side;
use crate::diagnostic::Place;
use crate::render_diagnostics::{Location, locations};
use crate::source::Input;

/// Returns the location of each node. The texts of each side are read once.
pub(super) fn locate(origins: &[&Origin], old: &Side<'_>, new: &Side<'_>) -> Vec<Option<Location>> {
    let locations_in = |side: &Side<'_>, is_old: bool| {
        let origins = origins.iter().filter(|origin| origin.old == is_old);
        let places: Vec<Place> = origins.map(|origin| place(origin, side)).collect();
        locations(&places, &side.sources).into_iter()
    };
    let (mut before, mut after) = (locations_in(old, true), locations_in(new, false));
    let next = |origin: &&Origin| {
        if origin.old {
            before.next().flatten()
        } else {
            after.next().flatten()
        }
    };
    origins.iter().map(next).collect()
}

/// Returns the input that declares a node: overlays and packaging override the document.
fn place(origin: &Origin, side: &Side<'_>) -> Place {
    let has_config = || {
        let mut sources = side.sources.iter();
        sources.any(|source| source.input == Input::Config)
    };
    match origin.input {
        Input::Config if has_config() => Place::Node(Input::Config, origin.pointer.clone()),
        Input::Config => Place::Whole(Input::Document),
        _ => side.modelled.document.place(&origin.pointer),
    }
}
