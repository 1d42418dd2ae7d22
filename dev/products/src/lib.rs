//! The demo products, made by code.
