//! Whether the device knows where it is.

/// Whether the device knows where it is, as model-viewer's `ar-tracking` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracking {
    /// It does.
    Tracking,
    /// It has not known for half a second.
    NotTracking,
}

impl Tracking {
    /// The word for the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tracking => "tracking",
            Self::NotTracking => "not-tracking",
        }
    }
}

/// Pictures in a row without a pose before the shopper is told; single ones are common and mean nothing.
const LOST_AFTER_FRAMES: u32 = 30;

/// Counts pictures without a pose.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch {
    without_pose: u32,
    told: Option<Tracking>,
}

impl Watch {
    /// Takes one picture; gives the state when the page must hear of it.
    pub fn frame(&mut self, has_pose: bool) -> Option<Tracking> {
        self.without_pose = if has_pose { 0 } else { self.without_pose.saturating_add(1) };
        let now = match (has_pose, self.without_pose >= LOST_AFTER_FRAMES) {
            (true, _) => Tracking::Tracking,
            (false, true) => Tracking::NotTracking,
            (false, false) => return None,
        };
        (self.told.replace(now) != Some(now)).then_some(now)
    }

    /// True from the moment the page heard that the place is lost until it is found again.
    pub fn is_lost(&self) -> bool {
        self.told == Some(Tracking::NotTracking)
    }
}
