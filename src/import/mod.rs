//! Bytes to [`Model`]: the only place that knows glTF. Never fetches, never panics.
//!
//! # The path of a file
//! `container` (.glb or .gltf to JSON and bytes) -> `extensions` (can we draw it?) -> `texture`, `material` ->
//! `buffer` -> `image` -> `mesh` (by `stream`, `accessor`, `topology`, `skin`, `morph`, `normals`) -> `node` ->
//! `animation`. Light comes from [`radiance`].
//!
//! # Extensions
//! `extensions.rs` holds the table; this is what it says, first for an extension that is only used, then for one that
//! is required.
//!
//! | group | only used | required |
//! |---|---|---|
//! | drawn | as it says | as it says |
//! | refinements | drawn without, with a warning | the same |
//! | metadata | silent | silent |
//! | essentials | drawn without, with a warning | refused |
//! | any other | drawn without, with a warning | refused |
//!
//! - Drawn: KHR_materials_* for variants, unlit, emissive strength, index of refraction, specular, clear coat, sheen,
//!   transmission, volume, dispersion, iridescence, anisotropy, diffuse transmission and specular-glossiness;
//!   KHR_texture_transform, KHR_mesh_quantization, EXT_texture_webp, EXT_texture_avif, KHR_texture_basisu,
//!   KHR_node_visibility, EXT_mesh_gpu_instancing, KHR_animation_pointer, KHR_lights_punctual; KHR_draco_mesh_compression,
//!   EXT_meshopt_compression and KHR_meshopt_compression, whose data [`packed`] lists for a decoder.
//! - Refinements: KHR_materials_diffuse_roughness and KHR_materials_volume_scatter; EXT_materials_bump;
//!   EXT_lights_image_based, EXT_lights_ies. The surface below them is
//!   complete, and a slightly plainer product is worth more to a shop than none, so they are never refused.
//! - Metadata: KHR_xmp, KHR_xmp_json_ld, and MSFT_lod, which says how to draw less.
//! - Essentials, because too little would be left: MSFT_texture_dds,
//!   KHR_gaussian_splatting.

#![deny(clippy::indexing_slicing)] // hostile bytes reach every line of this folder

mod accessor;
mod animation;
mod buffer;
mod component;
mod container;
mod data_uri;
mod ext_mesh_gpu_instancing;
mod ext_meshopt_compression;
mod ext_texture_avif;
mod ext_texture_webp;
mod extensions;
mod images;
mod json;
mod khr_animation_pointer;
mod khr_draco_mesh_compression;
mod khr_lights_punctual;
mod khr_materials_anisotropy;
mod khr_materials_clearcoat;
mod khr_materials_diffuse_transmission;
mod khr_materials_dispersion;
mod khr_materials_emissive_strength;
mod khr_materials_ior;
mod khr_materials_iridescence;
mod khr_materials_pbr_specular_glossiness;
mod khr_materials_sheen;
mod khr_materials_specular;
mod khr_materials_transmission;
mod khr_materials_unlit;
mod khr_materials_variants;
mod khr_materials_volume;
mod khr_mesh_quantization;
mod khr_node_visibility;
mod khr_texture_basisu;
mod khr_texture_transform;
mod ledger;
mod material;
mod mesh;
mod morph;
mod names;
mod node;
mod normals;
mod picture_size;
pub mod radiance;
mod skin;
mod stream;
pub mod tangents;
mod texture;
mod topology;
mod uv_sets;

pub use extensions::{ExtensionUse, Fate};

pub use picture_size::picture_size;

use crate::model::{Material, Model, Texture};
use crate::shelf::Shelf;
use crate::unpack::Job;
use container::Container;
use json::{Complaint, Object};
use ledger::Ledger;
use serde_json::{Map, Value};

/// The other files a product names, in file order, as written (percent-decoding and resolving are the caller's).
/// Each name once; pictures that nothing drawn uses are left out.
///
/// # Errors
/// The same as [`read`] for all that shows without the other files: container, JSON, version, required extensions,
/// materials.
pub fn needs(file: &[u8]) -> Result<Vec<String>, Error> {
    let Needs { buffers: mut names, pictures } = needs_by_kind(file)?;
    names.extend(pictures.into_iter().map(|(_, name)| name));
    let mut seen = Map::new();
    names.retain(|name| seen.insert(name.clone(), Value::Null).is_none());
    Ok(names)
}

/// The other files a product names, by what they are for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// [`read`] cannot do without them.
    pub buffers: Vec<String>,
    /// With the image each is. An empty file stands for one that comes later, by [`fill_picture`].
    pub pictures: Vec<(usize, String)>,
}

/// The same as [`needs`], apart.
///
/// # Errors
/// Those of [`needs`].
pub fn needs_by_kind(file: &[u8]) -> Result<Needs, Error> {
    let container = container::open(file)?;
    let complaint = Complaint::default();
    let root = Object::root(&container.json, &complaint)?;
    let mut ledger = Ledger::default();
    extensions::check(&root, &mut ledger)?;
    let surfaces = Surfaces::read(&root, &mut ledger);
    let pictures = images::external_names(&root, &surfaces.drawn_images);
    let needs = Needs { buffers: buffer::external_names(&root), pictures };
    complaint.settle(Ok(needs))
}

/// Gives a model the bytes of a picture that came after the rest.
pub fn fill_picture(model: &mut Model, image: usize, bytes: Vec<u8>) {
    if let Some(image) = model.images.get_mut(image) {
        image.media_type = images::sniff(&bytes).unwrap_or_default().to_owned();
        image.bytes = bytes;
    }
}

/// Data that a decoder must unpack before the file can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The buffer view it is in; its key among [`Unpacked`].
    pub view: usize,
    /// Where the file says so, for messages.
    pub place: String,
    /// For [`crate::unpack`].
    pub job: Job,
}

impl Packed {
    /// The error when the decoder fails; `reason` is a sentence without its full stop.
    pub fn failed(&self, reason: &str) -> Error {
        let Self { place, job, .. } = self;
        let decoder = job.decoder.name();
        let message = format!("{place}: {reason}. Export the model again, or without {decoder} compression.");
        Error::new("unpack-failed", message)
    }
}

/// The other files of a product by name.
pub type Files = Shelf<String, Vec<u8>>;

/// What decoders made of [`Packed`] data, by buffer view.
pub type Unpacked = Shelf<usize, Vec<u8>>;

/// What must be unpacked before [`read_unpacked`]; nothing for most files. `others` as there.
///
/// # Errors
/// Those of [`read`] that show before meshes are read.
pub fn packed(file: &[u8], others: &Files) -> Result<Vec<Packed>, Error> {
    let container = container::open(file)?;
    let complaint = Complaint::default();
    let jobs = jobs(&Object::root(&container.json, &complaint)?, container.binary, others);
    complaint.settle(jobs)
}

fn jobs(root: &Object, binary: Option<&[u8]>, others: &Files) -> Result<Vec<Packed>, Error> {
    let mut ledger = Ledger::default();
    extensions::check(root, &mut ledger)?;
    let unpacked = Unpacked::default();
    let buffers = buffer::Buffers::load(root, binary, (others, &unpacked), &mut ledger)?;
    let mut jobs = Vec::new();
    ext_meshopt_compression::jobs(&buffers, &mut jobs, &mut ledger)?;
    khr_draco_mesh_compression::jobs(root, &buffers, &mut jobs)?;
    Ok(jobs)
}

/// Reads a file without packed data, as [`read_unpacked`] does.
///
/// # Errors
/// Those of [`read_unpacked`].
pub fn read(file: &[u8], others: &Files) -> Result<Import, Error> {
    read_unpacked(file, others, &Unpacked::default())
}

/// Reads a .glb or .gltf. `others` holds the files of [`needs`] by the same names; a missing picture is a warning,
/// a missing buffer an error. `unpacked` holds what became of everything that [`packed`] lists.
///
/// # Errors
/// Says what is wrong, where in the file, and what the shop can do about it.
pub fn read_unpacked(file: &[u8], others: &Files, unpacked: &Unpacked) -> Result<Import, Error> {
    let container = container::open(file)?;
    let complaint = Complaint::default();
    let import = read_product(&container, &complaint, others, unpacked);
    complaint.settle(import)
}

fn read_product(
    container: &Container,
    complaint: &Complaint,
    others: &Files,
    unpacked: &Unpacked,
) -> Result<Import, Error> {
    let root = Object::root(&container.json, complaint)?;
    let mut ledger = Ledger::default();
    extensions::check(&root, &mut ledger)?;
    let surfaces = Surfaces::read(&root, &mut ledger);
    let variants = khr_materials_variants::names(&root, &mut ledger);
    let buffers = buffer::Buffers::load(&root, container.binary, (others, unpacked), &mut ledger)?;
    let images = images::read(&root, (&surfaces.textures, &surfaces.drawn_images), &buffers, others, &mut ledger)?;
    let stand_ins = khr_draco_mesh_compression::stand_ins(&root, unpacked)?;
    let source = mesh::Source {
        accessors: accessor::Accessors::new(&root, buffers, stand_ins),
        materials: &surfaces.materials,
        uv_sets: &surfaces.uv_sets,
        variants: variants.len(),
        quantized: khr_mesh_quantization::is_declared(&root),
    };
    let meshes = mesh::read(&root, &source, &mut ledger)?;
    let accessors = source.accessors;
    let mut model = Model {
        meshes,
        lamps: khr_lights_punctual::read(&root, &mut ledger),
        skins: skin::read(&root, &accessors, root.count("nodes"), &mut ledger)?,
        textures: surfaces.textures,
        images,
        variants,
        placement: placement(&container.json),
        ..Model::default()
    };
    node::read(&root, &mut model, &accessors, &mut ledger)?;
    skin::check(&model.nodes, &model.meshes, &model.skins)?;
    model.materials = surfaces.materials;
    animation::read((&root, &container.json), &mut model, &accessors, &mut ledger)?;
    note_empty_scene(&model, &mut ledger);
    let mut lamps = 0;
    model.walk(&mut |_, node, _| lamps += usize::from(node.lamp.is_some()));
    khr_lights_punctual::note_many(lamps, &mut ledger);
    Ok(Import { model, warnings: ledger.into_warnings() })
}

/// The file's own word for where the product belongs in a room; extras are free in form, so anything else is none.
fn placement(json: &Value) -> Option<String> {
    let word = json.get("extras")?.get("vitrine")?.get("placement")?;
    word.as_str().map(str::to_owned)
}

/// The extensions that a file names, and what becomes of each: for tools that explain a file.
///
/// # Errors
/// The same as [`read`] for the container, the JSON and the version.
pub fn extensions(file: &[u8]) -> Result<Vec<ExtensionUse>, Error> {
    let container = container::open(file)?;
    let complaint = Complaint::default();
    let uses = extensions::uses(&Object::root(&container.json, &complaint)?);
    complaint.settle(Ok(uses))
}

/// A product and what was left out of it.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// What is drawn.
    pub model: Model,
    /// What is not drawn as the file says, one sentence each, for the shop's developer.
    pub warnings: Vec<String>,
}

/// Why a file gives no product, or no light. Small, because every line of this folder may pass one on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<(&'static str, String)>);

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.message())
    }
}

impl std::error::Error for Error {}

impl Error {
    #[cold]
    fn new(code: &'static str, message: String) -> Self {
        Self(Box::new((code, message)))
    }

    /// Stable, for programs: `not-gltf`, `truncated`, `unsupported-extension`, `missing-file`, `invalid-gltf`,
    /// `too-large`, `packed`, `unpack-failed`; of [`radiance`] also `not-radiance` and `invalid-radiance`.
    pub fn code(&self) -> &'static str {
        self.0.0
    }

    /// For people: what is wrong, where, and what to do.
    pub fn message(&self) -> &str {
        &self.0.1
    }

    /// A rule of glTF is broken at `place`, or by the file as a whole where that is empty. `what` is a sentence without its full
    /// stop.
    fn invalid(place: &str, what: impl std::fmt::Display) -> Self {
        let place = if place.is_empty() { "the file" } else { place };
        let message =
            format!("{place}: {what}. Export the model again, or see what the Khronos glTF Validator says about it.");
        Self::new("invalid-gltf", message)
    }

    /// Bytes are missing at the end of something.
    fn truncated(place: &str, what: impl std::fmt::Display) -> Self {
        let message = format!("{place}: {what}. The file was cut off on its way: upload it again, whole.");
        Self::new("truncated", message)
    }
}

/// Materials and what they name, all known before any other file has come.
struct Surfaces {
    materials: Vec<Material>,
    /// What each material reads.
    uv_sets: Vec<uv_sets::UvSets>,
    textures: Vec<Texture>,
    /// Whether some texture slot in use reads the image of this index; those beyond are not drawn.
    drawn_images: Vec<bool>,
}

impl Surfaces {
    fn read(root: &Object, ledger: &mut Ledger) -> Self {
        let textures = texture::read(root, ledger);
        let (materials, uv_sets) = material::read(root, &textures, ledger);
        // A texture without a picture has one behind the last.
        let mut drawn_images = vec![false; root.count("images") + 1];
        for slot in materials.iter().flat_map(Material::texture_slots) {
            let image = textures.get(slot.texture).and_then(|texture| drawn_images.get_mut(texture.image));
            image.into_iter().for_each(|is_drawn| *is_drawn = true);
        }
        Self { materials, uv_sets, textures, drawn_images }
    }
}

/// Warns of a scene that shows nothing.
fn note_empty_scene(model: &Model, ledger: &mut Ledger) {
    let mut shows_something = false;
    model.walk(&mut |_, node, _| {
        let mesh = node.mesh.and_then(|mesh| model.meshes.get(mesh));
        shows_something |= mesh.is_some_and(|mesh| !mesh.primitives.is_empty());
    });
    if !shows_something {
        ledger.warn("The shown scene contains nothing to draw: check which scene the exporter wrote as the default.");
    }
}
