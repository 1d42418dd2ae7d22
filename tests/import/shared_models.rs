//! Every shared model is read, and every warning about one has a reason that stands here.

use super::oracle::{load, models};
use vitrine::import;

/// A part of the file's name, a part of the warning or error, and why it has to be.
const EXPLAINED: [(&str, &str, &str); 2] = [
    ("glTF-Draco/", "KHR_draco_mesh_compression", "the reader alone unpacks nothing"),
    ("GlamVelvetSofa", "KHR_lights_punctual", "lamps are not read yet"),
];

#[test]
fn every_shared_model_is_read_without_an_unexplained_warning() {
    let mut unexplained = Vec::new();
    let mut used = [false; EXPLAINED.len()];
    let files = models();
    for path in &files {
        let shown = path.display().to_string();
        let (file, others) = load(path);
        let told = match import::read(&file, &others) {
            Ok(import) => import.warnings,
            Err(error) => vec![error.message],
        };
        for message in told {
            let reason = EXPLAINED.iter().position(|(name, part, _)| shown.contains(name) && message.contains(part));
            match reason.and_then(|reason| used.get_mut(reason)) {
                Some(used) => *used = true,
                None => unexplained.push(format!("{shown}: {message}")),
            }
        }
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    let idle: Vec<_> = EXPLAINED.iter().zip(used).filter(|(_, used)| !used).map(|(row, _)| row).collect();
    assert!(files.is_empty() || idle.is_empty(), "no longer true, to be taken out: {idle:#?}");
}
