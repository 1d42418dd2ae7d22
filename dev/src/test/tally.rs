//! Counts what test runners say in their own closing lines.

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl Tally {
    pub fn one_pass() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    pub fn one_failure() -> Self {
        Self { failed: 1, ..Self::default() }
    }

    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }

    /// A runner that failed without a failed test has failed all the same: it did not compile, or broke off. One that
    /// ran nothing has shown nothing.
    pub fn or_status(self, success: bool) -> Self {
        let ran_nothing = self == Self::default();
        if (!success && self.failed == 0) || ran_nothing { self.plus(Self::one_failure()) } else { self }
    }
}

/// Reads what `cargo test -- --show-output` prints.
///
/// A test that cannot run here prints a line that begins with "skip" and passes; it is counted as skipped.
#[derive(Default)]
pub struct CargoOutput {
    tally: Tally,
    place: Place,
    /// Tests of the current block that said they skip.
    skips: usize,
    /// Whether the test whose output is read now has said so already.
    has_skipped: bool,
}

/// Where in the output of one test program a line stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Running,
    /// What successful tests printed, and their names once more.
    Successes,
    Failures,
}

impl CargoOutput {
    /// Reads one line; the answer says whether it is worth showing.
    pub fn take(&mut self, line: &str) -> bool {
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.close(counts);
            return true;
        }
        match line {
            "successes:" => self.place = Place::Successes,
            "failures:" => self.place = Place::Failures,
            _ => {}
        }
        if self.place != Place::Successes {
            return true;
        }
        if line.starts_with("---- ") {
            self.has_skipped = false;
        }
        let says_skip = line.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("skip"));
        if says_skip && !self.has_skipped {
            self.has_skipped = true;
            self.skips += 1;
        }
        says_skip
    }

    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// `ok. 3 passed; 0 failed; 1 ignored; 0 measured; …`
    fn close(&mut self, counts: &str) {
        let count = |word: &str| count_before(counts, word);
        let skips = std::mem::take(&mut self.skips);
        self.tally.passed += count("passed").saturating_sub(skips);
        self.tally.failed += count("failed");
        self.tally.skipped += count("ignored") + skips;
        self.place = Place::Running;
    }
}

/// The number that stands before `word`.
fn count_before(text: &str, word: &str) -> usize {
    let words: Vec<&str> = text.split([' ', ';', '.']).filter(|word| !word.is_empty()).collect();
    let found = words.windows(2).find(|pair| pair[1] == word);
    found.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// Reads what `node --test` prints at its end: `ℹ pass 3`, or `# pass 3` in its plainer form.
#[derive(Default)]
pub struct NodeOutput {
    tally: Tally,
}

impl NodeOutput {
    pub fn take(&mut self, line: &str) {
        let Some(rest) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) else { return };
        let Some((word, count)) = rest.split_once(' ') else { return };
        let Ok(count) = count.trim().parse::<usize>() else { return };
        match word {
            "pass" => self.tally.passed = count,
            "fail" => self.tally.failed += count,
            // A test that was still waiting when its file ended.
            "cancelled" => self.tally.failed += count,
            "skipped" | "todo" => self.tally.skipped += count,
            _ => {}
        }
    }

    pub fn tally(&self) -> Tally {
        self.tally
    }
}

#[cfg(test)]
mod tests {
    use super::{CargoOutput, NodeOutput, Tally};

    const CARGO: &str = "\
running 3 tests
test a ... ok

successes:

---- a stdout ----
some chatter
SKIPPED: no adapter
SKIPPED: really none

successes:
    a
    b

test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
running 1 test
failures:

---- c stdout ----
skipping stones is no skip of a failed test
test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";

    #[test]
    fn a_test_that_says_it_skips_has_not_passed() {
        let mut output = CargoOutput::default();
        let shown: Vec<&str> = CARGO.lines().filter(|line| output.take(line)).collect();
        assert_eq!(output.tally(), Tally { passed: 1, failed: 1, skipped: 2 });
        assert!(shown.contains(&"SKIPPED: no adapter") && !shown.contains(&"some chatter"));
    }

    #[test]
    fn reads_both_forms_of_node() {
        for mark in ["ℹ", "#"] {
            let mut output = NodeOutput::default();
            let text = format!(
                "{mark} tests 9\n{mark} pass 5\n{mark} fail 1\n{mark} cancelled 1\n{mark} skipped 2\n{mark} todo 0"
            );
            text.lines().for_each(|line| output.take(line));
            assert_eq!(output.tally(), Tally { passed: 5, failed: 2, skipped: 2 });
        }
    }

    #[test]
    fn a_runner_that_breaks_off_or_runs_nothing_has_failed() {
        assert_eq!(Tally::one_pass().or_status(false).failed, 1);
        assert_eq!(Tally::default().or_status(true).failed, 1);
        assert_eq!(Tally::one_pass().or_status(true), Tally::one_pass());
    }
}
