//! Linear light, sRGB and the tone curve; the twin of `shaders/present.wgsl` on the processor.

use crate::math::Vec3;

/// sRGB 0..1 of linear light 0..1 (IEC 61966-2-1).
pub fn encode_srgb(linear: f32) -> f32 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 }
}

/// Linear light 0..1 of sRGB 0..1.
pub fn decode_srgb(encoded: f32) -> f32 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
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

#[cfg(test)]
mod tests {
    use super::{decode_srgb, encode_srgb, pbr_neutral};
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
}
