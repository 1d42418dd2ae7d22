//! One request of the browser's `fetch`, and how it is broken off.

#[cfg(feature = "gpu")]
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Request, RequestInit, Response};

/// Sends a request and waits for the head of the answer.
///
/// # Errors
/// What the browser throws when there is no answer.
pub async fn respond(url: &str, init: &RequestInit) -> Result<Response, JsValue> {
    let request = Request::new_with_str_and_init(url, init)?;
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("there is no window"))?;
    JsFuture::from(window.fetch_with_request(&request)).await?.dyn_into()
}

/// Breaks its requests off when nobody waits for them any more.
pub struct AbortOnDrop(pub AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What a thrown value says.
#[cfg(feature = "gpu")]
pub fn words_of(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the browser gives no reason".to_owned())
}

/// Calls a function of the page's script and waits for what it promises, if it does.
///
/// # Errors
/// What it throws says.
#[cfg(feature = "gpu")]
pub async fn ask(script: &Function, [first, second, third]: [&JsValue; 3]) -> Result<JsValue, String> {
    let asked = script.call3(&JsValue::NULL, first, second, third).map_err(|error| words_of(&error))?;
    JsFuture::from(Promise::resolve(&asked)).await.map_err(|error| words_of(&error))
}
