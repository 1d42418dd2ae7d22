//! `cargo dev bench tryon`: how far off the try-on is on synthetic faces and hands (dev/tryon), beside the plain way, and what one
//! picture costs in the wasm that shops download.

use crate::Failure;
use crate::progress::{Done, Progress};
use crate::tool::Tool;
use serde_json::{Value, json};

const PACKAGE: &str = "vitrine-tryon-truth";
const ADVICE: &str = "mend what the compiler says.";
const WASM: &str = "target/wasm32-unknown-unknown/wasm/vitrine_tryon_truth.wasm";
/// Loads the module, solves so many pictures in it and prints the median milliseconds of one, face then hand. What the module would
/// ask of a page is never called.
const TIMED: &str = r#"
const [, file] = process.argv;
const module = new WebAssembly.Module(require("fs").readFileSync(file));
const imports = {};
for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
  if (kind === "function") (imports[from] ??= {})[name] = () => { throw new Error(`${name} was called`); };
}
const { prepare, step } = new WebAssembly.Instance(module, imports).exports;
const PICTURES = 900;
for (const hand of [0, 1]) {
  prepare(hand, PICTURES);
  const times = [];
  for (let at = 0; at < PICTURES; at++) {
    const begun = performance.now();
    step();
    times.push(performance.now() - begun);
  }
  console.log(times.slice(PICTURES / 3).sort((a, b) => a - b)[PICTURES / 3]);
}
"#;
/// What is measured, and how it is called in the table.
const NUMBERS: [(&str, &str); 9] = [
    ("position_mm", "position across the view, mm"),
    ("along_mm", "position along the view, mm"),
    ("rotation_deg", "rotation, degrees"),
    ("scale_pct", "scale, %"),
    ("jitter_mm", "jitter at rest, across, mm"),
    ("jitter_along_mm", "jitter at rest, along, mm"),
    ("lag_ms", "lag, ms"),
    ("position_beyond_mm", "position beyond 40 degrees, mm"),
    ("rotation_beyond_deg", "rotation beyond 40 degrees"),
];

pub fn run(as_json: bool) -> Result<(), Failure> {
    let mut progress = Progress::new(4);
    let build = |words: &'static [&'static str]| {
        move || {
            Tool::cargo(ADVICE).arguments(["build", "--quiet", "--package", PACKAGE]).arguments(words).quiet()?;
            Ok(Done::Fresh)
        }
    };
    progress.step("people", build(&["--release"]))?;
    progress.step("people, in wasm", build(&["--lib", "--profile", "wasm", "--target", "wasm32-unknown-unknown"]))?;
    let (mut scores, mut times) = (Value::Null, Vec::new());
    progress.step("before the mirror", || {
        let program = format!("target/release/{PACKAGE}{}", std::env::consts::EXE_SUFFIX);
        let printed = Tool::new(&program, "see what it says.").quiet()?;
        scores = serde_json::from_str(&printed).map_err(|error| format!("{PACKAGE} printed no numbers: {error}"))?;
        Ok(Done::Fresh)
    })?;
    progress.step("the clock", || {
        times = clocked()?;
        Ok(Done::Fresh)
    })?;
    for (body, time) in ["face", "hand"].into_iter().zip(&times) {
        print_table(body, &scores[body], *time);
    }
    if as_json {
        println!("{}", to_json(&scores, &times));
    }
    Ok(())
}

fn clocked() -> Result<Vec<f64>, Failure> {
    let printed = Tool::new("node", "Node 20 is wanted.").arguments(["--eval", TIMED, WASM]).quiet()?;
    let times: Option<Vec<f64>> = printed.lines().map(|line| line.trim().parse().ok()).collect();
    times.filter(|times| times.len() == 2).ok_or_else(|| format!("node printed no times: {printed}"))
}

/// A table that is Markdown as well, for the documents.
fn print_table(body: &str, scores: &Value, time_ms: f64) {
    println!("\n| {body:30} | lens told | lens found out | plain way |");
    println!("|{:-<32}|----------:|---------------:|----------:|", "");
    for (key, name) in NUMBERS {
        let [told, found, plain] = ["told", "found", "plain"].map(|way| scores[way][key].as_f64().unwrap_or(f64::NAN));
        println!("| {name:30} | {told:9.2} | {found:14.2} | {plain:9.2} |");
    }
    println!(
        "\nMedians; the body's size is taken out of positions, it has a row of its own. The plain way solves each picture alone"
    );
    println!("and takes the lens for 63 degrees. A picture costs {time_ms:.3} ms in wasm.");
}

fn to_json(scores: &Value, times: &[f64]) -> Value {
    let body = |name: &str, time: f64| {
        let told = &scores[name]["told"];
        json!({
            "position_mm": told["position_mm"], "rotation_deg": told["rotation_deg"], "scale_pct": told["scale_pct"],
            "jitter_mm": told["jitter_mm"], "lag_ms": told["lag_ms"], "solve_ms": time,
        })
    };
    let time = |at: usize| times.get(at).copied().unwrap_or(f64::NAN);
    json!({ "face": body("face", time(0)), "hand": body("hand", time(1)) })
}
