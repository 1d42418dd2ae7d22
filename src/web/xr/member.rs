//! Members of the device's objects by name, for what only some devices have: anchors, planes, light, depth, camera. Declared
//! members (`xr_sys.rs`) are lines of script that every page downloads before its first picture; names are not.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A member; `undefined` where the object has none or reading it throws.
pub(super) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A number that is one; `None` for anything else.
pub(super) fn number(object: &JsValue, name: &str) -> Option<f32> {
    get(object, name).as_f64().map(|number| number as f32).filter(|number| number.is_finite())
}

/// Calls a method.
///
/// # Errors
/// What it throws, and where the object has no such method.
pub(super) fn call(object: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let Ok(method) = get(object, name).dyn_into::<Function>() else {
        return Err(JsValue::from_str(name));
    };
    method.apply(object, &array(arguments))
}

/// What a method's promise brings.
///
/// # Errors
/// What it throws or rejects with, and where the object has no such method.
pub(super) async fn ask(object: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    JsFuture::from(js_sys::Promise::resolve(&call(object, name, arguments)?)).await
}

/// The elements of anything that can be iterated; none of what cannot.
pub(super) fn elements(iterable: &JsValue) -> Array {
    if iterable.is_object() { Array::from(iterable) } else { Array::new() }
}

/// An object of a class that the browser has under this name.
pub(super) fn construct(class: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let class = get(&js_sys::global(), class).dyn_into::<Function>()?;
    Reflect::construct(&class, &array(arguments))
}

/// Milliseconds on a clock that never jumps.
pub(super) fn now_ms() -> f64 {
    let performance = get(&js_sys::global(), "performance");
    call(&performance, "now", &[]).ok().and_then(|now| now.as_f64()).unwrap_or(0.0)
}

fn array(values: &[&JsValue]) -> Array {
    let array = Array::new();
    for value in values {
        array.push(value);
    }
    array
}
