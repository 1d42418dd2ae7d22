//! Timeouts that end with their owner.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

/// A timeout that is called off when it is dropped.
pub struct Timer {
    handle: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `then` once, after so many milliseconds.
    pub fn after(milliseconds: u32, then: impl FnMut() + 'static) -> Option<Self> {
        let closure = Closure::new(then);
        let delay = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        let window = web_sys::window()?;
        let callback = closure.as_ref().unchecked_ref();
        let handle = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay).ok()?;
        Some(Self { handle, _closure: closure })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
    }
}
