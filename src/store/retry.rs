//! When a request is sent again: exponential steps with jitter, a budget, and the service's own wish.

/// What is known after a request failed.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    /// Of the request that failed; with `now_ms` it spreads many pages over time without a random number.
    pub request_id: u64,
    /// How often it was sent so far, from 1.
    pub sent: u32,
    /// Now, in unix ms.
    pub now_ms: i64,
    /// When it was first sent, in unix ms.
    pub first_ms: i64,
    /// The service's `Retry-After`.
    pub retry_after_s: Option<i64>,
}

/// How long and how often it is worth trying.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Sends in all.
    pub sends: u32,
    /// From the first send, in ms.
    pub total_ms: i64,
}

/// A shopper looks at an empty list for a few seconds at most.
pub const READ: Budget = Budget { sends: 3, total_ms: 20_000 };
/// A reservation is worth a minute.
pub const WRITE: Budget = Budget { sends: 6, total_ms: 60_000 };

const FIRST_STEP_MS: i64 = 800;
const LONGEST_STEP_MS: i64 = 30_000;

/// The time of the next send, or `None` when it is not worth it any more. A service that asks for more time than is left is not pressed.
pub fn next_ms(failure: Failure, budget: Budget) -> Option<i64> {
    if failure.sent >= budget.sends {
        return None;
    }
    let step_ms = (FIRST_STEP_MS << (failure.sent - 1).min(10)).min(LONGEST_STEP_MS);
    // Full jitter, but never under a fifth: a wait of nothing would be no wait.
    let spread = spread(failure.request_id ^ failure.now_ms.unsigned_abs());
    let jittered_ms = step_ms / 5 + (step_ms - step_ms / 5) * spread / 1000;
    let wait_ms = jittered_ms.max(failure.retry_after_s.unwrap_or(0) * 1000);
    let at_ms = failure.now_ms + wait_ms;
    (at_ms - failure.first_ms <= budget.total_ms).then_some(at_ms)
}

/// 0 to 999, evenly spread: the finaliser of splitmix64.
fn spread(seed: u64) -> i64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) % 1000) as i64
}
