//! Opening hours in the store's own time zone, and when something will be ready.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde_json::Value;

/// First day, last day, and when it is open on them; not at all without a time.
type Exception = (Date, Date, Option<(Time, Time)>);

/// A store's hours.
#[derive(Clone, Debug)]
pub struct Hours {
    zone: TimeZone,
    week: Vec<(Weekday, Time, Time)>,
    exceptions: Vec<Exception>,
}

impl Hours {
    /// Reads `timezone`, `hours` and `exception_hours` of a location; the error says what is wrong.
    pub fn read(location: &Value) -> Result<Hours, String> {
        let name = location
            .get("timezone")
            .and_then(Value::as_str)
            .ok_or("timezone is missing: give an IANA name such as Europe/Berlin")?;
        let zone = TimeZone::get(name)
            .map_err(|_| format!("timezone \"{name}\" is not known: give an IANA name such as Europe/Berlin"))?;
        let list = |name: &str| location.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let week = list("hours").iter().map(regular).collect::<Result<_, _>>()?;
        let exceptions = list("exception_hours").iter().map(exception).collect::<Result<_, _>>()?;
        Ok(Hours { zone, week, exceptions })
    }

    /// Offset from UTC at an instant, as `+01:00`.
    pub fn offset_text(&self, unix_ms: i64) -> String {
        let seconds = self.zone.to_offset(timestamp(unix_ms)).seconds();
        let sign = if seconds < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
    }

    /// RFC 3339 with the store's offset.
    pub fn local_text(&self, unix_ms: i64) -> String {
        let local = self.zone.to_datetime(timestamp(unix_ms));
        format!("{}{}", local.strftime("%Y-%m-%dT%H:%M:%S"), self.offset_text(unix_ms))
    }

    /// Whether the store is open; `None` where no hours are known.
    pub fn is_open(&self, unix_ms: i64) -> Option<bool> {
        let spans = self.spans(unix_ms);
        (!self.week.is_empty()).then(|| spans.iter().any(|(from, to)| (*from..*to).contains(&unix_ms)))
    }

    /// Next time the doors open after an instant at which they are closed.
    pub fn next_opening_ms(&self, unix_ms: i64) -> Option<i64> {
        self.spans(unix_ms).into_iter().map(|(from, _)| from).find(|from| *from > unix_ms)
    }

    /// When staff will have it ready: they need `minutes` without the doors closing in between; otherwise it waits for the
    /// next opening. Without hours nobody knows better than `minutes` from now.
    pub fn ready_ms(&self, unix_ms: i64, minutes: i64) -> i64 {
        let need_ms = minutes * 60_000;
        for (from, to) in self.spans(unix_ms) {
            let ready_ms = from.max(unix_ms) + need_ms;
            // A shift shorter than the work still gets it done by its end when it starts fresh.
            if to > unix_ms && (ready_ms <= to || from > unix_ms) {
                return ready_ms.min(to);
            }
        }
        unix_ms + need_ms
    }

    /// Opening spans in unix ms from yesterday to ten days ahead, in order.
    fn spans(&self, unix_ms: i64) -> Vec<(i64, i64)> {
        let today = self.zone.to_datetime(timestamp(unix_ms)).date();
        let mut spans: Vec<(i64, i64)> = Vec::new();
        for ahead in -1..=10_i64 {
            let Ok(date) = today.checked_add(ahead.days()) else { continue };
            for (opens, closes) in self.of_day(date) {
                let last = if closes <= opens { date.tomorrow().unwrap_or(date) } else { date };
                if let (Some(from), Some(to)) = (self.instant(date, opens), self.instant(last, closes)) {
                    spans.push((from, to));
                }
            }
        }
        spans.sort_unstable();
        spans
    }

    fn of_day(&self, date: Date) -> Vec<(Time, Time)> {
        let covers = |(from, through, _): &&(Date, Date, Option<(Time, Time)>)| *from <= date && date <= *through;
        let special: Vec<_> = self.exceptions.iter().filter(covers).collect();
        if !special.is_empty() {
            return special.into_iter().filter_map(|(_, _, times)| *times).collect();
        }
        self.week
            .iter()
            .filter(|(day, _, _)| *day == date.weekday())
            .map(|(_, opens, closes)| (*opens, *closes))
            .collect()
    }

    fn instant(&self, date: Date, time: Time) -> Option<i64> {
        // A closing time of 23:59 means the end of the day, as UCP writes it.
        let zoned = self.zone.to_zoned(date.to_datetime(time)).ok()?;
        let minute = if time == Time::constant(23, 59, 0, 0) { 60_000 } else { 0 };
        Some(zoned.timestamp().as_millisecond() + minute)
    }
}

fn timestamp(unix_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(unix_ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn regular(entry: &Value) -> Result<(Weekday, Time, Time), String> {
    let day = entry.get("day").and_then(Value::as_str).unwrap_or_default();
    let weekday = match day.to_ascii_lowercase().as_str() {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return Err(format!("hours: \"{day}\" is no day: write monday to sunday")),
    };
    let (opens, closes) = times(entry)?.ok_or("hours: opens and closes are missing: write them as HH:MM")?;
    Ok((weekday, opens, closes))
}

fn exception(entry: &Value) -> Result<Exception, String> {
    let day = |name: &str| -> Result<Option<Date>, String> {
        let Some(text) = entry.get(name).and_then(Value::as_str) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| format!("exception_hours: {name} \"{text}\" is no date: write YYYY-MM-DD"))
    };
    let from = day("valid_from")?.ok_or("exception_hours: valid_from is missing: write YYYY-MM-DD")?;
    Ok((from, day("valid_through")?.unwrap_or(from), times(entry)?))
}

fn times(entry: &Value) -> Result<Option<(Time, Time)>, String> {
    let clock = |name: &str| -> Result<Option<Time>, String> {
        let Some(text) = entry.get(name).and_then(Value::as_str) else { return Ok(None) };
        Time::strptime("%H:%M", text).map(Some).map_err(|_| format!("{name} \"{text}\" is no time of day: write HH:MM"))
    };
    let both = clock("opens")?.zip(clock("closes")?);
    match both {
        Some((opens, closes)) if opens == closes => {
            Err(format!("opens and closes are both {opens}: for the whole day write 00:00 to 23:59"))
        }
        both => Ok(both),
    }
}
