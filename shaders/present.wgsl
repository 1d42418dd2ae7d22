// Linear light to what a screen takes: exposure, tone curve, sRGB, alpha. `src/color.rs` is its twin on the processor.
// Joined with fullscreen.

struct Present {
    exposure: f32,
    // 0 cut off at 1, 1 Khronos PBR Neutral, 2 AgX, 3 ACES.
    tone_mapping: u32,
    // 0 premultiplied, 1 straight, 2 opaque over black.
    alpha_mode: u32,
    // 1 turns the picture upside down.
    flip_y: u32,
    // 1 when the target encodes sRGB by itself.
    @size(16) target_encodes: u32,
}

@group(0) @binding(0) var<uniform> present_options: Present;
@group(0) @binding(1) var picture: texture_2d<f32>;

@fragment
fn present(in: Fullscreen) -> @location(0) vec4<f32> {
    let size = vec2<i32>(textureDimensions(picture));
    var texel = vec2<i32>(in.clip.xy);
    texel.y = select(texel.y, size.y - 1 - texel.y, present_options.flip_y == 1u);
    let light = textureLoad(picture, texel, 0);
    let alpha = clamp(light.a, 0.0, 1.0);
    var color = toned(light.rgb / max(light.a, 1e-5) * present_options.exposure);
    color = encode_srgb(clamp(color, vec3<f32>(0.0), vec3<f32>(1.0)));
    color = select(color * alpha, color, present_options.alpha_mode == 1u);
    if present_options.target_encodes == 1u {
        color = decode_srgb(color);
    }
    return vec4<f32>(color, select(alpha, 1.0, present_options.alpha_mode == 2u));
}

fn toned(linear: vec3<f32>) -> vec3<f32> {
    switch present_options.tone_mapping {
        case 1u: { return pbr_neutral(linear); }
        case 2u: { return agx(linear); }
        case 3u: { return aces(linear); }
        default: { return linear; }
    }
}

// https://github.com/KhronosGroup/ToneMapping/blob/main/PBR_Neutral/README.md
fn pbr_neutral(linear: vec3<f32>) -> vec3<f32> {
    let start = 0.8 - 0.04;
    let desaturation = 0.15;
    let least = min(linear.r, min(linear.g, linear.b));
    let color = linear - select(0.04, least - 6.25 * least * least, least < 0.08);
    let peak = max(color.r, max(color.g, color.b));
    if peak < start {
        return color;
    }
    let room = 1.0 - start;
    let new_peak = 1.0 - room * room / (peak + room - start);
    let white = 1.0 - 1.0 / (desaturation * (peak - new_peak) + 1.0);
    return mix(color * new_peak / peak, vec3<f32>(new_peak), white);
}

// AgX (T. Sobotka), its default look by B. Wrensch's polynomial, in Rec. 2020 as Blender and three.js have it. The two
// matrices around the curve are multiplied with those of the colour space where no power lies between.
fn agx(linear: vec3<f32>) -> vec3<f32> {
    let inset = mat3x3<f32>(
        0.544812, 0.140419, 0.088817, 0.373797, 0.754108, 0.17886, 0.081381, 0.105397, 0.732315);
    let outset = mat3x3<f32>(
        1.127101, -0.14133, -0.14133, -0.110607, 1.157824, -0.110607, -0.016494, -0.016494, 1.251936);
    let srgb_from_rec2020 = mat3x3<f32>(
        1.6605, -0.1246, -0.0182, -0.5876, 1.1329, -0.1006, -0.0728, -0.0083, 1.1187);
    let stops = log2(max(inset * linear, vec3<f32>(1e-10)));
    let x = clamp((stops + 12.47393) / 16.5, vec3<f32>(0.0), vec3<f32>(1.0));
    let curve = (((((15.5 * x - 40.14) * x + 31.96) * x - 6.868) * x + 0.4298) * x + 0.1191) * x - 0.00232;
    return srgb_from_rec2020 * pow(max(outset * curve, vec3<f32>(0.0)), vec3<f32>(2.2));
}

// ACES 1.0 for sRGB as fitted by S. Hill, and as bright as three.js and model-viewer have it.
fn aces(linear: vec3<f32>) -> vec3<f32> {
    let inset = mat3x3<f32>(0.59719, 0.076, 0.0284, 0.35458, 0.90834, 0.13383, 0.04823, 0.01566, 0.83777);
    let outset = mat3x3<f32>(1.60475, -0.10208, -0.00327, -0.53108, 1.10813, -0.07276, -0.07367, -0.00605, 1.07602);
    let x = inset * linear / 0.6;
    return outset * ((x * (x + 0.0245786) - 0.000090537) / (x * (0.983729 * x + 0.432951) + 0.238081));
}

// IEC 61966-2-1.
fn encode_srgb(linear: vec3<f32>) -> vec3<f32> {
    let curve = 1.055 * pow(linear, vec3<f32>(1.0 / 2.4)) - 0.055;
    return select(curve, linear * 12.92, linear <= vec3<f32>(0.0031308));
}

fn decode_srgb(encoded: vec3<f32>) -> vec3<f32> {
    let curve = pow((encoded + 0.055) / 1.055, vec3<f32>(2.4));
    return select(curve, encoded / 12.92, encoded <= vec3<f32>(0.04045));
}
