//! Models on the card: geometry, materials, and the pictures that arrive after them.

use crate::{
    gpu::{
        Error, Picture,
        bindings::{Layouts, bind},
        geometry::Geometry,
        mip::{Meaning, Pictures, Uploaded},
        pipelines::{Kind, SurfaceKey, SurfacePipelines},
        uniforms,
    },
    model::{self, AlphaMode, Model, TextureSlot, Topology},
};
use wgpu::util::DeviceExt as _;

/// One model on the card. Dropping it frees everything.
pub(super) struct GpuModel {
    pub geometry: Geometry,
    /// The model's materials and, last, glTF's default material.
    materials: Vec<GpuMaterial>,
    /// By image: as colour, as data.
    pictures: Vec<[Option<Uploaded>; 2]>,
}

/// One material on the card.
pub(super) struct GpuMaterial {
    pub group: wgpu::BindGroup,
    pub kind: Kind,
    pub double_sided: bool,
    uniform: wgpu::Buffer,
    slots: [Option<Source>; 5],
}

/// Where a slot's texels come from.
struct Source {
    image: usize,
    sampler: wgpu::Sampler,
}

/// How the five slots mean their numbers, in the order of `surface.wgsl`.
const MEANINGS: [Meaning; 5] = [Meaning::Color, Meaning::Data, Meaning::Data, Meaning::Data, Meaning::Color];
const NORMAL_SLOT: usize = 2;

impl GpuModel {
    pub fn new(
        device: &wgpu::Device,
        layouts: &Layouts,
        pictures: &mut Pictures,
        pipelines: &mut SurfacePipelines,
        model: &Model,
    ) -> Result<Self, Error> {
        let geometry = Geometry::new(device, &model.meshes)?;
        let default = model::Material::default();
        let empty: Vec<[Option<Uploaded>; 2]> = model.images.iter().map(|_| [None, None]).collect();
        let materials: Vec<_> = model
            .materials
            .iter()
            .chain([&default])
            .map(|material| GpuMaterial::new(device, layouts, pictures, model, material, &empty))
            .collect();
        let gpu_model = Self { geometry, materials, pictures: empty };
        gpu_model.make_pipelines(device, layouts, pipelines, model);
        Ok(gpu_model)
    }

    /// The material of this index, or glTF's default material.
    pub fn material(&self, index: Option<usize>) -> Option<&GpuMaterial> {
        index.and_then(|index| self.materials.get(index)).or(self.materials.last())
    }

    /// Takes a decoded picture and binds it wherever the model uses it.
    pub fn upload_picture(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layouts: &Layouts,
        pictures: &mut Pictures,
        image: usize,
        picture: &Picture<'_>,
    ) -> Result<(), Error> {
        let Some(held) = self.pictures.get_mut(image) else { return Ok(()) };
        for (place, meaning) in held.iter_mut().zip([Meaning::Color, Meaning::Data]) {
            if self.materials.iter().any(|material| material.reads(image, meaning)) {
                *place = Some(pictures.upload(device, queue, layouts, picture, meaning)?);
            }
        }
        for material in &mut self.materials {
            if MEANINGS.iter().any(|&meaning| material.reads(image, meaning)) {
                material.bind(device, layouts, pictures, &self.pictures);
            }
        }
        Ok(())
    }

    pub fn bytes(&self) -> u64 {
        let pictures: u64 = self.pictures.iter().flatten().flatten().map(|picture| picture.bytes).sum();
        let uniforms: u64 = self.materials.iter().map(|material| material.uniform.size()).sum();
        self.geometry.bytes() + pictures + uniforms
    }

    /// Makes now what drawing this model will need, so that no frame waits for a compiler.
    fn make_pipelines(
        &self,
        device: &wgpu::Device,
        layouts: &Layouts,
        pipelines: &mut SurfacePipelines,
        model: &Model,
    ) {
        model.walk(|_, node, model_from_node| {
            let mirrored = model_from_node.matrix3.determinant() < 0.0;
            let Some(mesh) = node.mesh.and_then(|mesh| model.meshes.get(mesh)) else { return };
            for primitive in &mesh.primitives {
                let variants = primitive.variant_materials.iter().map(|entry| Some(entry.material));
                for index in variants.chain([primitive.material]) {
                    let Some(material) = self.material(index) else { continue };
                    for key in material.keys(primitive.topology, mirrored).into_iter().flatten() {
                        pipelines.make(device, layouts, key);
                    }
                    pipelines.make(device, layouts, shadow_key(primitive.topology));
                }
            }
        });
    }
}

/// The shadow needs no sides.
pub(super) fn shadow_key(topology: Topology) -> SurfaceKey {
    SurfaceKey { topology, cull: None, mirrored: false, kind: Kind::Shadow }
}

impl GpuMaterial {
    fn new(
        device: &wgpu::Device,
        layouts: &Layouts,
        pictures: &mut Pictures,
        model: &Model,
        material: &model::Material,
        held: &[[Option<Uploaded>; 2]],
    ) -> Self {
        let slots = slots_of(material).map(|slot| {
            let texture = model.textures.get(slot?.texture)?;
            Some(Source { image: texture.image, sampler: pictures.sampler(device, texture.sampler) })
        });
        let uniform = device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
            label: Some("material"),
            contents: bytemuck::bytes_of(&uniform_of(material)),
            usage: wgpu::BufferUsages::UNIFORM,
        });
        Self {
            group: group(device, layouts, pictures, &uniform, &slots, held),
            kind: match material.alpha_mode {
                AlphaMode::Opaque => Kind::Opaque,
                AlphaMode::Mask { .. } => Kind::Masked,
                AlphaMode::Blend => Kind::Blended,
            },
            double_sided: material.double_sided,
            uniform,
            slots,
        }
    }

    /// The pipelines it is drawn with, one after the other: the inside of blended things comes before their outside.
    pub fn keys(&self, topology: Topology, mirrored: bool) -> [Option<SurfaceKey>; 2] {
        let key = |cull| Some(SurfaceKey { topology, cull, mirrored, kind: self.kind });
        match (topology, self.double_sided, self.kind) {
            (Topology::Triangles, true, Kind::Blended) => [key(Some(wgpu::Face::Front)), key(Some(wgpu::Face::Back))],
            (Topology::Triangles, false, _) => [key(Some(wgpu::Face::Back)), None],
            _ => [key(None), None],
        }
    }

    fn reads(&self, image: usize, meaning: Meaning) -> bool {
        self.slots
            .iter()
            .flatten()
            .zip(self.meanings())
            .any(|(slot, of_slot)| slot.image == image && of_slot == meaning)
    }

    /// The meanings of the filled slots, in their order.
    fn meanings(&self) -> impl Iterator<Item = Meaning> {
        self.slots.iter().zip(MEANINGS).filter_map(|(slot, meaning)| slot.as_ref().map(|_| meaning))
    }

    fn bind(&mut self, device: &wgpu::Device, layouts: &Layouts, pictures: &Pictures, held: &[[Option<Uploaded>; 2]]) {
        self.group = group(device, layouts, pictures, &self.uniform, &self.slots, held);
    }
}

fn group(
    device: &wgpu::Device,
    layouts: &Layouts,
    pictures: &Pictures,
    uniform: &wgpu::Buffer,
    slots: &[Option<Source>; 5],
    held: &[[Option<Uploaded>; 2]],
) -> wgpu::BindGroup {
    let mut resources = vec![uniform.as_entire_binding()];
    for (index, (slot, meaning)) in slots.iter().zip(MEANINGS).enumerate() {
        let stand_in = if index == NORMAL_SLOT { &pictures.flat } else { &pictures.white };
        let uploaded = slot.as_ref().and_then(|slot| held.get(slot.image));
        let [color, data] = uploaded.map_or([None, None], |[color, data]| [color.as_ref(), data.as_ref()]);
        let view = if meaning == Meaning::Color { color } else { data }.map_or(stand_in, |uploaded| &uploaded.view);
        let sampler = slot.as_ref().map_or(&pictures.linear, |slot| &slot.sampler);
        resources.push(wgpu::BindingResource::TextureView(view));
        resources.push(wgpu::BindingResource::Sampler(sampler));
    }
    bind(device, &layouts.material, &resources)
}

/// In the order of `surface.wgsl`.
fn slots_of(material: &model::Material) -> [Option<TextureSlot>; 5] {
    [
        material.base_color_texture,
        material.metallic_roughness_texture,
        material.normal_texture,
        material.occlusion_texture,
        material.emissive_texture,
    ]
}

fn uniform_of(material: &model::Material) -> uniforms::Material {
    let [base_color_slot, metallic_roughness_slot, normal_slot, occlusion_slot, emissive_slot] =
        slots_of(material).map(slot_uniform);
    uniforms::Material {
        base_color: material.base_color.to_array(),
        emissive: material.emissive.to_array(),
        metallic: material.metallic,
        roughness: material.roughness,
        normal_scale: material.normal_scale,
        occlusion_strength: material.occlusion_strength,
        cutoff: if let AlphaMode::Mask { cutoff } = material.alpha_mode { cutoff.max(0.0) } else { -1.0 },
        unlit: u32::from(material.unlit),
        blend: u32::from(material.alpha_mode == AlphaMode::Blend),
        padding: [0; 2],
        base_color_slot,
        metallic_roughness_slot,
        normal_slot,
        occlusion_slot,
        emissive_slot,
    }
}

fn slot_uniform(slot: Option<TextureSlot>) -> uniforms::Slot {
    let Some(slot) = slot else { return uniforms::Slot::default() };
    uniforms::Slot {
        x: slot.texture_from_uv.x.to_array(),
        y: slot.texture_from_uv.y.to_array(),
        translation: slot.texture_from_uv.translation.to_array(),
        uv_set: slot.uv_set as u32,
        present: 1,
    }
}
