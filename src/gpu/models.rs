//! Models on the card: geometry, materials, and the pictures that arrive after them.

use crate::{
    gpu::{
        Error, Picture,
        bindings::Layouts,
        geometry::Geometry,
        materials::{GpuMaterial, Held},
        mip::{Meaning, Pictures, Uploaded},
        pipelines::{Kind, SurfaceKey, SurfacePipelines},
    },
    model::{Material, Model, Texture, Topology},
};

/// One model on the card. Dropping it frees everything.
pub(super) struct GpuModel {
    pub geometry: Geometry,
    /// The model's materials and, last, glTF's default material.
    materials: Vec<GpuMaterial>,
    textures: Vec<Texture>,
    pictures: Held,
}

/// The card and the layouts everything on it shares.
#[derive(Clone, Copy)]
pub(super) struct Card<'a> {
    pub device: &'a wgpu::Device,
    pub queue: &'a wgpu::Queue,
    pub layouts: &'a Layouts,
}

impl GpuModel {
    pub fn new(
        card: &Card<'_>,
        pictures: &mut Pictures,
        pipelines: &mut SurfacePipelines,
        model: &Model,
    ) -> Result<Self, Error> {
        let geometry = Geometry::new(card.device, &model.meshes)?;
        let default = Material::default();
        let empty: Held = model.images.iter().map(|_| [None, None]).collect();
        let materials = model.materials.iter().chain([&default]);
        let materials =
            materials.map(|material| GpuMaterial::new(card, pictures, &model.textures, material, &empty)).collect();
        let gpu_model = Self { geometry, materials, textures: model.textures.clone(), pictures: empty };
        gpu_model.make_pipelines(card, pipelines, model);
        Ok(gpu_model)
    }

    /// The material of this index, or glTF's default material.
    pub fn material(&self, index: Option<usize>) -> Option<&GpuMaterial> {
        index.and_then(|index| self.materials.get(index)).or(self.materials.last())
    }

    /// Takes a decoded picture and binds it wherever the model uses it.
    pub fn upload_picture(
        &mut self,
        card: &Card<'_>,
        pictures: &mut Pictures,
        image: usize,
        picture: &Picture<'_>,
    ) -> Result<(), Error> {
        let mut uploaded = [None, None];
        for (place, meaning) in uploaded.iter_mut().zip(self.meanings(image)) {
            if let Some(meaning) = meaning {
                *place = Some(pictures.upload(card.device, card.queue, card.layouts, picture, meaning)?);
            }
        }
        self.hold(card, pictures, image, uploaded);
        Ok(())
    }

    /// As what the materials read a picture.
    pub fn meanings(&self, image: usize) -> [Option<Meaning>; 2] {
        let is_read = |meaning: usize| {
            let reads = |material: &GpuMaterial| material.reads(&self.textures).any(|read| read == (image, meaning));
            self.materials.iter().any(reads)
        };
        [is_read(0).then_some(Meaning::Color), is_read(1).then_some(Meaning::Data)]
    }

    /// Takes a picture that is on the card, by its meanings, and binds it wherever the model uses it.
    pub fn hold(&mut self, card: &Card<'_>, pictures: &mut Pictures, image: usize, uploaded: [Option<Uploaded>; 2]) {
        let Some(held) = self.pictures.get_mut(image) else { return };
        for (place, uploaded) in held.iter_mut().zip(uploaded) {
            if uploaded.is_some() {
                *place = uploaded;
            }
        }
        for material in &mut self.materials {
            if material.reads(&self.textures).any(|(read, _)| read == image) {
                material.bind(card, pictures, &self.textures, &self.pictures);
            }
        }
    }

    /// Makes one material another one. The answer names the images it reads that are not on the card as it reads them.
    pub fn set_material(
        &mut self,
        card: &Card<'_>,
        pictures: &mut Pictures,
        index: usize,
        material: &Material,
    ) -> Vec<usize> {
        // The last one is glTF's default material, which is nobody's.
        let count = self.materials.len() - 1;
        let Some(held) = self.materials.get_mut(index).filter(|_| index < count) else { return Vec::new() };
        held.set(card, pictures, &self.textures, material, &self.pictures);
        let is_missing =
            |&(image, meaning): &(usize, usize)| self.pictures.get(image).is_some_and(|both| both[meaning].is_none());
        let mut missing: Vec<usize> = held.reads(&self.textures).filter(is_missing).map(|(image, _)| image).collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// Adds a texture, and places for images up to its own.
    pub fn add_texture(&mut self, texture: Texture) -> usize {
        while self.pictures.len() <= texture.image {
            self.pictures.push([None, None]);
        }
        self.textures.push(texture);
        self.textures.len() - 1
    }

    pub fn bytes(&self) -> u64 {
        let pictures: u64 = self.pictures.iter().flatten().flatten().map(|picture| picture.bytes).sum();
        let uniforms: u64 = self.materials.iter().map(|material| material.uniform.size()).sum();
        self.geometry.bytes() + pictures + uniforms
    }

    /// Makes now what drawing this model will need, so that no frame waits for a compiler.
    fn make_pipelines(&self, card: &Card<'_>, pipelines: &mut SurfacePipelines, model: &Model) {
        model.walk(&mut |_, node, model_from_node| {
            let mirrored = model_from_node.matrix3.determinant() < 0.0;
            let Some(mesh) = node.mesh.and_then(|mesh| model.meshes.get(mesh)) else { return };
            for primitive in &mesh.primitives {
                let variants = primitive.variant_materials.iter().map(|entry| Some(entry.material));
                for index in variants.chain([primitive.material]) {
                    let Some(material) = self.material(index) else { continue };
                    for key in material.keys(primitive.topology, mirrored).into_iter().flatten() {
                        pipelines.make(card.device, card.layouts, key);
                    }
                    pipelines.make(card.device, card.layouts, shadow_key(primitive.topology));
                }
            }
        });
    }
}

/// Nor does what a lamp sees.
pub(super) fn shadow_map_key(topology: Topology) -> SurfaceKey {
    SurfaceKey { kind: Kind::ShadowMap, ..shadow_key(topology) }
}

/// The shadow needs no sides and no lobes.
pub(super) fn shadow_key(topology: Topology) -> SurfaceKey {
    SurfaceKey { topology, cull: None, mirrored: false, kind: Kind::Shadow, lobes: 0, in_room: false }
}

/// Nor does what stands in the light's way: both sides of it do.
pub(super) fn occluder_key(topology: Topology) -> SurfaceKey {
    SurfaceKey { kind: Kind::Occluder, ..shadow_key(topology) }
}
