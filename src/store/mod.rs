//! Can I have it here, today: the neutral contract, its requests and answers, and the reservation's states.
//!
//! Requests out, answers in: [`Store::update`] takes an [`Event`] and gives [`Effect`]s, [`Store::snapshot`] gives what the
//! panel draws. There is no clock, no random number and no network here; time comes as an event, a fresh key with the wish.
//!
//! | file | what it is |
//! |---|---|
//! | `event`, `effect` | what comes in, what goes out, each with its JSON |
//! | `machine` | the states and what leads from one to the next |
//! | `reads`, `writes` | capabilities, stores, stock; reserve, look after it, cancel |
//! | `flight`, `retry` | requests on their way, and when to send them again |
//! | `answer`, `reservation` | the contract's answers as plain values |
//! | `snapshot`, `rows`, `words`, `qr` | what is shown, in which words |
//! | `hours`, `time`, `text` | opening hours, instants, and strangers' strings made harmless |
//!
#![doc = include_str!("snapshot.md")]

mod answer;
mod counter;
mod effect;
mod event;
mod flight;
pub mod hours;
mod machine;
pub mod qr;
mod reads;
mod reservation;
mod retry;
mod rows;
mod snapshot;
pub mod text;
pub mod time;
pub mod words;
mod writes;

pub use counter::{Counter, Wish};
pub use effect::{Effect, Request};
pub use event::{Answer, Config, Event, EventError, FailureKind, Near};
pub use machine::Store;
