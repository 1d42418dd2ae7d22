//! Every program and the files it is joined from. The files lie in `shaders/`, plain WGSL; `shaders/strip.rs` takes
//! their comments out.

macro_rules! part {
    ($name:literal) => {
        (concat!($name, ".wgsl"), include_str!(concat!(env!("OUT_DIR"), "/", $name, ".wgsl")))
    };
}

/// One shader module.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The pass it draws.
    pub name: &'static str,
    /// File names and texts, in the order they are joined.
    pub parts: &'static [(&'static str, &'static str)],
}

const FULLSCREEN: (&str, &str) = part!("fullscreen");
const VIEW: (&str, &str) = part!("view");
const SURFACE: (&str, &str) = part!("surface");
const MATERIAL: (&str, &str) = part!("material");
const LAYER: (&str, &str) = part!("layer");
const CHARLIE: (&str, &str) = part!("charlie");
const SURROUNDINGS: (&str, &str) = part!("surroundings");
const QUAD: (&str, &str) = part!("quad");

/// Surroundings to light.
pub const ENVIRONMENT: Program =
    Program { name: "environment", parts: &[FULLSCREEN, SURROUNDINGS, CHARLIE, part!("environment")] };
/// A picture to its next level.
pub const MIP: Program = Program { name: "mip", parts: &[FULLSCREEN, part!("mip")] };
/// An item from below.
pub const SHADOW: Program = Program { name: "shadow", parts: &[VIEW, SURFACE, MATERIAL, part!("shadow")] };
/// What a lamp sees.
pub const SHADOW_MAP: Program = Program { name: "shadow_map", parts: &[VIEW, SURFACE, MATERIAL, part!("shadow_map")] };
/// A shadow softened.
pub const BLUR: Program = Program { name: "blur", parts: &[FULLSCREEN, part!("blur")] };
/// The shadow on the floor.
pub const FLOOR: Program = Program { name: "floor", parts: &[VIEW, QUAD, part!("floor")] };
/// A picture of what lies behind glass, and its blurred levels.
pub const BEHIND: Program = Program { name: "behind", parts: &[FULLSCREEN, part!("behind")] };
/// Opaque, transmissive and blended surfaces.
pub const PBR: Program = Program {
    name: "pbr",
    parts: &[
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
    ],
};
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
/// The ring where a tap would place the item.
pub const RETICLE: Program = Program { name: "reticle", parts: &[VIEW, QUAD, part!("reticle")] };
/// Linear light to the screen.
pub const PRESENT: Program = Program { name: "present", parts: &[FULLSCREEN, part!("present")] };

/// All of them, for tests.
pub const PROGRAMS: &[Program] = &[
    ENVIRONMENT,
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
    RETICLE,
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
