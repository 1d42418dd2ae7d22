//! What reading has cost so far, and what it left out.

use super::Error;

/// Bytes a product may take once unpacked. A hostile file of a few bytes can ask for any amount; a phone's page has
/// about a gigabyte, and 384 MiB are some five million triangles with every stream.
const MEMORY_LIMIT: usize = 384 << 20;

/// Warnings kept; a broken exporter makes the same mistake ten thousand times.
const WARNING_LIMIT: usize = 40;

/// Memory still allowed, and the warnings.
#[derive(Debug)]
pub(super) struct Ledger {
    memory_left: usize,
    warnings: Vec<String>,
    warnings_dropped: usize,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { memory_left: MEMORY_LIMIT, warnings: Vec::new(), warnings_dropped: 0 }
    }
}

impl Ledger {
    /// Pays for `count` things of `size` bytes; to be called before they are allocated.
    pub fn charge(&mut self, count: usize, size: usize, place: &str) -> Result<(), Error> {
        let left = count.checked_mul(size).and_then(|bytes| self.memory_left.checked_sub(bytes));
        self.memory_left = left.ok_or_else(|| {
            let message = format!(
                "{place}: the model unpacks to more than {} MiB. Reduce its triangles or the size of its textures.",
                MEMORY_LIMIT >> 20
            );
            Error::new("too-large", message)
        })?;
        Ok(())
    }

    /// Notes a sentence; the same one only once.
    pub fn warn(&mut self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        if self.warnings.contains(&sentence) {
            return;
        }
        if self.warnings.len() < WARNING_LIMIT {
            self.warnings.push(sentence);
        } else {
            self.warnings_dropped += 1;
        }
    }

    /// The sentences in the order they came.
    pub fn into_warnings(mut self) -> Vec<String> {
        if self.warnings_dropped > 0 {
            self.warnings.push(format!("{} more warnings are not listed.", self.warnings_dropped));
        }
        self.warnings
    }
}
