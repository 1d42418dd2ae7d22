//! The parts of an AVIF file (ISO/IEC 23008-12 over 14496-12; AV1 Image File Format 1.1): one AV1 stream for the colours, maybe one
//! for the transparency.

use crate::Failure;

/// What is decoded.
pub struct Parts {
    pub color: Vec<u8>,
    pub alpha: Option<Vec<u8>>,
    /// Matrix coefficients (ITU-T H.273) and whether all numbers are used, where the container says so.
    pub coding: Option<(u16, bool)>,
}

/// The file says that it is one.
pub fn is_avif(file: &[u8]) -> bool {
    file.get(4..8) == Some(b"ftyp")
}

/// Finds the picture in a file.
///
/// # Errors
/// Says what is wrong, to go on a sentence.
pub fn read(file: &[u8]) -> Result<Parts, Failure> {
    let broken = || "its container is broken or cut off".to_owned();
    let meta = boxes(file).find(|(kind, _)| kind == b"meta").and_then(|(_, body)| Meta::read(body));
    let meta = meta.ok_or_else(broken)?;
    match meta.kind_of(meta.primary) {
        Some(b"av01") => {}
        Some(b"grid") => return Err("it is put together from tiles: write it as one picture".into()),
        _ => return Err("it holds no AV1 picture".into()),
    }
    let turned = meta.properties_of(meta.primary).any(|(kind, _)| matches!(kind, b"irot" | b"imir" | b"clap"));
    if turned || meta.points_to(b"prem", meta.primary).is_some() {
        return Err("it is to be turned, cut or divided by its transparency: write it as it is to be seen".into());
    }
    let alpha = meta.points_to(b"auxl", meta.primary).filter(|item| {
        let mut properties = meta.properties_of(*item);
        properties.any(|(kind, body)| kind == b"auxC" && body.ends_with(b":alpha\0") || body.ends_with(b"auxid:1\0"))
    });
    Ok(Parts {
        color: meta.data(file, meta.primary).ok_or_else(broken)?,
        alpha: alpha.map(|item| meta.data(file, item).ok_or_else(broken)).transpose()?,
        coding: meta.properties_of(meta.primary).find_map(|(kind, body)| nclx(kind, body)),
    })
}

fn nclx(kind: &[u8; 4], body: &[u8]) -> Option<(u16, bool)> {
    let mut body = Numbers(body);
    let is_nclx = kind == b"colr" && body.bytes(4)? == b"nclx";
    let [_, _, matrix, flags] = [body.number(2)?, body.number(2)?, body.number(2)?, body.number(1)?];
    is_nclx.then_some((matrix as u16, flags & 0x80 != 0))
}

/// The items of a file: what they are, where they lie, how they belong together.
#[derive(Default)]
struct Meta<'a> {
    primary: u32,
    kinds: Vec<(u32, [u8; 4])>,
    places: Vec<(u32, Place)>,
    /// "Is such a thing to that item": kind, from, to.
    references: Vec<([u8; 4], u32, u32)>,
    properties: Vec<([u8; 4], &'a [u8])>,
    /// Item and index of a property.
    owned: Vec<(u32, usize)>,
    /// Data in the box itself.
    inner: &'a [u8],
}

#[derive(Default)]
struct Place {
    is_inner: bool,
    /// Begin and length.
    extents: Vec<(u64, u64)>,
}

impl<'a> Meta<'a> {
    fn read(body: &'a [u8]) -> Option<Self> {
        let mut meta = Self::default();
        for (kind, body) in boxes(body.get(4..)?) {
            let mut numbers = Numbers(body);
            match &kind {
                b"idat" => meta.inner = body,
                b"iprp" => meta.read_properties(body)?,
                b"pitm" => meta.primary = numbers.version().and_then(|version| numbers.id(version > 0))?,
                b"iinf" => meta.read_kinds(&mut numbers)?,
                b"iloc" => meta.read_places(&mut numbers)?,
                b"iref" => meta.read_references(&mut numbers)?,
                _ => {}
            }
        }
        Some(meta)
    }

    fn read_kinds(&mut self, numbers: &mut Numbers<'a>) -> Option<()> {
        let version = numbers.version()?;
        numbers.number(if version == 0 { 2 } else { 4 })?;
        for (_, body) in boxes(numbers.0).filter(|(kind, _)| kind == b"infe") {
            let mut entry = Numbers(body);
            let version = entry.version()?;
            let id = entry.id(version > 2)?;
            entry.number(2)?;
            self.kinds.push((id, *entry.bytes(4)?.first_chunk()?));
        }
        Some(())
    }

    fn read_places(&mut self, numbers: &mut Numbers<'a>) -> Option<()> {
        let version = numbers.version()?;
        let [sizes, bases] = [numbers.number(1)? as usize, numbers.number(1)? as usize];
        for _ in 0..numbers.id(version > 1)? {
            let id = numbers.id(version > 1)?;
            let is_inner = version > 0 && numbers.number(2)? & 15 == 1;
            numbers.number(2)?;
            let base = numbers.number(bases >> 4)?;
            let mut place = Place { is_inner, extents: Vec::new() };
            for _ in 0..numbers.number(2)? {
                numbers.number(if version > 0 { bases & 15 } else { 0 })?;
                let begin = base.checked_add(numbers.number(sizes >> 4)?)?;
                place.extents.push((begin, numbers.number(sizes & 15)?));
            }
            self.places.push((id, place));
        }
        Some(())
    }

    fn read_references(&mut self, numbers: &mut Numbers<'a>) -> Option<()> {
        let is_wide = numbers.version()? > 0;
        for (kind, body) in boxes(numbers.0) {
            let mut numbers = Numbers(body);
            let from = numbers.id(is_wide)?;
            for _ in 0..numbers.number(2)? {
                self.references.push((kind, from, numbers.id(is_wide)?));
            }
        }
        Some(())
    }

    fn read_properties(&mut self, body: &'a [u8]) -> Option<()> {
        for (kind, body) in boxes(body) {
            if &kind == b"ipco" {
                self.properties = boxes(body).collect();
            }
            if &kind != b"ipma" {
                continue;
            }
            let mut numbers = Numbers(body);
            let (version, is_long) = (numbers.number(1)?, numbers.number(3)? & 1 == 1);
            for _ in 0..numbers.number(4)? {
                let item = numbers.id(version > 0)?;
                for _ in 0..numbers.number(1)? {
                    // The uppermost bit says whether a reader must know the property.
                    let index = if is_long { numbers.number(2)? & 0x7FFF } else { numbers.number(1)? & 0x7F };
                    self.owned.push((item, (index as usize).wrapping_sub(1)));
                }
            }
        }
        Some(())
    }

    fn kind_of(&self, item: u32) -> Option<&[u8; 4]> {
        self.kinds.iter().find(|(id, _)| *id == item).map(|(_, kind)| kind)
    }

    fn properties_of(&self, item: u32) -> impl Iterator<Item = (&[u8; 4], &'a [u8])> {
        let owned = self.owned.iter().filter(move |(owner, _)| *owner == item);
        owned.filter_map(|(_, index)| self.properties.get(*index)).map(|(kind, body)| (kind, *body))
    }

    /// The item that is such a thing to this one.
    fn points_to(&self, kind: &[u8; 4], item: u32) -> Option<u32> {
        self.references.iter().find(|(known, _, to)| known == kind && *to == item).map(|(_, from, _)| *from)
    }

    fn data(&self, file: &[u8], item: u32) -> Option<Vec<u8>> {
        let (_, place) = self.places.iter().find(|(id, _)| *id == item)?;
        let source = if place.is_inner { self.inner } else { file };
        let mut data = Vec::new();
        for &(begin, length) in &place.extents {
            let rest = source.get(usize::try_from(begin).ok()?..)?;
            // A length of 0 goes to the end.
            data.extend(if length == 0 { rest } else { rest.get(..usize::try_from(length).ok()?)? });
            // Extents may not lie over one another for ever.
            if data.len() > source.len() {
                return None;
            }
        }
        Some(data)
    }
}

/// The boxes in these bytes, up to the first that is broken.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = Numbers(bytes);
    std::iter::from_fn(move || {
        let whole = rest.0.len() as u64;
        let (short, kind) = (rest.number(4)?, *rest.bytes(4)?.first_chunk()?);
        let size = match short {
            0 => whole,
            1 => rest.number(8)?,
            _ => short,
        };
        let head = whole - rest.0.len() as u64;
        let body = rest.bytes(usize::try_from(size.checked_sub(head)?).ok()?)?;
        Some((kind, body))
    })
}

/// Big-endian numbers one after the other.
struct Numbers<'a>(&'a [u8]);

impl<'a> Numbers<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self, bytes: usize) -> Option<u64> {
        let bytes = self.bytes(bytes).filter(|bytes| bytes.len() <= 8)?;
        Some(bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    /// The version of a box; its flags are passed over.
    fn version(&mut self) -> Option<u64> {
        self.number(4).map(|both| both >> 24)
    }

    fn id(&mut self, is_wide: bool) -> Option<u32> {
        self.number(if is_wide { 4 } else { 2 }).map(|id| id as u32)
    }
}
