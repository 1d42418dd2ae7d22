//! The body of a reservation, read with the address of every mistake.

use crate::capabilities::MAX_ITEMS;
use crate::problem::Problem;
use serde_json::{Map, Value};

/// What somebody wants held.
#[derive(Clone, Debug)]
pub struct Wish {
    pub location_id: String,
    /// Item and number, in the order of the items: the order of the locks.
    pub lines: Vec<(String, i64)>,
    pub pickup_type: String,
    /// When they want to come, in unix ms.
    pub comes_at_ms: Option<i64>,
    pub contact: Option<Value>,
    pub consent: Option<Value>,
    pub surface: Option<String>,
}

impl Wish {
    /// Reads the body. Unknown members are ignored; known ones must be right.
    pub fn read(body: &Value) -> Result<Wish, Problem> {
        let contact = contact(body.get("contact").unwrap_or(&Value::Null))?;
        let consent = consent(body.get("consent").unwrap_or(&Value::Null))?;
        if contact.is_some() && consent.is_none() {
            return Err(Problem::invalid("/consent", "Say which consent text was agreed to: text_id and at."));
        }
        let surface = optional(body.get("source").unwrap_or(&Value::Null), "surface", "/source/surface", 20)?;
        Ok(Wish {
            location_id: needed(body, "location_id", "/location_id", 100)?,
            lines: lines(body)?,
            pickup_type: optional(body, "pickup_type", "/pickup_type", 40)?.unwrap_or_else(|| "in_store".into()),
            comes_at_ms: comes_at(body.get("pickup_window").unwrap_or(&Value::Null))?,
            contact,
            consent,
            surface,
        })
    }
}

fn lines(body: &Value) -> Result<Vec<(String, i64)>, Problem> {
    let list = body.get("lines").and_then(Value::as_array).filter(|list| (1..=MAX_ITEMS).contains(&list.len()));
    let list = list.ok_or_else(|| Problem::invalid("/lines", format!("Give 1 to {MAX_ITEMS} lines.")))?;
    let mut lines: Vec<(String, i64)> = Vec::new();
    for (index, line) in list.iter().enumerate() {
        let at = format!("/lines/{index}");
        let item = needed(line, "item_id", &format!("{at}/item_id"), 100)?;
        let quantity = line.get("quantity").and_then(Value::as_i64).filter(|quantity| (1..=99).contains(quantity));
        let quantity =
            quantity.ok_or_else(|| Problem::invalid(&format!("{at}/quantity"), "Give a whole number from 1 to 99."))?;
        if lines.iter().any(|(known, _)| *known == item) {
            return Err(Problem::invalid(&at, "The item is there twice: add the quantities up."));
        }
        lines.push((item, quantity));
    }
    lines.sort();
    Ok(lines)
}

/// Only what is needed to reach the person; everything else in it is not kept.
fn contact(value: &Value) -> Result<Option<Value>, Problem> {
    if value.is_null() {
        return Ok(None);
    }
    let mut kept = Map::new();
    for (name, longest) in [("name", 100), ("email", 254)] {
        if let Some(text) = optional(value, name, &format!("/contact/{name}"), longest)? {
            kept.insert(name.into(), text.into());
        }
    }
    if kept
        .get("email")
        .and_then(Value::as_str)
        .is_some_and(|email| !email.contains('@') || email.contains(char::is_whitespace))
    {
        return Err(Problem::invalid("/contact/email", "This is not an e-mail address."));
    }
    Ok((!kept.is_empty()).then_some(Value::Object(kept)))
}

fn consent(value: &Value) -> Result<Option<Value>, Problem> {
    if value.is_null() {
        return Ok(None);
    }
    let text_id = needed(value, "text_id", "/consent/text_id", 40)?;
    let at = needed(value, "at", "/consent/at", 40)?;
    let at: jiff::Timestamp =
        at.parse().map_err(|_| Problem::invalid("/consent/at", "Give a time as RFC 3339 with an offset."))?;
    Ok(Some(serde_json::json!({ "text_id": text_id, "at": at.to_string() })))
}

fn comes_at(window: &Value) -> Result<Option<i64>, Problem> {
    let Some(start) = window.get("start").filter(|start| !start.is_null()) else { return Ok(None) };
    let at: Option<jiff::Timestamp> = start.as_str().and_then(|text| text.parse().ok());
    let at = at.ok_or_else(|| Problem::invalid("/pickup_window/start", "Give a time as RFC 3339 with an offset."))?;
    Ok(Some(at.as_millisecond()))
}

fn needed(value: &Value, name: &str, pointer: &str, longest: usize) -> Result<String, Problem> {
    optional(value, name, pointer, longest)?
        .ok_or_else(|| Problem::invalid(pointer, "This is missing: give it as text."))
}

/// Text of bounded length without control characters; empty counts as left out.
fn optional(value: &Value, name: &str, pointer: &str, longest: usize) -> Result<Option<String>, Problem> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.chars().count() <= longest && !text.chars().any(char::is_control) => {
            Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
        }
        Some(_) => Err(Problem::invalid(pointer, format!("Give a text of at most {longest} characters on one line."))),
    }
}
