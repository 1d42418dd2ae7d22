//! What a viewer asks of the world. It does nothing itself.

use super::event::File;
use crate::model::Texture;
use crate::scene::frame::ModelId;
use crate::unpack::Job;
use serde_json::Value;

/// One thing to be done, in order.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Get a file and answer with `Event::Fetched`.
    Fetch {
        /// To be given back with the answer.
        generation: u32,
        /// To be given back with the answer.
        file: File,
        /// As the page or the product wrote it.
        url: String,
        /// The address that `url` is relative to; the page when `None`.
        base: Option<String>,
        /// Send cookies to other origins.
        with_credentials: bool,
    },
    /// Nobody waits for the fetches of this load any more.
    AbortFetches {
        /// Which load.
        generation: u32,
    },
    /// Put the geometry and materials of this model on the card.
    Upload {
        /// For answers.
        generation: u32,
        /// Ask the viewer for it.
        model: ModelId,
    },
    /// Run this decoder and answer with `Event::Unpacked`.
    Unpack {
        /// To be given back with the answer.
        generation: u32,
        /// To be given back with the answer.
        index: usize,
        /// For [`crate::unpack`].
        job: Job,
    },
    /// Decode this picture, put it on the card and answer with `Event::PictureReady`.
    UploadPicture {
        /// To be given back with the answer.
        generation: u32,
        /// Of which model.
        model: ModelId,
        /// Index into its images.
        image: usize,
        /// Pixels; longer sides are to be shrunk to it.
        longest_side: u32,
    },
    /// A material of this model changed: put it on the card anew.
    UpdateMaterial {
        /// Ask the viewer for it.
        model: ModelId,
        /// Index into its materials.
        material: usize,
    },
    /// The model has one more texture.
    AddTexture {
        /// Of which model.
        model: ModelId,
        /// As it is in the model.
        texture: Texture,
    },
    /// Put the picture that the page lends with its verb on the card.
    UploadLent {
        /// Of which model.
        model: ModelId,
        /// Index into its images.
        image: usize,
    },
    /// The card can forget this model.
    Drop(ModelId),
    /// Decode this panorama (.hdr, JPEG, PNG, WebP or AVIF, known by its first bytes), use it from now on and answer with
    /// `Event::PanoramaReady`.
    Surround {
        /// To be given back with the answer.
        generation: u32,
        /// What it is for.
        role: Panorama,
        /// The file's bytes; `None` is the built-in studio.
        file: Option<Vec<u8>>,
    },
    /// Nothing is drawn behind the product any more but what lights it.
    DropSky,
    /// Tell the page.
    Notify(Notice),
    /// Put the picture that the page lends with its verb on the card as the room's caption.
    UploadCaption,
    /// End the room session.
    EndSession,
    /// Something that only the device can do for the room: anchors.
    InSession(crate::ar::Effect),
}

/// What a panorama is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Panorama {
    /// It lights the product.
    Light,
    /// It lights the product, and is drawn behind it.
    LightAndSky,
    /// It is drawn behind the product, which something else lights.
    Sky,
}

/// Something the page wants to know; `www/boundary.ts` lists them.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// For example `load`.
    pub name: &'static str,
    /// Plain JSON.
    pub detail: Value,
}

impl Notice {
    /// A notice as an effect.
    pub fn effect(name: &'static str, detail: Value) -> Effect {
        Effect::Notify(Self { name, detail })
    }

    /// A failure with its stable code and words for people.
    pub fn error(code: &str, message: impl Into<String>) -> Effect {
        Self::effect("error", serde_json::json!({ "code": code, "message": message.into() }))
    }

    /// Something the shop's developer should know; the product is shown all the same.
    pub fn warning(code: &str, message: impl Into<String>) -> Effect {
        Self::effect("warning", serde_json::json!({ "code": code, "message": message.into() }))
    }
}
