//! .glb or .gltf to JSON and the bytes beside it (glTF 2.0, section 4).

use super::Error;
use super::json;
use serde_json::Value;

/// The bytes `glTF`.
const GLB_MAGIC: &[u8] = b"glTF";
const CHUNK_JSON: u32 = 0x4E4F_534A;
const CHUNK_BINARY: u32 = 0x004E_4942;

/// What the parsed JSON may weigh in [`weight`]; 8 million values of 32 bytes are 256 MiB.
const JSON_WEIGHT_LIMIT: usize = 8_000_000;

/// A file, opened.
pub(super) struct Container<'a> {
    pub json: Value,
    /// The binary chunk of a .glb.
    pub binary: Option<&'a [u8]>,
}

/// Tells .glb from .gltf by the first bytes, parses the JSON and checks the version.
pub(super) fn open(file: &[u8]) -> Result<Container<'_>, Error> {
    let (text, binary) = if file.starts_with(GLB_MAGIC) { chunks(file)? } else { (text_of(file)?, None) };
    let json = parse(text)?;
    check_version(&json)?;
    Ok(Container { json, binary })
}

/// The JSON and binary chunk of a .glb. Other chunks are skipped, as the standard asks.
fn chunks(file: &[u8]) -> Result<(&[u8], Option<&[u8]>), Error> {
    let cut = |what: &str| Error::truncated("the .glb container", what);
    let version = read_u32(file, 4).ok_or_else(|| cut("its header is not complete"))?;
    if version != 2 {
        return Err(not_gltf(format!("this is .glb version {version}; only glTF 2.0 is read")));
    }
    let length = read_u32(file, 8).ok_or_else(|| cut("its header is not complete"))? as usize;
    let whole = file
        .get(..length)
        .ok_or_else(|| cut(&format!("its header promises {length} bytes, but only {} are there", file.len())))?;
    let (mut text, mut binary) = (None, None);
    let mut rest = whole.get(12..).unwrap_or_default();
    while !rest.is_empty() {
        let header = (read_u32(rest, 0), read_u32(rest, 4));
        let (Some(size), Some(kind)) = header else { return Err(cut("the header of a chunk is not complete")) };
        let body = rest.get(8..).unwrap_or_default();
        let Some((chunk, after)) = body.split_at_checked(size as usize) else {
            return Err(cut(&format!("a chunk promises {size} bytes, but only {} are there", body.len())));
        };
        match kind {
            CHUNK_JSON if text.is_none() => text = Some(chunk),
            CHUNK_BINARY if text.is_some() && binary.is_none() => binary = Some(chunk),
            _ => {}
        }
        rest = after;
    }
    let text = text.ok_or_else(|| Error::invalid("the .glb container", "it has no JSON chunk"))?;
    Ok((text, binary))
}

/// The JSON of a .gltf, or what the file is instead.
fn text_of(file: &[u8]) -> Result<&[u8], Error> {
    // The standard forbids a byte order mark; some editors add one all the same.
    let text = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file).trim_ascii_start();
    match text {
        [b'{', ..] => Ok(text),
        [] => Err(Error::truncated("the file", "it is empty")),
        [b'<', ..] => {
            Err(not_gltf("this is a web page or XML; the address may be wrong and the server answers with a page"))
        }
        [b'P', b'K', ..] => Err(not_gltf("this is a zip archive or a .usdz")),
        _ if GLB_MAGIC.starts_with(text) => Err(Error::truncated("the file", "it ends within its first four bytes")),
        _ => Err(not_gltf("it starts like neither a .glb nor a .gltf")),
    }
}

fn parse(text: &[u8]) -> Result<Value, Error> {
    if weight(text) > JSON_WEIGHT_LIMIT {
        let message = "the JSON of the file holds too many values. Move data into buffers, or split the model.".into();
        return Err(Error::new("too-large", message));
    }
    serde_json::from_slice(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            serde_json::error::Category::Eof => Error::truncated("the JSON", format!("it ends in line {line}")),
            _ => Error::invalid("the JSON", format!("line {line} is broken at column {column}")),
        }
    })
}

/// About how many values parsing will make. An object costs far more than its text: `{"a":0}` takes over 700 bytes.
fn weight(text: &[u8]) -> usize {
    let (mut weight, mut in_text, mut escaped) = (0, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' => weight += 24,
            b'[' | b',' => weight += 1,
            _ => {}
        }
    }
    weight
}

fn check_version(json: &Value) -> Result<(), Error> {
    let asset = json.get("asset").ok_or_else(|| not_gltf("this JSON has no `asset`, so it is not glTF"))?;
    for key in ["version", "minVersion"] {
        let Some(version) = asset.get(key) else {
            if key == "version" {
                return Err(not_gltf("this JSON has no `asset.version`, so it is not glTF"));
            }
            continue;
        };
        let readable = match (key, version.as_str()) {
            ("minVersion", Some(text)) => text == "2.0",
            (_, Some(text)) => text == "2" || text.starts_with("2."),
            _ => false,
        };
        if !readable {
            let version = json::kind(version);
            return Err(not_gltf(format!("its `asset.{key}` is {version}; only glTF 2.0 is read")));
        }
    }
    Ok(())
}

fn not_gltf(what: impl std::fmt::Display) -> Error {
    Error::new("not-gltf", format!("{what}. Give the address of a .glb or .gltf file of version 2.0."))
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
