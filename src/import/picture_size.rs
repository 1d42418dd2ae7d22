//! The size of an encoded picture, from its head: what it will take on the card is known before it is decoded.

/// Width and height in pixels, and the bytes that a pixel will take on the card: 4, or 1 where it stays packed. None
/// for kinds whose head is not known or broken; the decoder will say more.
pub fn picture_size(bytes: &[u8]) -> Option<([u32; 2], f32)> {
    let big = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let little = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    let size = match bytes {
        [0x89, b'P', b'N', b'G', ..] => [big(16)?, big(20)?],
        [0xFF, 0xD8, ..] => jpeg_size(bytes)?,
        [0xAB, b'K', b'T', b'X', ..] => {
            // One level is not enough for the card: it becomes plain, and the smaller ones are made.
            let texel = if little(40)? > 1 { 1.0 } else { 4.0 };
            return Some(([little(20)?, little(24)?], texel));
        }
        [b'R', b'I', b'F', b'F', ..] => match bytes.get(12..16)? {
            b"VP8X" => [(little(24)? & 0xFF_FFFF) + 1, (little(27)? & 0xFF_FFFF) + 1],
            b"VP8L" => [(little(21)? & 0x3FFF) + 1, (little(21)? >> 14 & 0x3FFF) + 1],
            _ => [little(26)? & 0x3FFF, little(26)? >> 16 & 0x3FFF],
        },
        // AVIF: the first "image spatial extents".
        _ => {
            let at = bytes.get(..4096.min(bytes.len()))?.windows(4).position(|name| name == b"ispe")?;
            [big(at + 8)?, big(at + 12)?]
        }
    };
    Some((size, 4.0))
}

/// What the first frame header says (ITU T.81, B.2.2).
fn jpeg_size(bytes: &[u8]) -> Option<[u32; 2]> {
    let mut at = 2;
    loop {
        let (marker, length) = (*bytes.get(at + 1)?, bytes.get(at + 2..)?.first_chunk()?);
        // The sixteen frame headers but the three that are tables.
        if (0xC0..=0xCF).contains(&marker) && ![0xC4, 0xC8, 0xCC].contains(&marker) {
            let side = |at: usize| Some(u32::from(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?)));
            return Some([side(at + 7)?, side(at + 5)?]);
        }
        at += 2 + usize::from(u16::from_be_bytes(*length));
    }
}

#[cfg(test)]
mod tests {
    use super::picture_size;

    #[test]
    fn heads_of_every_kind_are_understood() {
        let sized = |bytes: &[u8]| picture_size(bytes).unwrap().0;
        assert_eq!(sized(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x01\0"), [512, 256]);
        assert_eq!(sized(b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xC2\0\x0B\x08\x01\0\x02\0"), [512, 256]);
        assert_eq!(sized(b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\xFF\x01\0\xFF\0\0\0"), [512, 256]);
        assert_eq!(sized(b"\0\0\0\x1cftypavif....\0\0\0\x14ispe\0\0\0\0\0\0\x02\0\0\0\x01\0"), [512, 256]);
        for broken in [&b"\xFF\xD8\xFF\xC0\0"[..], b"\x89PNG", b"RIFF", b"", b"\xABKTX", b"\xFF\xD8\xFF\xE0\0\0\0\0"] {
            assert_eq!(picture_size(broken), None, "{broken:?}");
        }
    }
}
