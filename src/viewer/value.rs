//! Attribute values: numbers with units, as CSS and model-viewer write them. Loose outside, strict inside.

use crate::math::Vec3;
use serde_json::Value;

/// Why a value is no value.
pub type Problem = String;

/// A plain number as CSS writes it: `1`, `-0.5`, `.5`, `+2`, `1e3`. JSON's reader does it, which is here anyway; the
/// standard library's would bring ten kilobytes of tables along for the last bit.
///
/// # Errors
/// Says what was expected.
pub fn number(text: &str) -> Result<f32, Problem> {
    let plain = text.trim();
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.strip_prefix('+').unwrap_or(plain)),
    };
    let zero = if digits.starts_with('.') { "0" } else { "" };
    let value = serde_json::from_slice(format!("{sign}{zero}{digits}").as_bytes()).ok();
    let number = value.as_ref().and_then(Value::as_f64).map(|number| number as f32);
    number.filter(|number| number.is_finite()).ok_or_else(|| format!("\"{text}\" is not a number"))
}

/// An angle in radians: `30deg`, `0.5rad`, or a bare number of radians as model-viewer takes it.
///
/// # Errors
/// Says what was expected.
pub fn angle(text: &str) -> Result<f32, Problem> {
    let text = text.trim();
    let parsed = match (text.strip_suffix("deg"), text.strip_suffix("rad")) {
        (Some(degrees), _) => number(degrees).map(f32::to_radians),
        (_, Some(radians)) => number(radians),
        _ => number(text),
    };
    parsed.map_err(|_| format!("\"{text}\" is not an angle: write for example 30deg or 0.5rad"))
}

/// A length in metres: `1.5m`, `20cm`, `5mm`, or a bare number of metres.
///
/// # Errors
/// Says what was expected.
pub fn length(text: &str) -> Result<f32, Problem> {
    let text = text.trim();
    let parsed = if let Some(centimetres) = text.strip_suffix("cm") {
        number(centimetres).map(|value| value / 100.0)
    } else if let Some(millimetres) = text.strip_suffix("mm") {
        number(millimetres).map(|value| value / 1000.0)
    } else {
        number(text.strip_suffix('m').unwrap_or(text))
    };
    parsed.map_err(|_| format!("\"{text}\" is not a length: write for example 1.5m or 20cm"))
}

/// A distance from the target: a length, or a share of the framing distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distance {
    /// In metres.
    Metres(f32),
    /// 1 is the distance from which the product just fills the picture.
    Framing(f32),
}

impl Distance {
    /// In metres.
    pub fn metres(self, framing_m: f32) -> f32 {
        match self {
            Self::Metres(metres) => metres,
            Self::Framing(share) => share * framing_m,
        }
    }
}

/// A part of a list of values: what was written, or `auto`.
pub type Auto<T> = Option<T>;

/// `theta phi radius`; each may be `auto`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OrbitValue {
    /// Radians.
    pub theta: Auto<f32>,
    /// Radians.
    pub phi: Auto<f32>,
    /// Metres or a share of the framing distance.
    pub radius: Auto<Distance>,
}

/// `30deg 75deg 105%`.
///
/// # Errors
/// Says what was expected.
pub fn orbit(text: &str) -> Result<OrbitValue, Problem> {
    let [theta, phi, radius] = three(text, "write for example \"30deg 75deg 105%\"")?;
    Ok(OrbitValue { theta: auto(theta, angle)?, phi: auto(phi, angle)?, radius: auto(radius, distance)? })
}

/// `0m 1m 0m`; each may be `auto`.
///
/// # Errors
/// Says what was expected.
pub fn target(text: &str) -> Result<[Auto<f32>; 3], Problem> {
    let [x, y, z] = three(text, "write for example \"0m 0.5m 0m\"")?;
    Ok([auto(x, length)?, auto(y, length)?, auto(z, length)?])
}

/// One value or `auto`.
///
/// # Errors
/// Those of `parse`.
pub fn auto<T>(text: &str, parse: impl Fn(&str) -> Result<T, Problem>) -> Result<Auto<T>, Problem> {
    if text.trim() == "auto" { Ok(None) } else { parse(text).map(Some) }
}

/// Fills what is `auto` from another place.
pub fn target_or(target: [Auto<f32>; 3], fallback: Vec3) -> Vec3 {
    let [x, y, z] = target;
    Vec3::new(x.unwrap_or(fallback.x), y.unwrap_or(fallback.y), z.unwrap_or(fallback.z))
}

fn distance(text: &str) -> Result<Distance, Problem> {
    match text.strip_suffix('%') {
        Some(percent) => number(percent).map(|value| Distance::Framing(value * 0.01)),
        None => length(text).map(Distance::Metres),
    }
}

fn three<'a>(text: &'a str, hint: &str) -> Result<[&'a str; 3], Problem> {
    let parts: Vec<&str> = text.split_ascii_whitespace().collect();
    <[&str; 3]>::try_from(parts).map_err(|parts| format!("\"{text}\" has {} of three values: {hint}", parts.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_model_viewer_reads() {
        let value = orbit("30deg 1.2rad 105%").unwrap();
        assert_eq!(value.radius, Some(Distance::Framing(1.05)));
        assert!((value.theta.unwrap() - std::f32::consts::FRAC_PI_6).abs() < 1e-6);
        assert_eq!(orbit("auto auto 2.5m").unwrap().radius, Some(Distance::Metres(2.5)));
        assert_eq!(target("0m auto -12cm").unwrap(), [Some(0.0), None, Some(-0.12)]);
        assert_eq!(length("5mm").unwrap(), 0.005);
    }

    #[test]
    fn says_what_it_expected() {
        assert!(orbit("30deg 75deg").unwrap_err().contains("2 of three"));
        assert!(angle("steep").unwrap_err().contains("30deg"));
        assert!(number("NaN").is_err() && number("inf").is_err() && length("1e99").is_err());
    }
}
