//! `cargo dev bench frame`: what one picture of a room costs the page's main thread, and what memory it asks for.
//!
//! In headless Chromium, on an emulated phone with everything that it can tell (hits, planes, anchors, light, depth). Counted
//! is the time within our callback of the session, less what the emulator itself works there: the device's calls, of which a
//! real browser has its answers ready. Drawing is another process's; each picture waits for it outside of the callback.
//! Times are those of the modules that shops get; memory is counted in quickly built ones that have their functions' names.

use super::ball;
use crate::build::{self, Emulator, Kind, Module};
use crate::progress::{Done, Progress};
use crate::tool::{Source, Tool};
use crate::{Failure, setup};
use serde_json::Value;
use std::path::Path;

/// What is made for the bench, from the root.
const OUT: &str = "target/frame";
const MEASURE: &str = "dev/frame/measure.mjs";
/// Ways into the device's layer, as rows of the table.
const WAYS: [&str; 3] = ["WebGPU, bridge", "WebGL2, bridge", "WebGL2, direct"];

pub fn run(as_json: bool) -> Result<(), Failure> {
    let out = Path::new(OUT);
    let mut progress = Progress::new(build::steps(Kind::Release) + 5);
    progress.step("a ball", || ball::write(&out.join("ball.glb")).map(|_| Done::Fresh))?;
    for module in [Module::WebGpu, Module::WebGl] {
        progress.step(&format!("{}, counted", module.title()), || build::counted(module, out))?;
    }
    let (mut times, mut memory) = (Value::Null, Value::Null);
    progress.step("memory", || measure("memory", OUT).map(|found| memory = found).map(|()| Done::Fresh))?;
    build::build(Kind::Release, Emulator::Without, &mut progress)?;
    progress.step("times", || measure("times", build::SHOP).map(|found| times = found).map(|()| Done::Fresh))?;
    print_times(&times);
    print_memory(&memory);
    if as_json {
        println!("{}", serde_json::json!({ "times": times, "memory": memory }));
    }
    let asks = |row: &Value| row["ours"].as_f64() != Some(0.0);
    match rows(&memory).iter().any(asks) {
        true => Err("pictures that show nothing new ask for memory of ours: the functions stand above.".into()),
        false => Ok(()),
    }
}

/// Has the browser look at the modules of a folder; its last line are the numbers.
fn measure(what: &str, modules: &str) -> Result<Value, Failure> {
    let mut last = String::new();
    let mut complaint = String::new();
    let absolute = |path: &str| std::path::absolute(path).map_err(|error| format!("{path}: {error}"));
    let status = Tool::new("node", "install Node.js 20 or newer.")
        .arguments([MEASURE, what])
        .environment("CHROMIUM", setup::chromium()?)
        .environment("VITRINE_SHOP", absolute(modules)?)
        .environment("VITRINE_BALL", absolute(OUT)?.join("ball.glb"))
        .each_line(|source, line| match source {
            Source::Output => {
                crate::progress::whisper(line);
                last = line.to_owned();
            }
            Source::Errors => complaint = complaint.clone() + line + "\n",
        })?;
    crate::progress::whisper("");
    if !status.success() {
        return Err(format!("the browser did not measure: {complaint}"));
    }
    serde_json::from_str(&last).map_err(|error| format!("the browser told no numbers but {last}: {error}"))
}

fn rows(found: &Value) -> &[Value] {
    found.as_array().map_or(&[], Vec::as_slice)
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or(f64::NAN)
}

/// A table that is Markdown as well, for the documents.
fn print_times(times: &Value) {
    println!("\n| main thread, ms a picture | 1 item | 3 items | 10 items |\n|---|---:|---:|---:|");
    for way in WAYS {
        for (key, name) in [("median_ms", "median"), ("p99_ms", "99 of 100")] {
            let cells = [1, 3, 10].map(|items| {
                let row = rows(times).iter().find(|row| row["way"] == way && row["items"] == items);
                row.map_or("?".to_owned(), |row| format!("{:.2}", number(row, key)))
            });
            println!("| {way}, {name} | {} |", cells.join(" | "));
        }
    }
}

fn print_memory(memory: &Value) {
    println!("\n| allocations a picture | items | ours | wgpu's | script, kB: ours | wgpu's | emulator's |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for row in rows(memory) {
        let way = row["way"].as_str().unwrap_or_default();
        let kilobytes = ["script_ours", "script_wgpu", "script_emulator"].map(|key| number(row, key) / 1000.0);
        println!(
            "| {way} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} |",
            row["items"],
            number(row, "ours"),
            number(row, "wgpu"),
            kilobytes[0],
            kilobytes[1],
            kilobytes[2]
        );
    }
    for row in rows(memory) {
        for function in rows(&row["functions"]) {
            println!("  {}: {}", row["way"].as_str().unwrap_or_default(), function.as_str().unwrap_or_default());
        }
    }
}
