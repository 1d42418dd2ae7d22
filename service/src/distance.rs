//! Metres between two points on the WGS 84 ellipsoid.

/// Semi-major axis in metres.
const EQUATOR_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// A point in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// North positive, -90 to 90.
    pub latitude: f64,
    /// East positive, -180 to 180.
    pub longitude: f64,
}

/// Length of the shortest way over the ground, in metres. Andoyer and Lambert's formula: the great circle on reduced
/// latitudes with the first correction for the flattening, good to some ten metres over thousands of kilometres,
/// and without the loop that in Vincenty's formula does not end for points on opposite sides of the globe.
pub fn metres(from: Point, to: Point) -> f64 {
    let reduced = |latitude: f64| ((1.0 - FLATTENING) * latitude.to_radians().tan()).atan();
    let (beta_from, beta_to) = (reduced(from.latitude), reduced(to.latitude));
    let half_longitude = (to.longitude - from.longitude).to_radians() / 2.0;
    let half_latitude = (beta_to - beta_from) / 2.0;
    let haversine = half_latitude.sin().powi(2) + beta_from.cos() * beta_to.cos() * half_longitude.sin().powi(2);
    let angle = 2.0 * haversine.clamp(0.0, 1.0).sqrt().asin();
    if angle < 1e-12 {
        return 0.0;
    }
    let (middle, half) = ((beta_from + beta_to) / 2.0, (beta_to - beta_from) / 2.0);
    let (sin_half_angle, cos_half_angle) = ((angle / 2.0).sin(), (angle / 2.0).cos());
    if cos_half_angle < 1e-9 {
        return EQUATOR_M * angle;
    }
    let x = (angle - angle.sin()) * (middle.sin() * half.cos() / cos_half_angle).powi(2);
    let y = (angle + angle.sin()) * (middle.cos() * half.sin() / sin_half_angle).powi(2);
    EQUATOR_M * (angle - FLATTENING / 2.0 * (x + y))
}
