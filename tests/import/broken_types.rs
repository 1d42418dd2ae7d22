//! Every value of a rich file made wrong in every way, one at a time: an error or a warning that names a place, or a
//! reading that keeps every promise. What may be wrong in silence stands in a table.

use super::rich::{paths_of, rich};
use super::sound;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use vitrine::import;
use vitrine::import::Files;

/// Keys whose values nobody here reads, or that are dropped when they are wrong: names are for people.
const UNREAD: [&str; 6] = ["name", "skeleton", "TEXCOORD_1", "mimeType", "target", "minVersion"];

/// Of each JSON type one, and numbers that no list has entries for.
fn wrong_values() -> Vec<Value> {
    let numbers =
        [json!(-1), json!(1.5), json!(77_777), json!(9_007_199_254_740_993_u64), json!(u64::MAX), json!(1e300)];
    let others = [json!(true), json!("?"), json!([]), json!({}), json!([null]), json!([[]])];
    numbers.into_iter().chain(others).collect()
}

/// The message says where in the file, or what is wrong with the file as a whole.
fn names_a_place(message: &str, code: &str, path: &str) -> bool {
    let list = path.split('/').nth(1).unwrap_or_default();
    let is_index = |(_, rest): (&str, &str)| rest.starts_with(|letter: char| letter.is_ascii_digit());
    let mut words = message.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '/'));
    message.starts_with(list)
        || words.any(|word| word.split_once('/').is_some_and(is_index))
        || message.starts_with("accessor ")
        || message.contains('`')
        || code == "not-gltf"
}

#[test]
fn every_wrong_value_is_told_with_its_place() {
    let mut whole = rich();
    whole.json["buffers"] = json!([{ "byteLength": whole.binary.len() }]);
    let good = import::read(&whole.to_bytes(), &Files::default()).expect("it is whole");
    assert_eq!(good.warnings, Vec::<String>::new());
    let (mut errors, mut silent) = (0, BTreeSet::new());
    for path in paths_of(&whole.json).into_iter().filter(|path| !path.is_empty()) {
        for value in wrong_values() {
            let case = format!("{path} = {value}");
            let mut glb = whole.clone();
            let place = glb.json.pointer_mut(&path).expect("a path of the file");
            let is_same_type = std::mem::discriminant(place) == std::mem::discriminant(&value);
            if *place == value {
                continue;
            }
            *place = value;
            match import::read(&glb.to_bytes(), &Files::default()) {
                Err(error) => {
                    errors += 1;
                    assert!(names_a_place(error.message(), error.code(), &path), "{case}: {error}");
                    assert!(error.message().len() < 600, "{case}: {error}");
                }
                Ok(import) => {
                    sound::check(&import.model);
                    let key = path.split('/').rfind(|word| word.parse::<usize>().is_err()).unwrap_or_default();
                    if !is_same_type && import.warnings.is_empty() && !UNREAD.contains(&key) {
                        silent.insert(case);
                    }
                }
            }
        }
    }
    assert!(errors > 1000, "{errors}");
    assert!(silent.is_empty(), "{} wrong values are read without a word: {silent:#?}", silent.len());
}
