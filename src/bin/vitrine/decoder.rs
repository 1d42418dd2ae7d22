//! Decoders with a limit on their time: hostile data can lead them astray for ever.

use crate::Failure;
use std::{sync::mpsc, thread, time::Duration};
use vitrine::unpack::{self, Job};

/// More than any honest file of a shop takes, unoptimised builds included.
const PATIENCE: Duration = Duration::from_secs(120);

/// What became of the job. A decoder that does not answer in time goes on alone until the command ends.
pub fn run(job: Job) -> Result<Vec<u8>, Failure> {
    let name = job.decoder.name();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody listens any more when the time is over.
        let _ = sender.send(unpack::run(&job));
    });
    let late = || format!("the decoder {name} did not finish its data within {} seconds", PATIENCE.as_secs());
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| Err(late()))
}
