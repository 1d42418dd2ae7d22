//! `cargo dev`: the project's own command. This file is its table of contents.

mod arguments;
mod bench;
mod build;
mod files;
mod fuzz;
mod products;
mod progress;
mod serve;
mod setup;
mod size;
mod test;
mod tool;

use std::process::ExitCode;

/// A command that went wrong: what failed and what to do about it, for people.
type Failure = String;

/// One thing that `cargo dev` can do.
struct Command {
    name: &'static str,
    usage: &'static str,
    /// What it does, in lines of at most 90 letters.
    does: &'static str,
    run: fn(&[String]) -> Result<(), Failure>,
}

const COMMANDS: [Command; 8] = [
    Command {
        name: "serve",
        usage: "serve [--fast] [--port N]",
        does: "Builds, then starts the demo shop with its store service on 127.0.0.1 (port 8080, or the\n\
               next free one) and prints the address. Ctrl-C ends it.",
        run: serve::run,
    },
    Command {
        name: "test",
        usage: "test [pure|native|web [--fast]|all]",
        does: "pure: logic without a graphics card, in seconds. native: the whole workspace, pictures on\n\
               a software graphics card. web: the built shop in a real browser. all (or nothing): these,\n\
               and format, lints, types and download size.",
        run: test::run,
    },
    Command {
        name: "build",
        usage: "build [--fast]",
        does: "The npm package in dist/npm and the demo shop in dist/shop. --fast: quick to build, large\n\
               to download.",
        run: build::run,
    },
    Command {
        name: "size",
        usage: "size [--json]",
        does: "Bytes a shopper downloads before the first frame, against the limits.",
        run: size::run,
    },
    Command {
        name: "bench",
        usage: "bench fidelity|tryon|frame [--json]",
        does: "fidelity: draws the shared scenarios and says how far they are from path-traced pictures,\n\
               beside model-viewer's. tryon: how far off the try-on is on synthetic faces and hands, and\n\
               what a picture costs in wasm. frame: milliseconds of the main thread for a picture of a\n\
               room, with 1, 3 and 10 products, and the memory that it asks for.",
        run: bench::run,
    },
    Command {
        name: "fuzz",
        usage: "fuzz [--minutes N]",
        does: "Damages files for the reader with libFuzzer, for 20 minutes when not said. Wants a nightly\n\
               compiler.",
        run: fuzz::run,
    },
    Command {
        name: "products",
        usage: "products",
        does: "Makes the demo products in assets/products again.",
        run: products::run,
    },
    Command {
        name: "posters",
        usage: "posters",
        does: "Draws the products' poster pictures in assets/posters again.",
        run: products::posters,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if tool::is_stopping() => ExitCode::from(130),
        // An empty failure has been told already.
        Err(failure) if failure.is_empty() => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("\ncargo dev: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Failure> {
    files::enter_root()?;
    tool::end_everything_on_signals()?;
    let Some((name, rest)) = arguments.split_first() else { return help() };
    if matches!(name.as_str(), "help" | "--help" | "-h") || rest.iter().any(|word| word == "--help" || word == "-h") {
        return help();
    }
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(rest),
        None => {
            let known: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
            Err(format!("there is no command `{name}`. There are: {}, help.", known.join(", ")))
        }
    }
}

fn help() -> Result<(), Failure> {
    println!("cargo dev COMMAND: builds, serves, tests and measures Vitrine\n");
    for command in &COMMANDS {
        println!("  cargo dev {}", command.usage);
        for line in command.does.lines() {
            println!("      {line}");
        }
    }
    println!("  cargo dev help\n      This page.");
    Ok(())
}
