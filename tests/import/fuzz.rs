//! Damage by the thousand: cut, flipped and rewritten files never panic, never take long, and never break a promise.

use super::rich::{paths_of, rich};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use vitrine::import;
use vitrine::import::Files;

/// True when a model came out.
fn survive(file: &[u8], case: &str) -> bool {
    let outcome = std::panic::catch_unwind(|| super::survive::survive(file));
    outcome.unwrap_or_else(|_| panic!("{case} is not survived"))
}

/// Marsaglia's xorshift: the same damage in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

#[test]
fn a_file_cut_at_any_byte_is_called_truncated() {
    let whole = rich().to_bytes();
    assert!(survive(&whole, "the whole file"));
    for length in 0..whole.len() {
        let error = import::read(&whole[..length], &Files::default()).unwrap_err();
        assert_eq!(error.code(), "truncated", "{length}: {error}");
    }
    let mut text = rich().json;
    text["buffers"] = json!([{ "byteLength": 0, "uri": "data:," }]);
    let text = text.to_string();
    for length in 1..text.len() {
        let error = import::read(&text.as_bytes()[..length], &Files::default()).unwrap_err();
        assert_eq!(error.code(), "truncated", "{length}: {error}");
    }
}

#[test]
fn flipped_bytes_are_survived() {
    let whole = rich().to_bytes();
    let mut dice = Dice(0x5EED);
    let start = Instant::now();
    let mut read = 0;
    for case in 0..4000 {
        let mut file = whole.clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(file.len());
            file[at] = if dice.below(2) == 0 { file[at] ^ 1 << dice.below(8) } else { dice.below(256) as u8 };
        }
        read += usize::from(survive(&file, &format!("flip {case}")));
    }
    assert!(read > 100, "only {read} of the damaged files got far enough to be read");
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

#[test]
fn rewritten_values_are_survived() {
    let whole = rich();
    let paths = paths_of(&whole.json);
    let mut dice = Dice(0xC0FFEE);
    let start = Instant::now();
    let mut read = 0;
    for case in 0..3000 {
        let mut glb = whole.clone();
        glb.json["buffers"] = json!([{ "byteLength": glb.binary.len() }]);
        for _ in 0..=dice.below(2) {
            let path = &paths[dice.below(paths.len())];
            if let Some(value) = glb.json.pointer_mut(path) {
                *value = strange_value(&mut dice);
            }
        }
        read += usize::from(survive(&glb.to_bytes(), &format!("rewrite {case}")));
    }
    assert!(read > 200, "only {read} of the rewritten files got far enough to be read");
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

fn strange_value(dice: &mut Dice) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(""),
        json!([]),
        json!({}),
        json!(-1),
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(5),
        json!(0.5),
        json!(255),
        json!(5120),
        json!(5125),
        json!(5126),
        json!(65_536),
        json!(4_294_967_295_u64),
        json!(4_294_967_296_u64),
        json!(u64::MAX),
        json!(1e300),
        json!(-1e38),
        json!("VEC3"),
        json!("SCALAR"),
        json!("data:,"),
        json!([0]),
        json!([0, 1, 2]),
        json!([1e38, 1e38, 1e38]),
        json!([{}]),
        json!("\u{0}"),
    ];
    values[dice.below(values.len())].clone()
}
