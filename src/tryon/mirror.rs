//! The mirror as the viewer sees it: one try-on after another.

use super::fit::{self, FitAnswer, ProductSize};
use super::opened::Opened;
use super::{Effect, Event, LightHint, Measures, Occluder, Placed, Status, View};
use crate::math::Pose;

/// One try-on, or none. While it is closed it holds nothing at all.
#[derive(Clone, Debug, Default)]
pub struct Mirror {
    open: Option<Box<Opened>>,
}

impl Mirror {
    /// Takes one event. Numbers that are no numbers never move a product.
    #[inline(never)] // in the browser it comes later than the rest
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        let before = self.status();
        match (event, &mut self.open) {
            (Event::Opened { wear, reduced_motion }, Some(open)) => open.wear(wear, reduced_motion),
            (Event::Opened { wear, reduced_motion }, None) => {
                self.open = Some(Box::new(Opened::new(wear, reduced_motion)));
                effects.push(Effect::OccluderShapes);
            }
            (Event::Closed, open) => *open = None,
            (event, Some(open)) => open.update(event, &mut effects),
            (_, None) => {}
        }
        let after = self.status();
        if before != after {
            effects.push(Effect::Status(after));
        }
        effects
    }

    /// What the mirror sees.
    pub fn status(&self) -> Status {
        self.open.as_ref().map_or(Status::Closed, |open| open.status())
    }

    /// True when the tracker of faces is needed, true when that of hands is.
    pub fn wants(&self) -> (bool, bool) {
        let wants = |hand: bool| self.open.as_ref().is_some_and(|open| open.wants(hand));
        (wants(false), wants(true))
    }

    /// The camera to draw with; `None` until there is one.
    pub fn view(&self) -> Option<View> {
        self.open.as_ref()?.view()
    }

    /// Where every product is worn at the last tick, those that nobody wears now left out.
    pub fn worn(&self) -> Vec<Placed> {
        self.open.as_ref().map_or_else(Vec::new, |open| open.worn())
    }

    /// What hides the products at the last tick.
    pub fn occluders(&self) -> Vec<Occluder<'_>> {
        self.open.as_ref().map_or_else(Vec::new, |open| open.occluders())
    }

    /// camera_from_head at the last tick, for pictures of the face itself; `None` while nobody is there.
    pub fn head(&self) -> Option<Pose> {
        self.open.as_ref()?.head()
    }

    /// camera_from_hand at the last tick; `None` while no hand is there.
    pub fn hand(&self) -> Option<Pose> {
        self.open.as_ref()?.hand()
    }

    /// What is known of the body.
    pub fn measures(&self) -> Measures {
        self.open.as_ref().map_or_else(Measures::default, |open| open.measures())
    }

    /// Which of a product's sizes fits; `None` while the part of the body that it is for is not measured.
    pub fn fit(&self, sizes: &[ProductSize]) -> Option<FitAnswer> {
        fit::fit(&self.measures(), sizes)
    }

    /// Light for the products; `None` until the page told what the picture is like.
    pub fn light(&self) -> Option<LightHint> {
        self.open.as_ref()?.light()
    }
}
