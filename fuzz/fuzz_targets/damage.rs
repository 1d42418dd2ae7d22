//! Damage that gets past the parser: values of a file's JSON rewritten, moved, doubled and dropped.

use serde_json::{Value, json};

/// The file with one to three values changed; `None` when it is no glTF, and every third time.
pub fn rewritten(file: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut dice = Dice(u64::from(seed) << 1 | 1);
    if dice.below(3) == 0 {
        return None;
    }
    let (text, rest) = split(file)?;
    let mut json: Value = serde_json::from_slice(text).ok()?;
    for _ in 0..=dice.below(3) {
        change(&mut json, &mut dice);
    }
    Some(join(json.to_string().into_bytes(), rest))
}

/// The JSON, and what follows it in a .glb.
fn split(file: &[u8]) -> Option<(&[u8], Option<&[u8]>)> {
    if !file.starts_with(b"glTF") {
        return Some((file, None));
    }
    let size = u32::from_le_bytes(*file.get(12..)?.first_chunk()?) as usize;
    let body = file.get(20..)?;
    Some((body.get(..size)?, Some(body.get(size..)?)))
}

fn join(mut text: Vec<u8>, rest: Option<&[u8]>) -> Vec<u8> {
    let Some(rest) = rest else { return text };
    text.resize(text.len().next_multiple_of(4), b' ');
    let length = (20 + text.len() + rest.len()) as u32;
    let size = text.len() as u32;
    [b"glTF", &2_u32.to_le_bytes()[..], &length.to_le_bytes(), &size.to_le_bytes(), b"JSON", &text, rest].concat()
}

fn change(json: &mut Value, dice: &mut Dice) {
    let paths = paths_of(json);
    let pick = |dice: &mut Dice| paths[dice.below(paths.len())].clone();
    let (to, from) = (pick(dice), pick(dice));
    let value = match dice.below(4) {
        0 => json.pointer(&from).cloned().unwrap_or_default(),
        1 => near(json.pointer(&to), dice),
        _ => strange(dice),
    };
    match (dice.below(6), json.pointer_mut(&to)) {
        (0, Some(Value::Array(list))) if !list.is_empty() => {
            let double = list[dice.below(list.len())].clone();
            list.push(double);
        }
        (1, Some(Value::Array(list))) => drop(list.pop()),
        (2, Some(Value::Object(fields))) => {
            let key = fields.keys().nth(dice.below(fields.len().max(1))).cloned();
            key.and_then(|key| fields.remove(&key));
        }
        (_, Some(place)) => *place = value,
        (_, None) => {}
    }
}

/// A whole number beside the one that stands there.
fn near(value: Option<&Value>, dice: &mut Dice) -> Value {
    match value.and_then(Value::as_i64) {
        Some(number) => json!(number.wrapping_add([-1, 1, 4, -4, 3, 255, 1 << 16, 1 << 31][dice.below(8)])),
        None => strange(dice),
    }
}

fn strange(dice: &mut Dice) -> Value {
    let numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 255, 256, 5120, 5121, 5122, 5123, 5125, 5126, 65_535, 65_536];
    let words = [
        "SCALAR",
        "VEC2",
        "VEC3",
        "VEC4",
        "MAT4",
        "LINEAR",
        "STEP",
        "CUBICSPLINE",
        "translation",
        "rotation",
        "scale",
        "weights",
        "pointer",
        "BLEND",
        "MASK",
        "data:,",
        "data:image/png;base64,iVBORw0K",
        "a.bin",
        "",
        "2.0",
        "/nodes/0/translation",
        "/materials/0/emissiveFactor",
    ];
    match dice.below(8) {
        0 => json!(words[dice.below(words.len())]),
        1 => json!([0.5, -1.0, 1e38, -1e38, 1e300, 1e-40, 0.1][dice.below(7)]),
        2 => json!([u64::MAX, 1 << 32, u64::from(u32::MAX), 1 << 53, 4_000_000_000, 100_000_000][dice.below(6)]),
        3 => [json!([]), json!({}), json!(null), json!(true), json!(false), json!([0]), json!([0, 1, 2]), json!([{}])]
            [dice.below(8)]
        .clone(),
        _ => json!(numbers[dice.below(numbers.len())]),
    }
}

/// Every place in the JSON; of long lists the beginning.
fn paths_of(json: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    let mut open = vec![(String::new(), json)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(fields) => {
                let named = fields.iter().map(|(key, value)| (format!("{path}/{}", escaped(key)), value));
                open.extend(named);
            }
            Value::Array(list) => {
                open.extend(list.iter().take(64).enumerate().map(|(at, value)| (format!("{path}/{at}"), value)));
            }
            _ => {}
        }
        paths.push(path);
    }
    paths
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Marsaglia's xorshift.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}
