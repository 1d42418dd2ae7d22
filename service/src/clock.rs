//! The time, so that tests can turn it.

use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where the time comes from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's.
    #[default]
    System,
    /// Unix ms set by a test.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `unix_ms` until it is turned.
    pub fn fixed(unix_ms: i64) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(unix_ms)))
    }

    /// Now, in unix ms.
    pub fn now_ms(&self) -> i64 {
        match self {
            Clock::System => Timestamp::now().as_millisecond(),
            Clock::Fixed(unix_ms) => unix_ms.load(Ordering::SeqCst),
        }
    }

    /// Turns a fixed clock on; the machine's own cannot be turned.
    pub fn advance_ms(&self, by_ms: i64) {
        if let Clock::Fixed(unix_ms) = self {
            unix_ms.fetch_add(by_ms, Ordering::SeqCst);
        }
    }
}

/// RFC 3339 in UTC, to the second.
pub fn utc_text(unix_ms: i64) -> String {
    Timestamp::from_second(unix_ms.div_euclid(1000)).map_or_else(|_| "1970-01-01T00:00:00Z".into(), |at| at.to_string())
}
