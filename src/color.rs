//! Linear light, sRGB and the tone curves; the twin of `shaders/present.wgsl` on the processor.

use crate::math::{Mat3, Vec3};

/// sRGB 0..1 of linear light 0..1 (IEC 61966-2-1).
pub fn encode_srgb(linear: f32) -> f32 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 }
}

/// Linear light 0..1 of sRGB 0..1.
pub fn decode_srgb(encoded: f32) -> f32 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
}

/// Brightness of linear light, by the weights of Rec. 709.
pub fn luminance(linear: Vec3) -> f32 {
    linear.dot(Vec3::new(0.2126, 0.7152, 0.0722))
}

/// Khronos PBR Neutral: colours up to 0.76 keep their hue and nearly their value, brighter ones are rolled off to white.
/// <https://github.com/KhronosGroup/ToneMapping/blob/main/PBR_Neutral/README.md>
pub fn pbr_neutral(linear: Vec3) -> Vec3 {
    const START: f32 = 0.8 - 0.04;
    const DESATURATION: f32 = 0.15;
    let least = linear.min_element();
    let color = linear - if least < 0.08 { least - 6.25 * least * least } else { 0.04 };
    let peak = color.max_element();
    if peak < START {
        return color;
    }
    let room = 1.0 - START;
    let new_peak = 1.0 - room * room / (peak + room - START);
    let white = 1.0 - 1.0 / (DESATURATION * (peak - new_peak) + 1.0);
    (color * new_peak / peak).lerp(Vec3::splat(new_peak), white)
}

/// AgX with its default look: bright colours fade to white as on film. T. Sobotka's log range and primaries, B. Wrensch's
/// polynomial for the curve, in Rec. 2020 as Blender and three.js have it.
/// <https://iolite-engine.com/blog_posts/minimal_agx_implementation>
pub fn agx(linear: Vec3) -> Vec3 {
    /// Rec. 709 to Rec. 2020, then AgX's narrower primaries.
    const INSET: Mat3 = Mat3::from_cols(
        Vec3::new(0.544812, 0.140419, 0.088817),
        Vec3::new(0.373797, 0.754108, 0.17886),
        Vec3::new(0.081381, 0.105397, 0.732315),
    );
    const OUTSET: Mat3 = Mat3::from_cols(
        Vec3::new(1.127101, -0.14133, -0.14133),
        Vec3::new(-0.110607, 1.157824, -0.110607),
        Vec3::new(-0.016494, -0.016494, 1.251936),
    );
    const SRGB_FROM_REC2020: Mat3 = Mat3::from_cols(
        Vec3::new(1.6605, -0.1246, -0.0182),
        Vec3::new(-0.5876, 1.1329, -0.1006),
        Vec3::new(-0.0728, -0.0083, 1.1187),
    );
    const DARKEST_STOP: f32 = -12.47393;
    const STOPS: f32 = 16.5;
    let curve = (INSET * linear).to_array().map(|part| {
        let x = ((part.max(1e-10).log2() - DARKEST_STOP) / STOPS).clamp(0.0, 1.0);
        (((((15.5 * x - 40.14) * x + 31.96) * x - 6.868) * x + 0.4298) * x + 0.1191) * x - 0.00232
    });
    SRGB_FROM_REC2020 * (OUTSET * Vec3::from_array(curve)).max(Vec3::ZERO).powf(2.2)
}

/// ACES 1.0, reference rendering and sRGB output transform in one, as fitted by S. Hill. Divided by 0.6 before, as
/// three.js and model-viewer do, so that a page keeps its brightness.
/// <https://github.com/TheRealMJP/BakingLab/blob/master/BakingLab/ACES.hlsl>
pub fn aces(linear: Vec3) -> Vec3 {
    const INSET: Mat3 = Mat3::from_cols(
        Vec3::new(0.59719, 0.076, 0.0284),
        Vec3::new(0.35458, 0.90834, 0.13383),
        Vec3::new(0.04823, 0.01566, 0.83777),
    );
    const OUTSET: Mat3 = Mat3::from_cols(
        Vec3::new(1.60475, -0.10208, -0.00327),
        Vec3::new(-0.53108, 1.10813, -0.07276),
        Vec3::new(-0.07367, -0.00605, 1.07602),
    );
    let x = INSET * linear / 0.6;
    OUTSET * ((x * (x + 0.0245786) - 0.000090537) / (x * (0.983729 * x + 0.432951) + 0.238081))
}

#[cfg(test)]
mod tests {
    use super::{aces, agx, decode_srgb, encode_srgb, pbr_neutral};
    use crate::math::Vec3;

    #[test]
    fn srgb_there_and_back_for_every_byte() {
        for byte in 0..=255_u8 {
            let back = encode_srgb(decode_srgb(f32::from(byte) / 255.0)) * 255.0;
            assert!((back - f32::from(byte)).abs() < 0.01, "{byte} came back as {back}");
        }
    }

    #[test]
    fn neutral_keeps_dull_colours_and_never_passes_one() {
        let dull = Vec3::new(0.5, 0.3, 0.2);
        assert!((pbr_neutral(dull) - (dull - 0.04)).abs().max_element() < 1e-6);
        for light in [1.0, 10.0, 1000.0, 60000.0] {
            assert!(pbr_neutral(Vec3::new(light, light * 0.5, 0.0)).max_element() <= 1.0);
        }
    }

    #[test]
    fn film_curves_rise_and_keep_grey_grey() {
        // AgX puts middle grey at half of a screen of power 2.2; Hill's fit says what it is for ACES.
        for (curve, expected) in [(agx as fn(Vec3) -> Vec3, 0.5_f32.powf(2.2)), (aces, 0.2131)] {
            let grey = curve(Vec3::splat(0.18));
            assert!((grey - expected).abs().max_element() < 0.004, "{grey}");
            let mut last = -1.0;
            for step in 0..200 {
                let mapped = curve(Vec3::splat((step as f32 * 0.1 - 12.0).exp2()));
                assert!(mapped.max_element() - mapped.min_element() < 0.005, "{mapped} is no grey");
                assert!(mapped.x > last - 1e-3, "{mapped} after {last}");
                last = mapped.x;
            }
            assert!((0.97..1.06).contains(&last), "white is {last}");
        }
    }
}
