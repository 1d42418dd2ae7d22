//! The element's attributes as typed settings, with model-viewer's names and defaults.

use super::value::{self, Auto, OrbitValue, Problem};
use crate::ar::{Options, Placement, Unit};
use crate::scene::frame::ToneMapping;

/// Everything the page can set.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Address of the product's .glb or .gltf.
    pub src: Option<String>,
    /// Send cookies to other origins.
    pub with_credentials: bool,
    /// The chosen look, by name.
    pub variant_name: Option<String>,
    /// The shown scene of the file, by name; `None` is the file's own choice.
    pub scene_name: Option<String>,
    /// The chosen animation, by name; `None` is the first.
    pub animation_name: Option<String>,
    /// It plays as soon as the product is there, unless the shopper asked for less motion.
    pub autoplay: bool,
    /// How long one animation takes to give way to another, in milliseconds.
    pub animation_crossfade_ms: f32,
    /// Address of the panorama that lights; `neutral` is the built-in studio, `None` what is drawn, or else the studio.
    pub environment_image: Option<String>,
    /// Turns the surroundings about Y, in radians.
    pub environment_rotation_rad: f32,
    /// Address of the panorama that is drawn behind the product; `neutral` is the built-in studio.
    pub skybox_image: Option<String>,
    /// How high over the ground it was taken, in metres; 0 draws it infinitely far.
    pub skybox_height: f32,
    /// 0 sharp .. 1 nothing but colours.
    pub skybox_blur: f32,
    /// Multiplies all light.
    pub exposure: f32,
    /// 0 none .. 1 black.
    pub shadow_intensity: f32,
    /// 0 crisp .. 1 very soft.
    pub shadow_softness: f32,
    /// The product hides light from itself and throws some onto itself.
    pub ambient_occlusion: bool,
    /// From linear light to the screen.
    pub tone_mapping: ToneMapping,
    /// The shopper may move the camera.
    pub camera_controls: bool,
    /// The shopper may not come closer.
    pub disable_zoom: bool,
    /// The shopper may not shift the target.
    pub disable_pan: bool,
    /// Where the camera stands.
    pub camera_orbit: OrbitValue,
    /// What it looks at, in metres.
    pub camera_target: [Auto<f32>; 3],
    /// Vertical, in radians.
    pub field_of_view: Auto<f32>,
    /// The smallest of each.
    pub min_camera_orbit: OrbitValue,
    /// The largest of each.
    pub max_camera_orbit: OrbitValue,
    /// In radians.
    pub min_field_of_view: Auto<f32>,
    /// In radians.
    pub max_field_of_view: Auto<f32>,
    /// How long a motion takes to fade, in milliseconds.
    pub interpolation_decay_ms: f32,
    /// Multiplies turning.
    pub orbit_sensitivity: f32,
    /// Multiplies zooming.
    pub zoom_sensitivity: f32,
    /// Multiplies shifting.
    pub pan_sensitivity: f32,
    /// Turns by itself while nobody touches it.
    pub auto_rotate: bool,
    /// How long nobody must have touched it, in milliseconds.
    pub auto_rotate_delay_ms: f32,
    /// In radians.
    pub rotation_per_second: f32,
    /// The shopper asked for less motion.
    pub reduced_motion: bool,
    /// Where the product belongs in a room; `None` where its own file says so.
    pub ar_placement: Option<Placement>,
    /// Photos in a room shall show it: the browser is asked for the camera's picture.
    pub ar_camera: bool,
    /// What else the page chooses for a room session.
    pub ar: Options,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            src: None,
            with_credentials: false,
            variant_name: None,
            scene_name: None,
            animation_name: None,
            autoplay: false,
            animation_crossfade_ms: 300.0,
            environment_image: None,
            environment_rotation_rad: 0.0,
            skybox_image: None,
            skybox_height: 0.0,
            skybox_blur: 0.0,
            exposure: 1.0,
            shadow_intensity: 0.0,
            shadow_softness: 1.0,
            ambient_occlusion: false,
            tone_mapping: ToneMapping::Neutral,
            camera_controls: false,
            disable_zoom: false,
            disable_pan: false,
            camera_orbit: OrbitValue::default(),
            camera_target: [None; 3],
            field_of_view: None,
            min_camera_orbit: OrbitValue::default(),
            max_camera_orbit: OrbitValue::default(),
            min_field_of_view: None,
            max_field_of_view: None,
            interpolation_decay_ms: 50.0,
            orbit_sensitivity: 1.0,
            zoom_sensitivity: 1.0,
            pan_sensitivity: 1.0,
            auto_rotate: false,
            auto_rotate_delay_ms: 3000.0,
            rotation_per_second: std::f32::consts::PI / 32.0,
            reduced_motion: false,
            ar_placement: None,
            ar_camera: false,
            ar: Options::default(),
        }
    }
}

/// What follows from a changed setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// Nothing but that it is used from now on.
    Nothing,
    /// Another product.
    Source,
    /// Another look of the product.
    Variant,
    /// Another scene of the file.
    Scene,
    /// Another animation, or that it plays.
    Animation,
    /// Other surroundings.
    Environment,
    /// What a room session does.
    Room,
    /// Other light or tone.
    Look,
    /// Another camera or other limits.
    Camera,
}

impl Settings {
    /// Takes one attribute; `None` gives the default back.
    ///
    /// # Errors
    /// Says what was expected; the default is used then.
    pub fn set(&mut self, name: &str, value: Option<&str>) -> Result<Follows, Problem> {
        let fresh = Self::default();
        let text = value.map(str::trim).filter(|text| !text.is_empty());
        match name {
            "src" => self.src = text.map(str::to_owned),
            "with-credentials" => self.with_credentials = value.is_some(),
            "variant-name" => self.variant_name = text.map(str::to_owned),
            "environment-image" => self.environment_image = text.map(str::to_owned),
            "skybox-image" => self.skybox_image = text.map(str::to_owned),
            "scene-name" => self.scene_name = text.map(str::to_owned),
            "animation-name" => self.animation_name = text.map(str::to_owned),
            "autoplay" => self.autoplay = value.is_some(),
            "camera-controls" => self.camera_controls = value.is_some(),
            "disable-zoom" => self.disable_zoom = value.is_some(),
            "disable-pan" => self.disable_pan = value.is_some(),
            "auto-rotate" => self.auto_rotate = value.is_some(),
            "reduced-motion" => self.reduced_motion = value.is_some(),
            _ => return self.set_parsed(name, text, fresh),
        }
        Ok(follows(name))
    }

    /// The attributes that can be written wrongly.
    fn set_parsed(&mut self, name: &str, text: Option<&str>, fresh: Self) -> Result<Follows, Problem> {
        match name {
            "exposure" => put(&mut self.exposure, text, fresh.exposure, at_least_zero)?,
            "shadow-intensity" => put(&mut self.shadow_intensity, text, fresh.shadow_intensity, share)?,
            "shadow-softness" => put(&mut self.shadow_softness, text, fresh.shadow_softness, share)?,
            "environment-rotation" => put(&mut self.environment_rotation_rad, text, 0.0, value::angle)?,
            "skybox-height" => put(&mut self.skybox_height, text, 0.0, height)?,
            "skybox-blur" => put(&mut self.skybox_blur, text, 0.0, share)?,
            "ambient-occlusion" => {
                put(&mut self.ambient_occlusion, text, fresh.ambient_occlusion, |text| one_of(text, ["none", "auto"]))?
            }
            "tone-mapping" => put(&mut self.tone_mapping, text, fresh.tone_mapping, tone_mapping)?,
            "camera-orbit" => put(&mut self.camera_orbit, text, fresh.camera_orbit, value::orbit)?,
            "camera-target" => put(&mut self.camera_target, text, fresh.camera_target, camera_target)?,
            "field-of-view" => put(&mut self.field_of_view, text, None, view_angle)?,
            "min-camera-orbit" => put(&mut self.min_camera_orbit, text, fresh.min_camera_orbit, value::orbit)?,
            "max-camera-orbit" => put(&mut self.max_camera_orbit, text, fresh.max_camera_orbit, value::orbit)?,
            "min-field-of-view" => put(&mut self.min_field_of_view, text, None, view_angle)?,
            "max-field-of-view" => put(&mut self.max_field_of_view, text, None, view_angle)?,
            "animation-crossfade-duration" => {
                put(&mut self.animation_crossfade_ms, text, fresh.animation_crossfade_ms, at_least_zero)?;
            }
            "interpolation-decay" => {
                put(&mut self.interpolation_decay_ms, text, fresh.interpolation_decay_ms, at_least_zero)?;
            }
            "orbit-sensitivity" => put(&mut self.orbit_sensitivity, text, fresh.orbit_sensitivity, value::number)?,
            "zoom-sensitivity" => put(&mut self.zoom_sensitivity, text, fresh.zoom_sensitivity, value::number)?,
            "pan-sensitivity" => put(&mut self.pan_sensitivity, text, fresh.pan_sensitivity, value::number)?,
            "auto-rotate-delay" => {
                put(&mut self.auto_rotate_delay_ms, text, fresh.auto_rotate_delay_ms, at_least_zero)?
            }
            "rotation-per-second" => put(&mut self.rotation_per_second, text, fresh.rotation_per_second, turn)?,
            "ar-placement" => put(&mut self.ar_placement, text, None, placement)?,
            "ar-scale" => put(&mut self.ar.may_scale, text, false, |text| one_of(text, ["fixed", "auto"]))?,
            "ar-light" => put(&mut self.ar.light, text, true, |text| one_of(text, ["none", "auto"]))?,
            "ar-camera" => put(&mut self.ar_camera, text, false, |text| one_of(text, ["none", "auto"]))?,
            "ar-units" => put(&mut self.ar.unit, text, Unit::default(), unit)?,
            _ => return Err("there is no such attribute".to_owned()),
        }
        Ok(follows(name))
    }
}

/// What a change of this attribute means for the rest.
fn follows(name: &str) -> Follows {
    match name {
        "src" => Follows::Source,
        "variant-name" => Follows::Variant,
        "scene-name" => Follows::Scene,
        "animation-name" | "autoplay" => Follows::Animation,
        "environment-image" | "skybox-image" => Follows::Environment,
        "ar-scale" | "ar-light" | "ar-units" => Follows::Room,
        "exposure"
        | "shadow-intensity"
        | "shadow-softness"
        | "ambient-occlusion"
        | "tone-mapping"
        | "environment-rotation"
        | "skybox-height"
        | "skybox-blur" => Follows::Look,
        "camera-orbit"
        | "camera-target"
        | "field-of-view"
        | "min-camera-orbit"
        | "max-camera-orbit"
        | "min-field-of-view"
        | "max-field-of-view"
        | "interpolation-decay"
        | "auto-rotate"
        | "reduced-motion" => Follows::Camera,
        _ => Follows::Nothing,
    }
}

/// Stores what `parse` makes of the text; the default when there is none or it is wrong.
fn put<T>(
    place: &mut T,
    text: Option<&str>,
    default: T,
    parse: impl Fn(&str) -> Result<T, Problem>,
) -> Result<(), Problem> {
    match text.map(parse) {
        Some(Ok(value)) => *place = value,
        Some(Err(problem)) => {
            *place = default;
            return Err(problem);
        }
        None => *place = default,
    }
    Ok(())
}

fn at_least_zero(text: &str) -> Result<f32, Problem> {
    value::number(text)
        .and_then(|number| if number >= 0.0 { Ok(number) } else { Err(format!("\"{text}\" is below 0")) })
}

fn share(text: &str) -> Result<f32, Problem> {
    value::number(text).map(|number| number.clamp(0.0, 1.0))
}

fn height(text: &str) -> Result<f32, Problem> {
    value::length(text)
        .and_then(|metres| if metres >= 0.0 { Ok(metres) } else { Err(format!("\"{text}\" is below 0")) })
}

fn view_angle(text: &str) -> Result<Auto<f32>, Problem> {
    let angle = value::auto(text, value::angle)?;
    match angle {
        Some(radians) if !(0.01..=2.8).contains(&radians) => {
            Err(format!("\"{text}\" is no field of view: write 1deg to 160deg"))
        }
        _ => Ok(angle),
    }
}

fn camera_target(text: &str) -> Result<[Auto<f32>; 3], Problem> {
    if text == "auto" { Ok([None; 3]) } else { value::target(text) }
}

/// An angle, or a share of a whole turn.
fn turn(text: &str) -> Result<f32, Problem> {
    match text.strip_suffix('%') {
        Some(percent) => value::number(percent).map(|percent| percent * 0.01 * std::f32::consts::TAU),
        None => value::angle(text),
    }
}

/// False for the first word, true for the second.
fn one_of(text: &str, [no, yes]: [&str; 2]) -> Result<bool, Problem> {
    if text == no || text == yes {
        return Ok(text == yes);
    }
    Err(format!("\"{text}\" is not offered: write {yes} or {no}"))
}

fn unit(text: &str) -> Result<Unit, Problem> {
    one_of(text, ["cm", "in"]).map(|is_inch| if is_inch { Unit::Inch } else { Unit::Centimetre })
}

fn tone_mapping(text: &str) -> Result<ToneMapping, Problem> {
    match text {
        "auto" | "neutral" | "commerce" => Ok(ToneMapping::Neutral),
        "agx" => Ok(ToneMapping::Agx),
        "aces" => Ok(ToneMapping::Aces),
        "none" | "linear" => Ok(ToneMapping::None),
        _ => Err(format!("\"{text}\" is not offered: write neutral, agx, aces or none")),
    }
}

fn placement(text: &str) -> Result<Option<Placement>, Problem> {
    Placement::from_word(text).map(Some).ok_or_else(|| format!("\"{text}\" is no place: write {}", Placement::CHOICES))
}
