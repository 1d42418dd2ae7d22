//! Lines that say what is going on: `  3/8  wasm for WebGPU … 41 s`.

use crate::Failure;
use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It worked.
    Fresh,
    /// Its inputs were those of last time.
    Unchanged,
}

/// One step of several that are done side by side: its name and its work.
pub type Step<'a> = (String, Box<dyn FnOnce() -> Result<Done, Failure> + Send + 'a>);

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
        println!("{}", outcome(&done, start));
        done.map(|_| ())
    }

    /// Does rows of steps at the same time, each row in its order: a compiler that thinks about one whole program uses
    /// one core. Each step gets its line when it is done. After a failure no further step begins.
    pub fn side_by_side(&mut self, rows: Vec<Vec<Step<'_>>>) -> Result<(), Failure> {
        let steps = self.steps;
        let account = Mutex::new((self.step, None));
        let account = || account.lock().unwrap_or_else(PoisonError::into_inner);
        thread::scope(|scope| {
            for row in rows {
                scope.spawn(|| {
                    for (name, work) in row {
                        if account().1.is_some() {
                            return;
                        }
                        let start = Instant::now();
                        let done = work();
                        let (step, failure) = &mut *account();
                        *step += 1;
                        whisper("");
                        println!("  {step}/{steps}  {name} … {}", outcome(&done, start));
                        *failure = failure.take().or(done.err());
                    }
                });
            }
        });
        let (step, failure) = std::mem::take(&mut *account());
        self.step = step;
        failure.map_or(Ok(()), Err)
    }
}

/// How a step ended, for the end of its line.
fn outcome(done: &Result<Done, Failure>, start: Instant) -> String {
    let seconds = start.elapsed().as_secs_f32();
    match done {
        Ok(Done::Fresh) => format!("{seconds:.1} s"),
        Ok(Done::Unchanged) => "unchanged".into(),
        Err(_) => format!("failed after {seconds:.1} s"),
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

#[cfg(test)]
mod tests {
    use super::{Done, Progress, Step};
    use std::sync::Mutex;

    #[test]
    fn a_row_ends_with_its_first_failure_and_rows_are_done_in_their_order() {
        let done = Mutex::new(Vec::new());
        let step = |name: &'static str, ends_well: bool| -> Step<'_> {
            let done = &done;
            let work = move || {
                done.lock().unwrap().push(name);
                if ends_well { Ok(Done::Fresh) } else { Err(format!("{name} went wrong")) }
            };
            (name.into(), Box::new(work))
        };
        let mut progress = Progress::new(5);
        progress.side_by_side(vec![vec![step("a", true), step("b", true)], vec![step("c", true)]]).unwrap();
        let failure = progress.side_by_side(vec![vec![step("d", false), step("e", true)]]);
        assert_eq!(failure, Err("d went wrong".into()));
        let done = done.into_inner().unwrap();
        let place = |name| done.iter().position(|other| *other == name);
        assert!(place("a") < place("b") && place("c").is_some());
        assert_eq!(done.last(), Some(&"d"), "after a failure nothing begins");
        assert_eq!(progress.step, 4);
    }
}
