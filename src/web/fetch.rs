//! Files over the network, with progress and a way to stop.

use super::request::{respond, words_of};
use crate::viewer::FetchError;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, ReadableStreamDefaultReader, RequestCredentials, RequestInit, Response};

/// Fetches a whole file. `progress` hears bytes so far and, where the server says so, in all.
///
/// # Errors
/// The server's status, or the browser's words.
pub async fn file(
    url: &str,
    with_credentials: bool,
    signal: &AbortSignal,
    progress: impl Fn(f64, Option<f64>),
) -> Result<Vec<u8>, FetchError> {
    let init = RequestInit::new();
    init.set_signal(Some(signal));
    if with_credentials {
        init.set_credentials(RequestCredentials::Include);
    }
    let response = respond(url, &init).await.map_err(|error| FetchError::Network(words_of(&error)))?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    read(&response, progress).await.map_err(|error| FetchError::Network(words_of(&error)))
}

/// `url` as the browser understands it from `base`; from the page when there is none.
pub fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    let page = web_sys::window()?.document()?.base_uri().ok()??;
    let base = match base {
        Some(base) => web_sys::Url::new_with_base(base, &page).ok()?.href(),
        None => page,
    };
    Some(web_sys::Url::new_with_base(url, &base).ok()?.href())
}

async fn read(response: &Response, progress: impl Fn(f64, Option<f64>)) -> Result<Vec<u8>, JsValue> {
    let total = content_length(&response.headers());
    let Some(stream) = response.body() else {
        return Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?).to_vec());
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let step = JsFuture::from(reader.read()).await?;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            return Ok(bytes);
        }
        let chunk: Uint8Array = Reflect::get(&step, &"value".into())?.dyn_into()?;
        let start = bytes.len();
        bytes.resize(start + chunk.length() as usize, 0);
        if let Some(place) = bytes.get_mut(start..) {
            chunk.copy_to(place);
        }
        progress(bytes.len() as f64, total);
    }
}

/// The length the server promised; none when the body is compressed on the way, since it counts other bytes then.
fn content_length(headers: &Headers) -> Option<f64> {
    let encoded = headers.get("content-encoding").ok().flatten();
    if encoded.is_some_and(|encoding| encoding != "identity") {
        return None;
    }
    Some(headers.get("content-length").ok()??.parse::<u64>().ok()? as f64)
}
