//! Long paths become the names that a person would write.

use syn::visit_mut::{self, VisitMut};

/// Path and short form. Naming keeps types away from the names of the prelude.
const SHORT: &[(&[&str], &[&str])] = &[
    (&["std", "boxed", "Box"], &["Box"]),
    (
        &["std", "collections", "BTreeMap"],
        &["std", "collections", "BTreeMap"],
    ),
    (&["std", "option", "Option"], &["Option"]),
    (&["std", "string", "String"], &["String"]),
    (&["std", "vec", "Vec"], &["Vec"]),
    (&["chrono", "naive", "NaiveDate"], &["chrono", "NaiveDate"]),
    (&["chrono", "offset", "Utc"], &["chrono", "Utc"]),
    (&["openapi_client_runtime", "File"], &["runtime", "File"]),
    (
        &["openapi_client_runtime", "Secret"],
        &["runtime", "Secret"],
    ),
    (
        &["openapi_client_runtime", "json", "RawJson"],
        &["runtime", "json", "RawJson"],
    ),
];

/// Shortens every path below `node`.
pub(crate) fn shorten(node: &mut syn::Type) {
    Shorten.visit_type_mut(node);
}

/// Shortens every path of an item inside the module `types`.
pub(super) fn shorten_in_types(item: &mut syn::Item) {
    LocalTypes.visit_item_mut(item);
    Shorten.visit_item_mut(item);
}

struct Shorten;

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_none() {
            return;
        }
        for (long, short) in SHORT {
            let same = path.segments.len() == long.len()
                && path
                    .segments
                    .iter()
                    .zip(*long)
                    .all(|(segment, name)| segment.ident == name);
            if same {
                replace(path, short);
                break;
            }
        }
        path.leading_colon = None;
    }
}

fn replace(path: &mut syn::Path, short: &[&str]) {
    let Some(last) = path.segments.pop() else {
        return;
    };
    path.segments.clear();
    for name in short {
        path.segments
            .push(syn::Ident::new(name, last.ident.span()).into());
    }
    if let Some(segment) = path.segments.last_mut() {
        segment.arguments = last.arguments;
    }
}

/// `types::Name` is `Name` inside the module itself.
struct LocalTypes;

impl VisitMut for LocalTypes {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let local = path.leading_colon.is_none()
            && path.segments.len() == 2
            && path
                .segments
                .first()
                .is_some_and(|segment| segment.ident == "types");
        if local {
            path.segments = path.segments.iter().skip(1).cloned().collect();
        }
    }
}

/// Takes `types::` off the paths below `node`.
pub(crate) fn localise(node: &mut syn::Type) {
    LocalTypes.visit_type_mut(node);
}
