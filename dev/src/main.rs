//! The project's own command.
fn main() {}
