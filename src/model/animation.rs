//! Animations: curves over time and what they move (glTF 2.0, section 3.11).

/// A motion with a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Animation {
    /// Never empty and no other animation's: pages choose by name.
    pub name: String,
    /// When its last key is, in seconds; from 0.
    pub duration_s: f32,
    /// Numbers over time, named by channels.
    pub curves: Vec<Curve>,
    /// What moves.
    pub channels: Vec<Channel>,
}

/// "This curve moves that."
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Channel {
    /// Index into the animation's curves, whose width is the target's.
    pub curve: usize,
    /// What moves.
    pub target: Target,
}

/// What a channel moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// Three numbers, of this node.
    Translation(usize),
    /// A quaternion, of this node.
    Rotation(usize),
    /// Three numbers, of this node.
    Scale(usize),
    /// Morph weights of this node's mesh: so many numbers as the curve is wide, from the one numbered `first`.
    Weights {
        /// Index into the model's nodes.
        node: usize,
        /// The first weight that it moves.
        first: usize,
    },
    /// Whether this node and its children are drawn: everything but 0 shows them.
    Visible(usize),
    /// Numbers of something else: as many as the curve is wide, from the one numbered `first`.
    Property {
        /// Index into [`super::Model::animated`].
        property: usize,
        /// The first number that it moves.
        first: usize,
    },
}

/// Keys in time and the numbers at each; between them by the interpolation, before the first and after the last as there.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// How it goes from key to key.
    pub interpolation: Interpolation,
    /// Seconds, never decreasing, at least one.
    pub times: Vec<f32>,
    /// How many numbers it gives at a time.
    pub width: usize,
    /// `width` numbers a key; for cubic splines three times as many: tangent in, value, tangent out.
    pub values: Vec<f32>,
}

/// How a curve goes from key to key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interpolation {
    /// Straight; rotations along the shorter arc.
    #[default]
    Linear,
    /// Stays until the next key.
    Step,
    /// Cubic Hermite spline.
    CubicSpline,
}
