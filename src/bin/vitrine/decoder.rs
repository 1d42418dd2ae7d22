//! Decoders with a limit on their time: hostile data can lead them astray for ever.

use crate::Failure;
use std::{sync::mpsc, thread, time::Duration};
use vitrine::unpack::{self, Job};

/// More than any honest file of a shop takes, unoptimised builds included.
const PATIENCE: Duration = Duration::from_secs(120);

/// What became of the job.
pub fn run(job: Job) -> Result<Vec<u8>, Failure> {
    in_time(job.decoder.name(), move || unpack::run(&job))
}

/// What became of some work. A decoder that does not answer in time goes on alone until the command ends; one that breaks
/// down does not take the command with it.
pub fn in_time<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody listens any more when the time is over.
        let _ = sender.send(work());
    });
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|problem| {
        Err(match problem {
            mpsc::RecvTimeoutError::Timeout => {
                format!("the decoder {name} did not finish its data within {} seconds", PATIENCE.as_secs())
            }
            mpsc::RecvTimeoutError::Disconnected => format!("the decoder {name} broke down over its data"),
        })
    })
}
