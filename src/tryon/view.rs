//! The camera to draw with: that of the shopper's device.

use crate::math::{Mat4, Vec2, Vec3, tangent};

/// A camera without distortion, its middle the picture's middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Width and height of the picture.
    pub size_px: [u32; 2],
    /// The angle from top to bottom, in radians.
    pub vertical_fov_rad: f32,
    /// How far off that angle may be: its standard uncertainty in radians; 0 where the device told it.
    pub fov_plus_minus_rad: f32,
    /// Show the finished picture, camera and products together, with left and right changed.
    pub mirrored: bool,
}

impl View {
    /// The distance from the lens to a picture one unit high.
    pub fn focal(self) -> f32 {
        0.5 / tangent(self.vertical_fov_rad * 0.5)
    }

    /// Width over height.
    pub fn aspect(self) -> f32 {
        let [width, height] = self.size_px.map(|side| side.max(1) as f32);
        width / height
    }

    /// Right-handed projection, depth 0 at `near_m` .. 1 at `far_m`; not mirrored.
    pub fn clip_from_camera(self, near_m: f32, far_m: f32) -> Mat4 {
        glam::camera::rh::proj::directx::perspective(self.vertical_fov_rad, self.aspect(), near_m, far_m)
    }

    /// Where a point in camera space is seen, in picture coordinates; `None` behind the camera.
    pub fn picture_from_camera(self, point: Vec3) -> Option<Vec2> {
        let depth = -point.z;
        let seen = Vec2::new(point.x / self.aspect(), -point.y) * (self.focal() / depth);
        (depth > 1e-4).then(|| seen + 0.5)
    }

    /// The ray's slope for a point of the picture: x and y at depth 1, Y up.
    pub fn slope_from_picture(self, point: Vec2) -> Vec2 {
        (point - 0.5) * Vec2::new(self.aspect(), -1.0) / self.focal()
    }
}
