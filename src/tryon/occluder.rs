//! What hides the products: the head, neck, ears, arm and fingers as shapes that are drawn into the depth only.

use super::face::POINTS;
use super::hand::Hand;
use super::head::Head;
use super::learn::Learned;
use super::wear::Finger;
use super::{Side, place, shapes};
use crate::math::{Affine3A, Pose, Vec3};

/// Which part of the body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OccluderKind {
    /// Face and skull.
    Head,
    /// An ear.
    Ear(Side),
    /// Neck and shoulders.
    Neck,
    /// The lower arm with the wrist.
    Arm,
    /// The palm and the back of the hand.
    Palm,
    /// A finger: 0 thumb .. 4 little finger.
    Finger(u8),
}

/// A part of the body, placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occluder<'a> {
    /// Which part.
    pub kind: OccluderKind,
    /// Its shape; the same until [`super::Effect::OccluderShapes`].
    pub mesh: &'a OccluderMesh,
    /// Where it is, and how large.
    pub camera_from_mesh: Affine3A,
    /// How wide its outline fades, in metres at its place.
    pub soft_edge_m: f32,
}

/// A closed surface; its outside is where triangles turn counter-clockwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OccluderMesh {
    /// In metres.
    pub positions: Vec<Vec3>,
    /// Three to a triangle.
    pub indices: Vec<u32>,
}

/// The shapes that are uploaded.
#[derive(Clone, Debug)]
pub(super) struct Shapes {
    head: OccluderMesh,
    ear: OccluderMesh,
    neck: OccluderMesh,
    arm: OccluderMesh,
    palm: OccluderMesh,
    finger: OccluderMesh,
    /// The points that the head was made from, and when.
    made_from: Vec<Vec3>,
    made_ms: f64,
}

/// A head is made anew when one of its points moved so far, in metres, and not more often than this, in milliseconds.
const MOVED_M: f32 = 0.0012;
const PAUSE_MS: f64 = 700.0;

impl Shapes {
    pub fn new() -> Self {
        Self {
            head: OccluderMesh::default(),
            ear: shapes::ear(),
            neck: shapes::neck(),
            arm: shapes::arm(Hand::wrist_size().to_array()),
            palm: shapes::palm(),
            finger: shapes::finger(),
            made_from: Vec::new(),
            made_ms: f64::MIN,
        }
    }

    /// Makes the head anew when more is known of it; true when it did.
    pub fn follow(&mut self, learned: &Learned, now_ms: f64) -> bool {
        let is_early = now_ms >= self.made_ms && now_ms - self.made_ms < PAUSE_MS;
        let points = (0..POINTS.len()).map(|index| learned.point(index));
        let moved = points.clone().zip(&self.made_from).any(|(now, then)| now.distance(*then) > MOVED_M);
        if is_early || !(moved || self.made_from.is_empty()) {
            return false;
        }
        self.made_from = points.collect();
        (self.head, self.made_ms) = (shapes::head(learned), now_ms);
        true
    }

    /// The head with ears and neck.
    pub fn of_head(&self, head: &Head, camera_from_head: Pose) -> [Occluder<'_>; 4] {
        let scale = Vec3::splat(head.ruler.scale());
        let placed = camera_from_head.to_affine();
        let sized = placed * Affine3A::from_scale(scale);
        let ear = |side: Side| {
            let root = head.ear() * Vec3::new(side.sign(), 1.0, 1.0);
            placed * Affine3A::from_translation(root) * Affine3A::from_scale(scale * Vec3::new(side.sign(), 1.0, 1.0))
        };
        let neck = place::neck(head, camera_from_head, Vec3::ZERO).to_affine() * Affine3A::from_scale(scale);
        let part = |kind, mesh, camera_from_mesh, soft_edge_m| Occluder { kind, mesh, camera_from_mesh, soft_edge_m };
        [
            part(OccluderKind::Head, &self.head, sized, 0.004),
            part(OccluderKind::Ear(Side::Left), &self.ear, ear(Side::Left), 0.006),
            part(OccluderKind::Ear(Side::Right), &self.ear, ear(Side::Right), 0.006),
            part(OccluderKind::Neck, &self.neck, neck, 0.008),
        ]
    }

    /// The arm, the palm and the fingers that are seen.
    pub fn of_hand(&self, hand: &Hand, now_ms: f64) -> Vec<Occluder<'_>> {
        let mut parts = Vec::new();
        if let Some(pose) = hand.at(now_ms) {
            let placed = pose.to_affine();
            let mirrored = placed * Affine3A::from_scale(Vec3::new(hand.side().sign(), 1.0, 1.0));
            let part = |kind, mesh, camera_from_mesh| Occluder { kind, mesh, camera_from_mesh, soft_edge_m: 0.003 };
            parts.push(part(OccluderKind::Arm, &self.arm, placed));
            parts.push(part(OccluderKind::Palm, &self.palm, mirrored));
        }
        for (index, finger) in Finger::ALL.into_iter().enumerate() {
            let Some(pose) = hand.finger_at(finger, now_ms) else { continue };
            let width = Hand::finger_width(finger) * 0.97;
            let size = Affine3A::from_scale(Vec3::new(width, Hand::first_bone(finger) * 1.1, width * 0.95));
            let camera_from_mesh = pose.to_affine() * size;
            parts.push(Occluder {
                kind: OccluderKind::Finger(index as u8),
                mesh: &self.finger,
                camera_from_mesh,
                soft_edge_m: 0.002,
            });
        }
        parts
    }
}
