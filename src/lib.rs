//! Vitrine: a shop's real product in the shopper's room, at true size, reserved in the store round the corner.
//!
//! # The map
//! From the ground up; nothing imports upward (`tests/tidy.rs` holds the arrows).
//!
//! | folder | what it is |
//! |---|---|
//! | [`math`], [`color`] | boxes, rays, poses; linear light and the tone curve |
//! | [`decimal`] | numbers in words and out of them |
//! | [`model`] | a product as plain data, the file format gone |
//! | [`shelf`] | few things under numbers or names |
//! | [`unpack`] | packed meshes and pictures to plain ones; a wasm module for each decoder |
//! | [`import`] | bytes to [`model::Model`]; the only place that knows glTF |
//! | [`scene`] | what is to be seen now; [`scene::frame`] is the plain draw list |
//! | [`ar`] | the product in the room: states, placement, gestures. Plain numbers in |
//! | [`tryon`] | the product on the face and the hand: landmarks to pose, size and fit. Plain numbers in |
//! | [`store`] | can I have it here, today: the neutral contract and the reservation's states |
//! | [`viewer`] | the heart: `update(event) -> effects`, `frame(views) -> Frame` |
//! | [`gpu`] | draws a Frame; one pass, one shader, one name |
//! | `web` | the browser and nothing but (wasm32 only) |
//!
//! # The path of a frame
//! `web/run.rs` (browser or XR callback) -> events -> [`viewer::Viewer::update`] -> effects carried out ->
//! [`viewer::Viewer::frame`] -> `gpu/render.rs` -> submit in the same callback. A frame with nothing new is not drawn.
//!
//! # The path of a product file
//! `src` changes -> new generation -> fetch -> [`import::needs`] -> more fetches -> [`import::packed`] -> decoders in
//! workers ([`unpack`]) -> [`import::read_unpacked`] -> pictures decoded
//! by the browser -> upload -> the next frame shows it. Answers of an old generation are dropped in one place.
//!
//! # The path of a reservation
//! The store panel opens -> capabilities -> availability -> the shopper picks a store -> hold (one idempotency key per
//! intent) -> held, or refused with alternatives -> code -> collected, cancelled or expired.
//!
//! # What is deliberately absent
//! 1. Below `gpu` and `web`: no clock, random number, thread, file, network, graphics card or browser. Time is an event.
//! 2. `import` never fetches. 3. `gpu` knows no glTF, AR, try-on or stores. 4. `viewer` does not know `gpu`.
//! 5. Only `web` knows JavaScript. 6. `ar` does not know WebXR, `tryon` no tracker, `store` no HTTP client: all take plain values.
//! 7. The boundary carries numbers, strings and byte arrays. 8. `www` holds no product logic.
//! 9. A broken file never panics. 10. The same scene gives the same frame, to the letter.

pub mod ar;
pub mod color;
pub mod decimal;
#[cfg(feature = "gpu")]
pub mod gpu;
pub mod import;
pub mod math;
pub mod model;
pub mod scene;
pub mod shelf;
pub mod store;
pub mod tryon;
pub mod unpack;
pub mod viewer;
#[cfg(all(target_arch = "wasm32", any(feature = "webgpu", feature = "webgl", feature = "store", feature = "decoder")))]
pub mod web;
