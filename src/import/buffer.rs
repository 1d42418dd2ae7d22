//! Buffers and the views into them (glTF 2.0, section 3.6.1).

use super::json::{Object, quoted};
use super::ledger::Ledger;
use super::{Error, Files, Unpacked, data_uri, ext_meshopt_compression, khr_draco_mesh_compression};
use std::borrow::Cow;

/// All bytes of a file, by buffer and by view.
pub(super) struct Buffers<'a> {
    /// `None` for a buffer without bytes of its own: what compression extensions leave behind.
    buffers: Vec<Option<Cow<'a, [u8]>>>,
    views: Vec<Object<'a>>,
    /// What became of packed views.
    unpacked: &'a Unpacked,
}

/// A stretch of a buffer.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'b> {
    pub bytes: &'b [u8],
    /// Bytes from one element to the next; `None` when they are packed.
    pub stride: Option<usize>,
}

/// The files that hold buffers, as written.
pub(super) fn external_names(root: &Object) -> Vec<String> {
    let mut names = Vec::new();
    for buffer in root.objects("buffers") {
        if ext_meshopt_compression::is_fallback(&buffer) {
            continue;
        }
        names.extend(buffer.text("uri").filter(|uri| !data_uri::is_data(uri)).map(str::to_owned));
    }
    names
}

impl<'a> Buffers<'a> {
    /// Finds the bytes of every buffer. `binary` is the binary chunk of a .glb.
    pub fn load(
        root: &Object<'a>,
        binary: Option<&'a [u8]>,
        (others, unpacked): (&'a Files, &'a Unpacked),
        ledger: &mut Ledger,
    ) -> Result<Self, Error> {
        let mut buffers = Vec::new();
        for (index, buffer) in root.objects("buffers").iter().enumerate() {
            if ext_meshopt_compression::is_fallback(buffer) {
                buffers.push(None);
                continue;
            }
            let bytes = match buffer.text("uri") {
                Some(uri) if data_uri::is_data(uri) => {
                    ledger.charge(uri.len(), 1, &buffer.place)?;
                    Some(Cow::Owned(data_uri::decode(uri).map_err(|what| buffer.invalid(what))?.bytes))
                }
                Some(uri) => Some(Cow::Borrowed(others.named(uri).map(Vec::as_slice).ok_or_else(|| missing(uri))?)),
                None if index == 0 => binary.map(Cow::Borrowed),
                None => None,
            };
            buffers.push(bytes.map(|bytes| cut_to_length(buffer, bytes)).transpose()?);
        }
        Ok(Self { buffers, views: root.objects("bufferViews"), unpacked })
    }

    /// A view by its index; `user` names who asks, for messages.
    pub fn view(&self, index: usize, user: &str) -> Result<View<'_>, Error> {
        let view = self.views.get(index).ok_or_else(|| {
            Error::invalid(user, format!("bufferView {index} is named, but there are {}", self.views.len()))
        })?;
        let bytes = match self.unpacked.get(index) {
            Some(bytes) => bytes,
            None => self.range(view)?,
        };
        let stride = view.index("byteStride");
        if stride.is_some_and(|stride| !(4..=252).contains(&stride)) {
            return Err(view.invalid("`byteStride` must be from 4 to 252"));
        }
        Ok(View { bytes, stride })
    }

    /// The bytes that a view, or an extension of one, names.
    pub fn range(&self, view: &Object) -> Result<&[u8], Error> {
        let buffer = view.index_below("buffer", self.buffers.len(), "buffers");
        let buffer = buffer.ok_or_else(|| view.invalid("`buffer` is missing"))?;
        let Some(Some(bytes)) = self.buffers.get(buffer) else { return Err(without_bytes(view, buffer)) };
        let offset = view.index("byteOffset").unwrap_or(0);
        let length = view.required_index("byteLength");
        bytes.get(offset..).and_then(|rest| rest.get(..length)).ok_or_else(|| {
            view.invalid(format!(
                "it takes {length} bytes from byte {offset} of buffer {buffer}, which has {}",
                bytes.len()
            ))
        })
    }

    /// The views, by index, whose buffer has no bytes.
    pub fn packed_views(&self) -> impl Iterator<Item = (usize, &Object<'a>)> {
        let has_bytes = |view: &Object| {
            let buffer = view.index("buffer");
            buffer.is_none_or(|buffer| self.buffers.get(buffer).is_none_or(Option::is_some))
        };
        self.views.iter().enumerate().filter(move |(_, view)| !has_bytes(view))
    }
}

/// `byteLength` bytes of what came; a .glb may pad its chunk by up to three.
fn cut_to_length<'a>(buffer: &Object, bytes: Cow<'a, [u8]>) -> Result<Cow<'a, [u8]>, Error> {
    let length = buffer.required_index("byteLength");
    let there = bytes.len();
    let cut = match bytes {
        Cow::Borrowed(bytes) => bytes.get(..length).map(Cow::Borrowed),
        Cow::Owned(mut bytes) => (length <= there).then(|| {
            bytes.truncate(length);
            Cow::Owned(bytes)
        }),
    };
    cut.ok_or_else(|| {
        Error::truncated(&buffer.place, format!("its `byteLength` is {length}, but only {there} bytes are there"))
    })
}

fn missing(uri: &str) -> Error {
    let message = format!(
        "The model's buffer {} is missing. Put the file beside the .gltf, or export one .glb that holds everything.",
        quoted(uri)
    );
    Error::new("missing-file", message)
}

fn without_bytes(view: &Object, buffer: usize) -> Error {
    if ext_meshopt_compression::of(view).is_some() {
        return khr_draco_mesh_compression::not_unpacked(&view.place);
    }
    view.invalid(format!("buffer {buffer} has no `uri` and the file no binary chunk for it"))
}
