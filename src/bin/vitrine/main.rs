//! The native command: a product drawn, compared and looked over without a browser. This file is its front page.

mod arguments;
mod avif;
mod check;
mod decoder;
mod disk;
mod picture;
mod poster;
mod progress;
mod render;
mod scenario;
mod stage;

use std::process::ExitCode;

/// Words for people: what went wrong and what to do.
type Failure = String;

/// One thing the command can do.
struct Command {
    name: &'static str,
    usage: &'static str,
    does: &'static str,
    run: fn(Vec<String>) -> Result<ExitCode, Failure>,
}

const COMMANDS: [Command; 3] = [
    Command {
        name: "poster",
        usage: "poster FILE OUT.png|OUT.webp [--size N] [--orbit \"30deg 75deg 105%\"] [--variant NAME]\n\
                \x20              [--scene NAME] [--environment FILE.hdr] [--exposure X] [--shadow X]",
        does: "Draws the product as <vitrine-view> shows it, transparent where there is nothing, N by N\n\
               pixels (1024 when not said).",
        run: poster::run,
    },
    Command {
        name: "render",
        usage: "render SCENARIOS.json OUT_DIR --models DIR --environments DIR [--progress] [NAME ...]",
        does: "Draws every scenario of the list, or only the named ones, to OUT_DIR/NAME.png with straight\n\
               alpha. A scenario has `name` and `model`, and may have `environment`, `eye`, `target`,\n\
               `fovy_deg`, `size`, `background` (transparent, environment), `exposure`, `tone_mapping`, `variant`, `scene`, `ambient_occlusion`.",
        run: render::run,
    },
    Command {
        name: "check",
        usage: "check FILE... [--json] [--progress]",
        does: "Says of each product what is wrong with it, how large it is, what it costs, and what each\n\
               platform will lose of it. Ends with 0 when all is fine, 1 when something is drawn wrongly, 2\n\
               when a file gives no product at all.",
        run: check::run,
    },
];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_default();
    let words: Vec<String> = words.collect();
    if matches!(name.as_str(), "help" | "--help" | "-h") || words.iter().any(|word| word == "--help" || word == "-h") {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    }
    let outcome = match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(words),
        None => Err(format!("`{name}` is not a command.\n{}", usage())),
    };
    outcome.unwrap_or_else(|message| {
        eprintln!("vitrine: {message}");
        ExitCode::from(2)
    })
}

fn usage() -> String {
    let mut text = String::from("usage:\n");
    for command in &COMMANDS {
        text += &format!("  vitrine {}\n", command.usage);
        for line in command.does.lines() {
            text += &format!("      {line}\n");
        }
    }
    text
}
