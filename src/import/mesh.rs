//! Meshes and their primitives (glTF 2.0, section 3.7).

use super::accessor::Accessors;
use super::json::Object;
use super::ledger::Ledger;
use super::stream::Stream;
use super::uv_sets::{self, UvSets};
use super::{Error, khr_materials_variants, morph, normals, skin, topology};
use crate::math::Vec3;
use crate::model::{Material, Mesh, Primitive, Topology};

/// What primitives are read from and may name.
pub(super) struct Source<'a, 'm> {
    pub accessors: Accessors<'a>,
    /// In file order.
    pub materials: &'m [Material],
    /// Which coordinate sets each material reads.
    pub uv_sets: &'m [UvSets],
    /// How many there are.
    pub variants: usize,
    /// The file announces KHR_mesh_quantization.
    pub quantized: bool,
}

/// All meshes of a file. A primitive that draws nothing is left out with a warning, so a mesh may be empty.
pub(super) fn read(root: &Object, source: &Source, ledger: &mut Ledger) -> Result<Vec<Mesh>, Error> {
    let mut meshes = Vec::new();
    for object in root.objects("meshes") {
        let mut primitives = Vec::new();
        for primitive in object.objects("primitives") {
            primitives.extend(read_primitive(&primitive, source, ledger)?);
        }
        let weights = morph::weights(&object, &primitives, ledger);
        meshes.push(Mesh { name: object.name(), primitives, weights });
    }
    Ok(meshes)
}

fn read_primitive(object: &Object, source: &Source, ledger: &mut Ledger) -> Result<Option<Primitive>, Error> {
    let attributes = object.object("attributes").ok_or_else(|| object.invalid("`attributes` is missing"))?;
    let Some(positions) = Stream::Position.open(&attributes, source, ledger)? else {
        ledger.warn(format!("{}: it has no POSITION, so it is left out.", object.place));
        return Ok(None);
    };
    let place = positions.place.clone();
    let positions: Vec<Vec3> = positions.floats(0.0, ledger)?;
    if let Some(vertex) = positions.iter().position(|point| !point.is_finite()) {
        return Err(Error::invalid(&place, format!("vertex {vertex} is not at a finite place")));
    }
    let Some((topology, indices)) = read_corners(object, positions.len(), source, ledger)? else { return Ok(None) };
    let vertices = (&attributes, positions.len());
    let material = object.index_below("material", source.materials.len(), "materials");
    let variant_materials = khr_materials_variants::mappings(object, source.materials.len(), source.variants);
    let looks = material.into_iter().chain(variant_materials.iter().map(|entry| entry.material));
    let uv_sets = uv_sets::joined(looks.filter_map(|index| source.uv_sets.get(index)), &object.place, ledger);
    let [first_uv, second_uv] = uv_sets.map(Stream::TexCoord);
    let mut primitive = Primitive {
        topology,
        indices,
        normals: Stream::Normal.read(vertices, source, ledger)?,
        tangents: Stream::Tangent.read(vertices, source, ledger)?,
        uvs: [first_uv.read(vertices, source, ledger)?, second_uv.read(vertices, source, ledger)?],
        colors: Stream::Color.read(vertices, source, ledger)?,
        joint_sets: skin::joint_sets(&attributes, positions.len(), source, ledger)?,
        targets: morph::targets(object, positions.len(), source, ledger)?,
        positions,
        material,
        variant_materials,
    };
    note_missing_uvs(&primitive, (object, uv_sets), source, ledger);
    settle_normals(&mut primitive, object, ledger)?;
    Ok(Some(primitive))
}

/// The corners of the shapes, unrolled and checked; `None`, with a warning, when they complete no shape.
fn read_corners(
    object: &Object,
    vertices: usize,
    source: &Source,
    ledger: &mut Ledger,
) -> Result<Option<(Topology, Vec<u32>)>, Error> {
    let place = format!("{} indices", object.place);
    let packed = source.accessors.packed_corners(&object.place);
    let mode = if packed.is_some() { 4 } else { object.index("mode").unwrap_or(4) };
    let accessor = match (packed, object.index("indices")) {
        (None, Some(index)) => Some(source.accessors.open(index, &place)?),
        (packed, _) => packed,
    };
    let corners = match accessor {
        Some(accessor) => {
            let corners = accessor.indices(ledger)?;
            if let Some(&wrong) = corners.iter().find(|&&corner| corner as usize >= vertices) {
                let what = format!("it names vertex {wrong}, but there are {vertices}");
                return Err(Error::invalid(&accessor.place, what));
            }
            corners
        }
        None => {
            ledger.charge(vertices, size_of::<u32>(), &place)?;
            (0_u32..).take(vertices).collect()
        }
    };
    if !matches!(mode, 0 | 1 | 4) {
        ledger.charge(corners.len(), 3 * size_of::<u32>(), &place)?;
    }
    let written = corners.len();
    let (topology, corners) = topology::unroll(mode, corners)
        .ok_or_else(|| object.invalid(format!("its mode {mode} does not exist; modes go from 0 to 6")))?;
    if corners.is_empty() {
        ledger.warn(format!("{}: its {written} corners form nothing, so it is left out.", object.place));
        return Ok(None);
    }
    if matches!(mode, 1 | 4) && corners.len() < written {
        ledger.warn(format!("{}: its last {} corners complete nothing.", object.place, written - corners.len()));
    }
    Ok(Some((topology, corners)))
}

/// A textured part without coordinates shows one colour of its picture: an author's slip that is hard to find.
fn note_missing_uvs(primitive: &Primitive, place: (&Object, [usize; 2]), source: &Source, ledger: &mut Ledger) {
    let (object, uv_sets) = place;
    let others = primitive.variant_materials.iter().map(|entry| entry.material);
    for index in primitive.material.into_iter().chain(others) {
        let slots = source.materials.get(index).into_iter().flat_map(Material::texture_slots);
        for set in slots.map(|slot| slot.uv_set) {
            if primitive.uvs.get(set).is_none_or(Vec::is_empty) {
                let (place, set) = (&object.place, uv_sets.get(set).map_or("", |set| uv_sets::name(*set)));
                ledger.warn(format!("{place}: its material {index} has textures on {set}, which it lacks."));
            }
        }
    }
}

/// Triangles always end with unit normals; points and lines only when the file has them.
fn settle_normals(primitive: &mut Primitive, object: &Object, ledger: &mut Ledger) -> Result<(), Error> {
    if !primitive.normals.is_empty() {
        normals::mend(primitive);
        normals::mend_tangents(primitive);
        return Ok(());
    }
    primitive.tangents.clear();
    if primitive.topology == Topology::Triangles {
        normals::split_flat(primitive, &object.place, ledger)
    } else {
        Ok(())
    }
}
