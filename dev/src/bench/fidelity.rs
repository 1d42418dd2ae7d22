//! `cargo dev bench fidelity`: the shared scenarios drawn, and their distance from path-traced pictures beside that of
//! model-viewer's.

use super::measure::{Distance, distance, median};
use super::sheet;
use crate::progress::{Done, Progress};
use crate::tool::{Source, Tool};
use crate::{Failure, files, setup};
use image::RgbaImage;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Where the pictures go, from the root.
const OUT: &str = "target/fidelity";
/// Pixels of a picture on the sheets.
const SHEET_SIDE: u32 = 320;

/// One scenario, measured.
struct Row {
    name: String,
    ours: Distance,
    theirs: Distance,
}

pub fn run(as_json: bool) -> Result<(), Failure> {
    let Some(shared) = super::shared() else {
        println!("SKIPPED: no folder `shared/fidelity` beside or above the checkout");
        return Ok(());
    };
    if let Err(failure) = setup::software_vulkan() {
        println!("There may be no graphics card to draw with: {failure}");
    }
    let fidelity = shared.join("fidelity");
    let (counted, by_eye) = (fidelity.join("scenarios.json"), fidelity.join("by-eye/scenarios.json"));
    let mut progress = Progress::new(3);
    progress.step("the command", build)?;
    progress.step("scenarios", || render(&shared, &counted, Path::new(OUT)))?;
    progress.step("scenarios for the eye", || render(&shared, &by_eye, &Path::new(OUT).join("by-eye")))?;
    let rows: Vec<Row> = names(&counted)?.into_iter().map(|name| measure(&fidelity, name)).collect::<Result<_, _>>()?;
    sheets(&fidelity, &rows, &names(&by_eye)?)?;
    if as_json {
        println!("{}", to_json(&rows))
    } else {
        print_table(&rows)
    }
    println!("\nPictures and sheets lie in {OUT}; those for the eye in {OUT}/by-eye.");
    Ok(())
}

fn build() -> Result<Done, Failure> {
    Tool::cargo("mend what the compiler says.")
        .arguments(["build", "--quiet", "--release", "--package", "vitrine", "--bin", "vitrine"])
        .quiet()?;
    Ok(Done::Fresh)
}

/// Draws every scenario of a list into a folder of this tree.
fn render(shared: &Path, list: &Path, out: &Path) -> Result<Done, Failure> {
    let program = format!("target/release/vitrine{}", std::env::consts::EXE_SUFFIX);
    let status = Tool::new(&program, "see what it says about the scenario, or about the graphics card.")
        .arguments(["render", "--progress"])
        .arguments([list.as_os_str(), out.as_os_str()])
        .arguments(["--models".as_ref(), shared.join("models").as_os_str()])
        .arguments(["--environments".as_ref(), shared.join("environments").as_os_str()])
        .each_line(|source, line| match source {
            Source::Errors if line.starts_with("vitrine:") => eprintln!("\n  {line}"),
            _ => crate::progress::whisper(line),
        })?;
    crate::progress::whisper("");
    if status.success() { Ok(Done::Fresh) } else { Err("not every scenario could be drawn.".into()) }
}

fn names(list: &Path) -> Result<Vec<String>, Failure> {
    let broken = |what: String| format!("{}: {what}", list.display());
    let scenarios: Value = serde_json::from_slice(&files::read(list)?).map_err(|error| broken(error.to_string()))?;
    let name = |scenario: &Value| scenario["name"].as_str().map(str::to_owned);
    let names = scenarios.as_array().and_then(|scenarios| scenarios.iter().map(name).collect::<Option<Vec<_>>>());
    names.ok_or_else(|| broken("a list of scenarios with names is wanted".into()))
}

fn measure(fidelity: &Path, name: String) -> Result<Row, Failure> {
    let file = format!("{name}.png");
    let reference = picture(&fidelity.join("reference").join(&file))?;
    let ours = distance(&reference, &picture(&Path::new(OUT).join(&file))?);
    let theirs = distance(&reference, &picture(&fidelity.join("model-viewer").join(&file))?);
    Ok(Row { name, ours, theirs })
}

fn picture(path: &Path) -> Result<RgbaImage, Failure> {
    let picture = image::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(picture.into_rgba8())
}

/// Reference, ours, model-viewer's; for the eye the path tracer's, ours, model-viewer's.
fn sheets(fidelity: &Path, rows: &[Row], by_eye: &[String]) -> Result<(), Failure> {
    let load = |paths: [PathBuf; 3]| paths.iter().map(|path| picture(path)).collect::<Result<Vec<_>, _>>();
    let counted = rows.iter().map(|row| {
        let file = format!("{}.png", row.name);
        load([
            fidelity.join("reference").join(&file),
            Path::new(OUT).join(&file),
            fidelity.join("model-viewer").join(&file),
        ])
    });
    let counted = counted.collect::<Result<Vec<_>, _>>()?;
    sheet::save(&Path::new(OUT).join("sheet.png"), &counted, SHEET_SIDE)?;
    let folder = fidelity.join("by-eye");
    let seen = by_eye.iter().map(|name| {
        load([
            folder.join(format!("{name}.three-gpu-pathtracer.png")),
            Path::new(OUT).join("by-eye").join(format!("{name}.png")),
            folder.join(format!("{name}.model-viewer.png")),
        ])
    });
    let seen = seen.collect::<Result<Vec<_>, _>>()?;
    sheet::save(&Path::new(OUT).join("by-eye/sheet.png"), &seen, SHEET_SIDE)
}

/// A table that is Markdown as well, for the documents.
fn print_table(rows: &[Row]) {
    println!("\n| {:28} | ours, dB | model-viewer, dB | closer by | overlap |", "scenario");
    println!("|{:-<30}|---------:|-----------------:|----------:|--------:|", "");
    for Row { name, ours, theirs } in rows {
        let difference = theirs.decibels - ours.decibels;
        let (ours_db, theirs_db) = (ours.decibels, theirs.decibels);
        println!("| {name:28} | {ours_db:8.2} | {theirs_db:16.2} | {difference:+9.2} | {:7.4} |", ours.overlap);
    }
    let of = |value: fn(&Row) -> f64| median(rows.iter().map(value));
    let (ours, theirs) = (of(|row| row.ours.decibels), of(|row| row.theirs.decibels));
    let (difference, overlap) = (of(Row::closer_by), of(|row| row.ours.overlap));
    println!("| {:28} | {ours:8.2} | {theirs:16.2} | {difference:+9.2} | {overlap:7.4} |", "median");
    println!("\nCloser to the reference than model-viewer in {} of {} scenarios.", closer(rows), rows.len());
}

impl Row {
    fn closer_by(&self) -> f64 {
        self.theirs.decibels - self.ours.decibels
    }
}

fn closer(rows: &[Row]) -> usize {
    rows.iter().filter(|row| row.closer_by() > 0.0).count()
}

fn to_json(rows: &[Row]) -> Value {
    let scenarios = rows.iter().map(|row| {
        json!({
            "name": row.name,
            "ours_db": row.ours.decibels,
            "model_viewer_db": row.theirs.decibels,
            "ours_overlap": row.ours.overlap,
            "model_viewer_overlap": row.theirs.overlap,
        })
    });
    json!({
        "scenarios": scenarios.collect::<Vec<_>>(),
        "median_ours_db": median(rows.iter().map(|row| row.ours.decibels)),
        "median_model_viewer_db": median(rows.iter().map(|row| row.theirs.decibels)),
        "median_closer_by_db": median(rows.iter().map(Row::closer_by)),
        "median_ours_overlap": median(rows.iter().map(|row| row.ours.overlap)),
        "closer": closer(rows),
    })
}
