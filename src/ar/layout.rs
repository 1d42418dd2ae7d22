//! What stands where, written down for the next visit or for somebody else: no picture and no scan of the room.
//!
//! As JSON, with anchors, for the page's own storage:
//! `{"vitrine_layout":1,"floor":[4.2,3.1],"items":[{"name":"SOFA","at":[0.1,0,-1.2],"yaw":90,"on":"floor","anchor":"…"}]}`.
//! As text for an address, for everybody: `1~SOFA_10_0_-120_90_f~LAMP_…`: name, x, y, z in centimetres, degrees, surface.
//! Places are where the products touch what carries them, relative to the layout's origin.

use super::Surface;
use super::items::MOST_ITEMS;
use crate::decimal::{self, fixed};
use crate::math::Vec3;
use serde_json::{Map, Value, json};

/// Products and their places relative to each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The sides of the floor in whose own space the places are, in metres; `None` when they are only relative to each
    /// other. A floor of another size is another room.
    pub floor_sides_m: Option<(f32, f32)>,
    /// In the order in which they came into the room.
    pub items: Vec<LayoutItem>,
}

/// One product of a [`Layout`].
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutItem {
    /// What the page called it.
    pub name: String,
    /// Where it touches what carries it, in metres.
    pub contact: Vec3,
    /// About Y, in radians.
    pub yaw_rad: f32,
    /// What it is on.
    pub surface: Surface,
    /// Times its true size.
    pub scale: f32,
    /// The anchor that the browser has kept.
    pub handle: Option<String>,
}

/// The version that is written; readers refuse others.
const VERSION: u64 = 1;
/// A saved text is not longer, in bytes.
const MOST_BYTES: usize = 65_536;
/// A name is not longer, in bytes.
const MOST_NAME: usize = 2_048;
/// A place is within this of the origin, in metres.
const FARTHEST_M: f32 = 100.0;
/// Surfaces with their words and their letters in addresses.
const SURFACES: [(Surface, &str, &str); 6] = [
    (Surface::Floor, "floor", "f"),
    (Surface::Table, "table", "t"),
    (Surface::Wall, "wall", "w"),
    (Surface::Ceiling, "ceiling", "c"),
    (Surface::Item, "item", "i"),
    (Surface::Air, "air", "a"),
];

impl Layout {
    /// For the page's own storage.
    pub fn to_json(&self) -> Value {
        let items: Vec<Value> = self.items.iter().map(LayoutItem::to_json).collect();
        let floor = self.floor_sides_m.map(|(long, short)| [long, short]);
        json!({ "vitrine_layout": VERSION, "floor": floor, "items": items })
    }

    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// Says in a sentence what is wrong with the text; nothing of it is used then.
    pub fn parse(text: &str) -> Result<Self, String> {
        check_length(text)?;
        let value: Value = serde_json::from_str(text).map_err(|_| "The layout is not JSON.")?;
        match value.get("vitrine_layout").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => return Err(format!("The layout is of version {other}, not {VERSION}. Save it again.")),
            None => return Err("This is no layout: \"vitrine_layout\" is missing.".to_owned()),
        }
        let items = value.get("items").and_then(Value::as_array).ok_or("The layout has no list of \"items\".")?;
        check_count(items.len())?;
        let floor_sides_m = match value.get("floor") {
            None | Some(Value::Null) => None,
            Some(sides) => {
                let [long, short] = numbers(sides).ok_or("\"floor\" should be two lengths in metres.")?;
                Some((long, short))
            }
        };
        let read =
            |(at, item): (usize, &Value)| LayoutItem::from_json(item).map_err(|what| format!("items/{at}: {what}"));
        Ok(Self { floor_sides_m, items: items.iter().enumerate().map(read).collect::<Result<_, _>>()? })
    }

    /// As short text for an address: without anchors, which mean nothing to somebody else, and without the floor.
    pub fn to_link(&self) -> String {
        let items: String = self.items.iter().map(LayoutItem::to_link).collect();
        format!("{VERSION}{items}")
    }

    /// Reads what [`Self::to_link`] wrote.
    ///
    /// # Errors
    /// Says in a sentence what is wrong with the text; nothing of it is used then.
    pub fn parse_link(text: &str) -> Result<Self, String> {
        check_length(text)?;
        let mut parts = text.split('~');
        if parts.next() != Some("1") {
            return Err(format!("The link is not of version {VERSION}. Ask for a new one."));
        }
        let parts: Vec<&str> = parts.collect();
        check_count(parts.len())?;
        let read = |(at, part): (usize, &&str)| {
            LayoutItem::from_link(part).ok_or_else(|| format!("The link's product {} is not complete.", at + 1))
        };
        Ok(Self { floor_sides_m: None, items: parts.iter().enumerate().map(read).collect::<Result<_, _>>()? })
    }
}

impl LayoutItem {
    fn to_json(&self) -> Value {
        let mut item = Map::new();
        item.insert("name".into(), json!(self.name));
        item.insert("at".into(), json!(self.contact.to_array()));
        item.insert("yaw".into(), json!(self.yaw_rad.to_degrees()));
        item.insert("on".into(), json!(self.words().1));
        if self.scale != 1.0 {
            item.insert("scale".into(), json!(self.scale));
        }
        if let Some(handle) = &self.handle {
            item.insert("anchor".into(), json!(handle));
        }
        Value::Object(item)
    }

    fn from_json(item: &Value) -> Result<Self, String> {
        let text = |key: &str| item.get(key).and_then(Value::as_str);
        let number = |key: &str| item.get(key).and_then(Value::as_f64).map(|number| number as f32);
        let name = text("name").filter(|name| is_name(name)).ok_or("\"name\" should be a text of 1 to 2048 bytes.")?;
        let contact = item.get("at").and_then(numbers).map(Vec3::from_array);
        let contact = contact.filter(is_near).ok_or("\"at\" should be three lengths in metres, below 100.")?;
        let yaw_degrees = number("yaw").filter(|yaw| yaw.abs() <= 360.0).ok_or("\"yaw\" should be degrees.")?;
        let word = text("on").ok_or("\"on\" should be the word of a surface.")?;
        let surface = SURFACES.iter().find(|(_, name, _)| *name == word);
        let (surface, _, _) = surface.ok_or("\"on\" should be floor, table, wall, ceiling, item or air.")?;
        let scale = match item.get("scale") {
            None => 1.0,
            Some(_) => number("scale").filter(is_scale).ok_or("\"scale\" should be between 0.1 and 10.")?,
        };
        let handle = text("anchor").filter(|handle| is_name(handle)).map(str::to_owned);
        let yaw_rad = yaw_degrees.to_radians();
        Ok(Self { name: name.to_owned(), contact, yaw_rad, surface: *surface, scale, handle })
    }

    fn to_link(&self) -> String {
        let [x, y, z] = (self.contact * 100.0).to_array().map(|centimetres| fixed(centimetres, 0));
        let (name, degrees) = (escaped(&self.name), fixed(self.yaw_rad.to_degrees(), 0));
        let scale = if self.scale == 1.0 { String::new() } else { format!("_{}", fixed(self.scale, 2)) };
        format!("~{name}_{x}_{y}_{z}_{degrees}_{}{scale}", self.words().2)
    }

    fn from_link(part: &str) -> Option<Self> {
        let mut fields = part.split('_');
        let name = unescaped(fields.next()?).filter(|name| is_name(name))?;
        let mut number = || decimal::read(fields.next()?);
        let contact = Some(Vec3::new(number()?, number()?, number()?) * 0.01).filter(is_near)?;
        let yaw_rad = number().filter(|degrees| degrees.abs() <= 360.0)?.to_radians();
        let letter = fields.next()?;
        let (surface, _, _) = SURFACES.iter().find(|(_, _, short)| *short == letter)?;
        let scale = match fields.next() {
            None => 1.0,
            Some(scale) => decimal::read(scale).filter(is_scale)?,
        };
        fields.next().is_none().then_some(Self { name, contact, yaw_rad, surface: *surface, scale, handle: None })
    }

    fn words(&self) -> (Surface, &'static str, &'static str) {
        SURFACES.into_iter().find(|(surface, _, _)| *surface == self.surface).unwrap_or(SURFACES[0])
    }
}

fn check_length(text: &str) -> Result<(), String> {
    let is_short = text.len() <= MOST_BYTES;
    is_short.then_some(()).ok_or_else(|| format!("The layout is longer than {MOST_BYTES} bytes: it is none of ours."))
}

fn check_count(count: usize) -> Result<(), String> {
    let is_few = count <= MOST_ITEMS;
    is_few.then_some(()).ok_or_else(|| format!("The layout has {count} products; a room holds {MOST_ITEMS}."))
}

fn is_name(name: &str) -> bool {
    (1..=MOST_NAME).contains(&name.len())
}

fn is_near(point: &Vec3) -> bool {
    point.is_finite() && point.abs().max_element() < FARTHEST_M
}

fn is_scale(scale: &f32) -> bool {
    (0.1..=10.0).contains(scale)
}

fn numbers<const N: usize>(value: &Value) -> Option<[f32; N]> {
    let list = value.as_array().filter(|list| list.len() == N)?;
    let mut numbers = [0.0; N];
    for (number, value) in numbers.iter_mut().zip(list) {
        *number = value.as_f64()? as f32;
    }
    Some(numbers).filter(|numbers| numbers.iter().all(|number| number.is_finite()))
}

/// Letters, digits and dots as they are, all other bytes as `%XX`: safe in every part of an address.
fn escaped(name: &str) -> String {
    let escape = |byte: u8| match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(escape).collect()
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                (digit(rest.next()?)? * 16 + digit(rest.next()?)?) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}
