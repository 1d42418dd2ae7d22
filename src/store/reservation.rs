//! A reservation as the store answered it, and whether that answer may be believed.

use super::answer::{self, Malformed};
use super::text::{self, plain};
use super::time::Moment;
use serde_json::Value;

/// What the shopper asked for, to compare the answer with.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The store.
    pub location_id: String,
    /// The item.
    pub item_id: String,
    /// How many.
    pub quantity: i64,
}

/// A reservation, whatever its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Reservation {
    /// Opaque id.
    pub id: String,
    /// One of the contract's words.
    pub status: &'static str,
    /// The store promises to keep it.
    pub binding: bool,
    /// Where, what and how many.
    pub asked: Asked,
    /// End of the hold.
    pub expires_at: Option<Moment>,
    /// When it can be collected.
    pub ready_by: Option<Moment>,
    /// Until when it must be collected.
    pub pickup_by: Option<Moment>,
    /// What is said at the counter.
    pub code: Option<String>,
    /// What the QR holds.
    pub qr: Option<String>,
    /// A document is asked for at the counter.
    pub id_required: bool,
    /// It is paid in the store.
    pub pay_in_store: bool,
    /// The service's clock when it answered, in unix ms.
    pub as_of_ms: Option<i64>,
}

const STATUSES: [&str; 9] =
    ["pending", "held", "processing", "ready_for_pickup", "collected", "rejected", "canceled", "expired", "failed"];

impl Reservation {
    /// Reads the body of create, read and cancel.
    pub fn read(body: &Value) -> Result<Reservation, Malformed> {
        let nothing = Value::Null;
        let (hold, pickup) = (body.get("hold").unwrap_or(&nothing), body.get("pickup").unwrap_or(&nothing));
        let said = body.get("status").and_then(Value::as_str);
        let status = STATUSES.into_iter().find(|word| Some(*word) == said).ok_or(Malformed)?;
        let line = body.get("lines").and_then(Value::as_array).and_then(|lines| lines.first()).ok_or(Malformed)?;
        let asked = Asked {
            location_id: plain(body, "location_id").ok_or(Malformed)?,
            item_id: plain(line, "item_id").ok_or(Malformed)?,
            quantity: line.get("quantity_held").and_then(Value::as_i64).filter(|count| *count >= 0).ok_or(Malformed)?,
        };
        Ok(Reservation {
            id: plain(body, "id").ok_or(Malformed)?,
            status,
            binding: body.get("binding").and_then(Value::as_bool).unwrap_or(false),
            asked,
            expires_at: answer::moment(hold, "expires_at"),
            ready_by: answer::moment(pickup, "ready_by"),
            pickup_by: answer::moment(pickup, "pickup_by"),
            code: pickup.get("code").and_then(Value::as_str).and_then(|code| text::tidy(code, 20)),
            qr: pickup.get("qr").and_then(Value::as_str).and_then(text::link),
            id_required: pickup.get("id_required").and_then(Value::as_bool).unwrap_or(false),
            pay_in_store: body.get("payment").and_then(Value::as_str) == Some("pay_in_store"),
            as_of_ms: answer::moment(body, "as_of").map(|at| at.unix_ms),
        })
    }

    /// Another store, item or number than asked for is no answer: silent substitution is forbidden by the contract.
    pub fn answers(&self, asked: &Asked) -> bool {
        self.asked == *asked
    }

    /// Nothing changes any more.
    pub fn is_final(&self) -> bool {
        matches!(self.status, "collected" | "rejected" | "canceled" | "expired" | "failed")
    }

    /// The shopper may still call it off.
    pub fn can_cancel(&self) -> bool {
        matches!(self.status, "pending" | "held")
    }
}
