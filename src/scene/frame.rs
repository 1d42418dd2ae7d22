//! The plain draw list: everything one picture needs, and the only thing between the viewer and the graphics card.

use crate::math::{Aabb, Affine3A, Mat3, Mat4, Vec2, Vec3};
use crate::model::LampKind;
use std::ops::Range;

/// Everything one picture needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// One for a canvas, one or two for XR.
    pub views: Vec<View>,
    /// The light from all around.
    pub light: Light,
    /// Lamps of the products, strongest first.
    pub lamps: Vec<Lamp>,
    /// The box around all products at rest, in the world.
    pub bounds: Aabb,
    /// Multiplies all light before the tone curve; 1 leaves it.
    pub exposure: f32,
    /// From linear light to the screen.
    pub tone_mapping: ToneMapping,
    /// Behind everything.
    pub background: Background,
    /// How the surroundings are drawn, where they are.
    pub sky: Sky,
    /// Soft shadows on the floor, one per item.
    pub shadows: Vec<Shadow>,
    /// Items that stand in their own light.
    pub occlusions: Vec<Occlusion>,
    /// Solid and masked parts, in any order.
    pub opaque: Vec<Draw>,
    /// Parts through which something is seen, blended or transmissive, far ones first for the first view.
    pub blended: Vec<Draw>,
    /// Stretches of them in the same order. The first, which may be empty, is drawn with what is solid; every other one
    /// starts with glass and shows, bent and blurred, what was drawn before.
    pub layers: Vec<Layer>,
    /// The camera's picture that everything stands in, where there is one.
    pub feed: Option<Feed>,
    /// Where a tap would place the item.
    pub reticle: Option<Reticle>,
    /// Where a headset's controllers, hands and gaze point.
    pub cursors: Vec<Reticle>,
    /// Words before a shopper who sees nothing of the page, as [`Gpu::take_caption`] has them: the square -1..1 in X (to the
    /// right) and Y (up) to the world.
    ///
    /// [`Gpu::take_caption`]: crate::gpu::Gpu::take_caption
    pub caption: Option<Affine3A>,
    /// Where joints carry the meshes that hang on them, in the item: skin after skin, named by draws.
    pub joints: Vec<Affine3A>,
    /// The morph targets that are blended in, named by draws.
    pub morph_weights: Vec<MorphWeight>,
    /// How far away the room's own things are: one for each view, or none at all.
    pub room_depths: Vec<RoomDepth>,
    /// What items in a room stand on or hang at.
    pub rests: Vec<Rest>,
    /// The room's light from all around, instead of the surroundings': radiance as real spherical harmonics of bands 0 to 2
    /// in WebXR's order, red, green and blue each.
    pub harmonics: Option<[Vec3; 9]>,
    /// What mirrors show of the room beside, instead of the surroundings: six faces of a cube, +X -X +Y -Y +Z -Z, rows from the
    /// top, 1 on average; empty where nobody knows.
    pub reflections: Vec<Vec3>,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            views: Vec::new(),
            light: Light::default(),
            lamps: Vec::new(),
            bounds: Aabb::EMPTY,
            exposure: 1.0,
            tone_mapping: ToneMapping::default(),
            background: Background::default(),
            sky: Sky::default(),
            shadows: Vec::new(),
            occlusions: Vec::new(),
            opaque: Vec::new(),
            blended: Vec::new(),
            layers: Vec::new(),
            feed: None,
            reticle: None,
            cursors: Vec::new(),
            caption: None,
            joints: Vec::new(),
            morph_weights: Vec::new(),
            room_depths: Vec::new(),
            rests: Vec::new(),
            harmonics: None,
            reflections: Vec::new(),
        }
    }
}

impl Frame {
    /// Nothing is to be seen any more; the memory of the lists stays.
    pub(super) fn clear(&mut self) {
        self.views.clear();
        self.lamps.clear();
        self.bounds = Aabb::EMPTY;
        self.shadows.clear();
        self.occlusions.clear();
        self.opaque.clear();
        self.blended.clear();
        self.layers.clear();
        self.feed = None;
        self.cursors.clear();
        self.caption = None;
        self.joints.clear();
        self.morph_weights.clear();
        self.room_depths.clear();
        self.rests.clear();
        self.harmonics = None;
        self.reflections.clear();
    }
}

/// One eye's look at the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Where on the target, in pixels, from the upper left corner: x, y, width, height.
    pub viewport: [u32; 4],
    /// The camera's place; it looks along its -Z.
    pub world_from_view: Affine3A,
    /// Right-handed projection, depth 0 near .. 1 far.
    pub clip_from_view: Mat4,
}

/// Image-based light. The picture itself is given to the card beforehand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Light {
    /// Turns the surroundings about Y, in radians.
    pub rotation_rad: f32,
    /// Multiplies the surroundings; 1 leaves them.
    pub intensity: f32,
}

impl Default for Light {
    fn default() -> Self {
        Self { rotation_rad: 0.0, intensity: 1.0 }
    }
}

/// A lamp in the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lamp {
    /// How it shines.
    pub kind: LampKind,
    /// In metres; without meaning for one far away.
    pub position: Vec3,
    /// Where it shines to, unit length.
    pub direction: Vec3,
    /// Linear: candela, or lux for one far away.
    pub light: Vec3,
    /// Where its light ends, in metres.
    pub range: Option<f32>,
}

/// How far away the room's own things are, as the device measured it for one view.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomDepth {
    /// Columns and rows.
    pub size: [u32; 2],
    /// Ahead of its camera, row by row from the top, in millimetres; 0 where the device does not know. As many as `size`
    /// says.
    pub millimetres: Vec<u16>,
    /// World to the depth picture: 0..1 across and down, times w; w is how many metres ahead of its camera a point is.
    pub depth_from_world: Mat4,
}

/// A surface of the room that an item stands on or hangs at: it cannot hide that item, however it was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rest {
    /// Where the item touches it.
    pub place: Vec3,
    /// Its normal, unit length.
    pub normal: Vec3,
    /// How far from there it is this item's, in metres.
    pub radius: f32,
}

/// From linear light to the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToneMapping {
    /// Khronos PBR Neutral: base colours survive.
    #[default]
    Neutral,
    /// Fades to white as film does.
    Agx,
    /// The cinema's curve, with more contrast.
    Aces,
    /// Cut off at 1.
    None,
}

/// Behind everything.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Background {
    /// The page shows through; glass shows the surroundings that light the product.
    #[default]
    Transparent,
    /// A camera's picture shows through, through glass as well.
    Room,
    /// The surroundings that light the product.
    Environment,
}

/// How the surroundings are drawn as background.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sky {
    /// 0 as sharp as the picture .. 1 nothing but its colours.
    pub blur: f32,
    /// The picture's lower half lies on the floor; `None` when all of it is infinitely far.
    pub ground: Option<Ground>,
}

/// A floor that the surroundings are laid on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ground {
    /// The point of the floor over which the picture was taken.
    pub floor: Vec3,
    /// How high over it that was, in metres, more than 0.
    pub height: f32,
    /// From where it was taken to the dome that everything else lies on, in metres.
    pub radius: f32,
}

/// One primitive of one model at one place, or copies of it at several.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Draw {
    /// Which uploaded model.
    pub model: ModelId,
    /// Index into its meshes.
    pub mesh: usize,
    /// Index into the mesh's primitives.
    pub primitive: usize,
    /// Index into its materials; `None` is glTF's default material.
    pub material: Option<usize>,
    /// Its place; of a primitive that hangs on joints, the item's.
    pub world_from_node: Affine3A,
    /// Which item of the scene it belongs to; [`Shadow::item`] collects by it.
    pub item: u32,
    /// Where the joints of its skin start in [`Frame::joints`]; `None` when none carry it.
    pub first_joint: Option<u32>,
    /// Which of [`Frame::morph_weights`] it blends in: the first and how many.
    pub morph_weights: [u32; 2],
    /// Copies to be drawn instead of one at the node.
    pub instances: Option<Instances>,
    /// Its joints or copies turn left into right, apart from what `world_from_node` does.
    pub mirrored: bool,
    /// 0 whole .. 1 nothing of it: what lies behind the page shines through.
    pub faded: f32,
}

/// Parts that are drawn over the same picture of what lies behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Which of [`Frame::blended`].
    pub draws: Range<usize>,
    /// Some that are not of glass reach into each other, so that no order of whole parts is right: the box around them, in
    /// the world.
    pub crossing: Option<Aabb>,
}

/// Some of a node's copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instances {
    /// Index into the model's nodes.
    pub node: usize,
    /// The first one's number.
    pub first: u32,
    /// How many.
    pub count: u32,
}

/// How far one morph target is blended in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MorphWeight {
    /// Index into the primitive's targets.
    pub target: u32,
    /// 0 not at all .. 1 wholly; other numbers go on.
    pub weight: f32,
}

/// A model the card holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelId(pub u32);

/// A soft contact shadow: what the item hides from above, on a rectangle of floor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shadow {
    /// Which item casts it: all draws with the same number.
    pub item: u32,
    /// The rectangle's frame: X and Z along its sides, Y its normal, the origin its middle.
    pub world_from_shadow: Affine3A,
    /// Half the rectangle's sides in metres, along X and Z; margin for the blur included.
    pub half_size: Vec2,
    /// How far above the floor parts still darken it, in metres.
    pub reach: f32,
    /// How far along X and Z the shadow of a part falls away for each metre that it is above the floor; 0 right below.
    pub lean: Vec2,
    /// 0 none .. 1 black.
    pub intensity: f32,
    /// 0 crisp .. 1 very soft.
    pub softness: f32,
    /// Changes when the shape that casts it does; the same number twice means the last picture can be used again.
    pub version: u64,
}

/// An item that hides light from itself and throws some onto itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occlusion {
    /// Which item: all draws with the same number.
    pub item: u32,
    /// Its place.
    pub world_from_item: Affine3A,
    /// The box around it, in its own space; not empty.
    pub bounds: Aabb,
    /// Changes when its shape does.
    pub version: u64,
}

/// The ring that shows where a tap would place the item, or where somebody points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reticle {
    /// Its frame: Y is the surface's normal.
    pub world_from_reticle: Affine3A,
    /// Its radius in metres.
    pub radius: f32,
    /// Linear colour.
    pub color: Vec3,
    /// What is drawn within it.
    pub mark: Mark,
}

/// What a [`Reticle`] looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// A ring with a dot in its middle.
    #[default]
    Ring,
    /// A ray along its Z, which fades towards its end.
    Beam,
}

/// Half the width of a beam, in metres.
const BEAM_M: f32 = 0.002;

impl Reticle {
    /// A ray of light from one point to another, turned to who looks on from `eye`.
    pub fn beam(from: Vec3, to: Vec3, eye: Vec3, color: Vec3) -> Self {
        let (along, middle) = ((to - from) * 0.5, (from + to) * 0.5);
        let across = (eye - middle).cross(along).try_normalize().unwrap_or_else(|| along.any_orthonormal_vector());
        let toward = along.cross(across).normalize_or_zero();
        let world_from_reticle =
            Affine3A::from_mat3_translation(Mat3::from_cols(across * BEAM_M, toward, along), middle);
        Self { world_from_reticle, radius: 1.0, color, mark: Mark::Beam }
    }
}

/// A camera's picture that everything stands in, and the body in it. The picture itself is given to the card.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// Where the picture shows clip space, in texture coordinates: its middle, and what clip space's 1 is.
    pub picture_from_clip: [f32; 4],
    /// Multiplies what the products look like, so that they stand in the camera's light; linear.
    pub tint: Vec3,
    /// What hides products without being drawn.
    pub body: Body,
}

impl Default for Feed {
    fn default() -> Self {
        Self { picture_from_clip: [0.5, 0.5, 0.5, -0.5], tint: Vec3::ONE, body: Body::default() }
    }
}

/// Closed surfaces in the world, their outside where triangles turn counter-clockwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// In metres.
    pub positions: Vec<Vec3>,
    /// By position: the normal there, as long as the outline fades, in metres.
    pub edges: Vec<Vec3>,
    /// Three to a triangle.
    pub indices: Vec<u32>,
}
