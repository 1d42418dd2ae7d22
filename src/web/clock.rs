//! Time and chance, the two things nobody below this folder may reach for.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &js_sys::Uint8Array);
}

/// Milliseconds since 1970.
pub fn unix_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// A random UUID (RFC 9562, version 4). `crypto.randomUUID` is not there on plain http pages; this is.
pub fn random_uuid() -> String {
    let array = js_sys::Uint8Array::new_with_length(16);
    get_random_values(&array);
    let mut bytes = u128::from_be_bytes(array.to_vec().try_into().unwrap_or_default());
    bytes = bytes & !(0xf << 76) | 0x4 << 76;
    bytes = bytes & !(0x3 << 62) | 0x2 << 62;
    let hex = format!("{bytes:032x}");
    [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| hex.get(range).unwrap_or_default()).join("-")
}
