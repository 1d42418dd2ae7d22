//! The sizes that a product comes in, from the attribute `try-on-sizes` to plain lengths.

use crate::tryon::{Finger, Kind, ProductSize, Region, Size, ring_circumference_mm};
use serde_json::Value;

/// More sizes than this are no choice.
const MOST: usize = 100;

/// A JSON list; each entry has a `name` and its lengths in millimetres: `frameWidth` (with `bridge` and `temple`) of glasses,
/// `circumference` of a hat, bracelet or ring, `wrist` (the least and the greatest) of a strap, or a ring's `ringSize` with its
/// `region`, both in words.
///
/// # Errors
/// Says what is wrong, to go on a sentence.
#[inline(never)]
pub(super) fn read(text: &str, kind: Option<Kind>, finger: Finger) -> Result<Vec<ProductSize>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let value: Value = serde_json::from_str(text).map_err(|error| format!("it is no JSON ({error})"))?;
    let list = value.as_array().filter(|list| list.len() <= MOST).ok_or("it is no list of sizes")?;
    let size = |entry: &Value| {
        let name = entry.get("name").and_then(Value::as_str).ok_or("a size has no name")?.to_owned();
        let size =
            size(entry, kind, finger).ok_or(format!("the size {name} has none of the lengths of what is worn"))?;
        Ok(ProductSize { name, size })
    };
    list.iter().map(size).collect()
}

fn size(entry: &Value, kind: Option<Kind>, finger: Finger) -> Option<Size> {
    let millimetres = |value: &Value| value.as_f64().map(|mm| mm as f32).filter(|mm| *mm > 0.0 && *mm < 2000.0);
    let length = |name: &str| entry.get(name).and_then(millimetres);
    let word = |name: &str| entry.get(name).and_then(Value::as_str);
    let ring = || ring_circumference_mm(Region::parse(word("region")?)?, word("ringSize")?);
    match kind? {
        Kind::Glasses => Some(Size::Glasses {
            frame_width_mm: length("frameWidth")?,
            bridge_mm: length("bridge"),
            temple_mm: length("temple"),
        }),
        Kind::Hat => length("circumference").map(Size::Hat),
        Kind::Ring => length("circumference").or_else(ring).map(|around| Size::Ring(around, finger)),
        Kind::Watch | Kind::Bracelet => match entry.get("wrist").and_then(Value::as_array).map(Vec::as_slice) {
            Some([least, greatest]) => Some(Size::Strap(millimetres(least)?, millimetres(greatest)?)),
            _ => length("circumference").map(Size::Bracelet),
        },
        Kind::Earring | Kind::Necklace => None,
    }
}
