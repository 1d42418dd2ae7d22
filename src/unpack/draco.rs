//! Draco meshes, by `draco-oxide-decoder`.

use super::push_words;
use draco_oxide_core::attribute::{Attribute, ComponentDataType};
use draco_oxide_core::mesh::Mesh;

/// The most points or triangles that are unpacked: a few bytes can promise any number of them.
const MOST: u64 = 20_000_000;

/// The answer as [`super::Decoder::Draco`] says.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, String> {
    if promises(bytes).is_some_and(|counts| counts.into_iter().any(|count| count > MOST)) {
        return Err(format!("its Draco data promises more than {MOST} points or triangles"));
    }
    let mesh =
        draco_oxide_decoder::decode_mesh(bytes).map_err(|error| format!("its Draco data is broken ({error})"))?;
    answer(&mesh).ok_or_else(|| "its Draco data is broken (attributes of different lengths)".to_owned())
}

fn answer(mesh: &Mesh) -> Option<Vec<u8>> {
    let attributes = mesh.get_attributes();
    let points = attributes.first().map_or(0, Attribute::len);
    let mut bytes = Vec::new();
    push_words(&mut bytes, [points, mesh.get_faces().len() * 3, attributes.len()].map(|count| count as u32));
    for attribute in attributes {
        let (code, _) = kind(attribute.get_component_type());
        let width = attribute.get_num_components();
        push_words(&mut bytes, [attribute.get_id().as_usize(), code, width].map(|number| number as u32));
    }
    push_words(&mut bytes, mesh.get_faces().iter().flatten().map(|&corner| usize::from(corner) as u32));
    for attribute in attributes {
        if attribute.len() != points {
            return None;
        }
        append(attribute, &mut bytes)?;
    }
    Some(bytes)
}

/// The values of an attribute, one for each point.
fn append(attribute: &Attribute, bytes: &mut Vec<u8>) -> Option<()> {
    let component = attribute.get_component_type();
    let (_, is_float_made) = kind(component);
    let size = component.size() * attribute.get_num_components();
    let values = attribute.get_data_as_bytes();
    let map = attribute.point_map_as_slice();
    for point in 0..attribute.len() {
        let at = match map {
            Some(map) => usize::from(*map.get(point)?),
            None => point,
        };
        let value = values.get(at * size..)?.get(..size)?;
        if is_float_made {
            // glTF has no signed 32-bit integers.
            for number in value.as_chunks::<4>().0 {
                bytes.extend_from_slice(&(i32::from_le_bytes(*number) as f32).to_le_bytes());
            }
        } else {
            bytes.extend_from_slice(value);
        }
    }
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    Some(())
}

/// glTF's component type, and whether the numbers become floats on the way. (The decoder itself refuses 64 bits.)
fn kind(component: ComponentDataType) -> (usize, bool) {
    match component {
        ComponentDataType::I8 => (5120, false),
        ComponentDataType::U8 => (5121, false),
        ComponentDataType::I16 => (5122, false),
        ComponentDataType::U16 => (5123, false),
        ComponentDataType::U32 => (5125, false),
        ComponentDataType::I32 => (5126, true),
        _ => (5126, false),
    }
}

/// The two counts that the head of the data promises: points and triangles. None where they stand behind metadata.
fn promises(bytes: &[u8]) -> Option<[u64; 2]> {
    let flags = u16::from_le_bytes(*bytes.get(9..)?.first_chunk()?);
    // After the head the Edgebreaker method says which kind of it comes.
    let mut rest = bytes.get(if bytes.get(8)? == &1 { 12.. } else { 11.. })?;
    if flags & 0x8000 != 0 {
        return None;
    }
    Some([leb128(&mut rest)?, leb128(&mut rest)?])
}

fn leb128(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..63).step_by(7) {
        let (&byte, behind) = rest.split_first()?;
        *rest = behind;
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}
