//! Lines that say what is going on: `  3/8  wasm for WebGPU … 41 s`.

use crate::Failure;
use std::io::{IsTerminal as _, Write as _};
use std::time::Instant;

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It worked.
    Fresh,
    /// Its inputs were those of last time.
    Unchanged,
}

/// Counts the steps of one command.
pub struct Progress {
    step: usize,
    steps: usize,
}

impl Progress {
    pub fn new(steps: usize) -> Self {
        Self { step: 0, steps }
    }

    /// Does `work` under a line of its own.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Done, Failure>) -> Result<(), Failure> {
        self.step += 1;
        print!("  {}/{}  {name} … ", self.step, self.steps);
        flush();
        let start = Instant::now();
        let done = work();
        let seconds = start.elapsed().as_secs_f32();
        match done {
            Ok(Done::Fresh) => println!("{seconds:.1} s"),
            Ok(Done::Unchanged) => println!("unchanged"),
            Err(_) => println!("failed after {seconds:.1} s"),
        }
        done.map(|_| ())
    }
}

/// A passing word at the end of the line, on a terminal only; the next call, or an empty one, takes it away.
pub fn whisper(text: &str) {
    if std::io::stdout().is_terminal() {
        let short: String = text.chars().take(40).collect();
        print!("\x1b[s\x1b[K{short}\x1b[u");
        flush();
    }
}

fn flush() {
    // A closed pipe must not stop a build.
    let _ = std::io::stdout().flush();
}
