//! Parts through which something is seen, in the order they are drawn: far ones first, and glass over a picture of what
//! lies behind it.

use super::frame::{Background, Draw, Layer, View};
use super::{Look, Scratch};
use crate::math::{Aabb, Vec2, Vec3};
use crate::model::Material;

/// So many times a frame stops for a picture of what lies behind glass; of more panes the farthest share one.
const MOST_PICTURES: usize = 4;

/// One such part on its way into a frame.
#[derive(Debug)]
pub(super) struct Layered {
    pub draw: Draw,
    /// The box around it, in the world.
    bounds: Aabb,
    is_glass: bool,
    /// Glass with an inside, in which other things may be.
    is_body: bool,
    /// How many came before it.
    number: usize,
}

/// What a part covers in a view.
#[derive(Debug)]
pub(super) struct Footprint {
    /// The smallest and the largest corner, in clip space.
    rectangle: [Vec2; 2],
    /// From the nearest to the farthest of its points, along the view, in metres.
    depth: [f32; 2],
}

impl Layered {
    pub fn new(draw: Draw, bounds: Aabb, material: &Material, number: usize) -> Self {
        let is_glass = material.is_transmissive();
        let is_body = is_glass && material.volume.is_some_and(|volume| volume.thickness > 0.0);
        Self { draw, bounds, is_glass, is_body, number }
    }

    /// What decides who is drawn first. What holds something comes after it: it starts nearer to the eye.
    fn distance_squared(&self, eye: Vec3) -> f32 {
        let is_around = self.is_body && !self.bounds.is_empty();
        let place = if is_around { eye.max(self.bounds.min).min(self.bounds.max) } else { self.bounds.center() };
        place.distance_squared(eye)
    }
}

/// Sorts the scratch's parts, far ones first; equal distances keep their order. In a room glass is seen through to the page, and
/// needs no picture of what lies behind.
pub(super) fn sort(scratch: &mut Scratch, view: Option<&View>, look: Look, layers: &mut Vec<Layer>) {
    let Scratch { layered: parts, footprints, veils, .. } = scratch;
    let Some(view) = view else { return layers.push(Layer { draws: 0..parts.len(), crossing: None }) };
    let eye = view.world_from_view.translation.into();
    // By number where the distance is the same: sorts that keep the order need memory.
    parts.sort_unstable_by(|a, b| {
        b.distance_squared(eye).total_cmp(&a.distance_squared(eye)).then(a.number.cmp(&b.number))
    });
    footprints.clear();
    footprints.extend(parts.iter().map(|part| footprint(part.bounds, view)));
    let is_glass = |index: usize| look.background != Background::Room && parts[index].is_glass;
    layers.push(Layer { draws: 0..parts.len(), crossing: None });
    split(footprints, is_glass, layers);
    if look.crossing {
        for layer in layers {
            veils.clear();
            veils.extend(layer.draws.clone().filter(|&index| !is_glass(index)));
            layer.crossing = crossing(parts, footprints, veils);
        }
    }
}

/// Begins a layer wherever a new picture of what lies behind is needed: at glass over something that the picture before does not
/// show. `layers` has one layer of all parts.
fn split(footprints: &[Footprint], is_glass: impl Fn(usize) -> bool, layers: &mut Vec<Layer>) {
    for (index, footprint) in footprints.iter().enumerate().filter(|(index, _)| is_glass(*index)) {
        let is_first = layers.len() == 1;
        let Some(last) = layers.last_mut() else { return };
        if is_first || footprints[last.draws.start..index].iter().any(|earlier| footprint.covers(earlier)) {
            let end = std::mem::replace(&mut last.draws.end, index);
            layers.push(Layer { draws: index..end, crossing: None });
        }
    }
    if layers.len() > MOST_PICTURES + 1 {
        let kept = layers.len() - MOST_PICTURES;
        layers[1].draws.end = layers[kept].draws.end;
        layers.drain(2..=kept);
    }
}

/// The box around these parts when some reach into each other, so that no order of whole parts is right.
#[inline(never)] // in the browser it comes later than the rest
fn crossing(parts: &[Layered], footprints: &[Footprint], these: &mut [usize]) -> Option<Aabb> {
    these.sort_unstable_by(|a, b| footprints[*a].depth[0].total_cmp(&footprints[*b].depth[0]));
    let do_cross = these.iter().enumerate().any(|(place, &nearer)| {
        let nearer = &footprints[nearer];
        let behind = these[place + 1..].iter().map(|&index| &footprints[index]);
        behind.take_while(|farther| farther.depth[0] < nearer.depth[1]).any(|farther| farther.covers(nearer))
    });
    do_cross.then(|| these.iter().fold(Aabb::EMPTY, |bounds, &index| bounds.union(parts[index].bounds)))
}

fn footprint(bounds: Aabb, view: &View) -> Footprint {
    let view_from_world = view.world_from_view.inverse();
    let whole =
        Footprint { rectangle: [Vec2::INFINITY, Vec2::NEG_INFINITY], depth: [f32::INFINITY, f32::NEG_INFINITY] };
    bounds.corners().into_iter().fold(whole, |Footprint { rectangle: [low, high], depth: [near, far] }, corner| {
        let place = view_from_world.transform_point3(corner);
        let clip = view.clip_from_view * place.extend(1.0);
        let depth = [near.min(-place.z), far.max(-place.z)];
        // What reaches behind the eye may cover anything.
        let (smallest, largest) = match clip.w > 1e-6 {
            true => (clip.truncate().truncate() / clip.w, clip.truncate().truncate() / clip.w),
            false => (Vec2::NEG_INFINITY, Vec2::INFINITY),
        };
        Footprint { rectangle: [low.min(smallest), high.max(largest)], depth }
    })
}

impl Footprint {
    fn covers(&self, other: &Self) -> bool {
        let [low, high] = self.rectangle;
        let [other_low, other_high] = other.rectangle;
        low.cmplt(other_high).all() && other_low.cmplt(high).all()
    }
}

#[cfg(test)]
mod tests {
    use super::{Layered, MOST_PICTURES, sort};
    use crate::math::{Aabb, Affine3A, Vec3};
    use crate::model::{Material, Transmission, Volume};
    use crate::scene::frame::{Background, Draw, Layer, View};
    use crate::scene::{Look, Scratch};

    /// From a metre in front of the origin along -Z.
    fn view() -> View {
        let clip_from_view = glam::camera::rh::proj::directx::perspective(1.0, 1.0, 0.1, 100.0);
        View { viewport: [0, 0, 1, 1], world_from_view: Affine3A::from_translation(Vec3::Z), clip_from_view }
    }

    fn part(number: u32, middle: [f32; 3], size: [f32; 3], material: &Material) -> Layered {
        let (middle, half) = (Vec3::from_array(middle), Vec3::from_array(size) * 0.5);
        let bounds = Aabb { min: middle - half, max: middle + half };
        Layered::new(Draw { item: number, ..Draw::default() }, bounds, material, number as usize)
    }

    fn glass() -> Material {
        Material { transmission: Some(Transmission { strength: 1.0 }), ..Material::default() }
    }

    fn sorted(layered: Vec<Layered>, is_room: bool) -> (Vec<u32>, Vec<Layer>) {
        let background = if is_room { Background::Room } else { Background::Transparent };
        let (mut scratch, mut layers) = (Scratch { layered, ..Scratch::default() }, Vec::new());
        sort(&mut scratch, Some(&view()), Look { background, ..Look::default() }, &mut layers);
        (scratch.layered.iter().map(|part| part.draw.item).collect(), layers)
    }

    fn ends(layers: &[Layer]) -> Vec<usize> {
        layers.iter().map(|layer| layer.draws.end).collect()
    }

    #[test]
    fn veils_share_one_layer_and_cross_only_where_they_overlap() {
        let veil = Material::default();
        let [behind, before] = [[0.0, 0.0, -2.0], [0.0, 0.0, -1.0]];
        let (order, layers) = sorted(vec![part(1, before, [1.0; 3], &veil), part(2, behind, [0.9; 3], &veil)], false);
        assert_eq!((order, ends(&layers), layers[0].crossing), (vec![2, 1], vec![2], None));
        let (_, layers) = sorted(vec![part(1, before, [1.0; 3], &veil), part(2, behind, [1.2; 3], &veil)], false);
        let whole = Aabb { min: Vec3::new(-0.6, -0.6, -2.6), max: Vec3::new(0.6, 0.6, -0.5) };
        assert_eq!(layers[0].crossing, Some(whole), "one reaches into the other");
        let beside = part(2, [1.2, 0.0, -1.0], [0.4; 3], &veil);
        let (_, layers) = sorted(vec![part(1, before, [0.4; 3], &veil), beside], false);
        assert_eq!(layers[0].crossing, None, "as deep as each other, but beside each other");
    }

    #[test]
    fn glass_needs_a_picture_where_it_covers_what_the_last_one_does_not_show() {
        let pane = |number, x, z| part(number, [x, 0.0, z], [0.4, 0.4, 0.0], &glass());
        let (order, layers) = sorted(vec![pane(1, -0.5, -1.0), pane(2, 0.5, -1.5), pane(3, -0.5, -2.0)], false);
        assert_eq!((order, ends(&layers)), (vec![3, 2, 1], vec![0, 2, 3]), "two side by side share one");
        let many: Vec<Layered> = (1..=9).map(|number| pane(number, 0.0, -1.0 - number as f32)).collect();
        let (_, layers) = sorted(many, false);
        assert_eq!((layers.len(), layers[1].draws.clone()), (MOST_PICTURES + 1, 0..6), "the farthest share one");
        let (_, layers) = sorted(vec![pane(1, 0.0, -1.0), pane(2, 0.0, -2.0)], true);
        assert_eq!(ends(&layers), [2], "in a room the page shows through");
    }

    #[test]
    fn what_holds_something_comes_after_it() {
        let body = Material { volume: Some(Volume { thickness: 0.1, ..Volume::default() }), ..glass() };
        // The drink stands lower in the tumbler, and its middle is nearer to the eye.
        let tumbler = part(1, [0.0, 0.5, -2.0], [1.0, 1.0, 1.0], &body);
        let drink = part(2, [0.0, 0.2, -2.0], [0.9, 0.3, 0.9], &body);
        let (order, layers) = sorted(vec![tumbler, drink], false);
        assert_eq!((order, ends(&layers)), (vec![2, 1], vec![0, 1, 2]));
    }
}
