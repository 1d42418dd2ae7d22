//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_mesh_quantization>: small integers in streams.

use super::component::Component;
use super::json::Object;
use super::stream::Stream;

/// As files write it.
pub(super) const NAME: &str = "KHR_mesh_quantization";

/// True when the file says that it uses the extension.
pub(super) fn is_declared(root: &Object) -> bool {
    root.texts("extensionsUsed").contains(&NAME) || root.texts("extensionsRequired").contains(&NAME)
}

/// The storage that the extension allows beyond the core.
pub(super) fn allows(stream: Stream, component: Component, normalized: bool) -> bool {
    use Component::{I8, I16, U8, U16};
    match stream {
        Stream::Position | Stream::TexCoord(_) => matches!(component, I8 | U8 | I16 | U16),
        Stream::Normal | Stream::Tangent | Stream::TangentShift => matches!(component, I8 | I16) && normalized,
        Stream::Color => false,
    }
}
