//! What can happen to a viewer. Time, files from the network and the shopper's hands all come in here.

use super::effect::Panorama;
use crate::{ar, math::Vec2};

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// An attribute of the element changed; `None` when it was removed.
    Set {
        /// As on the element, for example `camera-orbit`.
        name: String,
        /// As written on the page.
        value: Option<String>,
    },
    /// Something to do once.
    Act {
        /// The verb, for example `reset-view`.
        name: String,
        /// JSON, or empty.
        detail: String,
    },
    /// The page changes the room list; only once the code for rooms is there.
    RoomList {
        /// The verb, for example `add-item`.
        name: String,
        /// JSON.
        detail: String,
    },
    /// The browser is about to show a picture.
    Tick {
        /// Milliseconds on a clock that never jumps.
        now_ms: f64,
    },
    /// The canvas has a new size.
    Resized {
        /// In CSS pixels.
        size_css: Vec2,
        /// Device pixels per CSS pixel.
        pixel_ratio: f32,
    },
    /// Scrolled into or out of sight.
    Visible(bool),
    /// A finger or mouse on the canvas.
    Pointer(Pointer),
    /// Pixels of a wheel; positive moves away.
    Wheel(f32),
    /// `KeyboardEvent.key`.
    Key {
        /// For example `ArrowLeft`.
        key: String,
        /// With the shift key held.
        shift: bool,
    },
    /// How much of a file has come.
    Received {
        /// Of which load.
        generation: u32,
        /// Bytes so far.
        bytes: f64,
        /// Bytes in all, when the server says so.
        total_bytes: Option<f64>,
    },
    /// A file has come, or will not.
    Fetched {
        /// Of which load.
        generation: u32,
        /// Which of the files asked for.
        file: File,
        /// Its bytes.
        answer: Result<Vec<u8>, FetchError>,
    },
    /// What there is room for on the card; without it there is no limit.
    CardOpened {
        /// Pixels; no picture may have a longer side.
        longest_side: u32,
        /// For all pictures of a product together.
        picture_bytes: f32,
    },
    /// The code that a first picture does without is there, or not yet; without this event it is.
    SecondHalf {
        /// It is there.
        is_here: bool,
    },
    /// A decoder is done, or cannot do it.
    Unpacked {
        /// Of which load.
        generation: u32,
        /// Which of its jobs.
        index: usize,
        /// What became of the bytes, or what is wrong with them.
        answer: Result<Vec<u8>, String>,
    },
    /// A picture of the model is on the card, or could not be decoded.
    PictureReady {
        /// Of which load.
        generation: u32,
        /// Index into the model's images.
        image: usize,
        /// What was wrong with it.
        problem: Option<String>,
    },
    /// The surroundings are on the card, or could not be used: then the old ones stay.
    PanoramaReady {
        /// Of which load.
        generation: u32,
        /// What they are for.
        role: Panorama,
        /// What was wrong with them, or a word about what was done to them.
        outcome: Result<Option<String>, String>,
    },
    /// The card refused something; the product cannot be shown.
    CardRefused {
        /// Of which load.
        generation: u32,
        /// What it said.
        message: String,
    },
    /// The card is gone.
    CardLost {
        /// What the browser said.
        message: String,
    },
    /// A frame was handed to the screen.
    Drawn,
    /// The card has not yet done everything that the frame wants: the next one will be better.
    Unfinished,
    /// A room session of this kind runs, on this device.
    RoomStarted(ar::Mode, ar::Device),
    /// From the room session.
    Room(ar::Event),
}

/// What a fetch was for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum File {
    /// The product's own file.
    Product,
    /// A file it names, by that name.
    Other(String),
    /// Its surroundings.
    Panorama(Panorama),
}

/// Why a file did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The server answered with this HTTP status.
    Status(u16),
    /// No answer: offline, refused, blocked by the browser.
    Network(String),
}

/// A finger, pen or mouse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// What it does.
    pub phase: Phase,
    /// Which one.
    pub id: i32,
    /// CSS pixels from the canvas's upper left corner.
    pub position: Vec2,
    /// Moves the target instead of the camera: second button or shift.
    pub pans: bool,
    /// A finger.
    pub touch: bool,
}

/// What a pointer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Touches down.
    Down,
    /// Moves while down.
    Move,
    /// Leaves.
    Up,
    /// Was taken by the browser, for example to scroll.
    Cancel,
}
