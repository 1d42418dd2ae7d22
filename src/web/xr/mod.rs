//! The room session.
use super::Shared;
use web_sys::HtmlElement;

/// A session.
pub struct Session;

/// Starts a session.
pub fn start(_run: &Shared, _overlay: &HtmlElement) {}

/// Ends it.
pub fn end(_run: &Shared) {}
