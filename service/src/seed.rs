//! The file that fills the tables: read, checked with the address of every mistake, and loaded once.

use crate::hours::Hours;
use crate::secret;
use serde_json::{Value, json};
use sqlx::{Row as _, Sqlite, SqlitePool, Transaction};
use std::collections::BTreeSet;

/// How many pieces one reservation may hold where the seed says nothing.
const QUANTITY_LIMIT: i64 = 3;
/// What a store may say when it has none.
const WHEN_OUT: [&str; 7] =
    ["out_of_stock", "backorder", "preorder", "on_display_to_order", "ship_to_store", "discontinued", "unknown"];

/// A checked seed.
#[derive(Clone, Debug)]
pub struct Seed {
    document: Value,
    hash: String,
}

impl Seed {
    /// Reads and checks; the error says where and what to do.
    pub fn read(text: &str) -> Result<Seed, String> {
        let document: Value = serde_json::from_str(text).map_err(|error| format!("the seed is not JSON: {error}"))?;
        let items = check_products(&document)?;
        check_locations(&document, &items)?;
        check_places(&document)?;
        Ok(Seed { hash: secret::hash(text), document })
    }

    /// Loads the shop into the tables, unless this very seed is there already. Reservations stay.
    pub async fn load(&self, pool: &SqlitePool) -> Result<(), String> {
        self.try_load(pool).await.map_err(|error| format!("the seed cannot be loaded: {error}"))
    }

    async fn try_load(&self, pool: &SqlitePool) -> Result<(), sqlx::Error> {
        let mut tables = pool.begin_with("BEGIN IMMEDIATE").await?;
        let known =
            sqlx::query("SELECT value FROM settings WHERE name = 'seed_hash'").fetch_optional(&mut *tables).await?;
        if known.is_some_and(|row| row.try_get::<String, _>(0).is_ok_and(|hash| hash == self.hash)) {
            return tables.commit().await;
        }
        for table in [
            "DELETE FROM locations",
            "DELETE FROM places",
            "DELETE FROM products",
            "DELETE FROM items",
            "DELETE FROM stock",
        ] {
            sqlx::query(table).execute(&mut *tables).await?;
        }
        for (position, product) in list(&self.document, "products").enumerate() {
            load_product(&mut tables, position, product).await?;
        }
        for (position, location) in list(&self.document, "locations").enumerate() {
            load_location(&mut tables, position, location).await?;
        }
        for place in list(&self.document, "places") {
            load_place(&mut tables, place).await?;
        }
        let shop = self.document.get("shop").cloned().unwrap_or(Value::Null).to_string();
        for (name, value) in [("seed_hash", &self.hash), ("shop", &shop)] {
            sqlx::query("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .bind(name)
                .bind(value)
                .execute(&mut *tables)
                .await?;
        }
        tables.commit().await
    }
}

async fn load_product(
    tables: &mut Transaction<'_, Sqlite>,
    position: usize,
    product: &Value,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO products (id, position, document) VALUES ($1, $2, $3)")
        .bind(text(product, "id"))
        .bind(position as i64)
        .bind(product.to_string())
        .execute(&mut **tables)
        .await?;
    let limit = product.get("quantity_limit").and_then(Value::as_i64).unwrap_or(QUANTITY_LIMIT);
    for variant in list(product, "variants") {
        sqlx::query("INSERT INTO items (id, gtin, quantity_limit) VALUES ($1, $2, $3)")
            .bind(text(variant, "item_id"))
            .bind(variant.get("gtin").and_then(Value::as_str))
            .bind(limit)
            .execute(&mut **tables)
            .await?;
    }
    Ok(())
}

async fn load_location(
    tables: &mut Transaction<'_, Sqlite>,
    position: usize,
    location: &Value,
) -> Result<(), sqlx::Error> {
    let mut document = location.clone();
    let stock = document.as_object_mut().and_then(|fields| fields.remove("stock")).unwrap_or(Value::Null);
    let geo = location.get("geo").cloned().unwrap_or(Value::Null);
    let degrees = |name: &str| geo.get(name).and_then(Value::as_f64).unwrap_or(0.0);
    sqlx::query("INSERT INTO locations (id, position, latitude, longitude, document) VALUES ($1, $2, $3, $4, $5)")
        .bind(text(location, "id"))
        .bind(position as i64)
        .bind(degrees("latitude"))
        .bind(degrees("longitude"))
        .bind(document.to_string())
        .execute(&mut **tables)
        .await?;
    for (item_id, entry) in stock.as_object().into_iter().flatten() {
        let entry = if entry.is_number() { json!({ "on_hand": entry }) } else { entry.clone() };
        let count = |name: &str| entry.get(name).and_then(Value::as_i64).unwrap_or(0);
        sqlx::query("INSERT INTO stock (location_id, item_id, on_hand, safety, document, version) VALUES ($1, $2, $3, $4, $5, 1)")
            .bind(text(location, "id"))
            .bind(item_id)
            .bind(count("on_hand"))
            .bind(count("safety"))
            .bind(entry.to_string())
            .execute(&mut **tables)
            .await?;
    }
    Ok(())
}

async fn load_place(tables: &mut Transaction<'_, Sqlite>, place: &Value) -> Result<(), sqlx::Error> {
    let degrees = |name: &str| place.get(name).and_then(Value::as_f64).unwrap_or(0.0);
    sqlx::query("INSERT INTO places (name, postal_prefix, latitude, longitude) VALUES ($1, $2, $3, $4)")
        .bind(text(place, "name"))
        .bind(text(place, "postal_prefix").replace(' ', ""))
        .bind(degrees("latitude"))
        .bind(degrees("longitude"))
        .execute(&mut **tables)
        .await?;
    Ok(())
}

/// The item numbers, once every product is in order.
fn check_products(document: &Value) -> Result<BTreeSet<String>, String> {
    let mut items = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for (index, product) in needed_list(document, "", "products")?.iter().enumerate() {
        let at = format!("products[{index}]");
        let id = needed(product, &at, "id")?;
        needed(product, &at, "name")?;
        if !ids.insert(id) {
            return Err(format!("seed: {at}.id \"{id}\" is there twice: give every product its own"));
        }
        if product
            .get("quantity_limit")
            .is_some_and(|limit| !limit.as_i64().is_some_and(|limit| (1..=99).contains(&limit)))
        {
            return Err(format!("seed: {at}.quantity_limit must be a whole number from 1 to 99"));
        }
        for (index, variant) in needed_list(product, &at, "variants")?.iter().enumerate() {
            let at = format!("{at}.variants[{index}]");
            let item = needed(variant, &at, "item_id")?;
            if !items.insert(item.to_owned()) {
                return Err(format!("seed: {at}.item_id \"{item}\" is there twice: give every variant its own"));
            }
            let price = variant.get("price").unwrap_or(&Value::Null);
            needed(price, &format!("{at}.price"), "currency")?;
            if price.get("amount").and_then(Value::as_i64).is_none_or(|amount| amount < 0) {
                return Err(format!(
                    "seed: {at}.price.amount must be a whole number of minor units, for example 49900 for 499.00"
                ));
            }
        }
    }
    Ok(items)
}

fn check_locations(document: &Value, items: &BTreeSet<String>) -> Result<(), String> {
    let mut ids = BTreeSet::new();
    for (index, location) in needed_list(document, "", "locations")?.iter().enumerate() {
        let at = format!("locations[{index}]");
        let id = needed(location, &at, "id")?;
        needed(location, &at, "name")?;
        if !ids.insert(id) {
            return Err(format!("seed: {at}.id \"{id}\" is there twice: give every location its own"));
        }
        check_point(location.get("geo").unwrap_or(&Value::Null), &format!("{at}.geo"))?;
        Hours::read(location).map_err(|error| format!("seed: {at}: {error}"))?;
        let Some(stock) = location.get("stock") else { continue };
        let stock = stock
            .as_object()
            .ok_or_else(|| format!("seed: {at}.stock must be an object from item_id to a number or an object"))?;
        for (item, entry) in stock {
            check_stock(&format!("{at}.stock.{item}"), item, entry, items)?;
        }
    }
    Ok(())
}

fn check_stock(at: &str, item: &str, entry: &Value, items: &BTreeSet<String>) -> Result<(), String> {
    if !items.contains(item) {
        return Err(format!("seed: {at}: no product has this item_id: add the variant or correct the number"));
    }
    let count = |value: Option<&Value>, name: &str| match value {
        None => Ok(()),
        Some(value) if value.as_i64().is_some_and(|count| (0..1_000_000).contains(&count)) => Ok(()),
        Some(_) => Err(format!("seed: {at}{name} must be a whole number, 0 or more")),
    };
    if !entry.is_object() {
        return count(Some(entry), "");
    }
    count(entry.get("on_hand"), ".on_hand")?;
    count(entry.get("safety"), ".safety")?;
    match entry.get("when_out") {
        Some(word) if !word.as_str().is_some_and(|word| WHEN_OUT.contains(&word)) => {
            Err(format!("seed: {at}.when_out must be one of {}", WHEN_OUT.join(", ")))
        }
        _ => Ok(()),
    }
}

fn check_places(document: &Value) -> Result<(), String> {
    for (index, place) in list(document, "places").enumerate() {
        let at = format!("places[{index}]");
        needed(place, &at, "name")?;
        needed(place, &at, "postal_prefix")?;
        check_point(place, &at)?;
    }
    Ok(())
}

fn check_point(value: &Value, at: &str) -> Result<(), String> {
    for (name, most) in [("latitude", 90.0), ("longitude", 180.0)] {
        if !value.get(name).and_then(Value::as_f64).is_some_and(|degrees| degrees.abs() <= most) {
            return Err(format!("seed: {at}.{name} must be a number from -{most} to {most} degrees"));
        }
    }
    Ok(())
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn needed<'a>(value: &'a Value, at: &str, name: &str) -> Result<&'a str, String> {
    let text = text(value, name);
    if text.trim().is_empty() { Err(format!("seed: {at}.{name} is missing: give it as text")) } else { Ok(text) }
}

fn needed_list<'a>(value: &'a Value, at: &str, name: &str) -> Result<&'a Vec<Value>, String> {
    let dot = if at.is_empty() { "" } else { "." };
    let list = value.get(name).and_then(Value::as_array).filter(|list| !list.is_empty());
    list.ok_or_else(|| format!("seed: {at}{dot}{name} is missing or empty: give a list"))
}
