//! Schemas of the components that were renamed.

use std::collections::BTreeMap;

use super::super::matching::MatchedModels;
use crate::pipeline::ModelWithDocument;
use crate::pointer::Pointer;

/// Schemas of the components that have another name on the new side.
pub(super) struct ComponentRenames {
    /// Old names by new names.
    old_names: BTreeMap<String, String>,
    /// New references by old references.
    new_references: BTreeMap<String, String>,
}

impl ComponentRenames {
    /// Collects the renamed types whose old name is gone and whose new name is new.
    pub(super) fn new(
        old: &ModelWithDocument,
        new: &ModelWithDocument,
        models: &MatchedModels<'_>,
    ) -> Self {
        let mut renames = Self {
            old_names: BTreeMap::new(),
            new_references: BTreeMap::new(),
        };
        let exists =
            |side: &ModelWithDocument, at: &Pointer| at.get(side.document.root()).is_some();
        for (name, was) in &models.old.types {
            let Some(now) = models.new.types.get(models.new_name(name)) else {
                continue;
            };
            if exists(old, &now.pointer) || exists(new, &was.pointer) {
                continue;
            }
            if let (Some(before), Some(after)) = (schema(&was.pointer), schema(&now.pointer)) {
                renames.add((before, &was.pointer), (after, &now.pointer));
            }
        }
        renames
    }

    fn add(&mut self, (before, was): (&str, &Pointer), (after, now): (&str, &Pointer)) {
        self.old_names.insert(after.to_owned(), before.to_owned());
        let references = (format!("#{was}"), format!("#{now}"));
        self.new_references.insert(references.0, references.1);
    }

    /// Returns the old name of a renamed schema.
    pub(super) fn old_name(&self, new: &str) -> Option<&str> {
        self.old_names.get(new).map(String::as_str)
    }

    /// Returns a reference as the new side writes it.
    pub(super) fn new_reference(&self, old: String) -> String {
        self.new_references.get(&old).cloned().unwrap_or(old)
    }

    /// Whether two texts are references to the same schema.
    pub(super) fn is_same_reference(&self, old: &str, new: &str) -> bool {
        self.new_references.get(old).is_some_and(|now| now == new)
    }
}

/// Returns the name of the schema that a pointer to `#/components/schemas` names.
fn schema(pointer: &Pointer) -> Option<&str> {
    match pointer.tokens() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name)
        }
        _ => None,
    }
}
