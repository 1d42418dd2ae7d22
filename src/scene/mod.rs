//! What is to be seen now: camera, light, items. [`frame`] turns it into a plain draw list.

pub mod frame;
