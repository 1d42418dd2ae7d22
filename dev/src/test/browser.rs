//! The stage in a real browser: `tests/web/*.test.mjs` against the built shop and the real store service.

use super::tally::{NodeOutput, Tally};
use crate::Failure;
use crate::build::SHOP;
use crate::tool::{self, Tool};
use crate::{files, serve, setup};
use std::path::{Path, PathBuf};

const TESTS: &str = "tests/web";
/// A file of tests that takes longer than 15 minutes hangs: it fails, and the others go on.
const LONGEST: &str = "--test-timeout=900000";

pub fn run() -> Result<Tally, Failure> {
    let is_test = |path: &PathBuf| files::name_below(Path::new(TESTS), path).ends_with(".test.mjs");
    let tests: Vec<PathBuf> = files::below(Path::new(TESTS)).into_iter().filter(is_test).collect();
    if tests.is_empty() {
        return Err(format!("there is no {TESTS}/*.test.mjs: nothing was tried in a browser."));
    }
    let chromium = setup::chromium()?;
    let service = serve::service_program()?;
    let command = serve::native_command()?;
    let shop = std::path::absolute(SHOP).map_err(|error| format!("{SHOP}: {error}"))?;
    let mut output = NodeOutput::default();
    let status = Tool::new("node", "install Node.js 20 or newer.")
        .arguments(["--test", "--test-reporter=spec", LONGEST])
        .arguments(tests)
        .environment("CHROMIUM", chromium)
        .environment("VITRINE_SERVICE", service)
        .environment("VITRINE_COMMAND", command)
        .environment("VITRINE_SHOP", shop)
        .each_line(|_, line| {
            println!("{line}");
            output.take(line);
        })?;
    let tally = output.tally().or_status(status.success());
    let left = tool::end_leftovers();
    if left.is_empty() {
        return Ok(tally);
    }
    println!("the tests left programs running, which are ended now: {}", left.join(", "));
    Ok(tally.plus(Tally::one_failure()))
}
