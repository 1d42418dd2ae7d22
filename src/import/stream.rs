//! The streams of a primitive: their formats (glTF 2.0, section 3.7.2.1), and finite numbers only.

use super::accessor::{self, Accessor};
use super::component::Component;
use super::json::Object;
use super::ledger::Ledger;
use super::mesh::Source;
use super::{Error, khr_mesh_quantization, uv_sets};

/// A stream we read. `skin.rs` reads `JOINTS_n` and `WEIGHTS_n`; others (`_TEMPERATURE`) are nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    Position,
    Normal,
    Tangent,
    /// What a morph target adds to a tangent's direction.
    TangentShift,
    TexCoord(usize),
    Color,
}

impl Stream {
    /// As files write it.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Position => "POSITION",
            Self::Normal => "NORMAL",
            Self::Tangent | Self::TangentShift => "TANGENT",
            Self::TexCoord(set) => uv_sets::name(set),
            Self::Color => "COLOR_0",
        }
    }

    fn allows_width(self, width: usize) -> bool {
        match self {
            Self::Position | Self::Normal | Self::TangentShift => width == 3,
            Self::Tangent => width == 4,
            Self::TexCoord(_) => width == 2,
            Self::Color => width == 3 || width == 4,
        }
    }

    fn core_allows(self, component: Component, normalized: bool) -> bool {
        let unsigned = matches!(component, Component::U8 | Component::U16) && normalized;
        component == Component::F32 || (unsigned && matches!(self, Self::TexCoord(_) | Self::Color))
    }

    /// The stream's accessor, its format checked; `None` when the primitive has no such stream.
    pub fn open<'s>(
        self,
        attributes: &Object,
        source: &'s Source,
        ledger: &mut Ledger,
    ) -> Result<Option<Accessor<'s>>, Error> {
        let name = self.attribute();
        let Some(index) = attributes.index(name) else { return Ok(None) };
        let owner = attributes.place.strip_suffix("/attributes").unwrap_or(&attributes.place);
        let accessor = source.accessors.open(index, &format!("{owner} {name}"))?;
        let (component, normalized) = (accessor.component, accessor.normalized);
        let core = self.core_allows(component, normalized);
        if !self.allows_width(accessor.width) || !(core || khr_mesh_quantization::allows(self, component, normalized)) {
            let kind = if normalized { "normalised " } else { "" };
            let what = format!("{name} cannot be {} {kind}{}", accessor.width, component.words());
            return Err(Error::invalid(&accessor.place, what));
        }
        if !core && !source.quantized {
            ledger.warn(format!(
                "{}: {name} holds {}, which {} must announce in `extensionsRequired`; it is read all the same.",
                accessor.place,
                component.words(),
                khr_mesh_quantization::NAME,
            ));
        }
        Ok(Some(accessor))
    }

    /// The stream, one element per vertex; empty when the primitive has no such stream. An element that is not a finite
    /// number becomes zero, with a warning: exporters write such normals where triangles have no area.
    pub fn read<const N: usize, T: From<[f32; N]>>(
        self,
        place: (&Object, usize),
        source: &Source,
        ledger: &mut Ledger,
    ) -> Result<Vec<T>, Error> {
        Ok(accessor::vectors(&self.numbers(N, place, source, ledger)?))
    }

    /// The same as plain numbers, `width` of each element.
    fn numbers(
        self,
        width: usize,
        (attributes, vertices): (&Object, usize),
        source: &Source,
        ledger: &mut Ledger,
    ) -> Result<Vec<f32>, Error> {
        let Some(accessor) = self.open(attributes, source, ledger)? else { return Ok(Vec::new()) };
        if accessor.count != vertices {
            let what = format!("it has {} elements, but POSITION has {vertices}", accessor.count);
            return Err(Error::invalid(&accessor.place, what));
        }
        let mut values = accessor.padded(width, 1.0, ledger)?;
        let mut broken = 0;
        for element in values.chunks_exact_mut(width) {
            if !element.iter().all(|number| number.is_finite()) {
                element.fill(0.0);
                broken += 1;
            }
        }
        if broken > 0 {
            ledger.warn(format!("{}: {broken} elements are not finite numbers and are read as 0.", accessor.place));
        }
        Ok(values)
    }
}
