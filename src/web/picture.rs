//! Encoded pictures, decoded by the browser off the main thread.

use super::request::words_of;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ColorSpaceConversion, ImageBitmap, ImageBitmapOptions, PremultiplyAlpha};

/// Decodes a picture to the very numbers that stand in it: without these options the browser would premultiply and
/// convert, each build differently. A picture with a side longer than `longest_side` pixels is shrunk to it.
///
/// # Errors
/// The browser's words.
pub async fn decode(bytes: &[u8], media_type: &str, longest_side: u32) -> Result<ImageBitmap, String> {
    decode_or_throw(bytes, media_type, longest_side).await.map_err(|error| words_of(&error))
}

async fn decode_or_throw(bytes: &[u8], media_type: &str, longest_side: u32) -> Result<ImageBitmap, JsValue> {
    let bag = BlobPropertyBag::new();
    bag.set_type(media_type);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &bag)?;
    let options = ImageBitmapOptions::new();
    options.set_premultiply_alpha(PremultiplyAlpha::None);
    options.set_color_space_conversion(ColorSpaceConversion::None);
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("there is no window"))?;
    let bitmap = window.create_image_bitmap_with_blob_and_image_bitmap_options(&blob, &options)?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await?.dyn_into()?;
    let (width, height) = (bitmap.width(), bitmap.height());
    if width.max(height) <= longest_side {
        return Ok(bitmap);
    }
    let shrink = f64::from(longest_side) / f64::from(width.max(height));
    options.set_resize_width(((f64::from(width) * shrink) as u32).max(1));
    options.set_resize_height(((f64::from(height) * shrink) as u32).max(1));
    let smaller = window.create_image_bitmap_with_image_bitmap_and_image_bitmap_options(&bitmap, &options)?;
    let smaller = JsFuture::from(smaller).await?.dyn_into()?;
    bitmap.close();
    Ok(smaller)
}
