//! `vitrine render`: a list of scenarios, drawn to pictures that other renderers' can be compared with.

use crate::{
    Failure,
    arguments::Arguments,
    picture,
    progress::Progress,
    scenario::{self, Scenario},
    stage::{Shot, Stage},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

pub fn run(words: Vec<String>) -> Result<ExitCode, Failure> {
    let arguments = Arguments::read(words, &["--progress"], &["--models", "--environments"])?;
    let [list, out, names @ ..] = arguments.words.as_slice() else {
        return Err("render wants a list of scenarios and a folder for the pictures; see `vitrine help`.".into());
    };
    let scenarios = chosen(list, names)?;
    let folders = Folders {
        models: PathBuf::from(arguments.required("--models")?),
        environments: PathBuf::from(arguments.required("--environments")?),
        out: PathBuf::from(out),
    };
    fs::create_dir_all(&folders.out).map_err(|error| format!("{out}: {error}"))?;
    let mut progress = Progress::new(scenarios.len(), arguments.has("--progress"));
    let mut stage = Stage::with_card()?;
    let mut failures = Vec::new();
    let mut environment = None;
    for scenario in &scenarios {
        progress.next(&scenario.name);
        if let Err(problem) = draw(&mut stage, scenario, &folders, &mut environment) {
            failures.push(format!("{}: {problem}", scenario.name));
        }
    }
    drop(progress);
    // One bad scenario does not keep the others from being drawn.
    if failures.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(failures.join("\nvitrine: ")) }
}

struct Folders {
    models: PathBuf,
    environments: PathBuf,
    out: PathBuf,
}

/// The scenarios with these names, or all.
fn chosen(list: &str, names: &[String]) -> Result<Vec<Scenario>, Failure> {
    let text = fs::read_to_string(list).map_err(|error| format!("{list}: {error}"))?;
    let mut scenarios = scenario::read(&text).map_err(|problem| format!("{list}: {problem}"))?;
    if let Some(strange) = names.iter().find(|name| scenarios.iter().all(|scenario| scenario.name != **name)) {
        return Err(format!("{list}: there is no scenario `{strange}`."));
    }
    scenarios.retain(|scenario| names.is_empty() || names.contains(&scenario.name));
    Ok(scenarios)
}

fn draw(
    stage: &mut Stage,
    scenario: &Scenario,
    folders: &Folders,
    environment: &mut Option<PathBuf>,
) -> Result<(), Failure> {
    stage.show(&folders.models.join(&scenario.model), &scenario.attributes)?;
    light(stage, scenario.environment.as_ref().map(|name| folders.environments.join(name)), environment)?;
    stage.heard.print_warnings(&scenario.name);
    // The renderers that are compared light by nothing but the environment.
    let shot = Shot {
        size_px: scenario.size_px,
        view: scenario.view(stage.bounds()),
        background: scenario.background,
        without_lamps: true,
    };
    if shot.view.is_none() {
        stage.set("field-of-view", Some(&format!("{}deg", scenario.fovy_deg)));
    }
    let pixels = stage.draw(&shot)?;
    picture::save(&folders.out.join(format!("{}.png", scenario.name)), &pixels, shot.size_px)
}

/// Lights the stage, unless the scenario before had the same light: preparing it takes seconds.
fn light(stage: &mut Stage, wanted: Option<PathBuf>, current: &mut Option<PathBuf>) -> Result<(), Failure> {
    if wanted == *current {
        return Ok(());
    }
    stage.set("environment-image", wanted.as_deref().map(Path::to_string_lossy).as_deref());
    if let Some((_, problem)) = stage.heard.warnings.iter().find(|(code, _)| code == "environment") {
        // The old light stays, and with it the picture would be wrong.
        return Err(problem.clone());
    }
    *current = wanted;
    match &stage.heard.failure {
        Some((_, problem)) => Err(problem.clone()),
        None => Ok(()),
    }
}
