//! The mirror as the viewer sees it: one try-on after another.

use super::face;
use super::solve;
use super::{Effect, Event, FaceLandmarks, Measures, Occluder, Status, View, Worn};
use crate::math::{Pose, Vec3};

/// A product where it is worn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The page's number for it; earrings come twice.
    pub product: u32,
    /// camera_from_product.
    pub pose: Pose,
    /// Multiplies the product's size: 1 true size; rings and straps come in the size that fits.
    pub scale: f32,
    /// 0 gone .. 1 there.
    pub opacity: f32,
}

/// Light for the products, read from the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LightHint {
    /// Multiplies the light's colour, linear; near white, so the shop's colours survive.
    pub color: Vec3,
    /// Multiplies the exposure.
    pub intensity: f32,
    /// Towards the light, in camera space, unit length; shorter when the light comes from all around.
    pub direction: Vec3,
}

/// One try-on, or none.
#[derive(Clone, Debug, Default)]
pub struct Mirror {
    open: Option<Open>,
}

/// What is known while the mirror is open.
#[derive(Clone, Debug)]
struct Open {
    wear: Vec<Worn>,
    view: Option<View>,
    head: Option<Pose>,
    status: Status,
}

impl Mirror {
    /// Takes one event. Numbers that are no numbers never move a product.
    #[inline(never)] // in the browser it comes later than the rest
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let before = self.status();
        match (event, &mut self.open) {
            (Event::Opened { wear, .. }, Some(open)) => open.wear = wear,
            (Event::Opened { wear, .. }, None) => {
                self.open = Some(Open { wear, view: None, head: None, status: Status::WaitingForCamera });
            }
            (Event::Closed, _) => self.open = None,
            (Event::Camera { size_px, vertical_fov, mirrored }, Some(open)) => {
                let vertical_fov_rad = vertical_fov.filter(|fov| *fov > 0.2 && *fov < 2.2).unwrap_or(0.85);
                open.view = Some(View { size_px, vertical_fov_rad, fov_plus_minus_rad: 0.0, mirrored });
                open.status = Status::Searching;
            }
            (Event::Faces { faces, .. }, Some(open)) => open.faces(&faces),
            _ => {}
        }
        let after = self.status();
        if before == after { Vec::new() } else { vec![Effect::Status(after)] }
    }

    /// What the mirror sees.
    pub fn status(&self) -> Status {
        self.open.as_ref().map_or(Status::Closed, |open| open.status)
    }

    /// The camera to draw with; `None` until there is one.
    pub fn view(&self) -> Option<View> {
        self.open.as_ref()?.view
    }

    /// Where every product is worn now; nothing while nobody is there.
    pub fn worn(&self) -> Vec<Placed> {
        let Some((open, head)) = self.open.as_ref().and_then(|open| Some((open, open.head?))) else {
            return Vec::new();
        };
        let place = |worn: &Worn| Placed { product: worn.product, pose: head, scale: 1.0, opacity: 1.0 };
        open.wear.iter().map(place).collect()
    }

    /// What hides the products now.
    pub fn occluders(&self) -> Vec<Occluder<'_>> {
        Vec::new()
    }

    /// What is known of the body.
    pub fn measures(&self) -> Measures {
        Measures::default()
    }

    /// Light for the products; `None` until the page told what the picture is like.
    pub fn light(&self) -> Option<LightHint> {
        None
    }
}

impl Open {
    fn faces(&mut self, faces: &[FaceLandmarks]) {
        let Some(view) = self.view else { return };
        let solved = faces.iter().find_map(|face| solve::solve(&face::sights(face, view), None));
        self.head = solved.map(|solution| solution.pose);
        self.status = match (self.head, self.status) {
            (Some(_), _) => Status::Found,
            (None, Status::Found) => Status::Lost,
            (None, status) => status,
        };
    }
}
