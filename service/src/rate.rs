//! A bucket of allowed writes per client: holds are a way to empty a store's shelves from afar.

use crate::problem::Problem;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// More clients than this are not remembered; the quietest are forgotten first.
const MOST_CLIENTS: usize = 10_000;

/// So many requests in so many seconds, refilled evenly.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Size of the bucket.
    pub requests: u32,
    /// Time to fill it, in seconds.
    pub per_s: u32,
}

/// The buckets.
#[derive(Debug)]
pub struct Limiter {
    rate: Rate,
    /// Client to thousandths of a request left, and when that was, in unix ms.
    buckets: Mutex<HashMap<IpAddr, (i64, i64)>>,
}

impl Limiter {
    pub fn new(rate: Rate) -> Limiter {
        Limiter { rate, buckets: Mutex::default() }
    }

    pub fn rate(&self) -> Rate {
        self.rate
    }

    /// Takes one request out of the client's bucket, or says when there will be one.
    pub fn take(&self, client: IpAddr, now_ms: i64) -> Result<(), Problem> {
        let full = i64::from(self.rate.requests) * 1000;
        let per_ms = full as f64 / (f64::from(self.rate.per_s.max(1)) * 1000.0);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_CLIENTS {
            buckets.retain(|_, (_, then_ms)| now_ms - *then_ms < i64::from(self.rate.per_s) * 1000);
        }
        let (left, then_ms) = buckets.get(&client).copied().unwrap_or((full, now_ms));
        let left = (left + ((now_ms - then_ms).max(0) as f64 * per_ms) as i64).min(full);
        if left < 1000 {
            let wait_s = ((1000 - left) as f64 / per_ms / 1000.0).ceil().max(1.0) as i64;
            return Err(Problem::new(429, "rate_limited", "Too many reservations from here. Wait a moment.")
                .retry_after(wait_s));
        }
        buckets.insert(client, (left - 1000, now_ms));
        Ok(())
    }
}
