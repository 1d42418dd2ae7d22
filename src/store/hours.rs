//! Is the store open now: weekly hours with exceptions, in the store's own wall clock.

use super::time::{self, MINUTE_MS};
use serde_json::Value;

const DAY_MIN: i64 = 1440;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What can be said about the doors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Nothing is known. That is not closed, and not open.
    Unknown,
    /// Open; until when in unix ms, `None` where it does not close within a week.
    Open(Option<i64>),
    /// Closed; opens at unix ms, `None` where not within a week.
    Closed(Option<i64>),
}

/// Reads a location's `hours` and `exception_hours` at `now_ms`, the store's clock being `offset_min` east of UTC.
/// An exception takes the place of the regular day. Hours that pass midnight belong to the day they began on.
pub fn opening(location: &Value, offset_min: i32, now_ms: i64) -> Opening {
    let empty = Vec::new();
    let Some(hours) = location.get("hours").and_then(Value::as_array).filter(|hours| !hours.is_empty()) else {
        return Opening::Unknown;
    };
    let exceptions = location.get("exception_hours").and_then(Value::as_array).unwrap_or(&empty);
    let today = time::civil(now_ms, offset_min);
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for ahead in -1..=7 {
        let midnight_min = ahead * DAY_MIN;
        let weekday = (today.weekday as i64 + ahead).rem_euclid(7) as usize;
        spans.extend(
            day_spans(hours, exceptions, today.day_number + ahead, weekday)
                .map(|(from, to)| (from + midnight_min, to + midnight_min)),
        );
    }
    let midnight_ms = today.day_number * time::DAY_MS - i64::from(offset_min) * MINUTE_MS;
    find(joined(spans), (now_ms - midnight_ms) / MINUTE_MS, |minute| midnight_ms + minute * MINUTE_MS)
}

fn day_spans<'a>(
    hours: &'a [Value],
    exceptions: &'a [Value],
    day_number: i64,
    weekday: usize,
) -> impl Iterator<Item = (i64, i64)> + 'a {
    let special = exceptions.iter().any(|entry| covers(entry, day_number));
    let list = if special { exceptions } else { hours };
    list.iter()
        .filter(move |entry| if special { covers(entry, day_number) } else { is_day(entry, weekday) })
        .filter_map(span)
}

fn covers(exception: &Value, day_number: i64) -> bool {
    let day = |name| exception.get(name).and_then(Value::as_str).and_then(time::parse_date);
    day("valid_from").is_some_and(|from| from <= day_number && day("valid_through").unwrap_or(from) >= day_number)
}

fn is_day(entry: &Value, weekday: usize) -> bool {
    let name = entry.get("day").and_then(Value::as_str).and_then(|name| name.get(..3)).unwrap_or_default();
    DAYS.get(weekday).is_some_and(|day| name.eq_ignore_ascii_case(day))
}

/// Minutes since that day's midnight. Equal times are not valid; `00:00` to `23:59` is the whole day.
fn span(entry: &Value) -> Option<(i64, i64)> {
    let clock = |name| entry.get(name).and_then(Value::as_str).and_then(time::parse_clock);
    let (opens, closes) = (clock("opens")?, clock("closes")?);
    match (opens, closes) {
        (0, 1439) => Some((0, DAY_MIN)),
        _ if opens == closes => None,
        _ if closes < opens => Some((opens, closes + DAY_MIN)),
        _ => Some((opens, closes)),
    }
}

fn joined(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    let mut out: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match out.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

fn find(spans: Vec<(i64, i64)>, now_min: i64, at_ms: impl Fn(i64) -> i64) -> Opening {
    for (from, to) in spans {
        if now_min < from {
            return Opening::Closed(Some(at_ms(from)));
        }
        if now_min < to {
            return Opening::Open((to < 7 * DAY_MIN).then(|| at_ms(to)));
        }
    }
    Opening::Closed(None)
}
