//! The planes of an AV1 picture as red, green and blue (ITU-T H.273, section 8.3).

use crate::Failure;
use re_rav1d::{
    Picture, PixelLayout, PlanarImageComponent as Component, Plane,
    pixel::{MatrixCoefficients, YUVRange},
};

/// How red, green and blue became three planes.
#[derive(Clone, Copy)]
pub struct Coding {
    /// The shares of red and blue in luma; `None` where the planes are green, blue and red.
    shares: Option<[f32; 2]>,
    /// All numbers are used, not only those of television.
    is_full: bool,
}

impl Coding {
    /// As the stream itself says.
    pub fn of(picture: &Picture) -> Result<Self, Failure> {
        let matrix = match picture.matrix_coefficients() {
            MatrixCoefficients::Identity => 0,
            MatrixCoefficients::BT709 => 1,
            MatrixCoefficients::Unspecified => 2,
            MatrixCoefficients::BT470M => 4,
            MatrixCoefficients::BT470BG | MatrixCoefficients::ST170M => 6,
            MatrixCoefficients::ST240M => 7,
            MatrixCoefficients::BT2020NonConstantLuminance => 9,
            _ => u16::MAX,
        };
        Self::of_nclx((matrix, picture.color_range() == YUVRange::Full))
    }

    /// As a container says: the number of the matrix, and whether all numbers are used.
    pub fn of_nclx((matrix, is_full): (u16, bool)) -> Result<Self, Failure> {
        let shares = match matrix {
            0 => None,
            1 => Some([0.2126, 0.0722]),
            4 => Some([0.30, 0.11]),
            // Where nothing is said it is that of JPEG.
            2 | 5 | 6 => Some([0.299, 0.114]),
            7 => Some([0.212, 0.087]),
            9 => Some([0.2627, 0.0593]),
            _ => return Err("its colours are coded in a way that is not known here: write it as sRGB".into()),
        };
        Ok(Self { shares, is_full })
    }
}

/// The planes of a picture.
pub struct Planes {
    luma: Samples,
    chroma: Option<[Samples; 2]>,
    coding: Coding,
}

/// One plane.
struct Samples {
    bytes: Plane,
    stride: usize,
    /// The last column and row.
    last: [u32; 2],
    /// Half as many columns and rows as pixels.
    halved: [bool; 2],
    bits: u32,
}

impl Planes {
    pub fn of(picture: &Picture, coding: Coding) -> Result<Self, Failure> {
        let bits = picture.bits_per_component().ok_or("its depth of colour is not known")?.0 as u32;
        let plane = |component, halved: [bool; 2]| {
            let size = [picture.width(), picture.height()];
            let last = [0, 1].map(|axis| if halved[axis] { (size[axis] - 1) / 2 } else { size[axis] - 1 });
            Samples { bytes: picture.plane(component), stride: picture.stride(component) as usize, last, halved, bits }
        };
        let chroma = match picture.pixel_layout() {
            PixelLayout::I400 => None,
            PixelLayout::I420 => Some([true, true]),
            PixelLayout::I422 => Some([true, false]),
            PixelLayout::I444 => Some([false, false]),
        };
        let chroma = chroma.map(|halved| [plane(Component::U, halved), plane(Component::V, halved)]);
        Ok(Self { luma: plane(Component::Y, [false; 2]), chroma, coding })
    }

    /// 0..1.
    pub fn luma(&self, x: u32, y: u32) -> f32 {
        self.luma.share(x, y, self.coding.is_full).clamp(0.0, 1.0)
    }

    /// 0..1 each.
    pub fn rgb(&self, x: u32, y: u32) -> [f32; 3] {
        let is_full = self.coding.is_full;
        let luma = self.luma.share(x, y, is_full);
        let rgb = match (&self.chroma, self.coding.shares) {
            (None, _) => [luma; 3],
            (Some([blue, red]), None) => [red.share(x, y, is_full), luma, blue.share(x, y, is_full)],
            (Some([blue, red]), Some([of_red, of_blue])) => {
                let red = 2.0 * (1.0 - of_red) * red.difference(x, y, is_full);
                let blue = 2.0 * (1.0 - of_blue) * blue.difference(x, y, is_full);
                let green = -(of_red * red + of_blue * blue) / (1.0 - of_red - of_blue);
                [luma + red, luma + green, luma + blue]
            }
        };
        rgb.map(|value| value.clamp(0.0, 1.0))
    }
}

impl Samples {
    /// A plane's number as a share of the whole: 16 to 235 of 255, or all.
    fn share(&self, x: u32, y: u32, is_full: bool) -> f32 {
        let unit = (1_u32 << (self.bits - 8)) as f32;
        let [low, span] = if is_full { [0.0, (256.0 * unit - 1.0) / unit] } else { [16.0, 219.0] };
        (self.value(x, y) - low * unit) / (span * unit)
    }

    /// A plane's number as a difference, -0.5 to 0.5.
    fn difference(&self, x: u32, y: u32, is_full: bool) -> f32 {
        let unit = (1_u32 << (self.bits - 8)) as f32;
        let span = if is_full { (256.0 * unit - 1.0) / unit } else { 224.0 };
        (self.value(x, y) - 128.0 * unit) / (span * unit)
    }

    /// At a pixel of the picture: between the plane's own where these are fewer.
    fn value(&self, x: u32, y: u32) -> f32 {
        let ([left, right], across) = self.neighbours(x, 0);
        let ([up, down], along) = self.neighbours(y, 1);
        let mix = |a: f32, b: f32, share: f32| a + (b - a) * share;
        let row = |y: u32| mix(self.at(left, y), self.at(right, y), across);
        mix(row(up), row(down), along)
    }

    /// The two samples around a pixel, and how near it is to the second.
    fn neighbours(&self, pixel: u32, axis: usize) -> ([u32; 2], f32) {
        if !self.halved[axis] {
            return ([pixel; 2], 0.0);
        }
        // A sample stands in the middle of its two pixels: every pixel is a quarter away from one and three from another.
        let first = pixel.div_ceil(2);
        let pair = [first.saturating_sub(1), first.min(self.last[axis])];
        (pair, if pixel.is_multiple_of(2) { 0.75 } else { 0.25 })
    }

    fn at(&self, x: u32, y: u32) -> f32 {
        let row = self.bytes.get(y as usize * self.stride..).unwrap_or_default();
        let x = x as usize;
        match self.bits {
            8 => row.get(x).map_or(0.0, |&byte| f32::from(byte)),
            _ => row
                .get(2 * x..)
                .and_then(|row| row.first_chunk())
                .map_or(0.0, |&pair| f32::from(u16::from_ne_bytes(pair))),
        }
    }
}
