//! RFC 9457 errors with the contract's codes.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// Where the codes are explained. A name, not an address that must answer.
const TYPE_BASE: &str = "https://vitrine.example/problems/";

/// A refusal: status, code, one sentence, and the code's own members.
#[derive(Clone, Debug)]
pub struct Problem {
    pub status: u16,
    pub code: &'static str,
    pub detail: String,
    pub members: Map<String, Value>,
    pub retry_after_s: Option<i64>,
}

impl Problem {
    pub fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, code, detail: detail.into(), members: Map::new(), retry_after_s: None }
    }

    /// A request that is wrong at `pointer` (RFC 6901).
    pub fn invalid(pointer: &str, detail: impl Into<String>) -> Problem {
        let detail = detail.into();
        let errors = json!([{ "pointer": pointer, "detail": detail }]);
        Problem::new(400, "invalid_request", detail).with("errors", errors)
    }

    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Problem {
        self.members.insert(name.into(), value.into());
        self
    }

    pub fn retry_after(mut self, seconds: i64) -> Problem {
        self.retry_after_s = Some(seconds);
        self
    }

    /// The document.
    pub fn body(&self) -> Value {
        let mut body = self.members.clone();
        body.insert("type".into(), format!("{TYPE_BASE}{}", self.code).into());
        body.insert("title".into(), self.code.replace('_', " ").into());
        body.insert("status".into(), self.status.into());
        body.insert("detail".into(), self.detail.as_str().into());
        Value::Object(body)
    }
}

/// The database failed. What exactly goes to the log, not to the stranger.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Problem {
        eprintln!("database: {error}");
        Problem::new(503, "upstream_unavailable", "The stock database does not answer. Try again in a moment.")
            .retry_after(2)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = json_response(self.status, &self.body());
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// JSON with a status, not to be kept by caches.
pub fn json_response(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}
