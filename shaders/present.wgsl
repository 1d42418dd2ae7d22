// Linear light to what a screen takes: exposure, tone curve, sRGB, alpha. `src/color.rs` is its twin on the processor.
// Joined with fullscreen.

struct Present {
    exposure: f32,
    // 0 cut off at 1, 1 Khronos PBR Neutral.
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
    var color = light.rgb / max(light.a, 1e-5) * present_options.exposure;
    if present_options.tone_mapping == 1u {
        color = pbr_neutral(color);
    }
    color = encode_srgb(clamp(color, vec3<f32>(0.0), vec3<f32>(1.0)));
    color = select(color * alpha, color, present_options.alpha_mode == 1u);
    if present_options.target_encodes == 1u {
        color = decode_srgb(color);
    }
    return vec4<f32>(color, select(alpha, 1.0, present_options.alpha_mode == 2u));
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

// IEC 61966-2-1.
fn encode_srgb(linear: vec3<f32>) -> vec3<f32> {
    let curve = 1.055 * pow(linear, vec3<f32>(1.0 / 2.4)) - 0.055;
    return select(curve, linear * 12.92, linear <= vec3<f32>(0.0031308));
}

fn decode_srgb(encoded: vec3<f32>) -> vec3<f32> {
    let curve = pow((encoded + 0.055) / 1.055, vec3<f32>(2.4));
    return select(curve, encoded / 12.92, encoded <= vec3<f32>(0.04045));
}
