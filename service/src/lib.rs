//! The reference store service: the neutral store contract over HTTP, on one SQLite file.
//!
//! # The map
//! | file | what it is |
//! |---|---|
//! | `serve` | settings, start and stop |
//! | `routes` | every address, the layers round them, the log line |
//! | `capabilities`, `locations`, `availability`, `products` | the reads |
//! | `reservations`, `wish` | create, read, cancel; the body of a create |
//! | `stock` | how much can be sold, and the one statement that takes it |
//! | `idempotency` | one answer per key |
//! | `hours`, `distance` | opening hours in the store's zone, metres on the globe |
//! | `problem` | RFC 9457 errors with the contract's codes |
//! | `database`, `seed` | tables, and the file that fills them |
//! | `secret`, `rate`, `clock` | tokens and codes, a bucket per client, the time |
//! | `site` | the demo shop's files |
//!
//! # What is deliberately absent
//! No job ends a hold: a hold is over when its time is. No counter of held pieces: they are summed from the rows.
//! No personal data in a log line, an address or an error. No access token in the database, only its hash.

mod availability;
mod capabilities;
pub mod clock;
mod database;
pub mod distance;
pub mod hours;
mod idempotency;
mod locations;
mod problem;
mod products;
pub mod rate;
mod reservations;
mod routes;
mod secret;
pub mod seed;
pub mod serve;
mod site;
mod stock;
mod wish;

pub use serve::{Running, Settings, serve};
