//! The six number formats of accessors (glTF 2.0, section 3.6.2.2).

/// How one number is stored, little-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Component {
    I8,
    U8,
    I16,
    U16,
    U32,
    F32,
}

impl Component {
    /// By the number that the file writes.
    pub fn from_code(code: usize) -> Option<Self> {
        Some(match code {
            5120 => Self::I8,
            5121 => Self::U8,
            5122 => Self::I16,
            5123 => Self::U16,
            5125 => Self::U32,
            5126 => Self::F32,
            _ => return None,
        })
    }

    /// Bytes.
    pub fn size(self) -> usize {
        match self {
            Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 => 2,
            Self::U32 | Self::F32 => 4,
        }
    }

    /// The first number in `bytes`, 0 when there are too few. Normalised integers become 0..1 or -1..1.
    pub fn float(self, bytes: &[u8], normalized: bool) -> f32 {
        if self == Self::F32 {
            return f32::from_le_bytes(first(bytes));
        }
        let (value, largest) = match self {
            Self::I8 => (f32::from(i8::from_le_bytes(first(bytes))), 127.0),
            Self::U8 => (f32::from(u8::from_le_bytes(first(bytes))), 255.0),
            Self::I16 => (f32::from(i16::from_le_bytes(first(bytes))), 32_767.0),
            Self::U16 => (f32::from(u16::from_le_bytes(first(bytes))), 65_535.0),
            _ => (u32::from_le_bytes(first(bytes)) as f32, 4_294_967_295.0),
        };
        if normalized { (value / largest).max(-1.0) } else { value }
    }

    /// The first number in `bytes` as an index; `None` for signed and floating formats.
    pub fn unsigned(self, bytes: &[u8]) -> Option<u32> {
        match self {
            Self::U8 => Some(u32::from(u8::from_le_bytes(first(bytes)))),
            Self::U16 => Some(u32::from(u16::from_le_bytes(first(bytes)))),
            Self::U32 => Some(u32::from_le_bytes(first(bytes))),
            Self::I8 | Self::I16 | Self::F32 => None,
        }
    }

    /// True for the formats that indices may have.
    pub fn is_unsigned(self) -> bool {
        matches!(self, Self::U8 | Self::U16 | Self::U32)
    }

    /// The format in words, for messages.
    pub fn words(self) -> &'static str {
        match self {
            Self::I8 => "8-bit integers",
            Self::U8 => "8-bit unsigned integers",
            Self::I16 => "16-bit integers",
            Self::U16 => "16-bit unsigned integers",
            Self::U32 => "32-bit unsigned integers",
            Self::F32 => "32-bit floats",
        }
    }
}

fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.first_chunk().copied().unwrap_or([0; N])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalised_integers_follow_the_equations_of_the_standard() {
        assert_eq!(Component::I8.float(&[127], true), 1.0);
        assert_eq!(Component::I8.float(&[0x80], true), -1.0);
        assert_eq!(Component::I8.float(&[0x80], false), -128.0);
        assert_eq!(Component::U8.float(&[51], true), 0.2);
        assert_eq!(Component::I16.float(&(-32_768_i16).to_le_bytes(), true), -1.0);
        assert_eq!(Component::U16.float(&[0xFF, 0xFF], true), 1.0);
        assert_eq!(Component::F32.float(&2.5_f32.to_le_bytes(), true), 2.5);
    }

    #[test]
    fn missing_bytes_are_zero_not_a_panic() {
        assert_eq!(Component::F32.float(&[1, 2], false), 0.0);
        assert_eq!(Component::U32.unsigned(&[]), Some(0));
    }
}
