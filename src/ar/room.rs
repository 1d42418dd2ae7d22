//! The room as the viewer sees it: one session after another.

use super::item::Item;
use super::session::Session;
use super::{Effect, Event, Hint, Reticle, Status, Surface};
use crate::math::Pose;

/// The product in the shopper's room, or no session at all.
#[derive(Clone, Debug, Default)]
pub struct Room {
    status: Status,
    session: Option<Session>,
}

impl Room {
    /// Takes one event. Numbers that are no numbers, or larger than any room, never move the product.
    #[inline(never)] // in the browser it comes later than the rest
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Started { bounds, placement, reduced_motion } => {
                self.session = Some(Session::new(bounds, placement, reduced_motion));
                self.go(Status::SessionStarted, None, &mut effects);
                effects.push(Effect::Hint(Hint::Search(placement)));
            }
            Event::Refused { reason } => {
                self.session = None;
                self.go(Status::Failed, Some(reason), &mut effects);
            }
            Event::BridgeFailed if self.session.is_some() => {
                self.session = None;
                self.go(Status::Failed, Some("ar-bridge-failed"), &mut effects);
                effects.push(Effect::EndSession);
            }
            // After a failure the page keeps the reason: the end that follows from it is no news.
            Event::Ended { reason } if self.session.is_some() => {
                self.session = None;
                self.go(Status::NotPresenting, Some(reason), &mut effects);
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

    /// world_from_item of the placed product, true size; `None` until it is placed.
    pub fn item_pose(&self) -> Option<Pose> {
        self.item().map(Item::pose)
    }

    /// world_from_item as a tap would place the product now; `None` while there is no reticle.
    pub fn preview_pose(&self) -> Option<Pose> {
        self.session.as_ref().and_then(Session::preview).map(|item| item.pose())
    }

    /// The surface the placed product touches: its Y is the normal, its origin where they touch. For the shadow.
    pub fn support(&self) -> Option<(Surface, Pose)> {
        self.item().map(|item| (item.surface(), item.support()))
    }

    /// Where a tap would place the product; `None` once it is placed.
    pub fn reticle(&self) -> Option<Reticle> {
        self.session.as_ref().and_then(Session::reticle)
    }

    fn item(&self) -> Option<&Item> {
        self.session.as_ref().and_then(Session::item)
    }

    fn in_session(&mut self, event: Event, effects: &mut Vec<Effect>) {
        let Some(session) = &mut self.session else { return };
        session.update(event, effects);
        let status = if session.item().is_some() { Status::ObjectPlaced } else { Status::SessionStarted };
        self.go(status, None, effects);
    }

    fn go(&mut self, status: Status, reason: Option<&'static str>, effects: &mut Vec<Effect>) {
        // A second refusal is news again: the shopper has tried again.
        if self.status != status || status == Status::Failed {
            self.status = status;
            effects.push(Effect::Status { status, reason });
        }
    }
}
