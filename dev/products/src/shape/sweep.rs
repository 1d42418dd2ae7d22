//! Shapes that follow a path: tubes, piping, straps, frames.

use super::{Part, Patch};
use glam::{Vec2, Vec3};
use std::f32::consts::FRAC_PI_2;

/// A section carried along a path.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// Metres; a closed path repeats its first point at the end.
    pub path: Vec<Vec3>,
    /// Closed loop, counter-clockwise, x to the side and y up, metres.
    pub section: Vec<Vec2>,
    /// Which way the section's y points where the path begins; from there it turns no more than the path does.
    pub up: Vec3,
    /// Scale of the section per path point; empty means 1.
    pub scales: Vec<Vec2>,
    /// Radius in metres of the rounding where the end faces begin; 0 leaves the ends open. An open path only.
    pub end_m: f32,
}

#[derive(Clone, Copy)]
struct Station {
    center: Vec3,
    along: Vec3,
    up: Vec3,
    scale: Vec2,
}

impl Sweep {
    /// A sweep with an even section and ends rounded by `end_m` metres.
    pub fn new(path: Vec<Vec3>, section: Vec<Vec2>, up: Vec3, end_m: f32) -> Self {
        Self { path, section, up, scales: Vec::new(), end_m }
    }

    /// A round tube.
    pub fn tube(path: Vec<Vec3>, radius_m: f32, sides: usize, up: Vec3) -> Self {
        Self::new(path, super::curve::circle(radius_m, sides), up, radius_m)
    }

    /// Scales of the section, one for each point of the path.
    pub fn scaled(self, scales: Vec<Vec2>) -> Self {
        Self { scales, ..self }
    }

    /// The swept shape; texture u runs around the section, v along the path. End faces take theirs from the section.
    pub fn part(&self) -> Part {
        let around_m = lengths(&self.section, |a, b| a.distance(*b));
        let stations = self.stations();
        let along_m = lengths(&stations, |a, b| a.center.distance(b.center));
        let wall = self.sheet(&stations, |column, row, _| Vec2::new(around_m[column], along_m[row]));
        let mut patches = vec![wall];
        if !self.is_closed() && self.end_m > 0.0 {
            let (first, last) = (stations[0], stations[stations.len() - 1]);
            let mut start = self.end(first, -1.0);
            start.reverse();
            start.push(first);
            let mut end = vec![last];
            end.extend(self.end(last, 1.0));
            // Seen from outside, the start shows the section mirrored.
            patches.push(self.sheet(&start, |_, _, at| Vec2::new(-at.x, at.y)));
            patches.push(self.sheet(&end, |_, _, at| at));
        }
        Part { patches }
    }

    fn sheet(&self, stations: &[Station], uv_m: impl Fn(usize, usize, Vec2) -> Vec2) -> Patch {
        let (columns, rows) = (self.section.len(), stations.len());
        let mut patch = Patch { columns, rows, points: Vec::new(), uvs_m: Vec::new() };
        for (row, station) in stations.iter().enumerate() {
            let side = station.up.cross(station.along);
            for (column, point) in self.section.iter().enumerate() {
                let at = *point * station.scale;
                patch.points.push(station.center + side * at.x + station.up * at.y);
                patch.uvs_m.push(uv_m(column, row, at));
            }
        }
        patch
    }

    fn is_closed(&self) -> bool {
        self.path[0].distance(self.path[self.path.len() - 1]) < 1e-6
    }

    /// The path's points with their frames; on an open path the first and last make room for the roundings, which end
    /// where the path ends, so that lengths stay true.
    fn stations(&self) -> Vec<Station> {
        let count = self.path.len();
        let closed = self.is_closed();
        let mut up = self.up;
        let mut stations: Vec<Station> = (0..count)
            .map(|index| {
                let before = if index == 0 && closed { count - 2 } else { index.saturating_sub(1) };
                let after = if index + 1 == count { if closed { 1 } else { index } } else { index + 1 };
                let along = (self.path[after] - self.path[before]).normalize();
                up = (up - along * up.dot(along)).normalize();
                let scale = self.scales.get(index).copied().unwrap_or(Vec2::ONE);
                Station { center: self.path[index], along, up, scale }
            })
            .collect();
        if !closed {
            let (mut first, mut last) = (stations[0], stations[count - 1]);
            first.center += first.along * self.end_m;
            last.center -= last.along * self.end_m;
            (stations[0], stations[count - 1]) = (first, last);
        }
        stations
    }

    /// The rounding from the side of the shape to its flat end, and that end; `direction` is 1 at the path's end.
    fn end(&self, from: Station, direction: f32) -> Vec<Station> {
        const STEPS: usize = 3;
        let half = self.section.iter().fold(Vec2::ZERO, |half, point| half.max(point.abs())) * from.scale;
        let end_m = self.end_m.min(half.min_element() * 0.999);
        let outward = from.along * direction;
        let center = from.center + outward * self.end_m;
        let mut stations: Vec<Station> = (1..=STEPS)
            .map(|step| FRAC_PI_2 * step as f32 / STEPS as f32)
            .map(|angle| Station {
                center: from.center + outward * self.end_m * angle.sin(),
                scale: from.scale * (Vec2::ONE - end_m * (1.0 - angle.cos()) / half),
                ..from
            })
            .collect();
        if end_m < 0.6 * half.max_element() {
            let scale = stations[STEPS - 1].scale * 0.5;
            stations.push(Station { center, scale, ..from });
        }
        stations.push(Station { center, scale: Vec2::ZERO, ..from });
        stations
    }
}

fn lengths<T>(points: &[T], distance: impl Fn(&T, &T) -> f32) -> Vec<f32> {
    let mut sums = vec![0.0];
    for pair in points.windows(2) {
        sums.push(sums[sums.len() - 1] + distance(&pair[0], &pair[1]));
    }
    sums
}
