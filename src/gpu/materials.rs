//! Materials on the card: their numbers, their pictures as far as those have come, and which pipelines draw them.

use crate::{
    gpu::{
        bindings::bind,
        mip::{Pictures, Uploaded},
        models::Card,
        pipelines::{Kind, SurfaceKey},
        uniforms,
    },
    model::{AlphaMode, MOST_TEXTURES, Material, Role, Texture, TextureSlot, Topology},
};

/// One material on the card.
pub(super) struct GpuMaterial {
    pub group: wgpu::BindGroup,
    pub kind: Kind,
    pub uniform: wgpu::Buffer,
    /// As it was given, to be bound again when a picture comes.
    pub said: Material,
    lobes: u32,
}

/// Pictures of a model by image: as colour, as data.
pub(super) type Held = Vec<[Option<Uploaded>; 2]>;

/// The unit of a texture that is absent or on its way.
const NOWHERE: u32 = 255;

impl GpuMaterial {
    pub fn new(
        card: &Card<'_>,
        pictures: &mut Pictures,
        textures: &[Texture],
        material: &Material,
        held: &Held,
    ) -> Self {
        let uniform = card.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("material"),
            size: size_of::<uniforms::Material>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let group = bound(card, pictures, textures, material, held, &uniform);
        Self { group, kind: kind_of(material), uniform, said: material.clone(), lobes: lobes_of(material) }
    }

    /// Becomes another material.
    pub fn set(
        &mut self,
        card: &Card<'_>,
        pictures: &mut Pictures,
        textures: &[Texture],
        material: &Material,
        held: &Held,
    ) {
        let moved = self.said.slots != material.slots || self.said.is_glossy != material.is_glossy;
        self.said = material.clone();
        self.kind = kind_of(material);
        self.lobes = lobes_of(material);
        if moved {
            self.bind(card, pictures, textures, held);
        } else {
            let units = units_held(material, textures, held);
            card.queue.write_buffer(&self.uniform, 0, bytemuck::bytes_of(&uniform_of(material, units)));
        }
    }

    /// Takes what pictures there are by now.
    pub fn bind(&mut self, card: &Card<'_>, pictures: &mut Pictures, textures: &[Texture], held: &Held) {
        self.group = bound(card, pictures, textures, &self.said, held, &self.uniform);
    }

    /// Which images it reads, and whether as colour (0) or as data (1).
    pub fn reads<'a>(&'a self, textures: &'a [Texture]) -> impl Iterator<Item = (usize, usize)> + 'a {
        let units = self.said.units(textures);
        let roles = Role::ALL.into_iter().filter(move |role| units[*role as usize].is_some());
        roles.filter_map(|role| picture_of(&self.said, textures, role))
    }

    /// The pipelines it is drawn with, one after the other: the inside of blended things comes before their outside.
    pub fn keys(&self, topology: Topology, mirrored: bool) -> [Option<SurfaceKey>; 2] {
        let key =
            |cull| Some(SurfaceKey { topology, cull, mirrored, kind: self.kind, lobes: self.lobes, in_room: false });
        let is_layered = matches!(self.kind, Kind::Blended | Kind::Transmissive);
        match (topology, self.said.double_sided) {
            (Topology::Triangles, true) if is_layered => [key(Some(wgpu::Face::Front)), key(Some(wgpu::Face::Back))],
            (Topology::Triangles, false) => [key(Some(wgpu::Face::Back)), None],
            _ => [key(None), None],
        }
    }
}

fn kind_of(material: &Material) -> Kind {
    match material.alpha_mode {
        _ if material.is_transmissive() => Kind::Transmissive,
        AlphaMode::Opaque => Kind::Opaque,
        AlphaMode::Mask { .. } => Kind::Masked,
        AlphaMode::Blend => Kind::Blended,
    }
}

/// The bits of `point.wgsl`.
fn lobes_of(material: &Material) -> u32 {
    if material.unlit {
        return 0;
    }
    [
        material.specular.is_some(),
        material.clearcoat.is_some_and(|coat| coat.strength > 0.0),
        material.sheen.is_some_and(|sheen| sheen.color.max_element() > 0.0),
        material.is_transmissive(),
        material.iridescence.is_some_and(|film| film.strength > 0.0),
        material.anisotropy.is_some_and(|brushed| brushed.strength > 0.0),
        material.diffuse_transmission.is_some_and(|through| through.strength > 0.0),
    ]
    .into_iter()
    .enumerate()
    .fold(0, |bits, (bit, has)| bits | u32::from(has) << bit)
}

/// Image and meaning of a role's texture.
fn picture_of(material: &Material, textures: &[Texture], role: Role) -> Option<(usize, usize)> {
    let slot = material.texture(role)?;
    Some((textures.get(slot.texture)?.image, usize::from(!material.reads_color(role))))
}

/// The units of the roles whose pictures are there.
fn units_held(material: &Material, textures: &[Texture], held: &Held) -> [Option<usize>; Role::COUNT] {
    let mut units = material.units(textures);
    for (role, unit) in Role::ALL.into_iter().zip(&mut units) {
        let picture = picture_of(material, textures, role);
        let is_held =
            picture.is_some_and(|(image, meaning)| held.get(image).is_some_and(|both| both[meaning].is_some()));
        *unit = unit.filter(|_| is_held);
    }
    units
}

/// Writes the uniform and makes the bind group.
fn bound(
    card: &Card<'_>,
    pictures: &mut Pictures,
    textures: &[Texture],
    material: &Material,
    held: &Held,
    uniform: &wgpu::Buffer,
) -> wgpu::BindGroup {
    let units = units_held(material, textures, held);
    card.queue.write_buffer(uniform, 0, bytemuck::bytes_of(&uniform_of(material, units)));
    let role_of = |unit| Role::ALL.into_iter().find(|role| units[*role as usize] == Some(unit));
    let samplers: [wgpu::Sampler; MOST_TEXTURES] = std::array::from_fn(|unit| {
        let texture = role_of(unit).and_then(|role| textures.get(material.texture(role)?.texture));
        texture.map_or(pictures.linear.clone(), |texture| pictures.sampler(card.device, texture.sampler))
    });
    let mut resources = vec![uniform.as_entire_binding()];
    for (unit, sampler) in samplers.iter().enumerate() {
        let picture = role_of(unit).and_then(|role| picture_of(material, textures, role));
        let uploaded = picture.and_then(|(image, meaning)| held.get(image)?[meaning].as_ref());
        let view = uploaded.map_or(&pictures.white, |uploaded| &uploaded.view);
        resources.push(wgpu::BindingResource::TextureView(view));
        resources.push(wgpu::BindingResource::Sampler(sampler));
    }
    bind(card.device, &card.layouts.material, &resources)
}

fn uniform_of(material: &Material, units: [Option<usize>; Role::COUNT]) -> uniforms::Material {
    let specular = material.specular.unwrap_or_default();
    let coat = material.clearcoat.unwrap_or_default();
    let sheen = material.sheen.unwrap_or_default();
    let volume = material.volume.unwrap_or_default();
    let film = material.iridescence.unwrap_or_default();
    let brushed = material.anisotropy.unwrap_or_default();
    let diffuse = material.diffuse_transmission.unwrap_or_default();
    let absorption = volume.attenuation_color.to_array().map(|part| -part.max(1e-6).ln() / volume.attenuation_distance);
    let is_late = |role: Role| material.texture(role).is_some() && units[role as usize].is_none();
    uniforms::Material {
        base_color: material.base_color.to_array(),
        emissive: material.emissive.to_array(),
        // Until its texture is there a surface is matt: full metal would be dark where the product is not.
        metallic: if is_late(Role::MetallicRoughness) { 0.0 } else { material.metallic },
        roughness: material.roughness,
        normal_scale: material.normal_scale,
        occlusion_strength: material.occlusion_strength,
        cutoff: if let AlphaMode::Mask { cutoff } = material.alpha_mode { cutoff.max(0.0) } else { -1.0 },
        unlit: u32::from(material.unlit),
        blend: u32::from(material.alpha_mode == AlphaMode::Blend),
        glossy: u32::from(material.is_glossy),
        ior: material.ior,
        specular_color: specular.color.to_array(),
        specular: specular.strength,
        clearcoat: coat.strength,
        clearcoat_roughness: coat.roughness,
        clearcoat_normal_scale: coat.normal_scale,
        transmission: material.transmission.unwrap_or_default().strength,
        sheen_color: sheen.color.to_array(),
        sheen_roughness: sheen.roughness,
        absorption,
        thickness: volume.thickness,
        iridescence: film.strength,
        film_ior: film.ior,
        film_thinnest: film.thickness_min,
        film_thickest: film.thickness_max,
        anisotropy: brushed.strength,
        dispersion: material.dispersion,
        anisotropy_direction: [brushed.rotation_rad.cos(), brushed.rotation_rad.sin()],
        diffuse_transmission_color: diffuse.color.to_array(),
        diffuse_transmission: diffuse.strength,
        slots: std::array::from_fn(|role| slot_uniform(material.slots[role], units[role])),
    }
}

fn slot_uniform(slot: Option<TextureSlot>, unit: Option<usize>) -> uniforms::Slot {
    let from_uv = slot.map_or(crate::model::UvTransform::IDENTITY, |slot| slot.texture_from_uv);
    uniforms::Slot {
        x: from_uv.x.to_array(),
        y: from_uv.y.to_array(),
        translation: from_uv.translation.to_array(),
        uv_set: slot.map_or(0, |slot| slot.uv_set as u32),
        unit: unit.map_or(NOWHERE, |unit| unit as u32),
    }
}
