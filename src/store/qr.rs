//! The code a shopper shows at the counter, as one SVG path.

use qrcodegen::{QrCode, QrCodeEcc};

/// White squares round the code that readers need to find it.
const QUIET: i32 = 4;

/// Path data of the dark squares and the side of the view box, in squares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrPath {
    /// SVG path data: one horizontal bar per run of dark squares.
    pub path: String,
    /// Side of the square view box, quiet zone included.
    pub size: i32,
}

/// Draws `text`; `None` where it is too long for any code.
pub fn qr_path(text: &str) -> Option<QrPath> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let run = x - start;
                path.push_str(&format!("M{},{}h{run}v1h-{run}z", start + QUIET, y + QUIET));
            }
            x += 1;
        }
    }
    Some(QrPath { path, size: code.size() + 2 * QUIET })
}
