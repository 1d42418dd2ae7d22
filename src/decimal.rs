//! Numbers in words and out of them, without the standard library's way: its tables for the last bit of any number weigh
//! more than what a shopper downloads for a room.

/// As text with that many digits after the point, at most nine; numbers that are no numbers are 0, infinite ones very large.
pub fn fixed(value: f32, digits: usize) -> String {
    let digits = digits.min(9);
    let scale = 10_u64.pow(digits as u32);
    let units = (f64::from(value.abs()) * scale as f64).round() as u64;
    let sign = if value < 0.0 && units > 0 { "-" } else { "" };
    let (whole, rest) = (units / scale, units % scale);
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0digits$}") }
}

/// As [`fixed`], without zeros at the end.
pub fn short(value: f32, digits: usize) -> String {
    let text = fixed(value, digits);
    if digits == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

/// What digits say, with a sign before and a point among them if need be; `None` for everything else.
pub fn read(text: &str) -> Option<f32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |digits| (-1.0, digits));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    (!whole.is_empty() || !rest.is_empty()).then_some(())?;
    let mut value = 0.0_f64;
    for digit in whole.bytes().chain(rest.bytes()) {
        value = value * 10.0 + f64::from(char::from(digit).to_digit(10)?);
    }
    // One division at the end: tenths added up would not be what the text says.
    let scale = (0..rest.len()).fold(1.0_f64, |scale, _| scale * 10.0);
    Some((sign * value / scale) as f32).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{fixed, read, short};

    #[test]
    fn numbers_are_written_as_the_standard_library_would() {
        for value in [0.0, 0.04, 0.06, 1.0, -1.0, 12.34, -0.96, 99.96, 123_456.0, -0.01] {
            assert_eq!(fixed(value, 1), format!("{value:.1}").replace("-0.0", "0.0"), "{value}");
            assert_eq!(fixed(value, 0), format!("{value:.0}").replace("-0", "0"), "{value}");
        }
        assert_eq!((short(6.5, 1), short(6.0, 1), short(10.0, 0)), ("6.5".into(), "6".into(), "10".into()));
        assert_eq!(fixed(f32::NAN, 2), "0.00");
    }

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        for text in ["0", "-12", "3.25", ".5", "-0.125", "100.00"] {
            assert_eq!(read(text), text.parse().ok(), "{text}");
        }
        let long = "9".repeat(400);
        for text in ["", "-", ".", "1e3", "+1", " 1", "1,5", "١", "inf", "nan", "1.2.3", &long] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
