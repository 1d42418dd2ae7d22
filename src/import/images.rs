//! Pictures: their bytes and their kind, undecoded (glTF 2.0, section 3.8.3).

use super::buffer::Buffers;
use super::json::{Object, quoted};
use super::ledger::Ledger;
use super::{Error, Files, data_uri};
use crate::model::{Image, Texture};

/// The files that hold the pictures with these indices, as written.
pub(super) fn external_names(root: &Object, drawn: &[bool]) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for (index, image) in root.objects("images").iter().enumerate() {
        let uri = image.text("uri").filter(|uri| drawn.get(index) == Some(&true) && !data_uri::is_data(uri));
        names.extend(uri.map(|uri| (index, uri.to_owned())));
    }
    names
}

/// All images of a file, and one empty image more when a texture names it. Those that are not drawn stay empty.
pub(super) fn read(
    root: &Object,
    (textures, drawn): (&[Texture], &[bool]),
    buffers: &Buffers,
    others: &Files,
    ledger: &mut Ledger,
) -> Result<Vec<Image>, Error> {
    let mut images = Vec::new();
    for (index, object) in root.objects("images").iter().enumerate() {
        let mut image = Image { name: name(object), ..Image::default() };
        if drawn.get(index) == Some(&true) {
            (image.media_type, image.bytes) = read_drawn(object, buffers, others, ledger)?;
        }
        images.push(image);
    }
    if textures.iter().any(|texture| texture.image == images.len()) {
        images.push(Image::default());
    }
    Ok(images)
}

/// Media type and bytes of one picture; both empty, with a warning, when they cannot be had.
fn read_drawn(
    object: &Object,
    buffers: &Buffers,
    others: &Files,
    ledger: &mut Ledger,
) -> Result<(String, Vec<u8>), Error> {
    let mut written = object.text("mimeType").unwrap_or_default();
    let bytes = match (object.text("uri"), object.index("bufferView")) {
        (Some(uri), _) if data_uri::is_data(uri) => {
            ledger.charge(uri.len(), 1, &object.place)?;
            let data = data_uri::decode(uri).map_err(|what| object.invalid(what))?;
            written = if data.media_type.is_empty() { written } else { data.media_type };
            data.bytes
        }
        // An empty file stands for a picture that comes later.
        (Some(uri), _) if others.named(uri).is_some_and(Vec::is_empty) => return Ok(Default::default()),
        (Some(uri), _) => copy(others.named(uri).map(Vec::as_slice).unwrap_or_default(), object, ledger)?,
        (None, Some(view)) => copy(buffers.view(view, &object.place)?.bytes, object, ledger)?,
        (None, None) => Vec::new(),
    };
    if bytes.is_empty() {
        let shown = quoted(&name(object));
        ledger.warn(format!("{}: the picture {shown} is missing, so it is left out.", object.place));
        return Ok(Default::default());
    }
    // The bytes are believed before the file: exporters that convert pictures forget to change the type.
    let Some(media_type) = sniff(&bytes).or(Some(written).filter(|written| can_be_decoded(written))) else {
        let shown = quoted(&name(object));
        ledger
            .warn(format!("{}: {shown} is no PNG, JPEG, WebP, AVIF or KTX2 picture, so it is left out.", object.place));
        return Ok(Default::default());
    };
    Ok((media_type.to_owned(), bytes))
}

fn copy(bytes: &[u8], object: &Object, ledger: &mut Ledger) -> Result<Vec<u8>, Error> {
    ledger.charge(bytes.len(), 1, &object.place)?;
    Ok(bytes.to_vec())
}

/// The picture's name, else its address.
fn name(object: &Object) -> String {
    let name = object.name();
    let address = object.text("uri").filter(|uri| name.is_empty() && !data_uri::is_data(uri));
    address.map(str::to_owned).unwrap_or(name)
}

/// The kind by the first bytes.
pub(super) fn sniff(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0xAB, b'K', b'T', b'X', b' ', b'2', b'0', ..] => Some("image/ktx2"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some("image/avif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// A kind without a mark we know is left to the browser, except those that it never decodes.
fn can_be_decoded(media_type: &str) -> bool {
    media_type.starts_with("image/") && !["image/vnd-ms.dds", "image/svg+xml"].contains(&media_type)
}
