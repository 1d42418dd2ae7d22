//! What the viewer asks for, done: one arm per effect.

use super::fetch;
use super::request::AbortOnDrop;
use super::run::{Run, Shared, send, send_later};
use super::{picture, surroundings, unpack, xr};
use crate::scene::frame::ModelId;
use crate::shelf::Shelf;
use crate::viewer::{Effect, Event, FetchError, File, Notice};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

/// What is on its way; dropping it breaks everything off.
#[derive(Default)]
pub struct Pending {
    fetches: Shelf<u32, AbortOnDrop>,
    /// Pictures that wait for their turn.
    pub pictures: picture::Line,
}

/// Does all of it, in order.
pub fn carry_out(shared: &Shared, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Fetch { generation, file, url, base, with_credentials } => {
                start_fetch(shared, generation, file, Wanted { url, base, with_credentials });
            }
            Effect::AbortFetches { generation } => _ = shared.borrow_mut().pending.fetches.remove(generation),
            Effect::Upload { generation, model } => upload(shared, generation, model),
            Effect::UpdateMaterial { model, material } => update_material(shared, model, material),
            Effect::AddTexture { model, texture } => {
                if let Some(stage) = &mut shared.borrow_mut().stage {
                    stage.gpu.add_texture(model, texture);
                }
            }
            Effect::UploadLent { model, image } => upload_lent(&mut shared.borrow_mut(), model, image),
            Effect::Unpack { generation, index, job } => {
                let weak = Rc::downgrade(shared);
                let script = shared.borrow().unpack.clone();
                spawn_local(async move {
                    let answer = unpack::ask(&script, &job).await;
                    send_later(&weak, Event::Unpacked { generation, index, answer });
                });
            }
            Effect::UploadCaption => upload_caption(&mut shared.borrow_mut()),
            Effect::UploadPicture { generation, model, image, longest_side } => {
                picture::want(shared, picture::Wanted { generation, model, image, longest_side });
            }
            Effect::Drop(model) => {
                if let Some(stage) = &mut shared.borrow_mut().stage {
                    stage.gpu.drop_model(model);
                }
            }
            Effect::Surround { generation, role, file } => surroundings::want(shared, generation, role, file),
            Effect::DropSky => surroundings::drop_sky(shared),
            Effect::Notify(notice) => shared.borrow().tell(notice),
            Effect::EndSession => xr::end(shared),
            Effect::InSession(effect) => xr::carry_out(shared, effect),
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
    let signal = {
        let fetches = &mut shared.borrow_mut().pending.fetches;
        if fetches.get(generation).is_none() {
            let Ok(fresh) = AbortController::new() else { return };
            fetches.insert(generation, AbortOnDrop(fresh));
        }
        let Some(AbortOnDrop(controller)) = fetches.get(generation) else { return };
        controller.signal()
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

/// Also asks for pictures of the file that the material reads in a way in which nobody read them so far.
#[inline(never)] // it comes with the second half
fn update_material(shared: &Shared, model: ModelId, index: usize) {
    let (missing, longest_side) = {
        let run = &mut *shared.borrow_mut();
        let material = run.viewer.model(model).and_then(|model| model.materials.get(index));
        match (&mut run.stage, material) {
            (Some(stage), Some(material)) => {
                (stage.gpu.update_material(model, index, material), stage.gpu.max_picture_size())
            }
            _ => return,
        }
    };
    for image in missing {
        picture::want(shared, picture::Wanted { generation: model.0, model, image, longest_side });
    }
}

#[inline(never)] // it comes with the second half
fn upload_lent(run: &mut Run, id: ModelId, image: usize) {
    let Some(bitmap) = run.lent.clone() else { return };
    let Some(stage) = &mut run.stage else { return };
    if let Err(problem) = picture::put(&mut stage.gpu, id, image, &bitmap) {
        warn(run, problem);
    }
}

#[inline(never)] // it comes with the second half
fn upload_caption(run: &mut Run) {
    let Some(bitmap) = run.lent.clone() else { return };
    let Some(stage) = &mut run.stage else { return };
    if let Err(problem) = stage.gpu.take_caption(&picture::whole(&bitmap, &picture::source(&bitmap))) {
        warn(run, problem.message);
    }
}

/// A picture of the page's cannot be used; the rest goes on.
fn warn(run: &Run, problem: String) {
    run.tell(Notice { name: "warning", detail: serde_json::json!({ "code": "picture", "message": problem }) });
}
