//! The reference store service: the neutral store contract over HTTP, on one SQLite file.
