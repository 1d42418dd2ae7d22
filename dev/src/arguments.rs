//! The words after a command's name: known flags, one value each where wanted, and a clear word about all others.

use crate::Failure;

/// What a command was asked, checked against what it understands.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    flags: Vec<String>,
    values: Vec<(String, String)>,
    words: Vec<String>,
}

impl Arguments {
    /// Reads `words`, of which those in `flags` stand alone and those in `options` take the next word as their value.
    pub fn read(words: &[String], flags: &[&str], options: &[&str]) -> Result<Self, Failure> {
        let mut read = Self::default();
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            if flags.contains(&word.as_str()) {
                read.flags.push(word.clone());
            } else if options.contains(&word.as_str()) {
                let value = rest.next().ok_or_else(|| format!("`{word}` needs a value after it."))?;
                read.values.push((word.clone(), value.clone()));
            } else if word.starts_with('-') {
                let known: Vec<&str> = flags.iter().chain(options).copied().collect();
                let known = if known.is_empty() { "no option".to_owned() } else { known.join(", ") };
                return Err(format!("`{word}` is not understood here; known: {known}."));
            } else {
                read.words.push(word.clone());
            }
        }
        Ok(read)
    }

    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|given| given == flag)
    }

    pub fn value(&self, option: &str) -> Option<&str> {
        self.values.iter().rev().find(|(name, _)| name == option).map(|(_, value)| value.as_str())
    }

    /// The words that are no options; an error when there are more than `most`.
    pub fn words(&self, most: usize) -> Result<&[String], Failure> {
        match self.words.get(most) {
            Some(word) => Err(format!("`{word}` is one word too many; see `cargo dev help`.")),
            None => Ok(&self.words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn reads_flags_values_and_words() {
        let read = Arguments::read(&words("--fast --port 81 web"), &["--fast"], &["--port"]).unwrap();
        assert!(read.has("--fast"));
        assert_eq!(read.value("--port"), Some("81"));
        assert_eq!(read.words(1).unwrap(), ["web"]);
        assert!(read.words(0).unwrap_err().contains("`web`"));
    }

    #[test]
    fn says_what_it_does_not_understand() {
        assert!(Arguments::read(&words("--fats"), &["--fast"], &[]).unwrap_err().contains("--fast"));
        assert!(Arguments::read(&words("--port"), &[], &["--port"]).unwrap_err().contains("needs a value"));
    }
}
