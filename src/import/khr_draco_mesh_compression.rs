//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_draco_mesh_compression>: the streams and
//! indices of a primitive, packed together. Their accessors stay, without data; what the decoder gives stands in for it.

use super::accessor::StandIn;
use super::buffer::Buffers;
use super::component::Component;
use super::json::Object;
use super::{Error, Packed, Unpacked};
use crate::unpack::{Decoder, Job};

pub(super) const NAME: &str = "KHR_draco_mesh_compression";

/// What is to be unpacked before the file can be read: a view once, although several primitives may share it.
pub(super) fn jobs(root: &Object, buffers: &Buffers, jobs: &mut Vec<Packed>) -> Result<(), Error> {
    for_each(root, |_, extension, view| {
        if jobs.iter().all(|job| job.view != view) {
            let bytes = buffers.view(view, &extension.place)?.bytes.to_vec();
            let job = Job { decoder: Decoder::Draco, parameters: Vec::new(), bytes };
            jobs.push(Packed { view, place: extension.place.clone(), job });
        }
        Ok(())
    })
}

/// What stands in for the data of accessors.
pub(super) fn stand_ins<'a>(root: &Object, unpacked: &'a Unpacked) -> Result<Vec<StandIn<'a>>, Error> {
    let mut stand_ins = Vec::new();
    for_each(root, |primitive, extension, view| {
        let bytes = unpacked.get(view).ok_or_else(|| not_unpacked(&extension.place))?;
        let mesh = Mesh::open(bytes).ok_or_else(|| extension.invalid("the decoder's answer is cut off"))?;
        let mut stand_in = |accessor, component, width, count, bytes| {
            let primitive = primitive.place.clone();
            stand_ins.push(StandIn { accessor, primitive, component, width, count, bytes });
        };
        stand_in(None, Component::U32, 1, mesh.corners.len() / 4, mesh.corners);
        let (Some(ids), Some(accessors)) = (extension.object("attributes"), primitive.object("attributes")) else {
            return Err(extension.invalid("`attributes` is missing"));
        };
        for name in ids.keys() {
            let (Some(accessor), id) = (accessors.index(name), ids.required_index(name)) else { continue };
            let Some(&(_, component, width, bytes)) = mesh.attributes.iter().find(|attribute| attribute.0 == id) else {
                return Err(ids.invalid(format!("`{name}` is attribute {id}, which the Draco data does not have")));
            };
            stand_in(Some(accessor), component, width, mesh.points, bytes);
        }
        Ok(())
    })?;
    Ok(stand_ins)
}

/// When the extension is only optional, plain data may stand beside it, and plain data needs no decoder.
fn is_needed(primitive: &Object, root_accessors: &[Object]) -> bool {
    let position = primitive.object("attributes").and_then(|attributes| attributes.index("POSITION"));
    let accessor = position.and_then(|index| root_accessors.get(index));
    accessor.is_some_and(|object| object.field("bufferView").is_none() && object.field("sparse").is_none())
}

/// The error for data that nobody unpacked.
pub(super) fn not_unpacked(place: &str) -> Error {
    let message = format!("{place}: its data is packed, and whoever reads the file did not unpack it first.");
    Error::new("packed", message)
}

fn for_each<'a>(
    root: &Object<'a>,
    mut visit: impl FnMut(&Object<'a>, &Object<'a>, usize) -> Result<(), Error>,
) -> Result<(), Error> {
    let accessors = root.objects("accessors");
    for mesh in root.objects("meshes") {
        for primitive in mesh.objects("primitives") {
            let Some(extension) = primitive.extension(NAME) else { continue };
            if is_needed(&primitive, &accessors) {
                visit(&primitive, &extension, extension.required_index("bufferView"))?;
            }
        }
    }
    Ok(())
}

/// A decoder's answer, as [`Decoder::Draco`] describes it.
struct Mesh<'a> {
    points: usize,
    /// A word each.
    corners: &'a [u8],
    /// Unique id, format, width, values.
    attributes: Vec<(usize, Component, usize, &'a [u8])>,
}

impl<'a> Mesh<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let word = |index: usize| Some(u32::from_le_bytes(*bytes.get(index * 4..)?.first_chunk()?) as usize);
        let (points, corners, count) = (word(0)?, word(1)?, word(2)?);
        let mut rest = bytes.get((3 + count * 3) * 4..)?;
        let mut take = |size: usize| {
            let (taken, behind) = rest.split_at_checked(size)?;
            rest = behind;
            Some(taken)
        };
        let corners = take(corners * 4)?;
        let mut attributes = Vec::new();
        for index in 0..count {
            let [id, component, width] = [word(3 + index * 3)?, word(4 + index * 3)?, word(5 + index * 3)?];
            let component = Component::from_code(component)?;
            let size = points * width * component.size();
            let values = take(size.next_multiple_of(4))?.get(..size)?;
            attributes.push((id, component, width, values));
        }
        Some(Self { points, corners, attributes })
    }
}
