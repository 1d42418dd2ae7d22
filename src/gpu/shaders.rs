//! Every program and the files it is joined from. The files lie in `shaders/`, plain WGSL; `shaders/strip.rs` takes
//! their comments out.

macro_rules! part {
    ($name:literal) => {
        (concat!($name, ".wgsl"), include_str!(concat!(env!("OUT_DIR"), "/", $name, ".wgsl")))
    };
}

/// The files of a program with more of them after.
const fn after<const N: usize, const M: usize, const ALL: usize>(first: [Part; N], more: [Part; M]) -> [Part; ALL] {
    let mut all = [("", ""); ALL];
    let mut index = 0;
    while index < ALL {
        all[index] = if index < N { first[index] } else { more[index - N] };
        index += 1;
    }
    all
}

/// A file's name and its text.
type Part = (&'static str, &'static str);

/// One shader module.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The pass it draws.
    pub name: &'static str,
    /// File names and texts, in the order they are joined.
    pub parts: &'static [(&'static str, &'static str)],
}

const FULLSCREEN: Part = part!("fullscreen");
const VIEW: Part = part!("view");
const SURFACE: Part = part!("surface");
const MATERIAL: Part = part!("material");
const LAYER: Part = part!("layer");
const CHARLIE: Part = part!("charlie");
const SURROUNDINGS: Part = part!("surroundings");
const CAMERA_PICTURE: Part = part!("camera_picture");
const QUAD: Part = part!("quad");
const STUDIO_LIGHT: [Part; 4] = [FULLSCREEN, SURROUNDINGS, CHARLIE, part!("environment")];
const ROOM: Part = part!("room");
const ROOM_LYING: Part = part!("room_lying");
const LYING_SHADOW: [Part; 3] = [VIEW, QUAD, part!("floor")];
const LYING_RING: [Part; 3] = [VIEW, QUAD, part!("reticle")];
const SURFACES: [Part; 15] = [
    VIEW,
    SURFACE,
    MATERIAL,
    LAYER,
    CHARLIE,
    part!("grid"),
    part!("point"),
    part!("normal"),
    part!("iridescence"),
    part!("reflection"),
    part!("sheen"),
    part!("transmission"),
    part!("light"),
    part!("lamps"),
    part!("pbr"),
];

/// The studio to light.
pub const ENVIRONMENT: Program = Program { name: "environment", parts: &STUDIO_LIGHT };
/// A panorama to light.
pub const PANORAMA: Program = Program { name: "panorama", parts: &after::<4, 1, 5>(STUDIO_LIGHT, [part!("panorama")]) };
/// A picture to its next level.
pub const MIP: Program = Program { name: "mip", parts: &[FULLSCREEN, part!("mip")] };
/// An item from below.
pub const SHADOW: Program = Program { name: "shadow", parts: &[VIEW, SURFACE, MATERIAL, part!("shadow")] };
/// What a lamp sees.
pub const SHADOW_MAP: Program = Program { name: "shadow_map", parts: &[VIEW, SURFACE, MATERIAL, part!("shadow_map")] };
/// A shadow softened.
pub const BLUR: Program = Program { name: "blur", parts: &[FULLSCREEN, part!("blur")] };
/// The shadow on the floor.
pub const FLOOR: Program = Program { name: "floor", parts: &LYING_SHADOW };
/// A picture of what lies behind glass, and its blurred levels.
pub const BEHIND: Program = Program { name: "behind", parts: &[FULLSCREEN, part!("behind")] };
/// Opaque, transmissive and blended surfaces.
pub const PBR: Program = Program { name: "pbr", parts: &SURFACES };
/// Where crossing surfaces lie behind each other.
pub const PEEL: Program = Program { name: "peel", parts: &[VIEW, SURFACE, MATERIAL, LAYER, part!("peel")] };
/// An item as one direction of light sees it.
pub const OCCLUDER: Program = Program { name: "occluder", parts: &[VIEW, SURFACE, MATERIAL, part!("occluder")] };
/// The light of one direction.
pub const RAY: Program = Program { name: "ray", parts: &[FULLSCREEN, VIEW, part!("ray")] };
/// The light around an item.
pub const OCCLUSION: Program = Program { name: "occlusion", parts: &[FULLSCREEN, part!("occlusion")] };
/// The surroundings behind everything.
pub const BACKDROP: Program = Program { name: "backdrop", parts: &[FULLSCREEN, SURROUNDINGS, part!("backdrop")] };
/// A camera's picture behind everything, and the body in it.
pub const FEED: Program = Program { name: "feed", parts: &[VIEW, FULLSCREEN, CAMERA_PICTURE, part!("feed")] };
/// The present pass of a picture that stands in a camera's.
pub const FEED_PRESENT: Program =
    Program { name: "feed_present", parts: &[FULLSCREEN, CAMERA_PICTURE, part!("present"), part!("feed_present")] };
/// The ring where a tap would place the item.
pub const RETICLE: Program = Program { name: "reticle", parts: &LYING_RING };
/// Words before a shopper who sees nothing of the page.
pub const CAPTION: Program = Program { name: "caption", parts: &[VIEW, QUAD, part!("caption")] };
/// Surfaces behind the room's things.
pub const ROOM_SURFACE: Program =
    Program { name: "room_surface", parts: &after::<15, 2, 17>(SURFACES, [ROOM, part!("room_surface")]) };
/// The shadow on the floor, behind the room's things.
pub const ROOM_FLOOR: Program =
    Program { name: "room_floor", parts: &after::<3, 2, 5>(LYING_SHADOW, [ROOM, ROOM_LYING]) };
/// The ring, behind the room's things.
pub const ROOM_RETICLE: Program =
    Program { name: "room_reticle", parts: &after::<3, 2, 5>(LYING_RING, [ROOM, ROOM_LYING]) };
/// Linear light to the screen.
pub const PRESENT: Program = Program { name: "present", parts: &[FULLSCREEN, part!("present")] };

/// All of them, for tests.
pub const PROGRAMS: &[Program] = &[
    ENVIRONMENT,
    PANORAMA,
    MIP,
    SHADOW,
    SHADOW_MAP,
    BLUR,
    FLOOR,
    BEHIND,
    PEEL,
    OCCLUDER,
    RAY,
    OCCLUSION,
    PBR,
    BACKDROP,
    FEED,
    FEED_PRESENT,
    RETICLE,
    CAPTION,
    ROOM_SURFACE,
    ROOM_FLOOR,
    ROOM_RETICLE,
    PRESENT,
];

impl Program {
    /// The text the card gets.
    pub fn source(&self) -> String {
        self.parts.iter().map(|(_, text)| *text).collect()
    }

    /// Which file a line (from 1) of [`Self::source`] stands in, and where in it.
    pub fn place(&self, line: u32) -> (&'static str, u32) {
        let mut first = 1;
        for (file, text) in self.parts {
            let count = text.lines().count() as u32;
            if line < first + count {
                return (file, line + 1 - first);
            }
            first += count;
        }
        (self.name, line)
    }

    pub(super) fn module(&self, device: &wgpu::Device) -> wgpu::ShaderModule {
        device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(self.name),
            source: wgpu::ShaderSource::Wgsl(self.source().into()),
        })
    }
}
