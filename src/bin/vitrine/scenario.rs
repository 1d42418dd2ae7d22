//! The list of pictures that `vitrine render` draws: JSON, one object each.

use crate::Failure;
use serde_json::{Map, Value};
use vitrine::{
    math::{Aabb, Affine3A, Vec3},
    scene::frame::{Background, View},
};

/// One picture to be drawn.
pub struct Scenario {
    /// The picture's file name, less its ending.
    pub name: String,
    /// The product's file, from the folder of models.
    pub model: String,
    /// An .hdr file, from the folder of environments; the built-in studio when absent.
    pub environment: Option<String>,
    /// Where the camera stands, in metres; framed as on the page when absent.
    pub eye: Option<Vec3>,
    /// What it looks at, in metres; the middle of the product when absent.
    pub target: Option<Vec3>,
    /// Vertical field of view.
    pub fovy_deg: f32,
    pub size_px: [u32; 2],
    pub background: Background,
    /// Attributes of the element: `ambient-occlusion`, `exposure`, `scene-name`, `tone-mapping`, `variant-name`.
    pub attributes: Vec<(&'static str, Option<String>)>,
}

/// Fields that are attributes of the element under a name of their own.
const ATTRIBUTES: [(&str, &str); 5] = [
    ("ambient_occlusion", "ambient-occlusion"),
    ("exposure", "exposure"),
    ("scene", "scene-name"),
    ("tone_mapping", "tone-mapping"),
    ("variant", "variant-name"),
];
const OTHERS: [&str; 8] = ["name", "model", "environment", "eye", "target", "fovy_deg", "size", "background"];

/// Reads the whole list.
pub fn read(text: &str) -> Result<Vec<Scenario>, Failure> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}."))?;
    let list = value.as_array().ok_or("a list of scenarios is wanted at the top.")?;
    list.iter()
        .enumerate()
        .map(|(index, value)| {
            let name = value["name"].as_str().map_or_else(|| format!("number {index}"), |name| format!("`{name}`"));
            let fields = value.as_object().ok_or_else(|| format!("scenario {name}: an object is wanted."))?;
            Fields(fields).scenario().map_err(|problem| format!("scenario {name}: {problem}."))
        })
        .collect()
}

struct Fields<'a>(&'a Map<String, Value>);

impl Fields<'_> {
    fn scenario(&self) -> Result<Scenario, Failure> {
        let known = |key: &&String| OTHERS.contains(&key.as_str()) || ATTRIBUTES.iter().any(|(name, _)| name == key);
        if let Some(strange) = self.0.keys().find(|key| !known(key)) {
            return Err(format!("there is no field `{strange}`"));
        }
        let name = self.text("name")?.ok_or("`name` is missing")?;
        if name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.') {
            return Err("its name cannot be a file's name".into());
        }
        Ok(Scenario {
            name,
            model: self.text("model")?.ok_or("`model` is missing")?,
            environment: self.text("environment")?,
            eye: self.vector("eye")?,
            target: self.vector("target")?,
            fovy_deg: self.fovy_deg()?,
            size_px: self.size()?,
            background: match self.text("background")?.as_deref() {
                None | Some("transparent") => Background::Transparent,
                Some("environment") => Background::Environment,
                Some(other) => return Err(format!("its background cannot be `{other}`")),
            },
            attributes: ATTRIBUTES.iter().map(|&(field, attribute)| (attribute, self.plain(field))).collect(),
        })
    }

    fn fovy_deg(&self) -> Result<f32, Failure> {
        let angle = self.0.get("fovy_deg").map_or(Some(30.0), Value::as_f64);
        let angle = angle.filter(|angle| (0.1..=170.0).contains(angle));
        angle.map(|angle| angle as f32).ok_or_else(|| "`fovy_deg` must be a number from 0.1 to 170".into())
    }

    /// One number for a square, or width and height.
    fn size(&self) -> Result<[u32; 2], Failure> {
        let side = |value: &Value| {
            let pixels = value.as_u64().filter(|pixels| (1..=16_384).contains(pixels));
            pixels.map(|pixels| pixels as u32).ok_or("`size` must be pixels, one number or two from 1 to 16384")
        };
        Ok(match self.0.get("size") {
            None => [512; 2],
            Some(Value::Array(sides)) if sides.len() == 2 => [side(&sides[0])?, side(&sides[1])?],
            Some(value) => [side(value)?; 2],
        })
    }

    fn vector(&self, key: &str) -> Result<Option<Vec3>, Failure> {
        let Some(value) = self.0.get(key) else { return Ok(None) };
        let numbers: Option<Vec<f32>> = value
            .as_array()
            .and_then(|list| list.iter().map(|value| value.as_f64().map(|number| number as f32)).collect());
        match numbers.as_deref() {
            Some(&[x, y, z]) if Vec3::new(x, y, z).is_finite() => Ok(Some(Vec3::new(x, y, z))),
            _ => Err(format!("`{key}` must be three numbers")),
        }
    }

    fn text(&self, key: &str) -> Result<Option<String>, Failure> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(format!("`{key}` must be a text")),
        }
    }

    /// A text or a number, as an attribute would be written.
    fn plain(&self, key: &str) -> Option<String> {
        match self.0.get(key)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}

impl Scenario {
    /// The camera it asks for, around a product of these bounds; `None` when it leaves that to the page.
    pub fn view(&self, bounds: Aabb) -> Option<View> {
        let eye = self.eye?;
        let target = self.target.unwrap_or_else(|| bounds.center());
        let forward = (target - eye).try_normalize().unwrap_or(Vec3::NEG_Z);
        let up = if forward.cross(Vec3::Y).length_squared() > 1e-8 { Vec3::Y } else { Vec3::NEG_Z };
        let [width, height] = self.size_px;
        // Motion and morphing may carry parts out of the resting box: twice its sphere is in sight.
        let radius = bounds.size().length().max(1e-6);
        let distance = eye.distance(bounds.center());
        let far = distance + radius;
        let near = (distance - radius).max(far * 1e-3);
        Some(View {
            viewport: [0, 0, width, height],
            world_from_view: Affine3A::from_mat4(
                glam::camera::rh::view::look_at_mat4(eye, eye + forward, up).inverse(),
            ),
            clip_from_view: glam::camera::rh::proj::directx::perspective(
                self.fovy_deg.to_radians(),
                width as f32 / height as f32,
                near,
                far,
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use vitrine::math::{Aabb, Vec3};

    #[test]
    fn a_short_scenario_is_enough() {
        let list = read(r#"[{ "name": "Cup", "model": "cup.glb", "exposure": 2, "eye": [0, 1, 0] }]"#).unwrap();
        let cup = &list[0];
        assert_eq!(cup.size_px, [512, 512]);
        assert!(cup.attributes.contains(&("exposure", Some("2".to_owned()))));
        // Straight down, where "up" is no help.
        let view = cup.view(Aabb { min: Vec3::splat(-0.1), max: Vec3::splat(0.1) }).unwrap();
        assert!(view.world_from_view.is_finite() && view.clip_from_view.is_finite());
    }

    #[test]
    fn mistakes_are_named() {
        let told = |text: &str| read(text).err().unwrap_or_default();
        assert!(told("[{}]").contains("number 0: `name` is missing"));
        assert!(told(r#"[{ "name": "../a", "model": "b" }]"#).contains("file's name"));
        assert!(told(r#"[{ "name": "a", "model": "b", "eyes": [] }]"#).contains("`eyes`"));
        assert!(told(r#"[{ "name": "a", "model": "b", "eye": [1, 2] }]"#).contains("three numbers"));
        assert!(told(r#"[{ "name": "a", "model": "b", "size": 0 }]"#).contains("`size`"));
    }
}
