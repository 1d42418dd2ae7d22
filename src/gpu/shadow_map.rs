//! The shadow map pass: how far the strongest lamp sees, drawn anew only when something moved.

use crate::{
    gpu::{models::shadow_map_key, pipelines::Kind, plan::Planned, shadow::Scene, target},
    math::{Aabb, Affine3A, Mat4, Vec3, tangent},
    model::LampKind,
    scene::frame::{Draw, Frame, Lamp, MorphWeight},
};

/// Texels on a side: a product that fills a large screen still has two pixels a texel.
const SIZE: u32 = 2048;
/// Texels that edges are softened over at least, to each side.
const LEAST_BLUR: f32 = 1.5;

/// A lamp as a camera that looks at the products.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ShadowCamera {
    pub clip_from_world: Mat4,
    /// What a texel covers of the products, in metres.
    pub texel: f32,
    /// How far edges are softened to each side, in texture coordinates.
    pub blur: f32,
}

impl ShadowCamera {
    /// A camera that has all of the box in its picture; `None` for a lamp inside of it, and for an empty box. `radius` is
    /// the lamp's half width as seen from there, in radians.
    pub fn of(lamp: &Lamp, radius: f32, bounds: Aabb) -> Option<Self> {
        // Poses may reach a little beyond the box, which is measured at rest.
        let (center, reach) = (bounds.center(), bounds.size().length() * 0.55);
        if bounds.is_empty() || !(reach > 0.0 && reach.is_finite()) {
            return None;
        }
        let toward = if lamp.kind == LampKind::Far { -lamp.direction } else { lamp.position - center };
        let distance = toward.length();
        let to_lamp = toward.try_normalize()?;
        let up = if to_lamp.y.abs() > 0.9 { Vec3::X } else { Vec3::Y };
        let camera = |eye| glam::camera::rh::view::look_at_mat4(eye, center, up);
        let (clip_from_world, width) = if lamp.kind == LampKind::Far {
            let view_from_world = camera(center + to_lamp * reach);
            let seen = bounds.transformed(Affine3A::from_mat4(view_from_world));
            let half = Vec3::splat(seen.size().truncate().max_element() * 0.55);
            let middle = seen.center();
            let clip_from_view = glam::camera::rh::proj::directx::orthographic(
                middle.x - half.x,
                middle.x + half.x,
                middle.y - half.y,
                middle.y + half.y,
                0.0,
                2.0 * reach,
            );
            (clip_from_view * view_from_world, 2.0 * half.x)
        } else {
            if distance < reach * 1.05 {
                return None;
            }
            let sine = reach / distance;
            let sine_over_cosine = sine / (1.0 - sine * sine).sqrt();
            let angle = 2.0 * sine_over_cosine.atan();
            let clip_from_view =
                glam::camera::rh::proj::directx::perspective(angle, 1.0, distance - reach, distance + reach);
            (clip_from_view * camera(lamp.position), 2.0 * distance * sine_over_cosine)
        };
        let texel = width / SIZE as f32;
        // Parts hide one another at about a quarter of the products' size.
        let penumbra = tangent(radius) * reach * 0.5;
        let blur = (penumbra / texel).max(LEAST_BLUR) / SIZE as f32;
        Some(Self { clip_from_world, texel, blur })
    }
}

/// The map, once there was a lamp.
#[derive(Default)]
pub(super) struct ShadowMap {
    view: Option<wgpu::TextureView>,
    drawn: Option<Drawn>,
}

/// What the map shows.
#[derive(Default)]
struct Drawn {
    camera: ShadowCamera,
    draws: Vec<Draw>,
    joints: Vec<Affine3A>,
    morph_weights: Vec<MorphWeight>,
}

impl Drawn {
    fn is_of(&self, frame: &Frame, camera: ShadowCamera) -> bool {
        self.camera == camera
            && self.draws == frame.opaque
            && self.joints == frame.joints
            && self.morph_weights == frame.morph_weights
    }

    /// In the memory that is there: a lamp that moves with the room's light has it drawn anew in each picture.
    fn becomes(&mut self, frame: &Frame, camera: ShadowCamera) {
        self.camera = camera;
        self.draws.clone_from(&frame.opaque);
        self.joints.clone_from(&frame.joints);
        self.morph_weights.clone_from(&frame.morph_weights);
    }
}

impl ShadowMap {
    /// A map of one texel that hides nothing, bound where there is none, and the sampler of both.
    pub fn nothing(device: &wgpu::Device) -> (wgpu::TextureView, wgpu::Sampler) {
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            compare: Some(wgpu::CompareFunction::LessEqual),
            ..Default::default()
        });
        (texture(device, 1), sampler)
    }

    pub fn view(&self) -> Option<&wgpu::TextureView> {
        self.view.as_ref()
    }

    /// Something that draws do not tell has changed.
    pub fn forget(&mut self) {
        self.drawn = None;
    }

    /// True when the map must be drawn for this camera; it exists from then on.
    pub fn plan(&mut self, device: &wgpu::Device, frame: &Frame, camera: ShadowCamera) -> bool {
        if self.drawn.as_ref().is_some_and(|drawn| drawn.is_of(frame, camera)) {
            return false;
        }
        self.drawn.get_or_insert_default().becomes(frame, camera);
        self.view.get_or_insert_with(|| texture(device, SIZE));
        true
    }

    /// Draws what is solid and what is cut out. Glass and everything blended lets the light through.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        view: (&wgpu::BindGroup, u32),
        draws: &[Planned],
    ) {
        let Some(map) = &self.view else { return };
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("shadow map"),
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: map,
                depth_ops: Some(wgpu::Operations { load: wgpu::LoadOp::Clear(1.0), store: wgpu::StoreOp::Store }),
                stencil_ops: None,
            }),
            ..Default::default()
        });
        let (group, offset) = view;
        pass.set_bind_group(0, group, &[offset]);
        for draw in draws.iter().filter(|draw| matches!(draw.kind, Kind::Opaque | Kind::Masked)) {
            scene.draw_with(&mut pass, draw, shadow_map_key(draw.stretch.topology));
        }
    }

    pub fn bytes(&self) -> u64 {
        if self.view.is_some() { u64::from(SIZE) * u64::from(SIZE) * 4 } else { 0 }
    }
}

fn texture(device: &wgpu::Device, size: u32) -> wgpu::TextureView {
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("shadow map"),
        size: wgpu::Extent3d { width: size, height: size, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: target::DEPTH,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    });
    texture.create_view(&Default::default())
}
