//! Writes an assembly as binary glTF 2.0: one JSON chunk, one chunk of numbers and pictures.

use crate::assembly::{Assembly, Encoding, Material, MaterialId, Node, Picture};
use crate::occlusion::{Baked, baked};
use crate::shape::surface::Sheet;
use glam::Vec2;
use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder, codecs::png};
use serde_json::{Map, Value, json};

const ARRAY_BUFFER: u32 = 34962;
const ELEMENT_ARRAY_BUFFER: u32 = 34963;
const FLOAT: u32 = 5126;
const UNSIGNED_SHORT: u32 = 5123;
const UNSIGNED_INT: u32 = 5125;
const LINEAR: u32 = 9729;
const LINEAR_MIPMAP_LINEAR: u32 = 9987;
const CLAMP_TO_EDGE: u32 = 33071;

/// Samplers in the file: tiles that repeat, pictures painted once, occlusion.
const SAMPLER_REPEAT: usize = 0;
const SAMPLER_ONCE: usize = 1;
const SAMPLER_OCCLUSION: usize = 2;

/// A sheet and where its vertices lie in the occlusion picture.
type PlacedSheet<'a> = (&'a Sheet, Vec<Vec2>);

#[derive(Default)]
struct Writer {
    binary: Vec<u8>,
    views: Vec<Value>,
    accessors: Vec<Value>,
}

/// The whole file.
pub fn bytes(assembly: &Assembly) -> Vec<u8> {
    let Baked { picture, uvs } = baked(assembly);
    let mut writer = Writer::default();
    let mut uvs = uvs.into_iter();
    let mut meshes = Vec::new();
    let children = assembly.nodes.len() + assembly.seats.len();
    let mut nodes = vec![json!({ "name": assembly.name, "children": (1..=children).collect::<Vec<_>>() })];
    for (index, node) in assembly.nodes.iter().enumerate() {
        nodes.push(json!({ "name": node.name, "mesh": index }));
        meshes.push(json!({ "name": node.name, "primitives": writer.primitives(assembly, node, &mut uvs) }));
    }
    nodes.extend(assembly.seats.iter().map(|(name, at)| json!({ "name": name, "translation": at.to_array() })));
    let pictures: Vec<&Picture> = assembly.pictures.iter().chain([&picture]).collect();
    let images: Vec<Value> = pictures.iter().map(|picture| writer.image(picture)).collect();
    let textures: Vec<Value> = pictures
        .iter()
        .enumerate()
        .map(|(source, picture)| json!({ "sampler": sampler(picture), "source": source }))
        .collect();
    let occlusion = pictures.len() - 1;
    let mut root = json!({
        "asset": { "version": "2.0", "generator": "vitrine-products", "copyright": "MIT OR Apache-2.0" },
        "scene": 0,
        "scenes": [{ "name": assembly.name, "nodes": [0] }],
        "nodes": nodes,
        "meshes": meshes,
        "materials": assembly.materials.iter().map(|own| material(own, occlusion)).collect::<Vec<_>>(),
        "textures": textures,
        "samplers": [
            { "magFilter": LINEAR, "minFilter": LINEAR_MIPMAP_LINEAR },
            { "magFilter": LINEAR, "minFilter": LINEAR_MIPMAP_LINEAR, "wrapS": CLAMP_TO_EDGE, "wrapT": CLAMP_TO_EDGE },
            { "magFilter": LINEAR, "minFilter": LINEAR, "wrapS": CLAMP_TO_EDGE, "wrapT": CLAMP_TO_EDGE },
        ],
        "images": images,
        "accessors": writer.accessors,
        "bufferViews": writer.views,
        "buffers": [{ "byteLength": writer.binary.len().next_multiple_of(4) }],
    });
    if !assembly.variants.is_empty() {
        let names: Vec<Value> = assembly.variants.iter().map(|variant| json!({ "name": variant.name })).collect();
        root["extensionsUsed"] = json!(["KHR_materials_variants"]);
        root["extensions"] = json!({ "KHR_materials_variants": { "variants": names } });
    }
    container(root.to_string().into_bytes(), writer.binary)
}

fn container(mut json: Vec<u8>, mut binary: Vec<u8>) -> Vec<u8> {
    json.resize(json.len().next_multiple_of(4), b' ');
    binary.resize(binary.len().next_multiple_of(4), 0);
    let mut file = Vec::new();
    let word = |file: &mut Vec<u8>, value: usize| file.extend((value as u32).to_le_bytes());
    file.extend(b"glTF");
    word(&mut file, 2);
    word(&mut file, 12 + 8 + json.len() + 8 + binary.len());
    word(&mut file, json.len());
    file.extend(b"JSON");
    file.extend(json);
    word(&mut file, binary.len());
    file.extend(b"BIN\0");
    file.extend(binary);
    file
}

fn sampler(picture: &Picture) -> usize {
    match (picture.encoding, picture.repeats) {
        (Encoding::GreyPng, _) => SAMPLER_OCCLUSION,
        (_, true) => SAMPLER_REPEAT,
        (_, false) => SAMPLER_ONCE,
    }
}

/// The second texture coordinates, or the first where no other picture needs them.
fn occlusion_set(own: &Material) -> usize {
    usize::from(own.color_picture.is_some())
}

fn material(own: &Material, occlusion: usize) -> Value {
    let mut surface = Map::new();
    surface.insert("baseColorFactor".into(), json!(own.color));
    surface.insert("metallicFactor".into(), json!(own.metallic));
    surface.insert("roughnessFactor".into(), json!(own.roughness));
    if let Some(index) = own.color_picture {
        surface.insert("baseColorTexture".into(), json!({ "index": index }));
    }
    if let Some(index) = own.metallic_roughness_picture {
        surface.insert("metallicRoughnessTexture".into(), json!({ "index": index }));
    }
    let mut value = json!({ "name": own.name, "pbrMetallicRoughness": surface });
    if let Some(index) = own.normal_picture {
        value["normalTexture"] = json!({ "index": index });
    }
    if own.blended {
        value["alphaMode"] = json!("BLEND");
    } else {
        value["occlusionTexture"] = json!({ "index": occlusion, "texCoord": occlusion_set(own) });
    }
    if own.emissive != [0.0; 3] {
        value["emissiveFactor"] = json!(own.emissive);
    }
    if let Some(index) = own.emissive_picture {
        value["emissiveTexture"] = json!({ "index": index });
    }
    value
}

impl Writer {
    /// One primitive for each material of the node.
    fn primitives(
        &mut self,
        assembly: &Assembly,
        node: &Node,
        uvs: &mut impl Iterator<Item = Vec<Vec2>>,
    ) -> Vec<Value> {
        let mut groups: Vec<(MaterialId, Vec<PlacedSheet>)> = Vec::new();
        for piece in &node.pieces {
            let group = match groups.iter().position(|(material, _)| *material == piece.material) {
                Some(found) => found,
                None => {
                    groups.push((piece.material, Vec::new()));
                    groups.len() - 1
                }
            };
            groups[group].1.extend(piece.sheets.iter().zip(&mut *uvs));
        }
        groups.iter().map(|(material, sheets)| self.primitive(assembly, *material, sheets)).collect()
    }

    fn primitive(&mut self, assembly: &Assembly, material: MaterialId, sheets: &[PlacedSheet]) -> Value {
        let own = &assembly.materials[material.0];
        let (mut positions, mut normals, mut tangents) = (Vec::new(), Vec::new(), Vec::new());
        let (mut uvs, mut occlusion_uvs, mut indices) = (Vec::new(), Vec::new(), Vec::new());
        for (sheet, sheet_uvs) in sheets {
            let first = positions.len() as u32;
            indices.extend(sheet.triangles.iter().flatten().map(|&corner| first + corner as u32));
            positions.extend(sheet.positions.iter().map(|point| point.to_array()));
            normals.extend(sheet.normals.iter().map(|normal| normal.to_array()));
            tangents.extend(sheet.tangents.iter().map(|tangent| tangent.to_array()));
            // glTF counts v from the top.
            uvs.extend(sheet.uvs_m.iter().map(|uv| uv / own.tile_m).map(|uv| [uv.x, 1.0 - uv.y]));
            occlusion_uvs
                .extend(sheet_uvs.iter().map(|uv| (uv * 65535.0).round().to_array().map(|value| value as u16)));
        }
        let mut attributes =
            json!({ "POSITION": self.floats("VEC3", &positions), "NORMAL": self.floats("VEC3", &normals) });
        if own.normal_picture.is_some() {
            attributes["TANGENT"] = json!(self.floats("VEC4", &tangents));
        }
        if own.color_picture.is_some() {
            attributes["TEXCOORD_0"] = json!(self.floats("VEC2", &uvs));
        }
        if !own.blended {
            attributes[format!("TEXCOORD_{}", occlusion_set(own))] = json!(self.shares(&occlusion_uvs));
        }
        let mut value = json!({ "attributes": attributes, "indices": self.indices(&indices, positions.len()), "material": material.0 });
        let mappings = mappings(assembly, material);
        if !mappings.is_empty() {
            value["extensions"] = json!({ "KHR_materials_variants": { "mappings": mappings } });
        }
        value
    }

    fn floats<const N: usize>(&mut self, kind: &str, values: &[[f32; N]]) -> usize {
        let bytes: Vec<u8> = values.iter().flatten().flat_map(|value| value.to_le_bytes()).collect();
        let view = self.view(&bytes, Some(ARRAY_BUFFER));
        let mut accessor = json!({ "bufferView": view, "componentType": FLOAT, "count": values.len(), "type": kind });
        if N == 3 {
            let extreme = |pick: fn(f32, f32) -> f32, start: f32| {
                values.iter().fold([start; N], |kept, value| std::array::from_fn(|axis| pick(kept[axis], value[axis])))
            };
            accessor["min"] = json!(extreme(f32::min, f32::MAX).to_vec());
            accessor["max"] = json!(extreme(f32::max, f32::MIN).to_vec());
        }
        self.accessors.push(accessor);
        self.accessors.len() - 1
    }

    /// Texture coordinates 0..1 in two bytes each.
    fn shares(&mut self, values: &[[u16; 2]]) -> usize {
        let bytes: Vec<u8> = values.iter().flatten().flat_map(|value| value.to_le_bytes()).collect();
        let view = self.view(&bytes, Some(ARRAY_BUFFER));
        self.accessors.push(json!({
            "bufferView": view, "componentType": UNSIGNED_SHORT, "normalized": true, "count": values.len(), "type": "VEC2",
        }));
        self.accessors.len() - 1
    }

    fn indices(&mut self, indices: &[u32], vertex_count: usize) -> usize {
        let short = vertex_count < 0xFFFF;
        let bytes: Vec<u8> = if short {
            indices.iter().flat_map(|&index| (index as u16).to_le_bytes()).collect()
        } else {
            indices.iter().flat_map(|index| index.to_le_bytes()).collect()
        };
        let view = self.view(&bytes, Some(ELEMENT_ARRAY_BUFFER));
        let kind = if short { UNSIGNED_SHORT } else { UNSIGNED_INT };
        self.accessors
            .push(json!({ "bufferView": view, "componentType": kind, "count": indices.len(), "type": "SCALAR" }));
        self.accessors.len() - 1
    }

    fn image(&mut self, picture: &Picture) -> Value {
        let (bytes, media_type) = encoded(picture);
        json!({ "name": picture.name, "mimeType": media_type, "bufferView": self.view(&bytes, None) })
    }

    fn view(&mut self, bytes: &[u8], target: Option<u32>) -> usize {
        self.binary.resize(self.binary.len().next_multiple_of(4), 0);
        let mut view = json!({ "buffer": 0, "byteOffset": self.binary.len(), "byteLength": bytes.len() });
        if let Some(target) = target {
            view["target"] = json!(target);
        }
        self.binary.extend(bytes);
        self.views.push(view);
        self.views.len() - 1
    }
}

fn mappings(assembly: &Assembly, material: MaterialId) -> Vec<Value> {
    let variants = assembly.variants.iter().enumerate();
    variants
        .filter_map(|(index, variant)| {
            let swap = variant.swaps.iter().find(|(from, _)| *from == material)?;
            Some(json!({ "material": swap.1.0, "variants": [index] }))
        })
        .collect()
}

/// The encoded picture and its media type. The encoders only fail when memory runs out or the sizes are wrong: our bugs.
fn encoded(picture: &Picture) -> (Vec<u8>, &'static str) {
    let (width, height) = (picture.size_px.0 as u32, picture.size_px.1 as u32);
    let mut bytes = Vec::new();
    let (written, media_type) = match picture.encoding {
        Encoding::Jpeg(quality) => {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
            (encoder.write_image(&picture.bytes, width, height, ExtendedColorType::Rgb8), "image/jpeg")
        }
        Encoding::GreyPng | Encoding::AlphaPng => {
            let grey = picture.encoding == Encoding::GreyPng;
            let channels = if grey { ExtendedColorType::L8 } else { ExtendedColorType::Rgba8 };
            let encoder =
                png::PngEncoder::new_with_quality(&mut bytes, png::CompressionType::Best, png::FilterType::Adaptive);
            (encoder.write_image(&picture.bytes, width, height, channels), "image/png")
        }
    };
    written.unwrap_or_else(|error| panic!("{} does not encode: {error}", picture.name));
    (bytes, media_type)
}
