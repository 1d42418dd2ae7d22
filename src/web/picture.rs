//! Pictures on their way to the card: decoded off the main thread by the browser or a decoder's worker, then taken to
//! the card in pieces small enough that no frame waits for them.

use super::request::words_of;
use super::run::{Shared, send};
use super::surroundings::pause;
use super::unpack;
use crate::gpu::{Gpu, Picture};
use crate::scene::frame::ModelId;
use crate::unpack::{Decoder, Job};
use crate::viewer::Event;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, ColorSpaceConversion, ImageBitmap, ImageBitmapOptions, PremultiplyAlpha};

/// Pictures decoded at the same time: enough for the browser's threads, and few because each is held in memory as a
/// whole.
const AT_ONCE: u32 = 3;

/// Pixels taken to the card at once.
const BAND_PIXELS: u32 = 1 << 19;

/// One picture of a model.
pub struct Wanted {
    /// For the answer.
    pub generation: u32,
    /// Whose.
    pub model: ModelId,
    /// Index into its images.
    pub image: usize,
    /// Pixels; longer sides are shrunk to it.
    pub longest_side: u32,
}

/// Those that wait, and how many are being decoded.
#[derive(Default)]
pub struct Line {
    waiting: VecDeque<Wanted>,
    busy: u32,
}

/// Puts a picture into the line.
pub fn want(shared: &Shared, wanted: Wanted) {
    let line = &mut shared.borrow_mut().pending.pictures;
    line.waiting.push_back(wanted);
    if line.busy == AT_ONCE {
        return;
    }
    line.busy += 1;
    let weak = Rc::downgrade(shared);
    spawn_local(async move {
        loop {
            let Some(shared) = weak.upgrade() else { return };
            let Some(wanted) = next(&shared) else { return };
            let problem = bring(&shared, &wanted).await.err();
            let Wanted { generation, image, .. } = wanted;
            send(&shared, Event::PictureReady { generation, image, problem });
        }
    });
}

fn next(shared: &Shared) -> Option<Wanted> {
    let line = &mut shared.borrow_mut().pending.pictures;
    let wanted = line.waiting.pop_front();
    line.busy = line.busy.saturating_sub(u32::from(wanted.is_none()));
    wanted
}

/// Decodes a picture and takes it to the card. One of a model that is gone is nobody's.
async fn bring(shared: &Shared, wanted: &Wanted) -> Result<(), String> {
    let found = {
        let run = shared.borrow();
        let image = run.viewer.model(wanted.model).and_then(|model| model.images.get(wanted.image));
        image.map(|image| (image.bytes.clone(), image.media_type.clone()))
    };
    let Some((bytes, media_type)) = found else { return Ok(()) };
    if media_type == "image/ktx2" {
        return bring_packed(shared, wanted, bytes).await;
    }
    let bitmap = decode(&bytes, &media_type, wanted.longest_side).await?;
    let result = put_slowly(shared, wanted, &bitmap).await;
    // The card has its own copy now; the browser's would wait for its garbage collector.
    bitmap.close();
    result
}

/// Takes a picture to the card in bands of a few milliseconds each; between them the page does what else it has to do.
async fn put_slowly(shared: &Shared, wanted: &Wanted, bitmap: &ImageBitmap) -> Result<(), String> {
    let (width, height) = (bitmap.width(), bitmap.height());
    let rows = (BAND_PIXELS / width.max(1)).max(1);
    let begun = {
        let run = &mut *shared.borrow_mut();
        let Some(stage) = &mut run.stage else { return Ok(()) };
        if height <= rows {
            return put(&mut stage.gpu, wanted.model, wanted.image, bitmap);
        }
        stage.gpu.begin_bands(wanted.model, wanted.image, [width, height])
    };
    let Some(bands) = begun else { return Ok(()) };
    for y in (0..height).step_by(rows as usize) {
        pause().await;
        let rows = rows.min(height - y);
        let cut = cut(bitmap, [y, width, rows]).await.map_err(|error| words_of(&error))?;
        if let Some(stage) = &shared.borrow().stage {
            stage.gpu.put_band(&bands, y, &source(&cut), [width, rows]);
        }
        cut.close();
    }
    pause().await;
    if let Some(stage) = &mut shared.borrow_mut().stage {
        stage.gpu.finish_bands(bands);
    }
    Ok(())
}

async fn cut(bitmap: &ImageBitmap, [y, width, height]: [u32; 3]) -> Result<ImageBitmap, JsValue> {
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("there is no window"))?;
    let (y, width, height) = (y as i32, width as i32, height as i32);
    let cut = window.create_image_bitmap_with_image_bitmap_and_a_sx_and_a_sy_and_a_sw_and_a_sh_and_a_options(
        bitmap,
        0,
        y,
        width,
        height,
        &plainly(),
    )?;
    JsFuture::from(cut).await?.dyn_into()
}

/// A picture of the browser's, to be copied as it is.
pub fn source(bitmap: &ImageBitmap) -> wgpu::CopyExternalImageSourceInfo {
    wgpu::CopyExternalImageSourceInfo {
        source: wgpu::ExternalImageSource::ImageBitmap(bitmap.clone()),
        origin: wgpu::Origin2d::ZERO,
        flip_y: false,
    }
}

/// Without these options the browser would premultiply and convert, each build differently.
fn plainly() -> ImageBitmapOptions {
    let options = ImageBitmapOptions::new();
    options.set_premultiply_alpha(PremultiplyAlpha::None);
    options.set_color_space_conversion(ColorSpaceConversion::None);
    options
}

/// Takes a decoded picture to the card.
///
/// # Errors
/// The card's words.
pub fn put(gpu: &mut Gpu, model: ModelId, image: usize, bitmap: &ImageBitmap) -> Result<(), String> {
    gpu.upload_picture(model, image, whole(bitmap, &source(bitmap))).map_err(|problem| problem.message)
}

/// All of a picture of the browser's.
pub fn whole<'a>(bitmap: &ImageBitmap, source: &'a wgpu::CopyExternalImageSourceInfo) -> Picture<'a> {
    Picture::External { width: bitmap.width(), height: bitmap.height(), source }
}

fn take(shared: &Shared, wanted: &Wanted, picture: Picture<'_>) -> Result<(), String> {
    let run = &mut *shared.borrow_mut();
    let Some(stage) = &mut run.stage else { return Ok(()) };
    stage.gpu.upload_picture(wanted.model, wanted.image, picture).map_err(|problem| problem.message)
}

/// A KTX2 picture, which stays packed where the card can read it so.
async fn bring_packed(shared: &Shared, wanted: &Wanted, bytes: Vec<u8>) -> Result<(), String> {
    let (script, features) = {
        let run = shared.borrow();
        let Some(stage) = &run.stage else { return Ok(()) };
        (run.unpack.clone(), stage.device.features())
    };
    let (decoder, format) = decoder_for(features, &bytes);
    let job = Job { decoder, parameters: vec![wanted.longest_side], bytes };
    let answer = unpack::ask(&script, &job).await?;
    let levels = Levels::open(&answer).ok_or("the decoder's answer is cut off")?;
    let Levels { width, height, levels } = levels;
    let picture = match (format, levels.first()) {
        (None, Some(pixels)) => Picture::Rgba8 { width, height, pixels },
        (Some(format), _) => Picture::Packed { format, width, height, levels },
        (None, None) => return Ok(()),
    };
    take(shared, wanted, picture)
}

/// Who unpacks a KTX2 picture for this card, and to which format; none is plain. What has no smaller levels becomes
/// plain, because a card cannot make them packed and without them the picture would glitter.
fn decoder_for(features: wgpu::Features, bytes: &[u8]) -> (Decoder, Option<wgpu::TextureFormat>) {
    let word =
        |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |word| u32::from_le_bytes(*word));
    let astc = wgpu::TextureFormat::Astc { block: wgpu::AstcBlock::B4x4, channel: wgpu::AstcChannel::Unorm };
    let formats = [
        (wgpu::Features::TEXTURE_COMPRESSION_BC, Decoder::BasisBc7, wgpu::TextureFormat::Bc7RgbaUnorm),
        (wgpu::Features::TEXTURE_COMPRESSION_ASTC, Decoder::BasisAstc, astc),
        (wgpu::Features::TEXTURE_COMPRESSION_ETC2, Decoder::BasisEtc2, wgpu::TextureFormat::Etc2Rgba8Unorm),
    ];
    let is_whole = word(20) % 4 == 0 && word(24) % 4 == 0 && word(40) > 1;
    let found = formats.into_iter().find(|(feature, ..)| is_whole && features.contains(*feature));
    found.map_or((Decoder::BasisRgba, None), |(_, decoder, format)| (decoder, Some(format)))
}

/// A decoder's answer, as [`Decoder::BasisRgba`] describes it.
struct Levels<'a> {
    width: u32,
    height: u32,
    levels: Vec<&'a [u8]>,
}

impl<'a> Levels<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let word = |index: usize| Some(u32::from_le_bytes(*bytes.get(index * 4..)?.first_chunk()?));
        let count = word(2)? as usize;
        let mut rest = bytes.get((3 + count) * 4..)?;
        let mut levels = Vec::new();
        for index in 0..count {
            let (level, behind) = rest.split_at_checked(word(3 + index)? as usize)?;
            levels.push(level);
            rest = behind;
        }
        Some(Self { width: word(0)?, height: word(1)?, levels })
    }
}

/// Decodes a picture to the very numbers that stand in it. A picture with a side longer than `longest_side` pixels is shrunk to it.
///
/// # Errors
/// The browser's words.
pub async fn decode(bytes: &[u8], media_type: &str, longest_side: u32) -> Result<ImageBitmap, String> {
    decode_or_throw(bytes, media_type, longest_side).await.map_err(|error| words_of(&error))
}

async fn decode_or_throw(bytes: &[u8], media_type: &str, longest_side: u32) -> Result<ImageBitmap, JsValue> {
    let bag = BlobPropertyBag::new();
    bag.set_type(media_type);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &bag)?;
    let options = plainly();
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("there is no window"))?;
    let bitmap = window.create_image_bitmap_with_blob_and_image_bitmap_options(&blob, &options)?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await?.dyn_into()?;
    let (width, height) = (bitmap.width(), bitmap.height());
    if width.max(height) <= longest_side {
        return Ok(bitmap);
    }
    let shrink = f64::from(longest_side) / f64::from(width.max(height));
    options.set_resize_width(((f64::from(width) * shrink) as u32).max(1));
    options.set_resize_height(((f64::from(height) * shrink) as u32).max(1));
    let smaller = window.create_image_bitmap_with_image_bitmap_and_image_bitmap_options(&bitmap, &options)?;
    let smaller = JsFuture::from(smaller).await?.dyn_into()?;
    bitmap.close();
    Ok(smaller)
}
