//! The viewer with an allocator that counts, for `cargo dev bench frame`: the same exports as in the shop's module, and two more.

#![cfg(all(target_arch = "wasm32", any(feature = "webgpu", feature = "webgl")))]

mod counting;

use js_sys::Function;
use std::cell::RefCell;
// Its exports are this module's.
pub use vitrine::web;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

thread_local! {
    static LISTENER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// How often the module has asked for memory so far.
#[wasm_bindgen]
pub fn allocations() -> f64 {
    counting::count() as f64
}

/// From now on `listener` is called with the bytes of each time that the module asks for memory, on the stack of who asked.
#[wasm_bindgen(js_name = listenToAllocations)]
pub fn listen_to_allocations(listener: Option<Function>) {
    counting::listen(None);
    let hears = listener.is_some();
    LISTENER.set(listener);
    counting::listen(hears.then_some(tell));
}

fn tell(bytes: usize) {
    LISTENER.with_borrow(|listener| {
        if let Some(listener) = listener {
            // It is the bench's own and throws nothing.
            let _ = listener.call1(&JsValue::NULL, &JsValue::from(bytes as f64));
        }
    });
}
