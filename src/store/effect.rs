//! What the store asks of the page: requests to send, times to be woken at, things to remember or to tell.

use serde_json::{Value, json};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send this and answer with `Answer` or `Failed`.
    Http(Request),
    /// Break that request off; no answer is awaited any more.
    Abort {
        /// Of the request.
        request_id: u64,
    },
    /// Send `Tick` at this time; the newest one counts.
    RetryAt {
        /// In unix ms.
        at_ms: i64,
    },
    /// Tell the page; never holds personal data.
    Notify {
        /// Name of the DOM event.
        name: &'static str,
        /// Its detail.
        detail: Value,
    },
    /// Keep this over a reload.
    Remember {
        /// Opaque.
        reservation_id: String,
        /// Opaque.
        access_token: String,
    },
    /// Drop what was remembered.
    Forget,
}

/// One HTTP request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Counts up; never used twice.
    pub request_id: u64,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Base URL and path.
    pub url: String,
    /// Name and value.
    pub headers: Vec<(&'static str, String)>,
    /// JSON text.
    pub body: Option<String>,
    /// Give up after so many ms.
    pub timeout_ms: u32,
}

impl Effect {
    /// As the page reads it.
    pub fn to_json(&self) -> Value {
        match self {
            Effect::Http(request) => json!({
                "type": "http", "request_id": request.request_id, "method": request.method, "url": request.url,
                "headers": request.headers.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>(),
                "body": request.body, "timeout_ms": request.timeout_ms,
            }),
            Effect::Abort { request_id } => json!({ "type": "abort", "request_id": request_id }),
            Effect::RetryAt { at_ms } => json!({ "type": "retry_at", "at_ms": at_ms }),
            Effect::Notify { name, detail } => json!({ "type": "notify", "name": name, "detail": detail }),
            Effect::Remember { reservation_id, access_token } => {
                json!({ "type": "remember", "reservation_id": reservation_id, "access_token": access_token })
            }
            Effect::Forget => json!({ "type": "forget" }),
        }
    }
}
