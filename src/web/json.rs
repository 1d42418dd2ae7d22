//! Plain data as JSON text, written by the browser: it knows best how, and the code for it is not downloaded.

use js_sys::{Array, JSON, Object, Reflect};
use serde_json::Value;
use wasm_bindgen::JsValue;

/// The text that `JSON.stringify` makes of a value.
pub fn text(value: &Value) -> JsValue {
    JSON::stringify(&to_js(value)).map_or(JsValue::from_str("null"), JsValue::from)
}

fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Number(number) => number.as_f64().map_or(JsValue::NULL, JsValue::from_f64),
        Value::String(text) => JsValue::from_str(text),
        Value::Array(values) => values.iter().map(to_js).collect::<Array>().into(),
        Value::Object(members) => {
            let object = Object::new();
            for (name, member) in members {
                // Fails only on frozen objects.
                let _ = Reflect::set(&object, &JsValue::from_str(name), &to_js(member));
            }
            object.into()
        }
    }
}
