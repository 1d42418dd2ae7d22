//! The exported class of the store's own module: the counter at which a shopper asks and reserves.

use super::request::AbortOnDrop;
use super::timer::Timer;
use super::{clock, http};
use crate::shelf::Shelf;
use crate::store::{self, Effect, Wish};
use js_sys::Function;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

/// One panel's state. `www/boundary.ts` says what each method means to the page.
#[wasm_bindgen]
pub struct Counter {
    desk: Shared,
}

type Shared = Rc<RefCell<Desk>>;

/// The counter, and what is on its way.
struct Desk {
    counter: store::Counter,
    requests: Shelf<u64, AbortOnDrop>,
    wake: Option<Timer>,
    notify: Function,
    is_open: bool,
}

#[wasm_bindgen]
impl Counter {
    /// Ready to be told where the store is.
    #[wasm_bindgen(constructor)]
    pub fn new(notify: Function) -> Self {
        let (counter, requests) = (store::Counter::default(), Shelf::default());
        Self { desk: Rc::new(RefCell::new(Desk { counter, requests, wake: None, notify, is_open: true })) }
    }

    /// An attribute changed; `undefined` when it was removed.
    pub fn set(&self, name: &str, value: Option<String>) {
        happen(&self.desk, |counter| counter.set(name, value.as_deref()));
    }

    /// Does something once; `detail` is JSON.
    pub fn act(&self, name: &str, detail: &str) {
        happen(&self.desk, |counter| counter.act(name, detail, &clock::random_uuid()));
    }

    /// What the panel shows, as JSON; null before the first time.
    pub fn shown(&self) -> JsValue {
        super::json::text(self.desk.borrow().counter.shown())
    }

    /// Breaks everything off.
    pub fn close(&self) {
        let mut desk = self.desk.borrow_mut();
        desk.is_open = false;
        desk.requests.clear();
        desk.wake = None;
    }
}

/// Tells the counter the time, then what happened, and does what it wishes.
fn happen(desk: &Shared, act: impl FnOnce(&mut store::Counter) -> Vec<Wish>) {
    let wishes = {
        let mut desk = desk.borrow_mut();
        if !desk.is_open {
            return;
        }
        let mut wishes = desk.counter.tick(clock::unix_ms());
        wishes.extend(act(&mut desk.counter));
        wishes
    };
    for wish in wishes {
        match wish {
            Wish::Store(effect) => carry_out(desk, effect),
            Wish::Show(snapshot) => desk.borrow().tell("store", snapshot),
            Wish::Warn(message) => desk.borrow().tell("warning", json!({ "code": "store", "message": message })),
        }
    }
}

fn carry_out(desk: &Shared, effect: Effect) {
    match effect {
        Effect::Http(request) => ask(desk, request),
        Effect::Abort { request_id } => _ = desk.borrow_mut().requests.remove(request_id),
        Effect::RetryAt { at_ms } => wake_at(desk, at_ms),
        Effect::Notify { name, detail } => {
            desk.borrow().tell("analytics", json!({ "name": name, "detail": detail }));
        }
        Effect::Remember { reservation_id, access_token } => {
            let receipt = json!({ "reservation_id": reservation_id, "access_token": access_token });
            desk.borrow().tell("store-remember", receipt);
        }
        Effect::Forget => desk.borrow().tell("store-forget", json!({})),
    }
}

impl Desk {
    /// Tells the page, a microtask later: the page may call right back.
    fn tell(&self, name: &'static str, detail: Value) {
        let notify = self.notify.clone();
        spawn_local(async move {
            let detail = super::json::text(&detail);
            if let Err(error) = notify.call2(&JsValue::NULL, &JsValue::from_str(name), &detail) {
                web_sys::console::error_1(&error);
            }
        });
    }
}

fn ask(desk: &Shared, request: store::Request) {
    let Ok(controller) = AbortController::new() else { return };
    let request_id = request.request_id;
    desk.borrow_mut().requests.insert(request_id, AbortOnDrop(controller.clone()));
    let weak = Rc::downgrade(desk);
    spawn_local(async move {
        let answer = http::ask(request, controller).await;
        let Some(desk) = weak.upgrade() else { return };
        // An answer that nobody waits for any more is dropped.
        let is_awaited = desk.borrow_mut().requests.remove(request_id);
        if is_awaited {
            happen(&desk, |counter| counter.update(answer));
        }
    });
}

/// The newest wish counts.
fn wake_at(desk: &Shared, unix_ms: i64) {
    let weak = Rc::downgrade(desk);
    let delay = u32::try_from(unix_ms.saturating_sub(clock::unix_ms()).max(0)).unwrap_or(u32::MAX);
    let timer = Timer::after(delay, move || {
        if let Some(desk) = weak.upgrade() {
            happen(&desk, |_| Vec::new());
        }
    });
    desk.borrow_mut().wake = timer;
}
