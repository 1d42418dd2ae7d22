//! The words after a command's name: flags, options with a value, and the rest.

use crate::Failure;
use std::str::FromStr;

/// What a command was asked, checked against what it understands.
pub struct Arguments {
    flags: Vec<String>,
    values: Vec<(String, String)>,
    /// The words that are no options.
    pub words: Vec<String>,
}

impl Arguments {
    /// Reads `words`, of which those in `flags` stand alone and those in `options` take the next word as their value.
    pub fn read(words: Vec<String>, flags: &[&str], options: &[&str]) -> Result<Self, Failure> {
        let mut read = Self { flags: Vec::new(), values: Vec::new(), words: Vec::new() };
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            if flags.contains(&word.as_str()) {
                read.flags.push(word);
            } else if options.contains(&word.as_str()) {
                let value = words.next().ok_or_else(|| format!("{word} wants a value; see `vitrine help`."))?;
                read.values.push((word, value));
            } else if word.starts_with("--") {
                return Err(format!("{word} is not an option here; see `vitrine help`."));
            } else {
                read.words.push(word);
            }
        }
        Ok(read)
    }

    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|given| given == flag)
    }

    /// The last value given for an option.
    pub fn value(&self, option: &str) -> Option<&str> {
        self.values.iter().rev().find(|(name, _)| name == option).map(|(_, value)| value.as_str())
    }

    pub fn required(&self, option: &str) -> Result<&str, Failure> {
        self.value(option).ok_or_else(|| format!("{option} is missing; see `vitrine help`."))
    }

    /// An option's value as a number.
    pub fn number<N: FromStr>(&self, option: &str) -> Result<Option<N>, Failure> {
        let read = |text: &str| text.parse().map_err(|_| format!("{option} {text}: a number is wanted."));
        self.value(option).map(read).transpose()
    }
}
