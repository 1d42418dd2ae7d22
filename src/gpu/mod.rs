//! Draws a [`crate::scene::frame::Frame`] with wgpu. Knows models and frames; nothing of files, pages or shops.
