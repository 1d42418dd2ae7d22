//! The person's own face and the camera's field of view, learned over pictures.
//!
//! What is unknown and stays (eleven ways in which faces differ, and the focal length) has a Gaussian belief, kept as information
//! matrix and vector. Each picture from a new direction adds what it tells once its pose is eliminated (Schur complement, as in
//! bundle adjustment: Triggs et al. 2000); old pictures fade, since a tracker's errors repeat and must not be counted forever.
//! Pictures of one view tell together as much as one (views.rs).
//! What those ways leave is each landmark's own (own.rs). *Face space* is that of the ways; head space lies in it.

use super::face::{EYE_ARM_MM, MARKS, MIRRORED, MODES, Mark, POINTS, PUPILS, marks, modes};
use super::landmarks::FaceLandmarks;
use super::linear::{Symmetric, add_outer};
use super::own::{BodySpace, Glimpse, OwnPlace, TRACKER_MM};
use super::solve::{Sight, pose_row, slope, slope_rows, weight};
use super::view::View;
use super::views::Views;
use crate::math::{Pose, Vec2, Vec3};

/// The ways in which faces differ, then the focal length.
const UNKNOWNS: usize = MODES + 1;
/// How much of what was known before a picture still holds after it.
const KEPT: f32 = 0.975;
/// A camera's focal length before anything is seen: one standard deviation of its logarithm.
const UNTOLD_SPREAD: f32 = 0.25;
/// The same when the device told it.
const TOLD_SPREAD: f32 = 0.004;
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
    views: Views,
    /// Each mark's place in face space, in millimetres, as shown; those in the middle are there twice. The ways of the points
    /// on the wearer's left.
    shape: [Vec3; MARKS],
    ways: [[Vec3; MODES]; POINTS.len()],
    own: [OwnPlace; MARKS],
    head: BodySpace,
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
            views: Views::default(),
            shape: [Vec3::ZERO; MARKS],
            ways: POINTS.map(|point| modes(point.at_mm)),
            own: [OwnPlace::USUAL; MARKS],
            head: BodySpace::USUAL,
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

    /// A point of [`POINTS`] on the wearer's left, the mean of both sides, in metres of the mean face's scale, in head space.
    pub fn point(&self, index: usize) -> Vec3 {
        let side = |number: usize| self.head.place(self.shape.get(number).copied().unwrap_or_default());
        (side(2 * index) + side(2 * index + 1) * MIRRORED) * 0.5e-3
    }

    /// Moves a point of the mean face, in metres, as this face differs from it.
    pub fn shaped(&self, mean: Vec3) -> Vec3 {
        let ways = modes(mean * 1e3);
        let away = ways.iter().zip(&self.shown).map(|(way, amount)| *way * *amount).sum::<Vec3>();
        self.head.place(mean * 1e3 + away) * 1e-3
    }

    /// One standard deviation of the face's own width, in shares of what is usual: 1 nothing known .. 0 all known.
    pub fn doubt(&self) -> f32 {
        self.doubt
    }

    /// All points that are seen, with where they are seen, for a head whose pose is about `near`.
    pub fn sights(&self, face: &FaceLandmarks, near: Option<Pose>) -> Vec<Sight> {
        let mut sights = Vec::with_capacity(MARKS);
        let near = near.map(|near| self.head.learned_pose(near));
        self.each_seen(face, |mark, seen, sigma| {
            let at = near.map_or(self.shape[mark.number], |near| self.looking(mark, near));
            sights.push(Sight { body: self.head.place(at) * 1e-3, seen, sigma: sigma(mark.loose_mm), leaning: None });
        });
        sights
    }

    /// Where a mark is in face space, in millimetres, while the eyes look into the camera.
    fn looking(&self, mark: Mark, camera_from_face: Pose) -> Vec3 {
        let at = self.shape[mark.number];
        if !mark.is_pupil() {
            return at;
        }
        let turning = at - Vec3::Z * EYE_ARM_MM;
        let Pose { position, orientation } = camera_from_face;
        let gaze = orientation.conjugate() * -(position + orientation * (turning * 1e-3));
        turning + gaze.normalize_or(Vec3::Z) * EYE_ARM_MM
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

    /// Visits each mark that is seen: with its slope, and with how far off, as a slope, so many millimetres are.
    fn each_seen(&self, face: &FaceLandmarks, mut visit: impl FnMut(Mark, Vec2, &dyn Fn(f32) -> f32)) {
        let (focal, eyes) = (self.view.focal(), self.eye_distance(face));
        for mark in marks() {
            let Some(seen) = face.points.get(mark.landmark).filter(|seen| seen.is_sound()) else { continue };
            let doubt = seen.confidence.clamp(0.05, 1.0).sqrt();
            let sigma = |mm: f32| (mm / doubt / 63.0 * eyes).hypot(PIXELS / focal);
            visit(mark, self.view.slope_from_picture(Vec2::new(seen.x, seen.y)), &sigma);
        }
    }

    /// Where the points are seen, in picture heights.
    fn marks(&self, face: &FaceLandmarks) -> Vec<Vec2> {
        let mut marks = Vec::with_capacity(MARKS);
        self.each_seen(face, |_, seen, _| marks.push(seen * self.view.focal()));
        marks
    }

    /// Takes a picture whose pose is solved.
    pub fn learn(&mut self, face: &FaceLandmarks, pose: Pose) {
        if self.views.is_new(self.marks(face)) {
            self.before = self.before.mixed(KEPT, &self.view_told, KEPT);
            self.view_told = Told::NOTHING;
        }
        let share = if self.pictures == 0 { 1.0 } else { GLIDE };
        if self.views.tells() {
            self.add(face, pose);
        }
        for (shown, middle) in self.shown.iter_mut().zip(self.middle) {
            *shown += share * (middle - *shown);
        }
        for own in &mut self.own {
            own.glide(share);
        }
        self.show();
    }

    fn add(&mut self, face: &FaceLandmarks, pose: Pose) {
        let pose = self.head.learned_pose(pose);
        let mut own = [None; MARKS];
        let Some(mut told) = self.told_by(face, pose, &mut own) else { return };
        let share = self.views.share();
        let kept = if share < 1.0 { 1.0 } else { KEPT };
        for mark in marks() {
            if let Some(glimpse) = own[mark.number] {
                self.own[mark.number].take(glimpse, mark.loose_mm, share, kept);
            }
        }
        for (sum, entries) in told.vector.iter_mut().zip(told.information.0) {
            // What is told is told around what is shown.
            *sum += entries.iter().zip(self.shown).map(|(entry, shown)| entry * shown).sum::<f32>();
        }
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

    /// Information on the unknowns and its right side, at what is shown, the picture's pose eliminated; and what is told of each
    /// landmark for itself.
    fn told_by(
        &self,
        face: &FaceLandmarks,
        camera_from_face: Pose,
        own: &mut [Option<Glimpse>; MARKS],
    ) -> Option<Told> {
        const ALL: usize = 6 + UNKNOWNS;
        let (mut sum, mut right) = (Symmetric::<ALL>::ZERO, [0.0f32; ALL]);
        let Pose { position, orientation } = camera_from_face;
        let face_from_camera = orientation.conjugate();
        self.each_seen(face, |mark, seen, sigma| {
            let arm = orientation * (self.looking(mark, camera_from_face) * 1e-3);
            let Some(shown) = slope(arm + position) else { return };
            let residual = seen - shown;
            let [loose, tracker] = [mark.loose_mm, TRACKER_MM].map(|mm| 1.0 / (sigma(mm) * sigma(mm)));
            let belief = weight(residual.length_squared() * loose);
            let slope_rows = slope_rows(arm + position);
            let rows = slope_rows.map(|row| face_from_camera * row * 1e-3);
            own[mark.number] = Some(Glimpse { rows, residual, weight: belief * tracker });
            for (axis, in_face) in rows.into_iter().enumerate() {
                let mut row = [0.0f32; ALL];
                row[..6].copy_from_slice(&pose_row(arm, slope_rows[axis]));
                for (entry, way) in row[6..].iter_mut().zip(&self.ways[mark.point()]) {
                    *entry = in_face.dot(mark.on_its_side(*way));
                }
                // A longer focal length makes slopes of the same picture smaller.
                row[ALL - 1] = shown[axis] * self.spread;
                add_outer(&mut sum, &row, belief * loose);
                for (sum, entry) in right.iter_mut().zip(row) {
                    *sum += belief * loose * residual[axis] * entry;
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
        for mark in marks() {
            let ways = self.ways[mark.point()].iter().zip(self.shown);
            let away: Vec3 = ways.map(|(way, amount)| *way * amount).sum();
            let at = mark.mean_mm() + mark.on_its_side(away) + self.own[mark.number].away_mm;
            self.shape[mark.number] = at;
            if mark.is_in_the_middle() {
                self.shape[mark.number + 1] = at * MIRRORED;
            }
        }
        let [left, right] = [self.shape[2 * PUPILS], self.shape[2 * PUPILS + 1]];
        self.head.follow(marks().map(|mark| (mark.mean_mm(), self.shape[mark.number])), (left + right) * 0.5);
    }
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
