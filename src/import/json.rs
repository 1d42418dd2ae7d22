//! Typed views on a file's JSON; every complaint names its place.

use super::Error;
use crate::math::Vec3;
use serde_json::{Map, Value};

/// One JSON object and where it stands, such as `meshes/0/primitives/1`.
#[derive(Clone, Debug)]
pub(super) struct Object<'a> {
    fields: &'a Map<String, Value>,
    pub place: String,
}

impl<'a> Object<'a> {
    /// The whole file.
    pub fn root(value: &'a Value) -> Result<Self, Error> {
        Self::new(value, String::new())
    }

    fn new(value: &'a Value, place: String) -> Result<Self, Error> {
        match value.as_object() {
            Some(fields) => Ok(Self { fields, place }),
            None => Err(Error::invalid(&place, format!("an object should stand here, not {}", kind(value)))),
        }
    }

    /// The same object, with another name in messages.
    pub fn at(self, place: String) -> Self {
        Self { place, ..self }
    }

    /// An [`Error`] at this place.
    pub fn invalid(&self, what: impl std::fmt::Display) -> Error {
        Error::invalid(if self.place.is_empty() { "the file" } else { &self.place }, what)
    }

    /// A field, with `null` read as absent.
    pub fn field(&self, key: &str) -> Option<&'a Value> {
        self.fields.get(key).filter(|value| !value.is_null())
    }

    /// The names of all fields.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.fields.keys().map(String::as_str)
    }

    /// The object in a field.
    pub fn object(&self, key: &str) -> Result<Option<Object<'a>>, Error> {
        self.field(key).map(|value| Object::new(value, self.place_of(key))).transpose()
    }

    /// The objects in a field's array; none when the field is absent.
    pub fn objects(&self, key: &str) -> Result<Vec<Object<'a>>, Error> {
        let place = self.place_of(key);
        let values = self.array(key)?.iter().enumerate();
        values.map(|(index, value)| Object::new(value, format!("{place}/{index}"))).collect()
    }

    /// How many entries a field's array has.
    pub fn count(&self, key: &str) -> Result<usize, Error> {
        Ok(self.array(key)?.len())
    }

    /// What an extension says about this object.
    pub fn extension(&self, name: &str) -> Result<Option<Object<'a>>, Error> {
        match self.object("extensions")? {
            Some(extensions) => extensions.object(name),
            None => Ok(None),
        }
    }

    /// A whole number from 0, for indices, counts and offsets.
    pub fn index(&self, key: &str) -> Result<Option<usize>, Error> {
        self.field(key).map(|value| self.to_index(key, value)).transpose()
    }

    /// The same, where the field must exist.
    pub fn required_index(&self, key: &str) -> Result<usize, Error> {
        self.index(key)?.ok_or_else(|| self.invalid(format!("`{key}` is missing")))
    }

    /// An index below `count`, which counts `things`.
    pub fn index_below(&self, key: &str, count: usize, things: &str) -> Result<Option<usize>, Error> {
        match self.index(key)? {
            Some(index) if index >= count => {
                Err(self.invalid(format!("`{key}` is {index}, but there are {count} {things}")))
            }
            index => Ok(index),
        }
    }

    /// The whole numbers in a field's array; none when the field is absent.
    pub fn indices_below(&self, key: &str, count: usize, things: &str) -> Result<Vec<usize>, Error> {
        let read = |value| match self.to_index(key, value)? {
            index if index >= count => {
                Err(self.invalid(format!("`{key}` names {index}, but there are {count} {things}")))
            }
            index => Ok(index),
        };
        self.array(key)?.iter().map(read).collect()
    }

    /// A finite number.
    pub fn number(&self, key: &str) -> Result<Option<f32>, Error> {
        self.field(key).map(|value| self.to_number(key, value)).transpose()
    }

    /// A number, brought to 0..1.
    pub fn share(&self, key: &str, default: f32) -> Result<f32, Error> {
        Ok(self.number(key)?.unwrap_or(default).clamp(0.0, 1.0))
    }

    /// A linear colour, from 0.
    pub fn color(&self, key: &str, default: Vec3) -> Result<Vec3, Error> {
        Ok(self.numbers(key)?.map_or(default, |color: [f32; 3]| Vec3::from(color)).max(Vec3::ZERO))
    }

    /// Exactly `N` finite numbers.
    pub fn numbers<const N: usize>(&self, key: &str) -> Result<Option<[f32; N]>, Error> {
        let mut numbers = [0.0; N];
        Ok(self.fill(key, &mut numbers)?.then_some(numbers))
    }

    /// Writes a field's number, or its list of exactly as many, over `numbers`; false, and nothing, when it is absent.
    pub fn fill(&self, key: &str, numbers: &mut [f32]) -> Result<bool, Error> {
        let Some(value) = self.field(key) else { return Ok(false) };
        let written = if numbers.len() == 1 { std::slice::from_ref(value) } else { self.array(key)? };
        if written.len() != numbers.len() {
            let (has, wanted) = (written.len(), numbers.len());
            return Err(self.invalid(format!("`{key}` has {has} numbers where {wanted} belong")));
        }
        for (number, value) in numbers.iter_mut().zip(written) {
            *number = self.to_number(key, value)?;
        }
        Ok(true)
    }

    /// The finite numbers in a field's array; none when the field is absent.
    pub fn number_list(&self, key: &str) -> Result<Vec<f32>, Error> {
        self.array(key)?.iter().map(|value| self.to_number(key, value)).collect()
    }

    /// A text.
    pub fn text(&self, key: &str) -> Result<Option<&'a str>, Error> {
        let Some(value) = self.field(key) else { return Ok(None) };
        match value.as_str() {
            Some(text) => Ok(Some(text)),
            None => Err(self.invalid(format!("`{key}` should be a text, not {}", kind(value)))),
        }
    }

    /// The texts in a field's array; none when the field is absent.
    pub fn texts(&self, key: &str) -> Result<Vec<&'a str>, Error> {
        let read = |value: &'a Value| {
            value.as_str().ok_or_else(|| self.invalid(format!("`{key}` should hold texts, not {}", kind(value))))
        };
        self.array(key)?.iter().map(read).collect()
    }

    /// True or false; false when the field is absent.
    pub fn flag(&self, key: &str) -> Result<bool, Error> {
        let Some(value) = self.field(key) else { return Ok(false) };
        value.as_bool().ok_or_else(|| self.invalid(format!("`{key}` should be true or false, not {}", kind(value))))
    }

    /// The name somebody gave it; names are for people, so one of a wrong type is only dropped.
    pub fn name(&self) -> String {
        self.fields.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}/{key}", self.place) }
    }

    fn array(&self, key: &str) -> Result<&'a [Value], Error> {
        let Some(value) = self.field(key) else { return Ok(&[]) };
        match value.as_array() {
            Some(values) => Ok(values),
            None => Err(self.invalid(format!("`{key}` should be a list, not {}", kind(value)))),
        }
    }

    fn to_index(&self, key: &str, value: &Value) -> Result<usize, Error> {
        // Some exporters write whole numbers as `3.0`.
        let whole = value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..9e15).contains(number));
        let index = value.as_u64().or(whole.map(|number| number as u64));
        index
            .and_then(|index| usize::try_from(index).ok())
            .ok_or_else(|| self.invalid(format!("`{key}` should be a whole number from 0, not {}", kind(value))))
    }

    fn to_number(&self, key: &str, value: &Value) -> Result<f32, Error> {
        let number = value.as_f64().map(|number| number as f32).filter(|number| number.is_finite());
        number.ok_or_else(|| self.invalid(format!("`{key}` should be a number, not {}", kind(value))))
    }
}

/// A text of the file, short enough for a message.
pub(super) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    if short.len() < text.len() { format!("\"{short}...\"") } else { format!("\"{short}\"") }
}

/// A value in words, for messages.
pub(super) fn kind(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(flag) => flag.to_string(),
        // (Printing fractions takes ten kilobytes of tables: a shop's developer knows what a fraction is.)
        Value::Number(number) => number.as_i64().map_or("a fraction".into(), |whole| whole.to_string()),
        Value::String(text) => quoted(text),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}
