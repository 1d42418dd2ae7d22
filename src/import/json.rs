//! Typed views on a file's JSON; every complaint names its place.

use super::Error;
use crate::math::Vec3;
use serde_json::{Map, Value};
use std::cell::OnceCell;
use std::fmt;

/// The first thing that is wrong with a file. Whatever is read after it is dropped in the end, so reading goes on with what an
/// absent field means: a hundred ways out of every reader would be a tenth of the module that a shopper downloads.
#[derive(Debug, Default)]
pub(super) struct Complaint(OnceCell<Error>);

impl Complaint {
    /// What was read, if nothing was wrong.
    pub fn settle<T>(self, read: Result<T, Error>) -> Result<T, Error> {
        self.0.into_inner().map_or(read, Err)
    }
}

/// One JSON object and where it stands, such as `meshes/0/primitives/1`. A field of a wrong type or value is complained of and
/// read as absent.
#[derive(Clone, Debug)]
pub(super) struct Object<'a> {
    fields: &'a Map<String, Value>,
    pub place: String,
    complaint: &'a Complaint,
}

impl<'a> Object<'a> {
    /// The whole file.
    pub fn root(value: &'a Value, complaint: &'a Complaint) -> Result<Self, Error> {
        let fields = value.as_object().ok_or_else(|| Error::invalid("", "an object should stand here"))?;
        Ok(Self { fields, place: String::new(), complaint })
    }

    fn open(&self, value: &'a Value, place: String) -> Option<Self> {
        let Some(fields) = value.as_object() else {
            self.complain_of(&place, format_args!("an object should stand here, not {}", kind(value)));
            return None;
        };
        Some(Self { fields, place, complaint: self.complaint })
    }

    /// The same object, with another name in messages.
    pub fn at(self, place: String) -> Self {
        Self { place, ..self }
    }

    /// Says what is wrong here; `what` is a sentence without its full stop.
    #[cold]
    pub fn complain(&self, what: fmt::Arguments<'_>) {
        self.complain_of(&self.place, what);
    }

    #[cold]
    fn complain_of(&self, place: &str, what: fmt::Arguments<'_>) {
        self.complaint.0.get_or_init(|| Error::invalid(place, what));
    }

    /// An [`Error`] at this place.
    pub fn invalid(&self, what: impl fmt::Display) -> Error {
        Error::invalid(&self.place, what)
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
    pub fn object(&self, key: &str) -> Option<Object<'a>> {
        self.open(self.field(key)?, self.place_of(key))
    }

    /// The objects in a field's array; none when the field is absent.
    pub fn objects(&self, key: &str) -> Vec<Object<'a>> {
        let place = self.place_of(key);
        let values = self.array(key).iter().enumerate();
        values.filter_map(|(index, value)| self.open(value, format!("{place}/{index}"))).collect()
    }

    /// How many entries a field's array has.
    pub fn count(&self, key: &str) -> usize {
        self.array(key).len()
    }

    /// What an extension says about this object.
    pub fn extension(&self, name: &str) -> Option<Object<'a>> {
        self.object("extensions")?.object(name)
    }

    /// A whole number from 0, for indices, counts and offsets.
    pub fn index(&self, key: &str) -> Option<usize> {
        self.to_index(key, self.field(key)?)
    }

    /// The same, where the field must exist; 0 when it does not.
    pub fn required_index(&self, key: &str) -> usize {
        self.index(key).unwrap_or_else(|| {
            self.complain(format_args!("`{key}` is missing"));
            0
        })
    }

    /// An index below `count`, which counts `things`.
    pub fn index_below(&self, key: &str, count: usize, things: &str) -> Option<usize> {
        let index = self.index(key)?;
        if index >= count {
            self.complain(format_args!("`{key}` is {index}, but there are {count} {things}"));
        }
        Some(index).filter(|index| *index < count)
    }

    /// The whole numbers in a field's array; none when the field is absent.
    pub fn indices_below(&self, key: &str, count: usize, things: &str) -> Vec<usize> {
        let mut indices = Vec::new();
        for index in self.array(key).iter().filter_map(|value| self.to_index(key, value)) {
            if index >= count {
                self.complain(format_args!("`{key}` names {index}, but there are {count} {things}"));
                break;
            }
            indices.push(index);
        }
        indices
    }

    /// A finite number.
    pub fn number(&self, key: &str) -> Option<f32> {
        self.to_number(key, self.field(key)?)
    }

    /// A number, brought to 0..1.
    pub fn share(&self, key: &str, default: f32) -> f32 {
        self.number(key).unwrap_or(default).clamp(0.0, 1.0)
    }

    /// A linear colour, from 0.
    pub fn color(&self, key: &str, default: Vec3) -> Vec3 {
        self.numbers(key).map_or(default, Vec3::from_array).max(Vec3::ZERO)
    }

    /// Exactly `N` finite numbers.
    pub fn numbers<const N: usize>(&self, key: &str) -> Option<[f32; N]> {
        let mut numbers = [0.0; N];
        self.fill(key, &mut numbers).then_some(numbers)
    }

    /// Writes a field's number, or its list of exactly as many, over `numbers`; false, and nothing, when it is absent.
    pub fn fill(&self, key: &str, numbers: &mut [f32]) -> bool {
        let Some(value) = self.field(key) else { return false };
        let written = if numbers.len() == 1 { std::slice::from_ref(value) } else { self.array(key) };
        if written.len() != numbers.len() {
            let (has, wanted) = (written.len(), numbers.len());
            self.complain(format_args!("`{key}` has {has} numbers where {wanted} belong"));
        }
        for (number, value) in numbers.iter_mut().zip(written) {
            *number = self.to_number(key, value).unwrap_or(*number);
        }
        true
    }

    /// The finite numbers in a field's array; none when the field is absent.
    pub fn number_list(&self, key: &str) -> Vec<f32> {
        self.array(key).iter().filter_map(|value| self.to_number(key, value)).collect()
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        let value = self.field(key)?;
        if !value.is_string() {
            self.complain(format_args!("`{key}` should be a text, not {}", kind(value)));
        }
        value.as_str()
    }

    /// The texts in a field's array; none when the field is absent.
    pub fn texts(&self, key: &str) -> Vec<&'a str> {
        let mut texts = Vec::new();
        for value in self.array(key) {
            match value.as_str() {
                Some(text) => texts.push(text),
                None => self.complain(format_args!("`{key}` should hold texts, not {}", kind(value))),
            }
        }
        texts
    }

    /// True or false; false when the field is absent.
    pub fn flag(&self, key: &str) -> bool {
        let Some(value) = self.field(key) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.complain(format_args!("`{key}` should be true or false, not {}", kind(value)));
            false
        })
    }

    /// The name somebody gave it; names are for people, so one of a wrong type is only dropped.
    pub fn name(&self) -> String {
        self.fields.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}/{key}", self.place) }
    }

    fn array(&self, key: &str) -> &'a [Value] {
        let Some(value) = self.field(key) else { return &[] };
        if !value.is_array() {
            self.complain(format_args!("`{key}` should be a list, not {}", kind(value)));
        }
        value.as_array().map(Vec::as_slice).unwrap_or_default()
    }

    fn to_index(&self, key: &str, value: &Value) -> Option<usize> {
        // Some exporters write whole numbers as `3.0`.
        let whole = value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..9e15).contains(number));
        let index = value.as_u64().or(whole.map(|number| number as u64));
        let index = index.and_then(|index| usize::try_from(index).ok());
        if index.is_none() {
            self.complain(format_args!("`{key}` should be a whole number from 0, not {}", kind(value)));
        }
        index
    }

    fn to_number(&self, key: &str, value: &Value) -> Option<f32> {
        let number = value.as_f64().map(|number| number as f32).filter(|number| number.is_finite());
        if number.is_none() {
            self.complain(format_args!("`{key}` should be a number, not {}", kind(value)));
        }
        number
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
