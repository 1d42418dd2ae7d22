//! Synthetic truth for the try-on: faces and hands of known shape before known cameras, and how far off the mirror is.
//!
//! | file | what it is |
//! |---|---|
//! | [`random`] | the same chance at every run |
//! | [`alignment`] | which way somebody looks |
//! | [`camera`] | a lens and the tracker's noise |
//! | [`person`], [`hand`] | people, each of a shape of his own |
//! | [`path`] | how they move |
//! | [`trial`] | one person before the mirror, scored |
//! | [`wasm`] | what is timed in wasm |
//!
//! Nothing here is known to the mirror: people are a tracked face bent by smooth fields of chance, not the mirror's mean face
//! bent by the mirror's ways.

pub mod alignment;
pub mod camera;
pub mod hand;
pub mod path;
pub mod person;
pub mod random;
pub mod trial;
pub mod wasm;
