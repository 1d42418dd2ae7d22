//! The light of the shopper's room on the products, and where their shadows fall by it.

use super::Viewer;
use crate::math::{Vec2, Vec3};
use crate::model::LampKind;
use crate::scene::frame::{Frame, Lamp, Shadow};

/// A shadow falls away by at most so much of a part's height: light from lower down would draw it out over the room.
const LONGEST_LEAN: f32 = 1.0;
/// A shadow is drawn anew when its lean changes by this much.
const LEAN_STEP: f32 = 1.0 / 32.0;

impl Viewer {
    /// Puts the frame into the room's light, where the device tells it and nobody has switched it off.
    pub(super) fn light_by_room(&self, frame: &mut Frame) {
        let Some(light) = self.room.light() else { return };
        frame.harmonics = Some(light.harmonics);
        frame.reflections.extend_from_slice(self.room.reflections());
        // The surroundings are only mirrored, as they stand.
        frame.light.rotation_rad = 0.0;
        frame.lamps.insert(
            0,
            Lamp {
                kind: LampKind::Far,
                position: Vec3::ZERO,
                direction: -light.direction,
                light: light.intensity,
                range: None,
            },
        );
        for shadow in &mut frame.shadows {
            lean(shadow, light.direction);
        }
    }
}

/// Lets a shadow fall away from the light, on a rectangle that holds all of it.
fn lean(shadow: &mut Shadow, toward_light: Vec3) {
    let light = shadow.world_from_shadow.inverse().transform_vector3(toward_light);
    let away = -Vec2::new(light.x, light.z) / light.y.max(0.1);
    let away = away.clamp_length_max(LONGEST_LEAN);
    shadow.lean = (away / LEAN_STEP).round() * LEAN_STEP;
    // The highest part that counts falls this far; the rectangle's middle goes half of it.
    let farthest = shadow.lean * shadow.reach;
    let middle = Vec3::new(farthest.x, 0.0, farthest.y) * 0.5;
    shadow.world_from_shadow.translation = shadow.world_from_shadow.transform_point3(middle).into();
    shadow.half_size += farthest.abs() * 0.5;
}

#[cfg(test)]
mod tests {
    use super::lean;
    use crate::math::{Affine3A, Vec2, Vec3};
    use crate::scene::frame::Shadow;

    fn shadow() -> Shadow {
        Shadow {
            item: 0,
            world_from_shadow: Affine3A::IDENTITY,
            half_size: Vec2::splat(0.5),
            reach: 0.4,
            lean: Vec2::ZERO,
            intensity: 1.0,
            softness: 1.0,
            version: 0,
        }
    }

    #[test]
    fn a_shadow_falls_away_from_the_light_and_stays_on_its_rectangle() {
        let mut leaning = shadow();
        lean(&mut leaning, Vec3::new(1.0, 2.0, 0.0).normalize());
        assert_eq!(leaning.lean, Vec2::new(-0.5, 0.0), "half a metre to -X for each metre of height");
        let left = leaning.world_from_shadow.translation.x - leaning.half_size.x;
        assert!((left - (-0.5 - 0.2)).abs() < 1e-5, "{left}");
        let right = leaning.world_from_shadow.translation.x + leaning.half_size.x;
        assert!((right - 0.5).abs() < 1e-5, "{right}");
    }

    #[test]
    fn light_from_above_changes_nothing_and_low_light_draws_no_shadow_out_over_the_room() {
        let mut above = shadow();
        lean(&mut above, Vec3::Y);
        assert_eq!(above, shadow());
        let mut low = shadow();
        lean(&mut low, Vec3::new(0.0, 0.01, 1.0).normalize());
        assert_eq!(low.lean, Vec2::new(0.0, -1.0));
    }
}
