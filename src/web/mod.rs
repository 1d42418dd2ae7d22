//! The browser and nothing but: one service per file. `view.rs` and `counter.rs` hold the exported classes, each on one
//! screen; they are two modules, so that a page that only shows a product never downloads the store's side of it. Each
//! decoder is another, with the one function of `unpack.rs`.
//!
//! What a first picture does without, the build puts into a second file with the same memory (`dev/src/build/split.rs`): a room
//! session (`xr/session.rs`), panoramas (`surroundings.rs`), the parts of the product, the light it takes from itself, the mirror
//! (`mirror.rs`). Whoever calls it waits for that file before (`run::bring_second_half`).

#[cfg(any(feature = "gpu", feature = "store"))]
mod json;
#[cfg(any(feature = "gpu", feature = "store"))]
mod request;

#[cfg(feature = "store")]
mod clock;
#[cfg(feature = "store")]
mod counter;
#[cfg(feature = "store")]
mod http;
#[cfg(feature = "store")]
mod timer;

#[cfg(feature = "gpu")]
mod effects;
#[cfg(feature = "gpu")]
mod fetch;
#[cfg(feature = "gpu")]
mod mirror;
#[cfg(feature = "gpu")]
mod picture;
#[cfg(feature = "gpu")]
mod run;
#[cfg(feature = "gpu")]
mod stage;
#[cfg(feature = "gpu")]
mod surroundings;
#[cfg(any(feature = "gpu", feature = "decoder"))]
mod unpack;
#[cfg(feature = "gpu")]
mod view;
#[cfg(feature = "gpu")]
mod xr;

#[cfg(feature = "console-panics")]
use wasm_bindgen::prelude::wasm_bindgen;

/// A defect of ours stops the module; the console then says where, instead of only `unreachable`. For developers' builds:
/// what shoppers download has no words for it.
#[cfg(feature = "console-panics")]
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
}
