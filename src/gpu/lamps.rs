//! Lamps for the shaders: the sun of the surroundings and those of the products, and which of them casts a shadow.

use crate::{
    gpu::{environment::Light, shadow_map::ShadowCamera, uniforms},
    math::{Mat3, Vec3},
    model::{LampKind, MOST_LAMPS},
    scene::frame::{Frame, Lamp},
};

/// One frame's lamps.
pub(super) struct Lamps {
    pub uniforms: [uniforms::Lamp; MOST_LAMPS],
    pub count: u32,
    /// Which of them has the shadow map, and its camera.
    pub shadow: Option<(u32, ShadowCamera)>,
}

impl Lamps {
    /// The sun, if there is one, and the strongest of the others.
    pub fn new(frame: &Frame, light: Option<&Light>) -> Self {
        let mut lamps = Self { uniforms: [uniforms::Lamp::default(); MOST_LAMPS], count: 0, shadow: None };
        // What shines, and its half width in radians.
        let sun = light.and_then(|light| light.sun).map(|sun| {
            let world_from_light = Mat3::from_rotation_y(frame.light.rotation_rad);
            let direction = -(world_from_light * sun.direction);
            let light = sun.light * frame.light.intensity;
            (Lamp { kind: LampKind::Far, position: Vec3::ZERO, direction, light, range: None }, sun.radius)
        });
        let all = sun.into_iter().chain(frame.lamps.iter().map(|&lamp| (lamp, 0.0))).take(MOST_LAMPS);
        for ((lamp, _), place) in all.clone().zip(&mut lamps.uniforms) {
            *place = uniform(&lamp);
            lamps.count += 1;
        }
        let middle = frame.bounds.center();
        let strength = |lamp: &Lamp| lamp.light_at(middle).element_sum();
        let strongest = (0..).zip(all).max_by(|(_, (a, _)), (_, (b, _))| {
            // Of equal ones the first.
            strength(a).total_cmp(&strength(b)).then(std::cmp::Ordering::Greater)
        });
        lamps.shadow = strongest.and_then(|(index, (lamp, radius))| {
            Some((index, ShadowCamera::of(&lamp, radius, frame.bounds).filter(|_| strength(&lamp) > 0.0)?))
        });
        lamps
    }
}

fn uniform(lamp: &Lamp) -> uniforms::Lamp {
    let (cone, cone_offset) = lamp.cone();
    let is_far = lamp.kind == LampKind::Far;
    uniforms::Lamp {
        place: if is_far { -lamp.direction } else { lamp.position }.to_array(),
        nearness: if is_far { 0.0 } else { 1.0 },
        cone: cone.to_array(),
        cone_offset,
        light: lamp.light.to_array(),
        end: lamp.range.filter(|_| !is_far).map_or(0.0, |range| 1.0 / (range * range)),
    }
}
