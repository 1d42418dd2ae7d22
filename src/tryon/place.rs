//! Where a product sits on a head or hand: its seat laid onto the body, kind by kind.

use super::hand::Hand;
use super::head::Head;
use super::landmarks::Side;
use super::swing::Earrings;
use super::wear::{Kind, Worn};
use crate::math::{Mat3, Pose, Quat, Vec3};

/// A product where it is worn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The page's number for it; earrings come twice.
    pub product: u32,
    /// camera_from_product.
    pub pose: Pose,
    /// Multiplies the product's size: 1 is true size; rings come in the size that fits.
    pub scale: f32,
    /// 0 gone .. 1 there.
    pub opacity: f32,
}

/// The bridge of a frame rests so far over the pupils, in metres: then lenses of usual shape have theirs before the eyes.
const BRIDGE_OVER_PUPILS_M: f32 = 0.0035;
/// The skin and a hair's breadth between nose and frame, in metres.
const NOSE_GAP_M: f32 = 0.0025;
/// Temples of glasses turn so far down or up at most, in radians.
const TILT: f32 = 0.2;
/// The middle of the skull where a hat's opening sits, on the mean face, in metres.
const HAT: Vec3 = Vec3::new(0.0, 0.050, -0.084);
/// The hole in the left lobe, on the mean face, in metres.
const LOBE: Vec3 = Vec3::new(0.071, -0.038, -0.076);
/// Where the head turns on the neck, and from there to the neck's middle over the shoulders, in metres.
pub(super) const NECK_JOINT: Vec3 = Vec3::new(0.0, -0.085, -0.090);
pub(super) const NECK_BASE: Vec3 = Vec3::new(0.0, -0.085, 0.012);
/// How far shoulders follow a turned head, as a share.
const FOLLOW: f32 = 0.3;
/// The hollow between a ring's width and its opening, as a share of the width.
const RING_OPENING: f32 = 0.88;
/// Rings are shown in other sizes within these bounds.
const RING_SCALES: (f32, f32) = (0.7, 1.4);

/// Where a head wears a product; earrings as they hang.
pub(super) fn on_head(worn: &Worn, head: &Head, camera_from_head: Pose, hanging: &Earrings) -> Vec<Placed> {
    let opacity = head.presence.opacity();
    let placed =
        |pose: Pose, opacity: f32| Placed { product: worn.product, pose: seated(worn, pose, 1.0), scale: 1.0, opacity };
    let at = |position: Vec3, orientation: Quat| then(camera_from_head, Pose { position, orientation });
    match worn.kind {
        Kind::Glasses => vec![placed(then(camera_from_head, glasses(worn, head)), opacity)],
        Kind::Hat => vec![placed(at(head.place(HAT), Quat::IDENTITY), opacity)],
        Kind::Earring => [Side::Left, Side::Right]
            .map(|side| earring(side, head, camera_from_head, hanging.arm(side)))
            .into_iter()
            .map(|(pose, seen)| placed(pose, opacity * seen))
            .collect(),
        Kind::Necklace => vec![placed(neck(head, camera_from_head, NECK_BASE), opacity)],
        Kind::Watch | Kind::Bracelet | Kind::Ring => Vec::new(),
    }
}

/// On nose and ears: the bridge on the nose, turned about it until the temples lie on the ears.
fn glasses(worn: &Worn, head: &Head) -> Pose {
    let nose = head.bridge(BRIDGE_OVER_PUPILS_M) + Vec3::Z * NOSE_GAP_M;
    let ear = head.ear();
    let temple = worn.ear.unwrap_or_else(|| usual_temple(worn));
    // Angles about X, seen from the left.
    let slope = |from: Vec3, to: Vec3| (to.y - from.y).atan2(from.z - to.z);
    let tilt = (slope(Vec3::ZERO, temple) - slope(nose, ear)).clamp(-TILT, TILT);
    Pose { position: nose, orientation: Quat::from_rotation_x(tilt) }
}

/// Where the temples of a frame without `wear:ear` bend: at two thirds of their length, near the frame's top.
fn usual_temple(worn: &Worn) -> Vec3 {
    let (bounds, size) = (worn.bounds, worn.bounds.size());
    Vec3::new(bounds.max.x, bounds.max.y - 0.15 * size.y, bounds.max.z - 0.68 * size.z)
}

/// In the lobe, the way that it hangs, X away from the head; the far ear is behind the head.
fn earring(side: Side, head: &Head, camera_from_head: Pose, arm: Vec3) -> (Pose, f32) {
    let position = lobe(side, head, camera_from_head);
    let outward = camera_from_head.orientation * (Vec3::X * side.sign());
    let facing = outward.dot(-position.normalize_or_zero());
    let seen = ((facing + 0.42) / 0.22).clamp(0.0, 1.0);
    let x = (outward - arm * outward.dot(arm)).normalize_or(Vec3::X);
    let orientation = Quat::from_mat3(&Mat3::from_cols(x, -arm, arm.cross(x))).normalize();
    (Pose { position, orientation }, seen)
}

/// Where the hole in a lobe is, in camera space.
pub(super) fn lobe(side: Side, head: &Head, camera_from_head: Pose) -> Vec3 {
    let mirrored = Vec3::new(side.sign(), 1.0, 1.0);
    camera_from_head.orientation * (head.place(LOBE) * mirrored) + camera_from_head.position
}

/// On the neck: it stays upright while the head nods, and turns a little with it. `below` is seen from the neck's joint.
pub(super) fn neck(head: &Head, camera_from_head: Pose, below: Vec3) -> Pose {
    let joint = camera_from_head.orientation * head.place(NECK_JOINT) + camera_from_head.position;
    let front = camera_from_head.orientation * Vec3::Z;
    let toward_camera = (-joint * Vec3::new(1.0, 0.0, 1.0)).normalize_or(Vec3::Z);
    let orientation = upright(toward_camera.lerp(front, FOLLOW));
    Pose { position: joint + orientation * (below * head.ruler.scale()), orientation }
}

/// Y up, as a camera that stands upright sees it, and Z as near to `front` as that allows.
fn upright(front: Vec3) -> Quat {
    let front = (front * Vec3::new(1.0, 0.0, 1.0)).normalize_or(Vec3::Z);
    Quat::from_rotation_y(front.x.atan2(front.z))
}

/// Where a hand wears a product at a moment.
pub(super) fn on_hand(worn: &Worn, hand: &Hand, now_ms: f64, opacity: f32) -> Option<Placed> {
    let (pose, scale) = match worn.kind {
        Kind::Ring => {
            let opening = worn.bounds.size().x * RING_OPENING;
            let scale = Hand::finger_width(worn.finger) / opening.max(1e-4);
            (hand.finger_at(worn.finger, now_ms)?, scale.clamp(RING_SCALES.0, RING_SCALES.1))
        }
        Kind::Watch | Kind::Bracelet => (then(hand.at(now_ms)?, wrist(worn, hand.side())), 1.0),
        _ => return None,
    };
    Some(Placed { product: worn.product, pose: seated(worn, pose, scale), scale, opacity })
}

/// Round the wrist: X to the fingers on a left hand and to the elbow on a right one, Z out of the back of the hand. A watch lies on
/// the wrist's back, whatever its strap is closed round; a bracelet hangs round its middle.
fn wrist(worn: &Worn, side: Side) -> Pose {
    let x = Vec3::Y * side.sign();
    let orientation = Quat::from_mat3(&Mat3::from_cols(x, Vec3::Z.cross(x), Vec3::Z));
    // A strap is about as thick below the wrist as the room its case leaves above.
    let strap = (-worn.bounds.min.z - 0.5 * Hand::wrist_size().y).clamp(-0.012, 0.012);
    let lift = if worn.kind == Kind::Watch { -strap * 0.5 } else { 0.0 };
    Pose { position: Hand::wrist() + Vec3::Z * lift, orientation }
}

/// a_from_c of a_from_b and b_from_c.
fn then(a_from_b: Pose, b_from_c: Pose) -> Pose {
    Pose {
        position: a_from_b.orientation * b_from_c.position + a_from_b.position,
        orientation: (a_from_b.orientation * b_from_c.orientation).normalize(),
    }
}

/// camera_from_product, with the product's seat at `camera_from_seat`.
fn seated(worn: &Worn, camera_from_seat: Pose, scale: f32) -> Pose {
    let seat = worn.product_from_seat;
    let turned_back = seat.orientation.conjugate();
    then(camera_from_seat, Pose { position: turned_back * (-seat.position * scale), orientation: turned_back })
}
