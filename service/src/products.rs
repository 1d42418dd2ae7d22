//! `GET /products`: the demo shop's shelf. Not part of the contract: a real shop has its own.

use crate::problem::{Problem, json_response};
use crate::routes::App;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};
use sqlx::Row as _;

/// The products with their variants, in the seed's order.
pub async fn list(State(app): State<App>) -> Result<Response, Problem> {
    let rows = sqlx::query("SELECT document FROM products ORDER BY position").fetch_all(&app.pool).await?;
    let products: Vec<Value> =
        rows.iter().filter_map(|row| serde_json::from_str(&row.try_get::<String, _>(0).ok()?).ok()).collect();
    let shop = sqlx::query("SELECT value FROM settings WHERE name = 'shop'").fetch_optional(&app.pool).await?;
    let shop: Option<Value> = shop.and_then(|row| serde_json::from_str(&row.try_get::<String, _>(0).ok()?).ok());
    Ok(json_response(200, &json!({ "version": "1", "shop": shop, "products": products })))
}
