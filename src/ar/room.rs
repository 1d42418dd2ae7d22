//! The room as the viewer sees it: one session after another.

use super::session::Session;
use super::{
    Analytics, DimensionLine, Effect, Event, Hint, ItemId, Measurement, Reticle, RoomItem, RoomLight, Status, Surface,
};
use crate::math::{Pose, Vec2, Vec3};

/// The products in the shopper's room, or no session at all.
#[derive(Clone, Debug, Default)]
pub struct Room {
    status: Status,
    // Boxed: a viewer that never enters a room carries a pointer.
    session: Option<Box<Session>>,
}

/// What the next picture shows. It is made when something happens, so that asking for it costs nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    pub items: Vec<RoomItem>,
    pub reticle: Option<Reticle>,
    pub light: Option<RoomLight>,
    pub lines: Vec<DimensionLine>,
    pub measurements: Vec<Measurement>,
}

impl Room {
    /// Takes one event. Numbers that are no numbers, or larger than any room, never move a product.
    #[inline(never)] // in the browser it comes later than the rest
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Started { bounds, placement, mode, reduced_motion } => {
                self.session = Some(Box::new(Session::new(bounds, placement, mode, reduced_motion)));
                self.go(Status::SessionStarted, None, &mut effects);
                effects.push(Effect::Hint(Hint::Search(placement)));
                effects.push(Analytics::effect("ar-start", None, 0.0, 0));
            }
            Event::Refused { reason } => {
                self.session = None;
                self.go(Status::Failed, Some(reason), &mut effects);
            }
            Event::BridgeFailed if self.session.is_some() => {
                self.leave(Status::Failed, "ar-bridge-failed", &mut effects);
                effects.push(Effect::EndSession);
            }
            // After a failure the page keeps the reason: the end that follows from it is no news.
            Event::Ended { reason } if self.session.is_some() => {
                self.leave(Status::NotPresenting, reason, &mut effects);
            }
            event => self.in_session(event, &mut effects),
        }
        effects
    }

    /// The session's state.
    pub fn status(&self) -> Status {
        self.status
    }

    /// True while a session runs.
    pub fn is_presenting(&self) -> bool {
        self.session.is_some()
    }

    /// Every product that the next picture shows; the one that waits for a place is a ghost.
    pub fn items(&self) -> &[RoomItem] {
        self.shown().map_or(&[], |shown| &shown.items)
    }

    /// One of [`Self::items`].
    pub fn item(&self, id: ItemId) -> Option<&RoomItem> {
        self.items().iter().find(|item| item.id == id)
    }

    /// world_from_item of the selected product, else of the first placed; `None` until one is placed.
    pub fn item_pose(&self) -> Option<Pose> {
        self.main_item().map(|item| item.pose)
    }

    /// world_from_item as a tap would place the waiting product now; `None` while there is no reticle.
    pub fn preview_pose(&self) -> Option<Pose> {
        self.reticle()?;
        self.items().iter().find(|item| item.is_ghost).map(|item| item.pose)
    }

    /// The surface that the product of [`Self::item_pose`] touches: its Y is the normal, its origin where they touch.
    pub fn support(&self) -> Option<(Surface, Pose)> {
        self.main_item().map(|item| (item.surface, item.support))
    }

    /// Where a tap would place the waiting product; `None` while none waits.
    pub fn reticle(&self) -> Option<Reticle> {
        self.shown()?.reticle
    }

    /// The room's light; `None` while the device has told none, or where it is switched off.
    pub fn light(&self) -> Option<RoomLight> {
        self.shown()?.light
    }

    /// What mirrors show of the room, as [`Reflections::texels`] has it, 1 on average; nothing where [`Self::light`] is
    /// nothing, and where the device does not tell.
    ///
    /// [`Reflections::texels`]: super::Reflections::texels
    pub fn reflections(&self) -> &[Vec3] {
        let session = self.session().filter(|session| session.shown.light.is_some());
        session.map_or(&[], |session| session.reflections.shown())
    }

    /// The selected product's size and its distance to the nearest wall, as lines to draw.
    pub fn lines(&self) -> &[DimensionLine] {
        self.shown().map_or(&[], |shown| &shown.lines)
    }

    /// What was measured in this session, the oldest first.
    pub fn measurements(&self) -> &[Measurement] {
        self.shown().map_or(&[], |shown| &shown.measurements)
    }

    /// Where words hang before the shopper: world_from_caption (X to the right, Y up, Z toward the reader), and width and height
    /// in metres.
    pub fn caption(&self) -> Option<(Pose, Vec2)> {
        self.session()?.caption?.shown()
    }

    /// An empty list for the hits of the next event: the memory of one before.
    pub fn spare_hits(&mut self) -> Vec<Pose> {
        let mut hits = self.session.as_mut().and_then(|session| session.spare_hits.pop()).unwrap_or_default();
        hits.clear();
        hits
    }

    pub(super) fn session(&self) -> Option<&Session> {
        self.session.as_deref()
    }

    fn shown(&self) -> Option<&Shown> {
        Some(&self.session()?.shown)
    }

    fn main_item(&self) -> Option<&RoomItem> {
        let mut placed = self.items().iter().filter(|item| !item.is_ghost);
        let first = placed.next()?;
        Some(if first.is_selected { first } else { placed.find(|item| item.is_selected).unwrap_or(first) })
    }

    fn in_session(&mut self, event: Event, effects: &mut Vec<Effect>) {
        let Some(session) = &mut self.session else { return };
        session.update(event, effects);
        let status = if session.is_furnished() { Status::ObjectPlaced } else { Status::SessionStarted };
        self.go(status, None, effects);
    }

    fn leave(&mut self, status: Status, reason: &'static str, effects: &mut Vec<Effect>) {
        let session = self.session.take();
        self.go(status, Some(reason), effects);
        if let Some(session) = session {
            session.end(effects);
        }
    }

    fn go(&mut self, status: Status, reason: Option<&'static str>, effects: &mut Vec<Effect>) {
        // A second refusal is news again: the shopper has tried again.
        if self.status != status || status == Status::Failed {
            self.status = status;
            effects.push(Effect::Status { status, reason });
        }
    }
}
