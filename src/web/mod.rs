//! The browser and nothing but: one service per file.
