//! Anchors (WebXR Anchors Module): the device keeps a product where it was put while it learns more about the room, and
//! some devices find it again on the next visit.

use super::member::{ask, call, construct, elements, get};
use super::object;
use super::space::pose_of;
use super::xr_sys::{XrFrame, XrReferenceSpace, XrSession};
use crate::ar::{Effect, Event, ItemId};
use crate::math::Pose;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;

/// A device's corrections below this are noise: half a millimetre, and a twentieth of a degree.
const LEAST_MOVE_M: f32 = 0.0005;
const LEAST_TURN_RAD: f32 = 0.001;

/// The anchors of one session.
#[derive(Default)]
pub(super) struct Anchors {
    held: Vec<Held>,
    /// Asked for since the last picture: anchors are made within one.
    wanted: Vec<Wanted>,
    /// What the room is to hear.
    news: Vec<Event>,
}

struct Wanted {
    item: ItemId,
    world_from_anchor: Pose,
    /// To be kept as soon as it is there.
    keep: bool,
}

struct Held {
    item: ItemId,
    /// `None` while the device makes it.
    anchor: Option<JsValue>,
    /// Counts what the item's anchors were asked for: late answers to older wishes are dropped.
    wish: u32,
    /// To be kept as soon as it is there.
    keep: bool,
    /// Where the room believes it is; `None` around it before it was told anything.
    told: Option<Option<Pose>>,
}

/// As promises share it.
pub(super) type Shared = Rc<RefCell<Anchors>>;

/// Does what the room asks.
pub(super) fn carry_out(anchors: &Shared, session: &XrSession, effect: Effect) {
    match effect {
        Effect::Anchor { item, world_from_anchor } => {
            let wanted = &mut anchors.borrow_mut().wanted;
            wanted.retain(|other| other.item != item);
            wanted.push(Wanted { item, world_from_anchor, keep: false });
        }
        Effect::DropAnchor { item } => anchors.borrow_mut().let_go(item),
        Effect::KeepAnchor { item } => keep(anchors, item),
        Effect::RestoreAnchor { item, handle } => {
            let wish = anchors.borrow_mut().begin(item, false);
            let (weak, session) = (Rc::downgrade(anchors), session.clone());
            spawn_local(async move {
                let found = ask(&session, "restorePersistentAnchor", &[&handle.as_str().into()]).await;
                arrived(&weak, item, wish, found, true);
            });
        }
        Effect::ForgetAnchor { handle } => {
            let session = session.clone();
            spawn_local(async move {
                // Where the browser does not know it, it is forgotten already.
                let _ = ask(&session, "deletePersistentAnchor", &[&handle.into()]).await;
            });
        }
        _ => {}
    }
}

/// Within a picture: makes what was asked for, and says what has moved.
pub(super) fn frame(anchors: &Shared, frame: &XrFrame, space: &XrReferenceSpace, news: &mut Vec<Event>) {
    let wanted = std::mem::take(&mut anchors.borrow_mut().wanted);
    for Wanted { item, world_from_anchor, keep } in wanted {
        let wish = anchors.borrow_mut().begin(item, keep);
        let Ok(transform) = transform_of(world_from_anchor) else { continue };
        let Ok(promise) = call(frame, "createAnchor", &[&transform, space]) else { continue };
        let weak = Rc::downgrade(anchors);
        spawn_local(async move {
            let made = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&promise)).await;
            arrived(&weak, item, wish, made, false);
        });
    }
    let anchors = &mut *anchors.borrow_mut();
    if anchors.held.iter().any(|held| held.anchor.is_some()) {
        let tracked = elements(&get(frame, "trackedAnchors"));
        for held in &mut anchors.held {
            let Some(anchor) = &held.anchor else { continue };
            let pose = if tracked.includes(anchor, 0) { place_of(anchor, frame, space) } else { None };
            if held.is_news(pose) {
                held.told = Some(pose);
                anchors.news.push(Event::AnchorMoved { item: held.item, world_from_anchor: pose });
            }
        }
    }
    news.append(&mut anchors.news);
}

impl Anchors {
    /// A new wish for this item's anchor; the old one is gone.
    fn begin(&mut self, item: ItemId, keep: bool) -> u32 {
        let place = self.held.iter().position(|held| held.item == item);
        let old = place.map(|place| self.held.swap_remove(place));
        let wish = old.as_ref().map_or(0, |old| old.wish.wrapping_add(1));
        if let Some(anchor) = old.and_then(|old| old.anchor) {
            delete(&anchor);
        }
        self.held.push(Held { item, anchor: None, wish, keep, told: None });
        wish
    }

    fn let_go(&mut self, item: ItemId) {
        self.wanted.retain(|other| other.item != item);
        let Some(place) = self.held.iter().position(|held| held.item == item) else { return };
        if let Some(anchor) = self.held.swap_remove(place).anchor {
            delete(&anchor);
        }
    }
}

impl Held {
    fn is_news(&self, pose: Option<Pose>) -> bool {
        match (self.told, pose) {
            (Some(Some(old)), Some(new)) => {
                old.position.distance(new.position) > LEAST_MOVE_M
                    || old.orientation.angle_between(new.orientation) > LEAST_TURN_RAD
            }
            (told, pose) => told != Some(pose),
        }
    }
}

/// An anchor is there, or will not come; `is_kept` when it is from an earlier visit.
fn arrived(weak: &Weak<RefCell<Anchors>>, item: ItemId, wish: u32, anchor: Result<JsValue, JsValue>, is_kept: bool) {
    let Some(anchors) = weak.upgrade() else { return };
    let keeps = {
        let anchors = &mut *anchors.borrow_mut();
        let held = anchors.held.iter_mut().find(|held| held.item == item && held.wish == wish);
        match (held, anchor) {
            (Some(held), Ok(anchor)) => {
                held.anchor = Some(anchor);
                held.keep
            }
            (Some(_), Err(_)) => {
                anchors.held.retain(|held| held.item != item);
                // Nobody knows any more where that was.
                anchors.news.extend(is_kept.then_some(Event::AnchorMoved { item, world_from_anchor: None }));
                false
            }
            // Something else was asked for meanwhile.
            (None, Ok(anchor)) => {
                delete(&anchor);
                false
            }
            (None, Err(_)) => false,
        }
    };
    if keeps {
        keep(&anchors, item);
    }
}

/// Has the browser remember the item's anchor, now or when it is there.
fn keep(anchors: &Shared, item: ItemId) {
    let anchor = {
        let anchors = &mut *anchors.borrow_mut();
        if let Some(wanted) = anchors.wanted.iter_mut().find(|wanted| wanted.item == item) {
            return wanted.keep = true;
        }
        let Some(held) = anchors.held.iter_mut().find(|held| held.item == item) else { return };
        held.keep = true;
        held.anchor.clone()
    };
    let Some(anchor) = anchor else { return };
    let weak = Rc::downgrade(anchors);
    spawn_local(async move {
        let answer = ask(&anchor, "requestPersistentHandle", &[]).await;
        let (Some(anchors), Some(handle)) = (weak.upgrade(), answer.ok().and_then(|handle| handle.as_string())) else {
            return;
        };
        let anchors = &mut *anchors.borrow_mut();
        if anchors.held.iter().any(|held| held.anchor.as_ref() == Some(&anchor)) {
            anchors.news.push(Event::AnchorKept { item, handle });
        }
    });
}

fn delete(anchor: &JsValue) {
    // It throws only for anchors that are gone, which is what is wanted.
    let _ = call(anchor, "delete", &[]);
}

fn place_of(anchor: &JsValue, frame: &XrFrame, space: &XrReferenceSpace) -> Option<Pose> {
    let anchor_space = get(anchor, "anchorSpace");
    let pose = anchor_space.is_object().then(|| frame.pose(anchor_space.unchecked_ref(), space))?;
    Some(pose_of(&pose.ok()??.transform()))
}

/// A pose as the browser takes it.
fn transform_of(pose: Pose) -> Result<JsValue, JsValue> {
    let [x, y, z] = pose.position.to_array().map(JsValue::from);
    let position = object([("x", &x), ("y", &y), ("z", &z), ("w", &1.into())]);
    let [x, y, z, w] = pose.orientation.to_array().map(JsValue::from);
    let orientation = object([("x", &x), ("y", &y), ("z", &z), ("w", &w)]);
    construct("XRRigidTransform", &[&position, &orientation])
}
