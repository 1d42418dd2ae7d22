//! Can I have it here, today: the neutral contract, its requests and answers, and the reservation's states.
#![doc = include_str!("snapshot.md")]
