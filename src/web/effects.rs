//! What the viewer asks for, done: one arm per effect.

use super::fetch;
use super::request::AbortOnDrop;
use super::run::{Run, Shared, send, send_later};
use super::{picture, surroundings, xr};
use crate::gpu::Picture;
use crate::scene::frame::ModelId;
use crate::viewer::{Effect, Event, FetchError, File, Notice};
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, ImageBitmap};

/// What is on its way; dropping it breaks everything off.
#[derive(Default)]
pub struct Pending {
    fetches: HashMap<u32, AbortOnDrop>,
}

/// Does all of it, in order.
pub fn carry_out(shared: &Shared, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Fetch { generation, file, url, base, with_credentials } => {
                start_fetch(shared, generation, file, Wanted { url, base, with_credentials });
            }
            Effect::AbortFetches { generation } => drop(shared.borrow_mut().pending.fetches.remove(&generation)),
            Effect::Upload { generation, model } => upload(shared, generation, model),
            Effect::UploadPicture { generation, model, image } => upload_picture(shared, generation, model, image),
            Effect::UpdateMaterial { model, material } => update_material(shared, model, material),
            Effect::AddTexture { model, texture } => {
                if let Some(stage) = &mut shared.borrow_mut().stage {
                    stage.gpu.add_texture(model, texture);
                }
            }
            Effect::UploadLent { model, image } => upload_lent(&mut shared.borrow_mut(), model, image),
            Effect::Drop(model) => {
                if let Some(stage) = &mut shared.borrow_mut().stage {
                    stage.gpu.drop_model(model);
                }
            }
            Effect::Surround { generation, role, file } => surroundings::take(shared, generation, role, file),
            Effect::DropSky => surroundings::drop_sky(shared),
            Effect::Notify(notice) => shared.borrow().tell(notice),
            Effect::EndSession => xr::end(shared),
        }
    }
}

struct Wanted {
    url: String,
    base: Option<String>,
    with_credentials: bool,
}

fn start_fetch(shared: &Shared, generation: u32, file: File, wanted: Wanted) {
    let Some(url) = fetch::absolute(&wanted.url, wanted.base.as_deref()) else {
        let answer = Err(FetchError::Network("this is no address".to_owned()));
        return send(shared, Event::Fetched { generation, file, answer });
    };
    let Ok(fresh) = AbortController::new() else { return };
    let signal = {
        let mut run = shared.borrow_mut();
        run.pending.fetches.entry(generation).or_insert_with(|| AbortOnDrop(fresh)).0.signal()
    };
    let weak = Rc::downgrade(shared);
    spawn_local(async move {
        let progress = |bytes, total_bytes| send_later(&weak, Event::Received { generation, bytes, total_bytes });
        let answer = fetch::file(&url, wanted.with_credentials, &signal, progress).await;
        if !signal.aborted() {
            send_later(&weak, Event::Fetched { generation, file, answer });
        }
    });
}

fn upload(shared: &Shared, generation: u32, id: ModelId) {
    let refused = {
        let run = &mut *shared.borrow_mut();
        match (&mut run.stage, run.viewer.model(id)) {
            (Some(stage), Some(model)) => stage.gpu.upload_model(id, model).err(),
            _ => None,
        }
    };
    if let Some(problem) = refused {
        send(shared, Event::CardRefused { generation, message: problem.to_string() });
    }
}

fn upload_picture(shared: &Shared, generation: u32, id: ModelId, image: usize) {
    let found = {
        let run = shared.borrow();
        let model = run.viewer.model(id);
        model.and_then(|model| model.images.get(image)).map(|image| (image.bytes.clone(), image.media_type.clone()))
    };
    let Some((bytes, media_type)) = found else { return };
    let longest_side = shared.borrow().stage.as_ref().map_or(1, |stage| stage.gpu.max_picture_size());
    let weak = Rc::downgrade(shared);
    spawn_local(async move {
        let decoded = picture::decode(&bytes, &media_type, longest_side).await;
        let Some(shared) = weak.upgrade() else { return };
        let problem = match decoded {
            Ok(bitmap) => take_picture(&mut shared.borrow_mut(), id, image, bitmap),
            Err(problem) => Some(problem),
        };
        send(&shared, Event::PictureReady { generation, image, problem });
    });
}

/// Also asks for pictures of the file that the material reads in a way in which nobody read them so far.
fn update_material(shared: &Shared, id: ModelId, index: usize) {
    let missing = {
        let run = &mut *shared.borrow_mut();
        let material = run.viewer.model(id).and_then(|model| model.materials.get(index));
        match (&mut run.stage, material) {
            (Some(stage), Some(material)) => stage.gpu.update_material(id, index, material),
            _ => Vec::new(),
        }
    };
    for image in missing {
        upload_picture(shared, id.0, id, image);
    }
}

fn upload_lent(run: &mut Run, id: ModelId, image: usize) {
    let Some(bitmap) = run.lent.clone() else { return };
    if let Some(problem) = put_picture(run, id, image, &bitmap) {
        run.tell(Notice { name: "warning", detail: serde_json::json!({ "code": "picture", "message": problem }) });
    }
}

/// Puts a decoded picture on the card and lets go of it; what was wrong otherwise.
fn take_picture(run: &mut Run, id: ModelId, image: usize, bitmap: ImageBitmap) -> Option<String> {
    let problem = put_picture(run, id, image, &bitmap);
    // The card has its own copy now; the browser's would wait for its garbage collector.
    bitmap.close();
    problem
}

fn put_picture(run: &mut Run, id: ModelId, image: usize, bitmap: &ImageBitmap) -> Option<String> {
    let stage = run.stage.as_mut()?;
    let (width, height) = (bitmap.width(), bitmap.height());
    let source = wgpu::CopyExternalImageSourceInfo {
        source: wgpu::ExternalImageSource::ImageBitmap(bitmap.clone()),
        origin: wgpu::Origin2d::ZERO,
        flip_y: false,
    };
    let problem = stage.gpu.upload_picture(id, image, Picture::External { width, height, source: &source }).err();
    problem.map(|problem| problem.to_string())
}
