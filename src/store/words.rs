//! Every sentence a shopper reads, in English, each with the key a page translates it by.

use super::time::{self, Moment};
use serde_json::{Map, Value, json};

/// Key, and English with `{name}` where a value goes.
const ENGLISH: &[(&str, &str)] = &[
    ("title_list", "Available in a store"),
    ("title_contact", "Reserve at {store}"),
    ("title_held", "Reserved"),
    ("title_refused", "Not reserved"),
    ("title_cancelled", "Cancelled"),
    ("title_expired", "The hold has ended"),
    ("title_unavailable", "The stores cannot be asked now"),
    ("loading", "Asking the stores…"),
    ("reserving", "Reserving…"),
    ("cancelling", "Cancelling…"),
    ("near_none", "All stores"),
    ("near_point", "Near you"),
    ("near_place", "Near {place}"),
    ("near_denied", "Your location stays private. Type a town or postal code instead."),
    ("no_stores", "No store was found there"),
    ("notice_stale", "The stores could not be asked again. This is what they said before."),
    ("headline_stock", "In stock at {store}, {distance} away"),
    ("headline_stock_plain", "In stock at {store}"),
    ("headline_was", "Was in stock at {store} {age} ago"),
    ("headline_here", "In stock here"),
    ("headline_none", "No store has it right now"),
    ("headline_ask", "Ask in a store"),
    ("status_in_stock", "In stock"),
    ("status_exact", "{count} in stock"),
    ("status_limited", "Only a few left"),
    ("status_was_reserve", "Was in stock {age} ago — reserve to confirm"),
    ("status_was_ask", "Was in stock {age} ago — ask the store"),
    ("status_out_of_stock", "Not in stock"),
    ("status_was_out", "Was not in stock {age} ago"),
    ("status_backorder", "Can be ordered"),
    ("status_preorder", "Can be ordered before it arrives"),
    ("status_on_display_to_order", "On display, made to order"),
    ("status_ship_to_store", "Can be sent to this store"),
    ("status_discontinued", "No longer sold"),
    ("status_ask", "Ask in store"),
    ("incoming", "More expected on {date}"),
    ("ready_today", "Ready today from {time}"),
    ("ready_tomorrow", "Ready tomorrow from {time}"),
    ("ready_date", "Ready on {date} from {time}"),
    ("ready_hours", "Usually ready in {hours} h"),
    ("ready_minutes", "Usually ready in {minutes} min"),
    ("ready_days", "Usually ready in {days} days"),
    ("ready_text", "{promise}"),
    ("open_always", "Always open"),
    ("open_until", "Open until {time}"),
    ("opens_today", "Closed, opens today at {time}"),
    ("opens_tomorrow", "Closed, opens tomorrow at {time}"),
    ("opens_date", "Closed, opens on {date} at {time}"),
    ("closed", "Closed"),
    ("hours_unknown", "Opening hours not known"),
    ("distance_m", "{distance} m"),
    ("distance_km", "{distance} km"),
    ("distance_mi", "{distance} mi"),
    ("fee", "{amount} {currency}"),
    ("field_name", "Name"),
    ("field_email", "E-mail"),
    ("field_phone", "Phone"),
    ("contact_hint", "Give a name or an e-mail address"),
    ("contact_optional", "You may leave this empty"),
    ("error_email", "This is not an e-mail address"),
    ("error_contact", "The store needs a name or an e-mail address"),
    ("error_consent", "Please agree, so that the store may use what you typed"),
    ("consent", "The store may use this to handle my reservation"),
    ("reserve", "Reserve"),
    ("cancel", "Cancel the reservation"),
    ("back", "All stores"),
    ("retry", "Try again"),
    ("show_reservation", "Your reservation"),
    ("handoff_page", "Go to the shop's page"),
    ("handoff_store", "Go to the store's page"),
    ("handoff_call", "Call {phone}"),
    ("pending_heading", "{store} is looking for it"),
    ("held_heading", "Held for you at {store}"),
    ("processing_heading", "{store} is getting it ready"),
    ("ready_heading", "Ready for you at {store}"),
    ("collected_heading", "Collected at {store}"),
    ("cancelled_heading", "Your reservation at {store} is cancelled"),
    ("expired_heading", "The hold at {store} has ended"),
    ("rejected_heading", "{store} could not keep it"),
    ("countdown_hours", "{hours} h {minutes} min left"),
    ("countdown_days", "{days} days {hours} h left"),
    ("countdown_minutes", "{minutes} min left"),
    ("countdown_seconds", "{seconds} s left"),
    ("collect_today", "Collect by today {time}"),
    ("collect_tomorrow", "Collect by tomorrow {time}"),
    ("collect_date", "Collect by {date} {time}"),
    ("pay_in_store", "You pay in the store"),
    ("show_code", "Show this code at the counter"),
    ("show_code_id", "Show this code and an identity document at the counter"),
    ("refused_stock", "{store} has just sold its last one"),
    ("refused_not_found", "{store} does not offer this item any more"),
    ("refused_no_pickup", "{store} does not keep this item for collection"),
    ("refused_hours", "{store} takes no reservations at this hour"),
    ("refused_limit", "You can reserve at most {limit} of these"),
    ("refused_rejected", "{store} could not find it"),
    ("refused_identity", "{store} hands this out only against a document. Please ask there."),
    ("error_network_offline", "You seem to be offline."),
    ("error_timeout", "The store service takes too long to answer."),
    ("error_malformed_response", "The store service gave an answer that makes no sense."),
    ("error_rate_limited", "Too many requests. Please wait a moment."),
    ("error_upstream_unavailable", "The store service is out of order."),
    ("error_unauthorized", "The store service does not accept this page."),
    ("error_item_not_found", "The stores do not know this item."),
    ("error_invalid_request", "The store service did not understand the request."),
    ("error_not_confirmed", "It is not certain whether it was reserved. Try again: it will not be reserved twice."),
    ("error_not_cancelled", "It is not certain whether it was cancelled. Try again."),
    ("error_already_final", "This reservation can no longer be changed."),
];

/// Short names of days, Monday first.
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Short names of months.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A sentence with its key and values: `{ key, text, values }`. A key without English shows itself.
pub fn say(key: &str, values: &[(&str, &str)]) -> Value {
    let english = ENGLISH.iter().find(|(name, _)| *name == key).map_or(key, |(_, english)| english);
    let mut text = english.to_owned();
    let mut map = Map::new();
    for (name, value) in values {
        // Values come last and are not read again: braces in a store's name stay what they are.
        map.insert((*name).to_owned(), Value::from(*value));
    }
    if text.contains('{') {
        text = filled(english, values);
    }
    json!({ "key": key, "text": text, "values": map })
}

/// Whether a key has English.
pub fn has(key: &str) -> bool {
    ENGLISH.iter().any(|(name, _)| *name == key)
}

/// A sentence about a time: `key_today`, `key_tomorrow` or `key_date`, seen from `now_ms` on the wall clock the time was written in.
pub fn say_when(keys: [&str; 3], at: Moment, now_ms: i64) -> Value {
    let (then, now) = (time::civil(at.unix_ms, at.offset_min), time::civil(now_ms, at.offset_min));
    let [today, tomorrow, date] = keys;
    let key = match then.day_number - now.day_number {
        0 => today,
        1 => tomorrow,
        _ => date,
    };
    let at_utc = time::write_utc(at.unix_ms);
    say(
        key,
        &[("time", &time::clock_text(then.minute_of_day)), ("date", &date_words(then.day_number)), ("at", &at_utc)],
    )
}

/// `Mon 23 Nov`.
pub fn date_words(day_number: i64) -> String {
    let day = time::civil(day_number * time::DAY_MS, 0);
    let weekday = DAYS.get(day.weekday).copied().unwrap_or_default();
    let month = MONTHS.get(day.month as usize - 1).copied().unwrap_or_default();
    format!("{weekday} {} {month}", day.day)
}

/// `5 min`, `3 h`, `2 days`.
pub fn age_words(age_ms: i64) -> String {
    let minutes = (age_ms / time::MINUTE_MS).max(1);
    match minutes {
        0..60 => format!("{minutes} min"),
        60..2880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    }
}

/// A distance in km and m, or in miles where the locale's country drives by them.
pub fn distance(metres: f64, locale: &str) -> Value {
    let country = locale.rsplit(['-', '_']).next().unwrap_or_default();
    if ["US", "GB", "LR", "MM"].iter().any(|miles| country.eq_ignore_ascii_case(miles)) {
        return say("distance_mi", &[("distance", &one_decimal(metres / 1609.344))]);
    }
    if metres < 995.0 {
        let tens = ((metres / 10.0).round() as i64).max(1) * 10;
        return say("distance_m", &[("distance", &tens.to_string())]);
    }
    say("distance_km", &[("distance", &one_decimal(metres / 1000.0))])
}

/// The time left of a hold, coarser the longer it is.
pub fn countdown(left_ms: i64) -> Value {
    let seconds = (left_ms.max(0) + 999) / 1000;
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    let text = |number: i64| number.to_string();
    match seconds {
        0..120 => say("countdown_seconds", &[("seconds", &text(seconds))]),
        120..3600 => say("countdown_minutes", &[("minutes", &text(minutes))]),
        3600..172_800 => say("countdown_hours", &[("hours", &text(hours)), ("minutes", &text(minutes % 60))]),
        _ => say("countdown_days", &[("days", &text(hours / 24)), ("hours", &text(hours % 24))]),
    }
}

/// A length of time until something is ready.
pub fn ready_in(seconds: i64) -> Value {
    match seconds {
        ..3600 => say("ready_minutes", &[("minutes", &(seconds / 60).max(1).to_string())]),
        3600..172_800 => say("ready_hours", &[("hours", &((seconds + 1800) / 3600).to_string())]),
        _ => say("ready_days", &[("days", &((seconds + 43_200) / 86_400).to_string())]),
    }
}

/// An amount in minor units. Currencies without minor units are the short list of ISO 4217 that shops meet.
pub fn fee(amount: i64, currency: &str) -> Value {
    let whole = ["JPY", "KRW", "CLP", "ISK", "VND"].contains(&currency);
    let text = if whole { amount.to_string() } else { format!("{}.{:02}", amount / 100, amount % 100) };
    say("fee", &[("amount", &text), ("currency", currency)])
}

fn one_decimal(number: f64) -> String {
    let tenths = (number * 10.0).round().max(1.0) as i64;
    if tenths < 100 { format!("{}.{}", tenths / 10, tenths % 10) } else { ((tenths + 5) / 10).to_string() }
}

fn filled(english: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = english;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    out.push_str(rest);
    out
}
