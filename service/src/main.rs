//! `vitrine-service`: the command that starts the reference store service.
fn main() {}
