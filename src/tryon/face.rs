//! The mean face, by the tracker's landmarks, and how faces differ from it.
//!
//! Own work. Widths, heights and depths are those of adults: pupils 63 mm apart (Dodgson 2004, Variation and extrema of human
//! interpupillary distance), outer corners of the eyes 88, nose to chin, face width 134 (Farkas 1994, Anthropometry of the Head
//! and Face, means of women and men). Where a landmark has no anatomical name its place is that at which a tracker saw it on a
//! face looking into the camera, mean of left and right, rounded to half a millimetre. Faces differ from it along [`MODES`].

use crate::math::Vec3;

/// A landmark of the mean face, in head space.
pub(super) struct HeadPoint {
    /// Its index on the wearer's left, or in the middle.
    pub left: usize,
    /// Its index on the wearer's right; the same for points in the middle.
    pub right: usize,
    /// Where the left one is, in millimetres.
    pub at_mm: Vec3,
    /// How far off a tracker and a person's own shape put it, in millimetres: what moves with words, looks and smiles, or
    /// slides along the outline, counts less.
    pub loose_mm: f32,
}

const fn pair(left: usize, right: usize, [x, y, z]: [f32; 3], loose_mm: f32) -> HeadPoint {
    HeadPoint { left, right, at_mm: Vec3::new(x, y, z), loose_mm }
}

const fn middle(index: usize, [y, z]: [f32; 2], loose_mm: f32) -> HeadPoint {
    pair(index, index, [0.0, y, z], loose_mm)
}

impl HeadPoint {
    fn is_in_the_middle(&self) -> bool {
        self.left == self.right
    }
}

/// A point on one side of the face.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Its place among all marks, smaller than [`MARKS`]: twice that of its point, and one more on the wearer's right.
    pub number: usize,
    /// The tracker's index of it.
    pub landmark: usize,
    /// As the point's.
    pub loose_mm: f32,
    is_on_the_right: bool,
}

impl Mark {
    /// Moves what is said of the wearer's left to this mark's side.
    pub fn on_its_side(self, left: Vec3) -> Vec3 {
        if self.is_on_the_right { left * MIRRORED } else { left }
    }

    /// Which of [`POINTS`] it is.
    pub fn point(self) -> usize {
        self.number / 2
    }

    /// Where it is on the mean face.
    pub fn mean_mm(self) -> Vec3 {
        self.on_its_side(POINTS[self.point()].at_mm)
    }

    /// True for those that are neither left nor right.
    pub fn is_in_the_middle(self) -> bool {
        POINTS[self.point()].is_in_the_middle()
    }

    /// True for the two that turn with the eyes.
    pub fn is_pupil(self) -> bool {
        self.point() == PUPILS
    }
}

/// All marks: both sides of every point, those in the middle once.
pub(super) fn marks() -> impl Iterator<Item = Mark> + Clone {
    POINTS.iter().enumerate().flat_map(|(at, point)| {
        let sides = [(point.left, false), (point.right, true)];
        let sides = sides.into_iter().take(if point.is_in_the_middle() { 1 } else { 2 });
        sides.map(move |(landmark, is_on_the_right)| Mark {
            number: 2 * at + usize::from(is_on_the_right),
            landmark,
            loose_mm: point.loose_mm,
            is_on_the_right,
        })
    })
}

/// From one side to the other.
pub(super) const MIRRORED: Vec3 = Vec3::new(-1.0, 1.0, 1.0);
/// One more than the greatest number of a mark.
pub(super) const MARKS: usize = 2 * POINTS.len();
/// From the point about which an eye turns to its pupil, in millimetres.
pub(super) const EYE_ARM_MM: f32 = 10.5;
/// The pupils.
pub(super) const PUPILS: usize = 0;
/// Where a frame's bridge rests.
pub(super) const BRIDGE: usize = 6;
/// The nose's sides, where pads rest.
pub(super) const NOSE_SIDES: usize = 14;
/// The temples at the height of the eyes.
pub(super) const TEMPLES: usize = 21;
/// The face's sides before the ears.
pub(super) const EARS: usize = 22;

/// The points that are read.
pub(super) const POINTS: [HeadPoint; 38] = [
    pair(473, 468, [31.5, 0.0, 0.0], 2.5),
    pair(263, 33, [44.0, 0.0, -10.0], 1.5),
    pair(362, 133, [16.5, -2.5, -5.0], 1.5),
    pair(386, 159, [33.0, 5.0, -1.5], 3.0),
    pair(374, 145, [31.5, -5.0, -3.5], 2.5),
    middle(168, [3.0, 12.0], 1.5),
    middle(6, [-5.0, 15.5], 1.5),
    middle(197, [-12.5, 20.0], 1.5),
    middle(195, [-19.5, 24.5], 1.5),
    middle(5, [-27.0, 29.0], 1.5),
    middle(4, [-36.0, 31.0], 1.5),
    middle(1, [-42.5, 28.5], 1.5),
    middle(2, [-47.0, 12.5], 1.5),
    pair(327, 98, [19.0, -41.0, 5.0], 2.0),
    pair(351, 122, [5.5, -6.5, 13.0], 1.5),
    pair(465, 245, [10.5, -5.5, 3.5], 1.5),
    pair(300, 70, [55.0, 13.5, -9.0], 4.0),
    pair(336, 107, [14.5, 17.5, 14.0], 4.0),
    middle(9, [18.5, 15.0], 2.0),
    middle(8, [10.5, 13.0], 1.5),
    pair(389, 162, [66.5, 12.0, -46.0], 4.0),
    pair(356, 127, [68.0, -1.5, -57.5], 4.0),
    pair(454, 234, [67.0, -15.0, -63.5], 4.0),
    middle(151, [34.0, 14.0], 2.0),
    middle(10, [49.5, 12.5], 3.0),
    pair(284, 54, [58.0, 33.0, -19.5], 3.0),
    pair(297, 67, [34.5, 46.5, 4.5], 3.0),
    pair(251, 21, [63.5, 23.0, -32.5], 4.0),
    pair(323, 93, [66.5, -29.0, -65.5], 4.0),
    pair(361, 132, [64.5, -44.0, -65.0], 5.0),
    pair(345, 116, [61.5, -14.0, -24.0], 2.5),
    pair(352, 123, [62.0, -26.0, -24.0], 2.5),
    pair(280, 50, [50.0, -28.0, -7.5], 2.5),
    pair(425, 205, [42.5, -37.0, -3.5], 3.0),
    pair(291, 61, [30.0, -55.0, -12.0], 5.0),
    middle(0, [-57.0, 9.0], 4.0),
    middle(199, [-101.0, -5.0], 6.0),
    middle(152, [-114.0, -15.0], 6.0),
];

/// In how many ways faces differ.
pub(super) const MODES: usize = 11;

/// How a point of the mean face moves when a face differs by one standard deviation of each way, in millimetres: width, height,
/// depth; tip of the nose, its bridge; distance and height of the eyes; length and depth of the lower face; the forehead; the
/// ears. The same on both sides. Spreads after Farkas 1994.
pub(super) fn modes(at_mm: Vec3) -> [Vec3; MODES] {
    let Vec3 { x, y, z } = at_mm;
    let bump = |x: f32, y: f32| (-0.5 * (x * x + y * y)).exp();
    let eye = bump((x.abs() - 32.0) / 14.0, y / 10.0);
    let lower = ((-y - 42.0) / 65.0).clamp(0.0, 1.2);
    let upper = ((y - 12.0) / 35.0).clamp(0.0, 1.2);
    let beside = ((-z - 20.0) / 40.0).clamp(0.0, 1.2);
    [
        Vec3::X * (0.035 * x),
        Vec3::Y * (0.035 * y),
        Vec3::Z * (0.06 * (z + 20.0)),
        Vec3::Z * (2.5 * bump(x / 14.0, (y + 38.0) / 12.0)),
        Vec3::Z * (2.0 * bump(x / 10.0, (y + 4.0) / 14.0)),
        Vec3::X * (1.8 * x.signum() * eye * f32::from(x != 0.0)),
        Vec3::Y * (1.5 * eye),
        Vec3::Y * (-4.5 * lower),
        Vec3::Z * (4.0 * lower),
        Vec3::Z * (3.5 * upper),
        Vec3::Z * (5.0 * beside),
    ]
}
