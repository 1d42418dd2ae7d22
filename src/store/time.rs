//! Times as the contract writes them: RFC 3339 instants and ISO 8601 durations, without a time zone table.

/// Milliseconds in one minute.
pub const MINUTE_MS: i64 = 60_000;
/// Milliseconds in one day.
pub const DAY_MS: i64 = 86_400_000;

/// An instant and the wall clock it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub unix_ms: i64,
    /// East of UTC, in minutes.
    pub offset_min: i32,
}

/// A wall clock reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Days since 1970-01-01.
    pub day_number: i64,
    /// The year, for example 2026.
    pub year: i64,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// Minutes since midnight, 0 to 1439.
    pub minute_of_day: i64,
    /// 0 is Monday, 6 is Sunday.
    pub weekday: usize,
}

/// Reads `2026-11-22T16:15:00+01:00`. An offset is demanded, since a time without one means nothing in another town.
pub fn parse_moment(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    if !text.is_ascii() || bytes.len() < 20 || bytes.len() > 40 {
        return None;
    }
    if !matches!(bytes.get(10), Some(b'T' | b't' | b' '))
        || bytes.get(13) != Some(&b':')
        || bytes.get(16) != Some(&b':')
    {
        return None;
    }
    let day_number = parse_date(text.get(..10)?)?;
    let (hour, minute) = (digits(text.get(11..13)?)?, digits(text.get(14..16)?)?);
    let second = digits(text.get(17..19)?)?;
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut rest = text.get(19..)?;
    let mut millis = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return None;
        }
        let leading = fraction.get(..length.min(3))?;
        millis = digits(leading)? * 10_i64.pow(3 - leading.len() as u32);
        rest = fraction.get(length..)?;
    }
    let offset_min = parse_offset(rest)?;
    let local_ms = day_number * DAY_MS + (hour * 3600 + minute * 60 + second.min(59)) * 1000 + millis;
    Some(Moment { unix_ms: local_ms - i64::from(offset_min) * MINUTE_MS, offset_min })
}

/// Reads `Z`, `+01:00` or `-05:30` as minutes east of UTC.
pub fn parse_offset(text: &str) -> Option<i32> {
    if text == "Z" || text == "z" {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    if text.len() != 6 || text.as_bytes().get(3) != Some(&b':') {
        return None;
    }
    let (hours, minutes) = (digits(text.get(1..3)?)?, digits(text.get(4..6)?)?);
    (hours <= 14 && minutes <= 59).then_some(sign * (hours * 60 + minutes) as i32)
}

/// Reads `2026-11-22` as days since 1970-01-01.
pub fn parse_date(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let (year, month, day) = (digits(text.get(..4)?)?, digits(text.get(5..7)?)?, digits(text.get(8..10)?)?);
    let day_number = day_number(year, month, day);
    let back = civil(day_number * DAY_MS, 0);
    // Going there and back refuses 30 February.
    (year >= 1970 && i64::from(back.month) == month && i64::from(back.day) == day).then_some(day_number)
}

/// Reads `HH:MM` as minutes since midnight.
pub fn parse_clock(text: &str) -> Option<i64> {
    if text.len() < 5 || text.as_bytes().get(2) != Some(&b':') {
        return None;
    }
    let (hour, minute) = (digits(text.get(..2)?)?, digits(text.get(3..5)?)?);
    (hour <= 23 && minute <= 59).then_some(hour * 60 + minute)
}

/// Reads `PT2H`, `P3D`, `P1DT12H` or `P2W` as seconds. Months and years have no fixed length and are refused.
pub fn parse_duration_s(text: &str) -> Option<i64> {
    let mut rest = text.strip_prefix('P')?;
    let (mut total, mut in_time, mut parts) = (0_i64, false, 0);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            in_time = true;
            rest = after;
            continue;
        }
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let amount = digits(rest.get(..length)?).filter(|_| length > 0)?;
        let unit_s = match (rest.as_bytes().get(length)?, in_time) {
            (b'W', false) => 604_800,
            (b'D', false) => 86_400,
            (b'H', true) => 3_600,
            (b'M', true) => 60,
            (b'S', true) => 1,
            _ => return None,
        };
        total = total.checked_add(amount.checked_mul(unit_s)?)?;
        parts += 1;
        rest = rest.get(length + 1..)?;
    }
    (parts > 0).then_some(total)
}

/// The wall clock at `offset_min` east of UTC. Calendar arithmetic after Howard Hinnant, "chrono-compatible low-level date algorithms".
pub fn civil(unix_ms: i64, offset_min: i32) -> Civil {
    let local_ms = unix_ms.saturating_add(i64::from(offset_min) * MINUTE_MS);
    let day_number = local_ms.div_euclid(DAY_MS);
    let shifted = day_number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    Civil {
        day_number,
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month: month as u32,
        day: (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32,
        minute_of_day: local_ms.rem_euclid(DAY_MS) / MINUTE_MS,
        weekday: (day_number + 3).rem_euclid(7) as usize,
    }
}

/// Writes an instant as RFC 3339 in UTC, to the second.
pub fn write_utc(unix_ms: i64) -> String {
    let at = civil(unix_ms, 0);
    let second = unix_ms.rem_euclid(MINUTE_MS) / 1000;
    format!("{:04}-{:02}-{:02}T{}:{:02}Z", at.year, at.month, at.day, clock_text(at.minute_of_day), second)
}

/// Minutes since midnight as `16:05`.
pub fn clock_text(minute_of_day: i64) -> String {
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}

fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn digits(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}
