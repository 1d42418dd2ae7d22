//! Other programs: started in process groups of their own, so that nothing they start outlives us.

use crate::Failure;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static STOPPING: AtomicBool = AtomicBool::new(false);
/// How long a program may take to end after it was asked to.
const PATIENCE: Duration = Duration::from_secs(5);
/// Written into the environment of all we start, so that a browser which left our process group is found again.
const MARK: &str = "VITRINE_DEV_RUN";

/// A program to run, and what to do when it cannot be run.
pub struct Tool {
    name: String,
    command: Command,
    advice: &'static str,
}

/// A program that runs; ended with all it started when dropped.
pub struct Running {
    child: Child,
}

impl Tool {
    /// `advice` completes the sentence after "NAME failed: ".
    pub fn new(program: &str, advice: &'static str) -> Self {
        let name = std::path::Path::new(program).file_name().map_or(program.into(), |name| name.to_string_lossy());
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).env(MARK, std::process::id().to_string());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        Self { name: name.into_owned(), command, advice }
    }

    /// The cargo that runs us.
    pub fn cargo(advice: &'static str) -> Self {
        Self::new(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), advice)
    }

    /// A program of an npm package.
    pub fn npm(program: &str, advice: &'static str) -> Self {
        let ending = if cfg!(windows) { ".cmd" } else { "" };
        let path = std::path::absolute(format!("node_modules/.bin/{program}{ending}"));
        Self::new(&path.map_or(program.into(), |path| path.display().to_string()), advice)
    }

    pub fn arguments<Word: AsRef<std::ffi::OsStr>>(mut self, words: impl IntoIterator<Item = Word>) -> Self {
        self.command.args(words);
        self
    }

    pub fn inside(mut self, folder: &str) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub fn environment(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs to the end in silence and gives what it printed on its standard output; its complaint becomes the error.
    pub fn quiet(self) -> Result<String, Failure> {
        let (name, advice) = (self.name.clone(), self.advice);
        let mut output = String::new();
        let mut complaint = String::new();
        let status = self.each_line(|source, line| {
            let text = if source == Source::Output { &mut output } else { &mut complaint };
            text.push_str(line);
            text.push('\n');
            crate::progress::whisper(line.trim());
        })?;
        crate::progress::whisper("");
        if status.success() {
            return Ok(output);
        }
        let said = if complaint.trim().is_empty() { output } else { complaint };
        Err(format!("{name} failed ({status}): {advice}\n{}", said.trim_end()))
    }

    /// Runs to the end and passes every line on as it comes.
    pub fn each_line(mut self, mut take: impl FnMut(Source, &str)) -> Result<ExitStatus, Failure> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = self.start()?;
        let (sender, lines) = mpsc::channel();
        let output = running.child.stdout.take().map(|pipe| read_lines(pipe, Source::Output, sender.clone()));
        let errors = running.child.stderr.take().map(|pipe| read_lines(pipe, Source::Errors, sender));
        let status = loop {
            match lines.recv_timeout(Duration::from_millis(200)) {
                Ok((source, line)) => take(source, &line),
                // A grandchild may hold the pipe open after the program itself has ended.
                Err(_) => {
                    if let Some(status) = running.child.try_wait().map_err(|error| error.to_string())? {
                        break status;
                    }
                }
            }
        };
        drop(running);
        for reader in [output, errors].into_iter().flatten() {
            let _ = reader.join();
        }
        lines.try_iter().for_each(|(source, line)| take(source, &line));
        if is_stopping() { Err("stopped.".into()) } else { Ok(status) }
    }

    /// Starts it and comes back at once; what it prints goes where our output goes.
    pub fn start(mut self) -> Result<Running, Failure> {
        // Under the lock, so that a signal cannot fall between the start and the note of it.
        let mut running = running();
        if is_stopping() {
            return Err("stopped.".into());
        }
        let child = self.command.spawn().map_err(|error| {
            format!("cannot start {} ({error}): {}", self.command.get_program().to_string_lossy(), self.advice)
        })?;
        running.push(child.id());
        Ok(Running { child })
    }
}

impl Running {
    /// Waits until it ends by itself or by a signal.
    pub fn wait(&mut self) -> Result<ExitStatus, Failure> {
        self.child.wait().map_err(|error| error.to_string())
    }

    /// Whether it has already ended, and how.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let id = self.child.id();
        signal_group(id, Ending::Ask);
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(20));
        }
        signal_group(id, Ending::Force);
        let _ = self.child.kill();
        let _ = self.child.wait();
        running().retain(|running| *running != id);
    }
}

/// Which pipe a line came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard output.
    Output,
    /// Standard error.
    Errors,
}

fn read_lines(
    pipe: impl Read + Send + 'static,
    source: Source,
    to: mpsc::Sender<(Source, String)>,
) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while matches!(reader.read_until(b'\n', &mut bytes), Ok(count) if count > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            bytes.clear();
            if to.send((source, line)).is_err() {
                return;
            }
        }
    })
}

/// From now on Ctrl-C, SIGTERM and SIGHUP end all that was started, then the command itself.
pub fn end_everything_on_signals() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        if STOPPING.swap(true, Ordering::SeqCst) {
            return; // The second press does not make it quicker; the first one is at work.
        }
        for id in running().iter() {
            signal_group(*id, Ending::Ask);
        }
        thread::spawn(|| {
            thread::sleep(PATIENCE);
            running().iter().for_each(|id| signal_group(*id, Ending::Force));
        });
    })
    .map_err(|error| format!("cannot listen for Ctrl-C: {error}"))
}

/// Whether a signal has asked us to end.
pub fn is_stopping() -> bool {
    STOPPING.load(Ordering::SeqCst)
}

fn running() -> MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How a program is made to end.
#[derive(Clone, Copy)]
enum Ending {
    Ask,
    Force,
}

#[cfg(unix)]
fn signal_group(id: u32, ending: Ending) {
    use nix::sys::signal::{Signal, killpg};
    let signal = match ending {
        Ending::Ask => Signal::SIGTERM,
        Ending::Force => Signal::SIGKILL,
    };
    if let Ok(id) = i32::try_from(id) {
        // No such group: it has ended, which is what we want.
        let _ = killpg(nix::unistd::Pid::from_raw(id), signal);
    }
}

#[cfg(not(unix))]
fn signal_group(id: u32, ending: Ending) {
    if matches!(ending, Ending::Force) {
        let _ = Command::new("taskkill").args(["/T", "/F", "/PID", &id.to_string()]).output();
    }
}

/// Ends what still runs although the program that started it is gone (browsers make groups of their own) and names it.
#[cfg(target_os = "linux")]
pub fn end_leftovers() -> Vec<String> {
    let mark = format!("{MARK}={}", std::process::id()).into_bytes();
    let mut names = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<i32>().ok()) else { continue };
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        if environment.split(|byte| *byte == 0).any(|variable| variable == mark) {
            let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            names.push(format!("{} ({id})", name.trim()));
            let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(id), nix::sys::signal::Signal::SIGKILL);
        }
    }
    names
}

/// Only Linux shows the environment of other processes.
#[cfg(not(target_os = "linux"))]
pub fn end_leftovers() -> Vec<String> {
    Vec::new()
}
