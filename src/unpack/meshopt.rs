//! Meshopt buffer views, by `meshoptimizer-rs`: both vertex versions, so that one path serves the EXT extension and its
//! KHR successor.

use meshoptimizer_rs::{Error, Limits, Workspace, codec};

/// The most bytes a view may take once unpacked.
const MOST_BYTES: usize = 384 << 20;

/// The answer as [`super::Decoder::Meshopt`] says.
pub fn unpack(parameters: &[u32], bytes: &[u8]) -> Result<Vec<u8>, String> {
    let &[mode, filter, count, stride] = parameters else { return Err("it lacks parameters".to_owned()) };
    let (count, stride) = (count as usize, stride as usize);
    let mut workspace = Workspace::new(Limits { max_bytes: MOST_BYTES, ..Limits::default() });
    let plain = match mode {
        0 => codec::decode_vertex_buffer(count, stride, bytes, &mut workspace),
        1 => codec::decode_index_buffer(count, stride, bytes, &mut workspace),
        _ => codec::decode_index_sequence(count, stride, bytes, &mut workspace),
    };
    let broken = |error: Error| format!("its meshopt data is broken ({error})");
    let mut plain = plain.map_err(broken)?;
    undo(filter, &mut plain, count, stride, &mut workspace).map_err(broken)?;
    Ok(plain)
}

/// Undoes a filter in place.
fn undo(filter: u32, data: &mut [u8], count: usize, stride: usize, workspace: &mut Workspace) -> Result<(), Error> {
    let undo = match filter {
        0 => return Ok(()),
        1 => codec::decode_filter_oct,
        2 => codec::decode_filter_quat,
        3 => codec::decode_filter_exp,
        _ => codec::decode_filter_color,
    };
    let untouched = data.to_vec();
    match undo(data, count, stride, workspace) {
        Err(Error::NumericalFailure) => {}
        result => return result,
    }
    // Some element has no direction or no colour, and that is no reason to lose the others: one by one.
    data.copy_from_slice(&untouched);
    for element in data.chunks_exact_mut(stride) {
        match undo(element, 1, stride, workspace) {
            Ok(()) => {}
            Err(Error::NumericalFailure) => element.fill(0),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
