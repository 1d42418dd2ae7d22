//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_node_visibility>: hidden parts.

use super::json::Object;

/// False when the file hides the node and its children.
pub(super) fn read(node: &Object) -> bool {
    let extension = node.extension("KHR_node_visibility").filter(|extension| extension.field("visible").is_some());
    extension.is_none_or(|extension| extension.flag("visible"))
}
