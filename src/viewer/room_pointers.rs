//! Where controllers, hands and gaze point in the room, as the next picture shows it: a beam, and a mark on what it meets.

use super::Viewer;
use crate::ar::Pointer;
use crate::math::{Affine3A, Pose, Vec3};
use crate::scene::frame::{Frame, Mark, Reticle};

/// A mark's radius for each metre that it is away from the eye, in metres: about as wide as a thumb is at arm's length.
const RADIUS: f32 = 0.014;
/// A mark is above what it lies on by this share of its distance: on it, the two would flicker.
const ABOVE: f32 = 0.002;

impl Viewer {
    /// Adds all of them to a frame of the room.
    pub fn add_pointers(&self, pointers: impl IntoIterator<Item = Pointer>, frame: &mut Frame) {
        // One beam for both eyes, turned to between them.
        let eyes = frame.views.iter().map(|view| Vec3::from(view.world_from_view.translation));
        let eye = eyes.sum::<Vec3>() / frame.views.len().max(1) as f32;
        for pointer in pointers {
            let Some(pointed) = self.room.pointed(pointer.ray) else { continue };
            if pointer.is_held {
                frame.cursors.push(Reticle::beam(pointer.ray.origin, pointed.end, eye, Vec3::ONE));
            }
            frame.cursors.extend(pointed.surface.map(|surface| mark(surface, eye)));
        }
    }
}

/// A ring that lies on a surface, as large for the eye wherever that is.
fn mark(surface: Pose, eye: Vec3) -> Reticle {
    let distance = surface.position.distance(eye);
    let mut world_from_reticle: Affine3A = surface.to_affine();
    world_from_reticle.translation += world_from_reticle.matrix3.y_axis * (ABOVE * distance);
    Reticle { world_from_reticle, radius: RADIUS * distance, color: Vec3::ONE, mark: Mark::Ring }
}
