//! What strangers wrote, made harmless: plain text of bounded length, links of known kinds, and parts of a URL.

use serde_json::Value;

/// Longest text taken from a store, in characters.
pub const LONGEST: usize = 200;

/// The string at `value[name]`, tidied; `None` where there is none.
pub fn plain(value: &Value, name: &str) -> Option<String> {
    tidy(value.get(name)?.as_str()?, LONGEST)
}

/// An opaque token at `value[name]`: visible ASCII, at most 4096 characters, so that it can stand in a header.
pub fn secret(value: &Value, name: &str) -> Option<String> {
    let token = value.get(name)?.as_str()?;
    (!token.is_empty() && token.len() <= 4096 && token.bytes().all(|byte| byte.is_ascii_graphic()))
        .then(|| token.to_owned())
}

/// Cuts to `longest` characters and drops what is not seen: control characters, and marks that turn the writing direction round
/// and could make one store's name read as another's. Angle brackets stay: a page shows text as text.
pub fn tidy(text: &str, longest: usize) -> Option<String> {
    let seen = text.chars().filter(|letter| !letter.is_control() && !is_direction_mark(*letter));
    let cut: String = seen.take(longest).collect();
    let trimmed = cut.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// The link if it may stand in a page: https, tel, mailto, or http on this very machine. Everything else, `javascript:` above all, is dropped.
pub fn link(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > 2000 || text.chars().any(|letter| letter.is_control() || letter.is_whitespace())
    {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let known = lower.strip_prefix("https://").is_some_and(|rest| !rest.is_empty())
        || lower.starts_with("tel:")
        || lower.starts_with("mailto:")
        || is_loopback(&lower);
    known.then(|| text.to_owned())
}

/// Whether requests may go to `text`: https, http on this machine, or a path on the page's own origin.
pub fn is_base_url(text: &str) -> bool {
    let own_path = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\');
    let web = link(text).is_some_and(|url| url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http")));
    (own_path || web) && !text.contains(['?', '#', ' '])
}

/// A telephone number as a `tel:` link: digits and a leading plus.
pub fn telephone_link(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').take(20).collect();
    (digits.len() >= 3).then(|| format!("tel:{digits}"))
}

/// Host of a URL, for a link's visible text.
pub fn host(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, rest)| rest);
    after.split(['/', '?', '#']).next().unwrap_or(after)
}

/// Percent-encodes everything but unreserved characters.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(HEX.get(usize::from(nibble)).map_or('0', |digit| char::from(*digit)));
            }
        }
    }
    out
}

fn is_loopback(lower: &str) -> bool {
    lower.strip_prefix("http://").is_some_and(|rest| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let name = if authority.starts_with('[') { authority } else { authority.split(':').next().unwrap_or_default() };
        matches!(name, "localhost" | "127.0.0.1") || name == "[::1]" || name.starts_with("[::1]:")
    })
}

fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
