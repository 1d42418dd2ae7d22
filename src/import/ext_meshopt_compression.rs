//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_meshopt_compression> and its successor
//! KHR_meshopt_compression: buffer views, packed one by one.

use super::buffer::Buffers;
use super::json::Object;
use super::ledger::Ledger;
use super::{Error, Packed};
use crate::unpack::{Decoder, Job};

/// The successor says the same with one more filter.
pub(super) const NAMES: [&str; 2] = ["KHR_meshopt_compression", "EXT_meshopt_compression"];

/// What one of the extensions says about a view or a buffer.
pub(super) fn of<'a>(object: &Object<'a>) -> Option<Object<'a>> {
    NAMES.iter().find_map(|name| object.extension(name))
}

/// A buffer that only readers without the extension want; its bytes are never loaded.
pub(super) fn is_fallback(buffer: &Object) -> bool {
    of(buffer).is_some_and(|extension| extension.flag("fallback"))
}

/// What is to be unpacked before the file can be read: every view without bytes of its own.
pub(super) fn jobs(buffers: &Buffers, jobs: &mut Vec<Packed>, ledger: &mut Ledger) -> Result<(), Error> {
    for (view, object) in buffers.packed_views() {
        let Some(extension) = of(object) else { continue };
        let count = extension.required_index("count");
        let stride = extension.required_index("byteStride");
        let mode = choice(&extension, "mode", &["ATTRIBUTES", "TRIANGLES", "INDICES"]);
        let mode = mode.ok_or_else(|| extension.invalid("`mode` is missing"))?;
        let filters = ["NONE", "OCTAHEDRAL", "QUATERNION", "EXPONENTIAL", "COLOR"];
        let filter = choice(&extension, "filter", &filters).unwrap_or(0);
        let fits = match mode {
            0 => stride % 4 == 0 && (4..=256).contains(&stride),
            _ => stride == 2 || stride == 4,
        };
        if !fits {
            return Err(extension.invalid(format!("`byteStride` cannot be {stride}")));
        }
        ledger.charge(count, stride, &extension.place)?;
        let bytes = buffers.range(&extension)?.to_vec();
        let parameters = [mode, filter, count, stride].map(|number| number as u32).to_vec();
        let job = Job { decoder: Decoder::Meshopt, parameters, bytes };
        jobs.push(Packed { view, place: extension.place.clone(), job });
    }
    Ok(())
}

/// Which of the names a field has.
fn choice(object: &Object, key: &str, names: &[&str]) -> Option<usize> {
    let text = object.text(key)?;
    let found = names.iter().position(|name| *name == text);
    if found.is_none() {
        object.complain(format_args!("`{key}` must be one of {}", names.join(", ")));
    }
    found
}
