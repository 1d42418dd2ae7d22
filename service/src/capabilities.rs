//! `GET /capabilities`: what this service can do, for a page that must not guess.

use crate::problem::json_response;
use crate::routes::App;
use axum::extract::State;
use axum::response::Response;
use serde_json::json;

/// Items per availability question and lines per reservation.
pub const MAX_ITEMS: usize = 5;
/// Stores per availability question.
pub const MAX_LOCATIONS: usize = 50;

/// The contract's capabilities document.
pub async fn read(State(app): State<App>) -> Response {
    let rate = app.limiter.rate();
    json_response(
        200,
        &json!({
            "version": "1", "locations": true, "availability": "status", "max_items": MAX_ITEMS, "max_locations": MAX_LOCATIONS,
            "geo": "point", "hold": "reservation", "hold_binding": true, "partial": false, "cancel": true, "extend": false,
            "contact": "required", "contact_fields": ["name", "email"], "pickup_types": ["in_store"], "currency": app.currency.as_str(),
            "rate_limit_hint": { "requests": rate.requests, "per_s": rate.per_s },
        }),
    )
}
