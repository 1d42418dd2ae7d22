//! One line that says how far long work is; silent where nobody looks.

use std::io::{IsTerminal as _, Write as _};

/// Counts the steps of one command on the error output.
pub struct Progress {
    step: usize,
    steps: usize,
    is_terminal: bool,
    is_shown: bool,
}

impl Progress {
    /// Shown on a terminal, and elsewhere when `asked`.
    pub fn new(steps: usize, asked: bool) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        Self { step: 0, steps, is_terminal, is_shown: asked || is_terminal }
    }

    /// The next step begins.
    pub fn next(&mut self, name: &str) {
        self.step += 1;
        if !self.is_shown {
            return;
        }
        let (step, steps) = (self.step, self.steps);
        if self.is_terminal {
            eprint!("\r\x1b[K{step}/{steps}  {name}");
            // A closed pipe must not stop the work.
            let _ = std::io::stderr().flush();
        } else {
            eprintln!("{step}/{steps}  {name}");
        }
    }
}

impl Drop for Progress {
    /// Leaves an empty line for what is said next.
    fn drop(&mut self) {
        if self.is_shown && self.is_terminal {
            eprint!("\r\x1b[K");
        }
    }
}
