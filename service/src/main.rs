//! The reference store service.
fn main() {}
