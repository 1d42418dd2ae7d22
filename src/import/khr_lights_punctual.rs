//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_lights_punctual>: lamps.

use super::json::Object;
use super::ledger::Ledger;
use crate::math::Vec3;
use crate::model::{Lamp, LampKind, MOST_LAMPS};
use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};

const NAME: &str = "KHR_lights_punctual";

/// All lamps of a file.
pub(super) fn read(root: &Object, ledger: &mut Ledger) -> Vec<Lamp> {
    let objects = root.extension(NAME).map(|extension| extension.objects("lights")).unwrap_or_default();
    objects.iter().map(|object| read_lamp(object, ledger)).collect()
}

/// The lamp that hangs on a node.
pub(super) fn of_node(node: &Object, lamps: usize) -> Option<usize> {
    node.extension(NAME)?.index_below("light", lamps, "lights")
}

/// Warns of lamps that are too many for one picture.
pub(super) fn note_many(shown: usize, ledger: &mut Ledger) {
    if shown > MOST_LAMPS {
        ledger.warn(format!(
            "The file has {shown} lamps: only the {MOST_LAMPS} that shine strongest on the product are drawn. Bake the others into \
             its textures."
        ));
    }
}

fn read_lamp(object: &Object, ledger: &mut Ledger) -> Lamp {
    let color = object.numbers("color").map_or(Vec3::ONE, Vec3::from_array);
    let intensity = object.number("intensity").unwrap_or(1.0);
    let light = (color.max(Vec3::ZERO) * intensity.max(0.0)).min(Vec3::splat(f32::MAX));
    let kind = match object.text("type") {
        Some("directional") => LampKind::Far,
        Some("point") => LampKind::Point,
        Some("spot") => read_cone(object, ledger),
        _ => {
            object.complain(format_args!("`type` must be directional, point or spot"));
            LampKind::Far
        }
    };
    let range = object.number("range").filter(|range| *range > 0.0);
    Lamp { name: object.name(), light, range, kind }
}

fn read_cone(object: &Object, ledger: &mut Ledger) -> LampKind {
    let spot = object.object("spot");
    let angle = |key| spot.as_ref().and_then(|spot| spot.number(key));
    let outer = angle("outerConeAngle").unwrap_or(FRAC_PI_4);
    let inner = angle("innerConeAngle").unwrap_or(0.0);
    if !(outer > 0.0 && outer <= FRAC_PI_2 * 1.0001 && inner >= 0.0 && inner < outer) {
        ledger.warn(format!(
            "{}: the angles of its cone are brought into order; the inner one must be from 0 and less than the outer \
             one, which is a quarter turn at most.",
            object.place
        ));
    }
    let outer = outer.clamp(0.001, FRAC_PI_2);
    LampKind::Spot { inner: inner.clamp(0.0, outer * 0.999), outer }
}
