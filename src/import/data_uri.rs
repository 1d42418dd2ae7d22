//! `data:` addresses (RFC 2397), base64 or percent-encoded. A decoder of our own: two loops, where the crates for it
//! bring tables, streams and alphabets that would be downloaded for nothing.

use std::borrow::Cow;

/// What a `data:` address holds.
#[derive(Debug, PartialEq)]
pub(super) struct DataUri<'a> {
    /// As written, such as `image/png`; may be empty.
    pub media_type: &'a str,
    pub bytes: Vec<u8>,
}

/// True when the address carries its own bytes and nothing has to be fetched.
pub(super) fn is_data(uri: &str) -> bool {
    uri.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// The bytes of a `data:` address; an error is a sentence without its full stop.
pub(super) fn decode(uri: &str) -> Result<DataUri<'_>, &'static str> {
    let rest = uri.get(5..).unwrap_or_default();
    let (header, body) = rest.split_once(',').ok_or("its data address has no comma before the data")?;
    let media_type = header.split(';').next().unwrap_or_default().trim();
    let bytes = percent_decode(body);
    if header.rsplit(';').next().is_some_and(|word| word.trim().eq_ignore_ascii_case("base64")) {
        let bytes = base64_decode(&bytes).ok_or("its data address is not valid base64")?;
        return Ok(DataUri { media_type, bytes });
    }
    Ok(DataUri { media_type, bytes: bytes.into_owned() })
}

/// `%20` to a space; a percent sign without two digits stays as it is.
fn percent_decode(text: &str) -> Cow<'_, [u8]> {
    if !text.contains('%') {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = (first == b'%').then(|| after.split_at_checked(2)).flatten();
        let decoded = digits.and_then(|(pair, behind)| {
            let text =
                std::str::from_utf8(pair).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
            Some((u8::from_str_radix(text, 16).ok()?, behind))
        });
        let (byte, behind) = decoded.unwrap_or((first, after));
        bytes.push(byte);
        rest = behind;
    }
    Cow::Owned(bytes)
}

/// Both alphabets of RFC 4648; white space is skipped, the padding may be missing.
fn base64_decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut bit_count, mut padded) = (0_u32, 0, false);
    for &character in text {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                padded = true;
                continue;
            }
            _ if character.is_ascii_whitespace() => continue,
            _ => return None,
        };
        if padded {
            return None;
        }
        bits = bits << 6 | u32::from(value);
        bit_count += 6;
        if bit_count >= 8 {
            bit_count -= 8;
            bytes.push((bits >> bit_count) as u8);
        }
    }
    // One lone character of four holds less than a byte.
    (bit_count < 6).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_follows_the_examples_of_rfc_4648() {
        for (text, bytes) in [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg", "foob")] {
            assert_eq!(base64_decode(text.as_bytes()).unwrap(), bytes.as_bytes(), "{text}");
        }
        assert_eq!(base64_decode(b"-_ +/\n").unwrap(), [0xFB, 0xFF, 0xBF]);
        assert_eq!(base64_decode(b"Z"), None);
        assert_eq!(base64_decode(b"Zg==Zg=="), None);
        assert_eq!(base64_decode(b"Z?=="), None);
    }

    #[test]
    fn data_addresses_say_their_kind() {
        let picture = decode("data:image/png;base64,Zm9v").unwrap();
        assert_eq!(picture, DataUri { media_type: "image/png", bytes: b"foo".to_vec() });
        let plain = decode("data:application/octet-stream,a%20b%zz%4").unwrap();
        assert_eq!(plain.bytes, b"a b%zz%4");
        assert!(decode("data:image/png;base64").is_err());
        assert!(is_data("DATA:,x") && !is_data("data.bin") && !is_data("é"));
    }
}
