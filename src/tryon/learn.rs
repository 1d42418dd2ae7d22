//! The person's own face and the camera's field of view, learned over pictures.
//!
//! What is unknown and stays (eleven ways in which faces differ, and the focal length) has a Gaussian belief, kept as information
//! matrix and vector. Each picture from a new direction adds what it tells once its pose is eliminated (Schur complement, as in
//! bundle adjustment: Triggs et al. 2000); old pictures fade, since a tracker's errors repeat and must not be counted forever.
//! Pictures of one view, a photo that is looked at again above all, repeat each other's errors: together they tell as much as one.

use super::face::{MODES, POINTS, modes};
use super::landmarks::FaceLandmarks;
use super::linear::{Symmetric, add_outer};
use super::solve::{Sight, pose_row, slope, slope_rows, weight};
use super::view::View;
use crate::math::{Pose, Vec2, Vec3};

/// The ways in which faces differ, then the focal length.
const UNKNOWNS: usize = MODES + 1;
/// How much of what was known before a picture still holds after it.
const KEPT: f32 = 0.975;
/// A camera's focal length before anything is seen: one standard deviation of its logarithm.
const UNTOLD_SPREAD: f32 = 0.25;
/// The same when the device told it.
const TOLD_SPREAD: f32 = 0.004;
/// A view is a new one when the face's points moved so far among each other, in shares of its size in the picture: by a change of
/// distance of 3 %, or a turn of about that many degrees. Judged in the picture, since a better guess of the lens moves the pose.
const NEW_VIEW: f32 = 0.03;
/// So many pictures of one view are enough to be rid of the tracker's noise.
const ALIKE: f32 = 8.0;
/// How much of the way to what is believed is gone with each picture; the first is shown as it is.
const GLIDE: f32 = 0.08;
/// How far off the camera's pixels put a point, in shares of the picture's height.
const PIXELS: f32 = 0.0006;

/// What is learned.
#[derive(Clone, Debug)]
pub(super) struct Learned {
    view: View,
    /// Of the focal length, before anything is seen.
    usual_focal: f32,
    spread: f32,
    /// All in standard deviations of what is usual: the belief's middle.
    middle: [f32; UNKNOWNS],
    /// What is used: glides after the middle, so that nothing jumps.
    shown: [f32; UNKNOWNS],
    /// What was known before the present view, and the mean of what its pictures tell.
    before: Told,
    view_told: Told,
    /// How many these are.
    alike: f32,
    /// Where the first picture of the present view has the points.
    first: Vec<Vec2>,
    /// Each point's place on the wearer's left, in millimetres, as shown.
    shape: [Vec3; POINTS.len()],
    ways: [[Vec3; MODES]; POINTS.len()],
    /// How many pictures told something.
    pictures: u32,
    /// Standard deviations of the face's width and of the focal length, in shares of what is usual.
    doubt: f32,
    focal_doubt: f32,
}

/// Information on the unknowns and its right side.
#[derive(Clone, Copy, Debug)]
struct Told {
    information: Symmetric<UNKNOWNS>,
    vector: [f32; UNKNOWNS],
}

impl Told {
    const NOTHING: Self = Self { information: Symmetric::ZERO, vector: [0.0; UNKNOWNS] };

    /// A sum of both, in shares.
    fn mixed(&self, share: f32, other: &Self, other_share: f32) -> Self {
        let mut mixed = *self;
        for (mine, others) in mixed.information.0.iter_mut().zip(other.information.0) {
            mix(mine, share, &others, other_share);
        }
        mix(&mut mixed.vector, share, &other.vector, other_share);
        mixed
    }
}

fn mix(mine: &mut [f32; UNKNOWNS], share: f32, others: &[f32; UNKNOWNS], other_share: f32) {
    for (mine, other) in mine.iter_mut().zip(others) {
        *mine = share * *mine + other_share * other;
    }
}

impl Learned {
    /// Nothing yet, of a camera of that picture size and field of view.
    pub fn new(size_px: [u32; 2], vertical_fov_rad: Option<f32>, mirrored: bool) -> Self {
        let mut view = View { size_px, vertical_fov_rad: 0.85, fov_plus_minus_rad: 0.0, mirrored };
        if let Some(told) = vertical_fov_rad {
            view.vertical_fov_rad = told;
        } else {
            // Web cameras and phones see about 65 degrees along their longer side.
            let longer = 0.785 * view.aspect().max(1.0);
            view.vertical_fov_rad = 2.0 * (0.5 / longer).atan();
        }
        let mut learned = Self {
            view,
            usual_focal: view.focal(),
            spread: if vertical_fov_rad.is_some() { TOLD_SPREAD } else { UNTOLD_SPREAD },
            middle: [0.0; UNKNOWNS],
            shown: [0.0; UNKNOWNS],
            before: Told::NOTHING,
            view_told: Told::NOTHING,
            alike: 0.0,
            first: Vec::new(),
            shape: POINTS.map(|point| point.at_mm),
            ways: POINTS.map(|point| modes(point.at_mm)),
            pictures: 0,
            doubt: 1.0,
            focal_doubt: 1.0,
        };
        learned.show();
        learned
    }

    /// The same camera's belief about another face: what was learned of the face goes, the focal length stays.
    pub fn of_another_face(&self) -> Self {
        let mut learned = Self::new(self.view.size_px, Some(self.view.vertical_fov_rad), self.view.mirrored);
        if self.spread != TOLD_SPREAD {
            // What is known of it now is what is usual then; never as sure as if it had been told.
            learned.spread =
                (self.view.fov_plus_minus_rad / self.view.vertical_fov_rad.sin()).clamp(0.05, UNTOLD_SPREAD);
        }
        learned
    }

    /// The camera as far as it is known.
    pub fn view(&self) -> View {
        self.view
    }

    /// A point of [`POINTS`] on the wearer's left, in metres of the mean face's scale.
    pub fn point(&self, index: usize) -> Vec3 {
        self.shape.get(index).copied().unwrap_or_default() * 1e-3
    }

    /// Moves a point of the mean face, in metres, as this face differs from it.
    pub fn shaped(&self, mean: Vec3) -> Vec3 {
        let ways = modes(mean * 1e3);
        mean + ways.iter().zip(&self.shown).map(|(way, amount)| *way * (amount * 1e-3)).sum::<Vec3>()
    }

    /// One standard deviation of the face's own width, in shares of what is usual: 1 nothing known .. 0 all known.
    pub fn doubt(&self) -> f32 {
        self.doubt
    }

    /// All points that are seen, with where they are seen.
    pub fn sights(&self, face: &FaceLandmarks) -> Vec<Sight> {
        let mut sights = Vec::with_capacity(2 * POINTS.len());
        let eyes = self.eye_distance(face);
        let focal = self.view.focal();
        self.each_seen(face, |at, _, mark, loose_mm| {
            let sigma = (loose_mm / 63.0 * eyes).hypot(PIXELS / focal);
            let seen = self.view.slope_from_picture(mark);
            sights.push(Sight { body: at * 1e-3, seen, sigma, leaning: None });
        });
        sights
    }

    /// How far apart the pupils are seen, as a slope; from the corners of the eyes.
    pub fn eye_distance(&self, face: &FaceLandmarks) -> f32 {
        let eye = |index: usize| {
            let mark = face.points.get(index).copied().unwrap_or_default();
            self.view.slope_from_picture(Vec2::new(mark.x, mark.y))
        };
        // Turned faces are as tall as others.
        let (across, down) = (eye(263).distance(eye(33)) * (63.0 / 88.0), eye(10).distance(eye(152)) * (63.0 / 164.0));
        across.max(down).max(1e-4)
    }

    /// Visits each point that is seen: its place and ways in millimetres, where it is seen in the picture, how loose it is.
    fn each_seen(&self, face: &FaceLandmarks, mut visit: impl FnMut(Vec3, &[Vec3; MODES], Vec2, f32)) {
        let mirrored = Vec3::new(-1.0, 1.0, 1.0);
        for ((point, at), ways) in POINTS.iter().zip(self.shape).zip(&self.ways) {
            let mark = |index: usize| face.points.get(index).filter(|mark| mark.is_sound());
            let loose = |confidence: f32| point.loose_mm / confidence.clamp(0.05, 1.0).sqrt();
            if let Some(mark) = mark(point.left) {
                visit(at, ways, Vec2::new(mark.x, mark.y), loose(mark.confidence));
            }
            if let Some(mark) = mark(point.right).filter(|_| point.left != point.right) {
                visit(
                    at * mirrored,
                    &ways.map(|way| way * mirrored),
                    Vec2::new(mark.x, mark.y),
                    loose(mark.confidence),
                );
            }
        }
    }

    /// Where the points are seen, in picture heights.
    fn marks(&self, face: &FaceLandmarks) -> Vec<Vec2> {
        let mut marks = Vec::with_capacity(2 * POINTS.len());
        self.each_seen(face, |_, _, mark, _| marks.push(mark * Vec2::new(self.view.aspect(), 1.0)));
        marks
    }

    /// Takes a picture whose pose is solved.
    pub fn learn(&mut self, face: &FaceLandmarks, pose: Pose) {
        let seen = self.marks(face);
        if has_moved(&self.first, &seen) {
            self.before = self.before.mixed(KEPT, &self.view_told, KEPT);
            (self.view_told, self.alike, self.first) = (Told::NOTHING, 0.0, seen);
        }
        let share = if self.pictures == 0 { 1.0 } else { GLIDE };
        if self.alike < ALIKE {
            self.add(face, pose);
        }
        for (shown, middle) in self.shown.iter_mut().zip(self.middle) {
            *shown += share * (middle - *shown);
        }
        self.show();
    }

    fn add(&mut self, face: &FaceLandmarks, pose: Pose) {
        let Some(mut told) = self.told_by(face, pose) else { return };
        for (sum, entries) in told.vector.iter_mut().zip(told.information.0) {
            // What is told is told around what is shown.
            *sum += entries.iter().zip(self.shown).map(|(entry, shown)| entry * shown).sum::<f32>();
        }
        self.alike += 1.0;
        let share = 1.0 / self.alike;
        self.view_told = self.view_told.mixed(1.0 - share, &told, share);
        let Told { mut information, vector } = self.before.mixed(1.0, &self.view_told, 1.0);
        for at in 0..UNKNOWNS {
            // What is usual.
            information.0[at][at] += 1.0;
        }
        if let Some(middle) = information.solve(vector) {
            self.middle = middle.map(|amount| amount.clamp(-3.0, 3.0));
            self.pictures = self.pictures.saturating_add(1);
        }
        if let Some(covariance) = information.inverse() {
            let doubt = |way: usize| covariance.0[way][way].max(0.0).sqrt();
            (self.doubt, self.focal_doubt) = (doubt(0), doubt(MODES));
        }
    }

    /// Information on the unknowns and its right side, at what is shown, the picture's pose eliminated.
    fn told_by(&self, face: &FaceLandmarks, pose: Pose) -> Option<Told> {
        const ALL: usize = 6 + UNKNOWNS;
        let (mut sum, mut right) = (Symmetric::<ALL>::ZERO, [0.0f32; ALL]);
        let (focal, eyes) = (self.view.focal(), self.eye_distance(face));
        self.each_seen(face, |at, ways, mark, loose_mm| {
            let arm = pose.orientation * (at * 1e-3);
            let point = arm + pose.position;
            let Some(seen) = slope(point) else { return };
            let residual = self.view.slope_from_picture(mark) - seen;
            let sigma = (loose_mm / 63.0 * eyes).hypot(PIXELS / focal);
            let precision = 1.0 / (sigma * sigma);
            let weight = precision * weight(residual.length_squared() * precision);
            for (axis, slope_row) in slope_rows(point).into_iter().enumerate() {
                let mut row = [0.0f32; ALL];
                row[..6].copy_from_slice(&pose_row(arm, slope_row));
                let in_body: Vec3 = pose.orientation.conjugate() * slope_row;
                for (entry, way) in row[6..].iter_mut().zip(ways) {
                    *entry = in_body.dot(*way) * 1e-3;
                }
                // A longer focal length makes slopes of the same picture smaller.
                row[ALL - 1] = seen[axis] * self.spread;
                add_outer(&mut sum, &row, weight);
                for (sum, entry) in right.iter_mut().zip(row) {
                    *sum += weight * residual[axis] * entry;
                }
            }
        });
        eliminated(&sum, &right)
    }

    fn show(&mut self) {
        let focal = self.usual_focal * (self.shown[MODES] * self.spread).exp();
        self.view.vertical_fov_rad = 2.0 * (0.5 / focal).atan();
        let spread = if self.spread == TOLD_SPREAD { 0.0 } else { self.focal_doubt * self.spread };
        // d(fov) / d(ln focal) = -sin(fov).
        self.view.fov_plus_minus_rad = self.view.vertical_fov_rad.sin() * spread;
        for ((at, point), ways) in self.shape.iter_mut().zip(&POINTS).zip(&self.ways) {
            *at = point.at_mm + ways.iter().zip(self.shown).map(|(way, amount)| *way * amount).sum::<Vec3>();
        }
    }
}

/// Whether points have moved among each other so far that they are another view; always so where others are seen.
fn has_moved(before: &[Vec2], now: &[Vec2]) -> bool {
    if before.len() != now.len() || now.is_empty() {
        return true;
    }
    let middle = |marks: &[Vec2]| marks.iter().sum::<Vec2>() / marks.len() as f32;
    let (was, is) = (middle(before), middle(now));
    let size: f32 = before.iter().map(|mark| mark.distance_squared(was)).sum();
    let moved: f32 = before.iter().zip(now).map(|(before, now)| (*now - is).distance_squared(*before - was)).sum();
    moved > NEW_VIEW * NEW_VIEW * size
}

/// Takes the first six unknowns, the pose, out of a system.
fn eliminated<const ALL: usize>(sum: &Symmetric<ALL>, right: &[f32; ALL]) -> Option<Told> {
    let mut pose = Symmetric::<6>::ZERO;
    for row in 0..6 {
        pose.0[row].copy_from_slice(&sum.0[row][..6]);
    }
    let inverse = pose.damped(1e-6).inverse()?;
    let Told { mut information, mut vector } = Told::NOTHING;
    for row in 0..UNKNOWNS {
        let shared: [f32; 6] =
            std::array::from_fn(|at| (0..6).map(|other| inverse.0[at][other] * sum.0[6 + row][other]).sum());
        let taken = |column: &dyn Fn(usize) -> f32| -> f32 { (0..6).map(|at| shared[at] * column(at)).sum() };
        for column in 0..UNKNOWNS {
            information.0[row][column] = sum.0[6 + row][6 + column] - taken(&|at| sum.0[6 + column][at]);
        }
        vector[row] = right[6 + row] - taken(&|at| right[at]);
    }
    Some(Told { information, vector })
}
