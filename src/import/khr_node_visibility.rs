//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_node_visibility>: hidden parts.

use super::Error;
use super::json::Object;

/// False when the file hides the node and its children.
pub(super) fn read(node: &Object) -> Result<bool, Error> {
    match node.extension("KHR_node_visibility")? {
        Some(extension) if extension.field("visible").is_some() => extension.flag("visible"),
        _ => Ok(true),
    }
}
