//! Things nobody may guess: reservation ids, access tokens, and the short code said at the counter.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// Letters and digits that cannot be mistaken for one another when spoken or read on paper.
const CODE_LETTERS: &[u8; 28] = b"23456789ACDEFGHJKMNPQRTVWXYZ";
const CODE_LENGTH: usize = 6;

/// The service's own key, kept in its database.
pub type Key = [u8; 32];

/// Random bytes from the system.
pub fn random<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random numbers: {error}"))?;
    Ok(bytes)
}

/// A code of six letters, evenly drawn.
pub fn code() -> Result<String, String> {
    let mut out = String::new();
    while out.len() < CODE_LENGTH {
        for byte in random::<16>()? {
            // 252 is the largest multiple of 28 in a byte: what lies above would favour the first letters.
            if byte < 252 && out.len() < CODE_LENGTH {
                out.extend(CODE_LETTERS.get(usize::from(byte) % CODE_LETTERS.len()).map(|letter| char::from(*letter)));
            }
        }
    }
    Ok(out)
}

/// The access token of a reservation. It follows from the caller's own idempotency key, so that a replay can say it again
/// although nothing but its hash is stored; and from the service's key, so that a weak key of the caller's is of no use to others.
pub fn access_token(key: &Key, reservation_id: &str, idempotency_key: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    for part in [reservation_id, "\n", idempotency_key] {
        mac.update(part.as_bytes());
    }
    hex(&mac.finalize().into_bytes())
}

/// SHA-256 as hexadecimal text.
pub fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes as hexadecimal text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
