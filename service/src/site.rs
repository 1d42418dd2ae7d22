//! The demo shop's files: compressed ones where they lie beside, right media types, and headers that allow nothing foreign.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use std::path::PathBuf;
use tower_http::services::ServeDir;

/// Own files only; WebAssembly may be compiled; pictures, videos, workers and models may also come out of memory.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' blob:; media-src 'self' blob:; connect-src 'self' blob:; worker-src 'self' blob:; font-src 'self'; \
     manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// Of the worker that finds faces and hands for the mirror: the packages in it make functions from text.
const TRACKER_POLICY: &str =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'; connect-src 'self'";
const TRACKER: &str = "/trackers/mediapipe.worker.js";

/// The device's senses the shop uses, and those it never will.
const PERMISSIONS_POLICY: &str = "camera=(self), xr-spatial-tracking=(self), geolocation=(self), accelerometer=(self), \
     gyroscope=(self), fullscreen=(self), screen-wake-lock=(self), web-share=(self), microphone=(), payment=(), usb=(), midi=()";

/// Serves a folder.
pub fn files(folder: PathBuf) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(files).layer(middleware::from_fn(strict))
}

async fn strict(request: Request, next: Next) -> Response {
    let own_type = media_type(request.uri().path());
    let policy = if request.uri().path() == TRACKER { TRACKER_POLICY } else { CONTENT_SECURITY_POLICY };
    let mut response = next.run(request).await;
    let ok = response.status().is_success();
    let headers = response.headers_mut();
    if let Some(kind) = own_type.filter(|_| ok) {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        // Files keep their names from build to build: a browser must ask, and mostly hears 304.
        (header::CACHE_CONTROL, "no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Types that a general table lacks or that browsers are strict about.
fn media_type(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "wasm" => Some("application/wasm"),
        "js" | "mjs" => Some("text/javascript"),
        "glb" => Some("model/gltf-binary"),
        "gltf" => Some("model/gltf+json"),
        "usdz" => Some("model/vnd.usdz+zip"),
        "hdr" => Some("image/vnd.radiance"),
        "ktx2" => Some("image/ktx2"),
        _ => None,
    }
}
