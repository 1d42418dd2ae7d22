//! Names that pages choose by: of a kind each thing has one of its own.

use serde_json::{Map, Value};

/// The names of one kind that are given already.
pub(super) struct Names {
    kind: &'static str,
    taken: Map<String, Value>,
}

impl Names {
    /// `kind` and a number stand for an empty name.
    pub fn of(kind: &'static str) -> Self {
        Self { kind, taken: Map::new() }
    }

    /// The name for the thing of this index: the written one, or one like it where that is empty or taken.
    pub fn give(&mut self, written: &str, index: usize) -> String {
        let number = index + 1;
        let wished = if written.is_empty() { format!("{} {number}", self.kind) } else { written.to_owned() };
        let mut name = wished.clone();
        if self.taken.contains_key(&name) {
            // The index is in no other such name, so one try is enough unless the file is made to defeat it.
            name = format!("{wished} ({number})");
            while self.taken.contains_key(&name) {
                name.push('\'');
            }
        }
        self.taken.insert(name.clone(), Value::Null);
        name
    }
}
