//! `cargo dev test`: runs the stages one after the other, goes on after a failure, and sums up at the end.

mod browser;
mod rust;
mod tally;

use crate::Failure;
use crate::arguments::Arguments;
use crate::build::{self, Emulator, Kind};
use crate::progress::Progress;
use crate::{size, tool};
use std::time::{Duration, Instant};
use tally::Tally;

/// One row of the table at the end.
struct Stage {
    name: &'static str,
    run: fn() -> Result<Tally, Failure>,
}

const FORMAT: Stage = Stage { name: "format", run: rust::format };
const LINTS: Stage = Stage { name: "lints", run: rust::lints };
const PURE: Stage = Stage { name: "pure", run: rust::pure };
const NATIVE: Stage = Stage { name: "native", run: rust::native };
const BUILD: Stage = Stage { name: "build", run: || build_shop(Kind::Release) };
const FAST_BUILD: Stage = Stage { name: "build", run: || build_shop(Kind::Fast) };
const TYPES: Stage = Stage { name: "types", run: || one(build::check_types()) };
const SIZE: Stage = Stage { name: "size", run: || one(size::check()) };
const BROWSER: Stage = Stage { name: "browser", run: browser::run };

pub fn run(words: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::read(words, &["--fast"], &[])?;
    let what = arguments.words(1)?.first().map(String::as_str);
    if arguments.has("--fast") && what != Some("web") {
        return Err("`--fast` goes with `web` only: the other stages look at what shoppers get.".into());
    }
    let stages = match what {
        Some("pure") => vec![PURE],
        Some("native") => vec![NATIVE],
        Some("web") if arguments.has("--fast") => vec![FAST_BUILD, TYPES, BROWSER],
        Some("web") => vec![BUILD, TYPES, BROWSER],
        // The native stage repeats every pure test; that the pure half compiles alone is one of the lints.
        None | Some("all") => vec![FORMAT, LINTS, NATIVE, BUILD, TYPES, SIZE, BROWSER],
        Some(other) => return Err(format!("there are no tests called `{other}`. There are: pure, native, web, all.")),
    };
    let mut rows = Vec::new();
    for stage in stages {
        println!("\n== {} ==", stage.name);
        let start = Instant::now();
        let tally = (stage.run)().unwrap_or_else(|failure| {
            println!("{failure}");
            Tally::one_failure()
        });
        if tool::is_stopping() {
            return Err("stopped.".into());
        }
        rows.push((stage.name, tally, start.elapsed()));
    }
    sum_up(&rows)
}

fn sum_up(rows: &[(&str, Tally, Duration)]) -> Result<(), Failure> {
    println!("\n{:<10} {:>7} {:>7} {:>7} {:>8}", "", "passed", "failed", "skipped", "time");
    for (name, tally, time) in rows {
        let seconds = time.as_secs_f32();
        println!("{name:<10} {:>7} {:>7} {:>7} {seconds:>6.1} s", tally.passed, tally.failed, tally.skipped);
    }
    let total = rows.iter().fold(Tally::default(), |total, (_, tally, _)| total.plus(*tally));
    let failed: Vec<&str> = rows.iter().filter(|(_, tally, _)| tally.failed > 0).map(|(name, _, _)| *name).collect();
    if !failed.is_empty() {
        println!("\nfailed: {}", failed.join(", "));
    }
    // The last line of all: programs read it.
    println!("{} passed, {} failed, {} skipped", total.passed, total.failed, total.skipped);
    if failed.is_empty() { Ok(()) } else { Err(Failure::new()) }
}

/// A check that is one thing: done or failed.
fn one(result: Result<(), Failure>) -> Result<Tally, Failure> {
    result.map(|()| Tally { passed: 1, ..Tally::default() })
}

/// The real thing, as shoppers get it: the browser tests and the size check look at the same files.
fn build_shop(kind: Kind) -> Result<Tally, Failure> {
    one(build::build(kind, Emulator::With, &mut Progress::new(build::steps(kind))))
}
