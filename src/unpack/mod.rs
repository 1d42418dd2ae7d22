//! Packed data to plain data. Each decoder is large and rarely needed, so in the browser each is a wasm module of its
//! own, run in a worker that can be killed: some of them panic, hang or ask for any memory on hostile data. The native
//! command links all of them.

#[cfg(any(feature = "basis-rgba", feature = "basis-bc7", feature = "basis-astc", feature = "basis-etc2"))]
mod basis;
#[cfg(feature = "draco")]
mod draco;
#[cfg(feature = "meshopt")]
mod meshopt;
#[cfg(feature = "tangents")]
mod tangents;

/// Something to be unpacked, and by whom. Plain numbers and bytes, because it travels to a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Who can do it.
    pub decoder: Decoder,
    /// What the decoder must know besides the bytes; each [`Decoder`] says what.
    pub parameters: Vec<u32>,
    /// What is packed.
    pub bytes: Vec<u8>,
}

/// Who unpacks. All numbers in answers are little-endian; a "word" is an unsigned 32-bit number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoder {
    /// A Draco mesh (bitstream 2.2). No parameters. The answer: words for points, corners, attributes; for each
    /// attribute the words unique id, glTF component type, width; a word for each corner; then for each attribute its
    /// values, point after point, filled up to whole words.
    Draco,
    /// A buffer view of EXT_meshopt_compression or its KHR successor. Parameters: mode (0 attributes, 1 triangles,
    /// 2 indices), filter (0 none, 1 octahedral, 2 quaternion, 3 exponential, 4 colour), count, stride in bytes. The
    /// answer is the view's bytes.
    Meshopt,
    /// MikkTSpace. Parameters: vertices, corners. The bytes: positions and normals (three floats), coordinates (two
    /// floats), a word for each corner. The answer: a word for the number of vertices, for each the word of the vertex it
    /// was, for each its tangent (four floats), a word for each corner.
    Tangents,
    /// A KTX2 picture of Basis Universal, to RGBA with a byte each. Parameters: the longest side wanted, in pixels. The
    /// answer: words for width, height and the number of levels; for each level a word for its bytes; then the bytes.
    BasisRgba,
    /// The same to BC7, as desktop cards have it.
    BasisBc7,
    /// The same to ASTC with blocks of 4 by 4, as phones have it.
    BasisAstc,
    /// The same to ETC2 with alpha, as old phones have it.
    BasisEtc2,
}

impl Decoder {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Draco, Self::Meshopt, Self::Tangents, Self::BasisRgba, Self::BasisBc7, Self::BasisAstc, Self::BasisEtc2];

    /// The one of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decoder| decoder.name() == name)
    }

    /// The feature, and the name of the wasm module.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draco => "draco",
            Self::Meshopt => "meshopt",
            Self::Tangents => "tangents",
            Self::BasisRgba => "basis-rgba",
            Self::BasisBc7 => "basis-bc7",
            Self::BasisAstc => "basis-astc",
            Self::BasisEtc2 => "basis-etc2",
        }
    }
}

/// Does the job here and now, which can take seconds.
///
/// # Errors
/// What is wrong with the bytes, as part of a sentence: `its Draco data is broken (...)`.
#[cfg(feature = "decoder")]
pub fn run(job: &Job) -> Result<Vec<u8>, String> {
    let Job { decoder, parameters, bytes } = job;
    // A decoder that panics has met bytes it was not made for. In wasm that ends the worker, which says the same.
    std::panic::catch_unwind(|| decode(*decoder, parameters, bytes))
        .unwrap_or_else(|_| Err(format!("the decoder {} gave up on its data", decoder.name())))
}

#[cfg(feature = "decoder")]
fn decode(decoder: Decoder, parameters: &[u32], bytes: &[u8]) -> Result<Vec<u8>, String> {
    match decoder {
        #[cfg(feature = "draco")]
        Decoder::Draco => draco::unpack(bytes),
        #[cfg(feature = "meshopt")]
        Decoder::Meshopt => meshopt::unpack(parameters, bytes),
        #[cfg(feature = "tangents")]
        Decoder::Tangents => tangents::make(parameters, bytes),
        #[cfg(feature = "basis-rgba")]
        Decoder::BasisRgba => basis::unpack_rgba(parameters, bytes),
        #[cfg(feature = "basis-bc7")]
        Decoder::BasisBc7 => basis::unpack(basisu::TargetFormat::Bc7Rgba, parameters, bytes),
        #[cfg(feature = "basis-astc")]
        Decoder::BasisAstc => basis::unpack(basisu::TargetFormat::Astc4x4Rgba, parameters, bytes),
        #[cfg(feature = "basis-etc2")]
        Decoder::BasisEtc2 => basis::unpack(basisu::TargetFormat::Etc2Rgba, parameters, bytes),
        #[allow(unreachable_patterns, reason = "with every decoder linked nothing is left")]
        other => Err(format!("the decoder {} is not in this build", other.name())),
    }
}

/// Words as bytes.
#[cfg(any(feature = "draco", feature = "tangents", feature = "decoder"))]
fn push_words(bytes: &mut Vec<u8>, words: impl IntoIterator<Item = u32>) {
    words.into_iter().for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
}
