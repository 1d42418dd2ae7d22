//! Radiance .hdr pictures, <https://radsite.lbl.gov/radiance/refer/filefmts.pdf> (G. Ward, "Real Pixels", 1991).

use super::Error;
use super::json::quoted;
use crate::model::Panorama;

/// Pixels along a side of a file; the newer run-length coding has room for no more.
const SIDE_LIMIT: u32 = 32_767;
/// Pixels that are kept, 400 MB as floats. More light detail than that is never seen in a reflection.
const PIXEL_LIMIT: u64 = 8192 * 4096;

/// Header lines are short; a file without an end of line is not a picture.
const LINE_LIMIT: usize = 4096;

/// Red, green and blue mantissa, and the exponent they share.
type Rgbe = [u8; 4];

/// True for a Radiance picture, whatever its name ends with.
pub fn is_hdr(bytes: &[u8]) -> bool {
    bytes.starts_with(b"#?")
}

/// Reads an .hdr picture in one go.
///
/// # Errors
/// Those of [`Reader`].
pub fn read_hdr(bytes: &[u8]) -> Result<Panorama, Error> {
    let mut reader = Reader::new(bytes, SIDE_LIMIT)?;
    while !reader.step(usize::MAX)? {}
    Ok(reader.panorama)
}

/// An .hdr picture being read, some pixels at a time, so that a page stays alive meanwhile: run-length coded by either
/// scheme, or flat. The `EXPOSURE` of the header is not divided out, because other viewers do not do it either and the
/// same file shall be as bright here.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    /// Of the file.
    size: [u32; 2],
    /// So many pixels along each side of the file become one, their mean: no light is lost.
    shrink: u32,
    row: u32,
    line: Vec<Rgbe>,
    sums: Vec<[f32; 3]>,
    panorama: Panorama,
}

impl<'a> Reader<'a> {
    /// Reads the header. Pictures with a longer side than `widest` are shrunk by a whole number while they are read.
    ///
    /// # Errors
    /// `not-radiance`, `invalid-radiance`, `truncated`, `too-large`, each with what to do.
    pub fn new(bytes: &'a [u8], widest: u32) -> Result<Self, Error> {
        let (width, height, rest) = read_header(bytes)?;
        // Every row takes at least one pixel's bytes. Without this fifty bytes could ask for all the memory there is.
        if rest.len() < height as usize * size_of::<Rgbe>() {
            return Err(cut(0, height));
        }
        let mut shrink = width.max(height).div_ceil(widest.max(1));
        while u64::from(width / shrink) * u64::from(height / shrink) > PIXEL_LIMIT {
            shrink += 1;
        }
        // A strip that is thinner than the shrinking is left as thin as it is.
        let shrink = shrink.min(width).min(height);
        let [kept_width, kept_height] = [width / shrink, height / shrink];
        let mut pixels = Vec::new();
        let room = pixels.try_reserve_exact(kept_width as usize * kept_height as usize);
        room.map_err(|_| too_large(width, height))?;
        Ok(Self {
            rest,
            size: [width, height],
            shrink,
            row: 0,
            line: vec![[0; 4]; width as usize],
            sums: vec![[0.0; 3]; kept_width as usize],
            panorama: Panorama { width: kept_width, height: kept_height, pixels },
        })
    }

    /// Reads about so many pixels more; true when the picture is whole.
    ///
    /// # Errors
    /// `invalid-radiance` and `truncated`.
    pub fn step(&mut self, pixels: usize) -> Result<bool, Error> {
        let [_, height] = self.size;
        for _ in 0..(pixels / self.line.len()).max(1) {
            if self.row == height {
                break;
            }
            read_line(&mut self.rest, &mut self.line).map_err(|fault| match fault {
                Fault::Cut => cut(self.row, height),
                Fault::Wrong(what) => invalid(format!("row {}: {what}", self.row)),
            })?;
            self.row += 1;
            self.keep_line();
        }
        Ok(self.row == height)
    }

    /// What the file says, once it is whole.
    pub fn finish(self) -> Panorama {
        self.panorama
    }

    /// Words for a picture that was shrunk.
    pub fn warning(&self) -> Option<String> {
        let [width, height] = self.size;
        (self.shrink > 1).then(|| shrunk([width, height], [self.panorama.width, self.panorama.height]))
    }

    fn keep_line(&mut self) {
        if self.shrink == 1 {
            self.panorama.pixels.extend(self.line.iter().map(|&pixel| to_linear(pixel)));
            return;
        }
        for (sum, pixels) in self.sums.iter_mut().zip(self.line.chunks_exact(self.shrink as usize)) {
            for light in pixels.iter().map(|&pixel| to_linear(pixel)) {
                *sum = std::array::from_fn(|part| sum.get(part).unwrap_or(&0.0) + light.get(part).unwrap_or(&0.0));
            }
        }
        if self.row.is_multiple_of(self.shrink) {
            let share = 1.0 / (self.shrink as f32 * self.shrink as f32);
            self.panorama.pixels.extend(self.sums.iter().map(|sum| sum.map(|part| part * share)));
            self.sums.fill([0.0; 3]);
        }
    }
}

/// Words for a panorama that is larger than what is drawn of it.
pub fn shrunk([width, height]: [u32; 2], [kept_width, kept_height]: [u32; 2]) -> String {
    format!(
        "The panorama of {width} x {height} pixels is drawn with {kept_width} x {kept_height}. Save it smaller: it loads \
         sooner and looks the same."
    )
}

/// Why a row cannot be read.
enum Fault {
    Cut,
    Wrong(&'static str),
}

/// Width, height and the bytes behind the header.
fn read_header(bytes: &[u8]) -> Result<(u32, u32, &[u8]), Error> {
    let mut rest = bytes;
    let first = next_line(&mut rest).unwrap_or_default();
    if !is_hdr(first) {
        let message =
            "This is no Radiance picture: it does not start with `#?RADIANCE`. Give an equirectangular .hdr file.";
        return Err(Error::new("not-radiance", message.into()));
    }
    loop {
        let line = next_line(&mut rest).ok_or_else(|| header_cut(rest))?;
        if line.is_empty() {
            break;
        }
        if line.strip_prefix(b"FORMAT=").is_some_and(|format| format.trim_ascii() != b"32-bit_rle_rgbe") {
            return Err(invalid(format!("{} is not read, only 32-bit_rle_rgbe", shown(line))));
        }
    }
    let line = next_line(&mut rest).ok_or_else(|| header_cut(rest))?;
    let (width, height) = read_resolution(line)?;
    let within = width <= SIDE_LIMIT && height <= SIDE_LIMIT;
    if within { Ok((width, height, rest)) } else { Err(too_large(width, height)) }
}

/// `-Y height +X width`: rows from the top, pixels from the left. The seven other orders turn or mirror the picture; no
/// tool in use writes them, so they are refused rather than carried along untried.
fn read_resolution(line: &[u8]) -> Result<(u32, u32), Error> {
    let text = String::from_utf8_lossy(line);
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let &[first_axis, first, second_axis, second] = words.as_slice() else {
        return Err(invalid(format!("{} is no line like `-Y 512 +X 1024`", shown(line))));
    };
    let axes = [first_axis, second_axis];
    let is_axis = |axis: &str| matches!(axis, "-Y" | "+Y" | "-X" | "+X");
    let number = |word: &str| word.parse::<u32>().ok().filter(|&number| number > 0);
    match (number(first), number(second)) {
        (Some(height), Some(width)) if axes == ["-Y", "+X"] => Ok((width, height)),
        (Some(_), Some(_)) if axes.iter().all(|axis| is_axis(axis)) => {
            Err(invalid(format!("the pixel order {} is not read, only -Y +X; save the picture unturned", shown(line))))
        }
        _ => Err(invalid(format!("{} is no line like `-Y 512 +X 1024`", shown(line)))),
    }
}

fn next_line<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let end = rest.iter().take(LINE_LIMIT).position(|&byte| byte == b'\n')?;
    let (line, after) = rest.split_at_checked(end)?;
    *rest = after.get(1..)?;
    Some(line.strip_suffix(b"\r").unwrap_or(line))
}

/// Fills one row, whichever of the three codings it has.
fn read_line(rest: &mut &[u8], line: &mut [Rgbe]) -> Result<(), Fault> {
    let start = *rest.first_chunk::<4>().ok_or(Fault::Cut)?;
    let [first, second, high, low] = start;
    let new_scheme = first == 2 && second == 2 && high < 128 && (8..32_768).contains(&line.len());
    if !new_scheme {
        return read_old_line(rest, line);
    }
    if usize::from(high) << 8 | usize::from(low) != line.len() {
        return Err(Fault::Wrong("its length is not the picture's width"));
    }
    *rest = rest.get(4..).unwrap_or_default();
    for channel in 0..4 {
        read_channel(rest, line, channel)?;
    }
    Ok(())
}

/// One channel of a row: runs (128 + length, value) and stretches (length, values).
fn read_channel(rest: &mut &[u8], line: &mut [Rgbe], channel: usize) -> Result<(), Fault> {
    let mut left = line.len();
    let mut open = line.iter_mut().filter_map(|pixel| pixel.get_mut(channel));
    while left > 0 {
        let (&code, after) = rest.split_first().ok_or(Fault::Cut)?;
        let is_run = code > 128;
        let length = usize::from(if is_run { code - 128 } else { code });
        if length == 0 || length > left {
            return Err(Fault::Wrong("a run does not fit into it"));
        }
        let (values, behind) = after.split_at_checked(if is_run { 1 } else { length }).ok_or(Fault::Cut)?;
        for (target, &value) in open.by_ref().take(length).zip(values.iter().cycle()) {
            *target = value;
        }
        left -= length;
        *rest = behind;
    }
    Ok(())
}

/// Pixels as they are, where 1, 1, 1, n repeats the pixel before; several in a row are the digits of one number.
fn read_old_line(rest: &mut &[u8], line: &mut [Rgbe]) -> Result<(), Fault> {
    let mut done = 0;
    let mut shift = 0;
    let mut last = None;
    while done < line.len() {
        let (&pixel, behind) = rest.split_first_chunk::<4>().ok_or(Fault::Cut)?;
        *rest = behind;
        let (length, value) = match pixel {
            [1, 1, 1, count] => {
                let value = last.ok_or(Fault::Wrong("it starts by repeating a pixel before it"))?;
                let length = usize::from(count).checked_shl(shift).unwrap_or(usize::MAX);
                shift = shift.saturating_add(8);
                (length, value)
            }
            _ => {
                shift = 0;
                (1, pixel)
            }
        };
        let targets = line.get_mut(done..).and_then(|open| open.get_mut(..length));
        targets.ok_or(Fault::Wrong("a run does not fit into it"))?.fill(value);
        done += length;
        last = Some(value);
    }
    Ok(())
}

/// Mantissa times a power of two; exponent 0 is black.
fn to_linear([red, green, blue, exponent]: Rgbe) -> [f32; 3] {
    if exponent == 0 {
        return [0.0; 3];
    }
    // As a double the power never becomes subnormal; the products are rounded once.
    let scale = f64::from_bits((u64::from(exponent) + 1023 - 136) << 52);
    [red, green, blue].map(|mantissa| (f64::from(mantissa) * scale) as f32)
}

fn shown(line: &[u8]) -> String {
    quoted(&String::from_utf8_lossy(line))
}

fn header_cut(rest: &[u8]) -> Error {
    if rest.len() >= LINE_LIMIT { invalid("a line of its header does not end".into()) } else { cut(0, 0) }
}

fn cut(row: u32, height: u32) -> Error {
    let place = if height == 0 { "in its header".into() } else { format!("in row {row} of {height}") };
    let message = format!("The .hdr picture ends {place}. It was cut off on its way: upload it again, whole.");
    Error::new("truncated", message)
}

fn invalid(what: String) -> Error {
    Error::new("invalid-radiance", format!("The .hdr picture is broken: {what}. Save it again as Radiance RGBE."))
}

fn too_large(width: u32, height: u32) -> Error {
    let message = format!(
        "The .hdr picture has {width} by {height} pixels; at most 32767 on a side are read. Save it smaller: 1024 by 512 light \
         a product well."
    );
    Error::new("too-large", message)
}
