//! Panoramas, read and sent to the card in slices: a page stays alive meanwhile, however large they are.

use super::picture;
use super::run::{Run, Shared, bring_second_half, send_later};
use crate::gpu::{Environment, Error, Gpu, Picture};
use crate::import::radiance::{self, Reader};
use crate::viewer::{Event, Panorama};
use js_sys::Promise;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Pixels treated at once: a few milliseconds' work.
const SLICE: usize = 1 << 17;

/// Takes a panorama once its code is there: no first picture needs it, so it is in a file of its own.
pub fn want(shared: &Shared, generation: u32, role: Panorama, file: Option<Vec<u8>>) {
    let weak = Rc::downgrade(shared);
    spawn_local(async move {
        match (bring_second_half(&weak).await, weak.upgrade()) {
            (Ok(_), Some(shared)) => take(&shared, generation, role, file),
            (Err(problem), _) => send_later(&weak, Event::PanoramaReady { generation, role, outcome: Err(problem) }),
            (Ok(_), None) => {}
        }
    });
}

/// Decodes the file, by what it is and not by its name, and uses it when it is whole.
fn take(shared: &Shared, generation: u32, role: Panorama, file: Option<Vec<u8>>) {
    let taker = Taker { run: Rc::downgrade(shared), generation, role };
    spawn_local(async move {
        // Without an outcome nobody waits for it any more.
        if let Some(outcome) = taker.take(file).await.transpose() {
            send_later(&taker.run, Event::PanoramaReady { generation, role, outcome });
        }
    });
}

/// Nothing but what lights is drawn from now on.
pub fn drop_sky(shared: &Shared) {
    if let Some(stage) = &mut shared.borrow_mut().stage {
        // Without a panorama there is nothing that can be wrong.
        let _ = stage.gpu.set_sky(None);
    }
}

struct Taker {
    run: Weak<RefCell<Run>>,
    generation: u32,
    role: Panorama,
}

/// What to tell the shop's developer, if anything; `None` around it when nobody waits any more.
type Outcome = Result<Option<Option<String>>, String>;

impl Taker {
    async fn take(&self, file: Option<Vec<u8>>) -> Outcome {
        let Some(file) = file else { return self.surround(Environment::Studio, None) };
        let is_drawn = self.role != Panorama::Light;
        let Some(widest) = self.with_gpu(|gpu| gpu.widest_panorama(is_drawn)) else { return Ok(None) };
        if radiance::is_hdr(&file) {
            self.take_hdr(&file, widest).await
        } else {
            self.take_picture(&file, widest).await
        }
    }

    async fn take_hdr(&self, file: &[u8], widest: u32) -> Outcome {
        let mut reader = Reader::new(file, widest).map_err(|error| error.message().to_owned())?;
        while !reader.step(SLICE).map_err(|error| error.message().to_owned())? {
            pause().await;
        }
        // What only lights is never seen sharp: there is nothing to be told.
        let warning = reader.warning().filter(|_| self.role != Panorama::Light);
        let panorama = reader.finish();
        let Some(begun) = self.with_gpu(|gpu| gpu.begin_panorama(&panorama)) else { return Ok(None) };
        let mut upload = begun.map_err(|error| error.message)?;
        loop {
            match self.with_gpu(|gpu| upload.step(gpu, &panorama, SLICE)) {
                Some(true) => return self.surround(Environment::Uploaded(upload), warning),
                Some(false) => pause().await,
                None => return Ok(None),
            }
        }
    }

    async fn take_picture(&self, file: &[u8], widest: u32) -> Outcome {
        let bitmap = picture::decode(file, "", widest).await.map_err(|problem| {
            format!("The file is neither an .hdr nor a picture that this browser reads ({problem}).")
        })?;
        let source = wgpu::CopyExternalImageSourceInfo {
            source: wgpu::ExternalImageSource::ImageBitmap(bitmap.clone()),
            origin: wgpu::Origin2d::ZERO,
            flip_y: false,
        };
        let (width, height) = (bitmap.width(), bitmap.height());
        let outcome = self.surround(Environment::Picture(Picture::External { width, height, source: &source }), None);
        bitmap.close();
        outcome
    }

    fn surround(&self, environment: Environment<'_>, warning: Option<String>) -> Outcome {
        let set = |gpu: &mut Gpu| -> Result<(), Error> {
            if self.role == Panorama::Sky { gpu.set_sky(Some(environment)) } else { gpu.set_environment(environment) }
        };
        match self.with_gpu(set) {
            Some(Ok(())) => Ok(Some(warning)),
            Some(Err(error)) => Err(error.message),
            None => Ok(None),
        }
    }

    /// `None` when nobody waits for this panorama any more.
    fn with_gpu<T>(&self, use_it: impl FnOnce(&mut Gpu) -> T) -> Option<T> {
        let shared = self.run.upgrade()?;
        let run = &mut *shared.borrow_mut();
        if !run.viewer.awaits_panorama(self.generation, self.role) {
            return None;
        }
        run.stage.as_mut().map(|stage| use_it(&mut stage.gpu))
    }
}

/// Lets the browser do something else.
pub async fn pause() {
    let waited = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without a timer the promise would never be kept, and the panorama would not come: nothing worse.
            let _ = window.set_timeout_with_callback(&resolve);
        }
    });
    // It is never broken.
    let _ = JsFuture::from(waited).await;
}
