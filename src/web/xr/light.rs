//! The room's light (WebXR Lighting Estimation), told a few times a second.

use super::member::{ask, call, get, number};
use super::object;
use super::reflections::world_from_probe;
use super::xr_sys::{XrFrame, XrReferenceSpace, XrSession};
use crate::ar::{Event, LightEstimate};
use crate::math::Vec3;
use js_sys::Float32Array;
use wasm_bindgen::{JsCast as _, JsValue};

/// Pictures between two looks.
const EVERY: u32 = 6;

/// What the device makes of the light.
pub(super) struct Light {
    probe: JsValue,
    pictures: u32,
}

impl Light {
    /// `None` where the device does not estimate light.
    pub async fn open(session: &XrSession) -> Option<Self> {
        // Half floats on devices that have them: lamps and windows are brighter than white paper.
        let options = object([("reflectionFormat", &get(session, "preferredReflectionFormat"))]);
        let probe = ask(session, "requestLightProbe", &[&options]).await.ok()?;
        Some(Self { probe, pictures: 0 })
    }

    /// The light now, when it is time to look.
    pub fn news(&mut self, frame: &XrFrame, space: &XrReferenceSpace) -> Option<Event> {
        self.pictures = self.pictures.wrapping_add(1);
        if self.pictures % EVERY != 1 {
            return None;
        }
        let estimate = call(frame, "getLightEstimate", &[&self.probe]).ok()?;
        let triple = |name| {
            let point = get(&estimate, name);
            Some(Vec3::new(number(&point, "x")?, number(&point, "y")?, number(&point, "z")?))
        };
        let coefficients: Float32Array = get(&estimate, "sphericalHarmonicsCoefficients").dyn_into().ok()?;
        let mut numbers = [0.0; 27];
        (coefficients.length() == 27).then(|| coefficients.copy_to(&mut numbers))?;
        let mut harmonics = [Vec3::ZERO; 9];
        for (harmonic, color) in harmonics.iter_mut().zip(numbers.as_chunks::<3>().0) {
            *harmonic = Vec3::from_array(*color);
        }
        let told = LightEstimate {
            direction: triple("primaryLightDirection")?,
            intensity: triple("primaryLightIntensity")?,
            harmonics,
        };
        Some(Event::Light(told.turned(world_from_probe(&self.probe, frame, space))))
    }

    /// The device's word for where the light is estimated.
    pub fn probe(&self) -> JsValue {
        self.probe.clone()
    }
}
