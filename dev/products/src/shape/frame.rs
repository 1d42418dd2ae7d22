//! Mitred frames: a profile carried round a rectangle, cut at 45 degrees in the corners.

use super::{Part, Patch};
use glam::{Vec2, Vec3};

/// The four sides around the origin in the plane z = 0, outer size in metres. The profile's points are
/// `(inwards from the outer edge, forwards)`, from the back of the outer face over the front to the inner face.
/// The grain (u) runs along every side. Bottom, right, top, left.
pub fn mitred(width_m: f32, height_m: f32, profile: &[Vec2], cell_m: f32) -> [Part; 4] {
    let mut around_m = vec![0.0];
    for pair in profile.windows(2) {
        around_m.push(around_m[around_m.len() - 1] + pair[0].distance(pair[1]));
    }
    let side = |long_m: f32, away_m: f32, turns: usize| {
        let columns = (long_m / cell_m).ceil() as usize + 1;
        let mut patch = Patch { columns, rows: profile.len(), points: Vec::new(), uvs_m: Vec::new() };
        for (point, &v_m) in profile.iter().zip(&around_m) {
            for column in 0..columns {
                let x = (2.0 * column as f32 / (columns - 1) as f32 - 1.0) * (long_m / 2.0 - point.x);
                let (mut right, mut up) = (x, point.x - away_m / 2.0);
                for _ in 0..turns {
                    (right, up) = (-up, right);
                }
                patch.points.push(Vec3::new(right, up, point.y));
                patch.uvs_m.push(Vec2::new(x, v_m));
            }
        }
        Part::of(patch)
    };
    [side(width_m, height_m, 0), side(height_m, width_m, 1), side(width_m, height_m, 2), side(height_m, width_m, 3)]
}
