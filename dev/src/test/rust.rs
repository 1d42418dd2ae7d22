//! The stages that cargo runs: format, lints, and the tests of the crates.

use super::tally::{CargoOutput, Tally};
use crate::Failure;
use crate::build::Kind;
use crate::setup;
use crate::tool::{Source, Tool};

pub fn format() -> Result<Tally, Failure> {
    let status = Tool::cargo("add it with `rustup component add rustfmt`.")
        .arguments(["fmt", "--all", "--check"])
        .each_line(|_, line| println!("{line}"))?;
    if status.success() { Ok(Tally::one_pass()) } else { Err("run `cargo fmt --all`.".into()) }
}

/// Each is a program that shoppers or developers get, so each is looked at in its own build.
pub fn lints() -> Result<Tally, Failure> {
    setup::wasm_target(Kind::Fast)?;
    let wasm = ["--target", "wasm32-unknown-unknown", "--no-default-features"];
    let builds: [Vec<&str>; 5] = [
        vec!["--workspace"],
        vec!["--no-default-features"],
        [&wasm[..], &["--features", "webgpu", "--target-dir", "target/webgpu"]].concat(),
        [&wasm[..], &["--features", "webgl", "--target-dir", "target/webgl"]].concat(),
        [&wasm[..], &["--features", "store", "--target-dir", "target/store"]].concat(),
    ];
    let mut tally = Tally::default();
    for build in builds {
        println!("cargo clippy {}", build.join(" "));
        let status = Tool::cargo("add it with `rustup component add clippy`.")
            .arguments(["clippy", "--quiet"])
            .arguments(build)
            .arguments(["--", "--deny", "warnings"])
            .each_line(|_, line| println!("{line}"))?;
        tally = tally.plus(if status.success() { Tally::one_pass() } else { Tally::one_failure() });
    }
    Ok(tally)
}

/// Logic without a graphics card: seconds.
pub fn pure() -> Result<Tally, Failure> {
    cargo_test(&["--package", "vitrine", "--no-default-features"])
}

/// Every crate of the workspace; pictures on a graphics card made of software.
pub fn native() -> Result<Tally, Failure> {
    if let Err(failure) = setup::software_vulkan() {
        println!("SKIPPED: pictures, unless there is a graphics card: {failure}");
    }
    cargo_test(&["--workspace"])
}

fn cargo_test(which: &[&str]) -> Result<Tally, Failure> {
    let mut output = CargoOutput::default();
    let status = Tool::cargo("mend what the compiler says.")
        .arguments(["test", "--no-fail-fast"])
        .arguments(which)
        // A test that skips says so on its output, which is shown only when asked for.
        .arguments(["--", "--show-output"])
        .each_line(|source, line| {
            if source == Source::Errors || output.take(line) {
                println!("{line}");
            }
        })?;
    Ok(output.tally().or_status(status.success()))
}
