//! Decoders at work: in their own module one function, in the viewer's module a call to the page's script, which keeps
//! workers for them.

#[cfg(feature = "gpu")]
use super::request;
#[cfg(feature = "gpu")]
use crate::unpack::Job;
#[cfg(feature = "gpu")]
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;

/// What a decoder's module exports; `decoder` is its name.
///
/// # Errors
/// A text: what is wrong with the bytes.
#[cfg(feature = "decoder")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn unpack(decoder: &str, parameters: Vec<u32>, bytes: Vec<u8>) -> Result<Vec<u8>, JsValue> {
    let decoder = crate::unpack::Decoder::by_name(decoder);
    let decoder = decoder.ok_or_else(|| JsValue::from_str("there is no such decoder"))?;
    crate::unpack::run(&crate::unpack::Job { decoder, parameters, bytes }).map_err(|reason| JsValue::from_str(&reason))
}

/// Has the page's script do a job; the answer is the decoder's.
///
/// # Errors
/// What is wrong with the bytes, or with the decoder.
#[cfg(feature = "gpu")]
pub async fn ask(script: &js_sys::Function, job: &Job) -> Result<Vec<u8>, String> {
    let name = JsValue::from_str(job.decoder.name());
    let parameters = js_sys::Uint32Array::from(job.parameters.as_slice());
    let bytes = js_sys::Uint8Array::from(job.bytes.as_slice());
    let answer = request::ask(script, [&name, &parameters, &bytes]).await?;
    answer.dyn_into::<js_sys::Uint8Array>().map(|answer| answer.to_vec()).map_err(|error| request::words_of(&error))
}
