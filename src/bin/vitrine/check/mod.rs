//! `vitrine check`: what a merchandiser should know about a product's file before it goes online.

mod cost;
mod platforms;
mod report;
mod scale;

use crate::{Failure, arguments::Arguments, progress::Progress, stage::Stage};
use report::{Finding, Report, Severity};
use std::{fs, path::Path, process::ExitCode};
use vitrine::{import, model::Model, tryon};

pub fn run(words: Vec<String>) -> Result<ExitCode, Failure> {
    let arguments = Arguments::read(words, &["--json", "--progress"], &[])?;
    if arguments.words.is_empty() {
        return Err("check wants at least one product's file; see `vitrine help`.".into());
    }
    let mut progress = Progress::new(arguments.words.len(), arguments.has("--progress"));
    let mut reports = Vec::new();
    for file in &arguments.words {
        progress.next(file);
        reports.push(look_over(file));
    }
    drop(progress);
    if arguments.has("--json") {
        println!("{}", report::to_json(&reports));
    } else {
        reports.iter().for_each(report::print);
    }
    Ok(ExitCode::from(reports.iter().map(Report::exit_code).max().unwrap_or(0)))
}

/// Everything there is to say about one file.
fn look_over(file: &str) -> Report {
    let mut report = Report { file: file.to_owned(), ..Report::default() };
    match fs::read(file) {
        // What cannot be understood is told by the loading below.
        Ok(bytes) => {
            report.file_bytes = bytes.len();
            report.extensions = import::extensions(&bytes).unwrap_or_default();
        }
        Err(error) => {
            report.findings.push(Finding::error("unreadable", format!("the file cannot be read ({error}).")));
            return report;
        }
    }
    let mut stage = Stage::without_card();
    if stage.show(Path::new(file), &[]).is_err() {
        let (code, message) = stage.heard.failure.take().unwrap_or_default();
        report.findings.push(Finding::error(&code, message));
        return report;
    }
    let Some(model) = stage.model() else { return report };
    report.is_usable = true;
    let cost = cost::of(model, &stage.heard.picture_sizes);
    let bounds = stage.bounds();
    find_broken(&mut report, &stage, model);
    report.findings.extend(scale::judge(bounds));
    let worn = tryon::wear::problems(model, bounds);
    report.findings.extend(worn.into_iter().map(|problem| Finding::warning("wear", problem)));
    report.findings.extend(cost::judge(&cost));
    report.platforms = platforms::losses(&report.extensions, model, &cost, report.file_bytes);
    report.size_m = bounds.size().to_array();
    report.variants = model.variants.iter().map(|variant| variant.name.clone()).collect();
    report.scenes = model.scenes.iter().map(|scene| scene.name.clone()).collect();
    report.animations = model.animations.iter().map(|animation| animation.name.clone()).collect();
    report.cost = cost;
    report
}

/// What is not drawn as the file says. Pictures that fail and empty scenes are errors; the rest is for the maker to judge.
fn find_broken(report: &mut Report, stage: &Stage, model: &Model) {
    let broken = &stage.heard.broken_pictures;
    for (index, problem) in broken {
        report.findings.push(Finding::error("picture", format!("images/{index}: {problem}.")));
    }
    if stage.bounds().is_empty() {
        report.findings.push(Finding::error("empty", "the shown scene has nothing to draw.".to_owned()));
    }
    let is_missing = |message: &str| {
        let images = model.images.iter().enumerate().filter(|(_, image)| image.bytes.is_empty());
        images.into_iter().any(|(index, _)| message.starts_with(&format!("images/{index}:")))
    };
    // Pictures that could not be decoded are told above, by their names.
    let others = stage
        .heard
        .warnings
        .iter()
        .filter(|(code, message)| code != "picture" && (broken.is_empty() || !message.starts_with("Picture ")));
    for (code, message) in others {
        let severity = if is_missing(message) { Severity::Error } else { Severity::Warning };
        report.findings.push(Finding { severity, code: code.clone(), message: message.clone() });
    }
}
