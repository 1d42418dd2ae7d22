//! The heart: `update(event) -> effects`, `frame(views) -> Frame`. No clock, no input or output, no card, no browser.
