//! Accessors: bytes to numbers, with stride, normalisation and sparse replacement (glTF 2.0, section 3.6.2).

use super::Error;
use super::buffer::{Buffers, View};
use super::component::Component;
use super::json::{Object, quoted};
use super::ledger::Ledger;

/// All accessors of a file.
pub(super) struct Accessors<'a> {
    objects: Vec<Object<'a>>,
    buffers: Buffers<'a>,
    stand_ins: Vec<StandIn<'a>>,
}

/// Unpacked data in the place of an accessor's own, for one primitive.
pub(super) struct StandIn<'a> {
    /// `None` for the corners.
    pub accessor: Option<usize>,
    /// Where the primitive stands.
    pub primitive: String,
    pub component: Component,
    pub width: usize,
    /// Elements. The accessor's own count may be another: packing may split and join vertices.
    pub count: usize,
    /// Packed tightly.
    pub bytes: &'a [u8],
}

/// One accessor whose every element lies within its buffer.
#[derive(Debug)]
pub(super) struct Accessor<'b> {
    /// `accessor 3 (meshes/0/primitives/1 POSITION)`.
    pub place: String,
    pub component: Component,
    /// Numbers in an element: 1 to 4, or 16.
    pub width: usize,
    /// Integers stand for 0..1 or -1..1.
    pub normalized: bool,
    /// Elements.
    pub count: usize,
    /// `None`: all zero, before the sparse part.
    dense: Option<Elements<'b>>,
    sparse: Option<Sparse<'b>>,
}

/// Elements at a fixed distance; all within `bytes`.
#[derive(Clone, Copy, Debug)]
struct Elements<'b> {
    bytes: &'b [u8],
    stride: usize,
    size: usize,
    count: usize,
}

/// "These elements are others."
#[derive(Debug)]
struct Sparse<'b> {
    index_component: Component,
    indices: Elements<'b>,
    values: Elements<'b>,
}

impl<'a> Accessors<'a> {
    pub fn new(root: &Object<'a>, buffers: Buffers<'a>, stand_ins: Vec<StandIn<'a>>) -> Self {
        Self { objects: root.objects("accessors"), buffers, stand_ins }
    }

    /// The corners that were packed together with a primitive's streams: those of triangles, whatever its mode says.
    pub fn packed_corners(&self, primitive: &str) -> Option<Accessor<'_>> {
        let own = |other: &&StandIn| other.accessor.is_none() && other.primitive == primitive;
        self.stand_ins.iter().find(own).map(|stand_in| stand_in.open(format!("{primitive} indices"), false))
    }

    /// What stands in for an accessor that `user`, a part of a primitive, asks for.
    fn stand_in(&self, index: usize, user: &str) -> Option<&StandIn<'a>> {
        let own = |other: &&StandIn| {
            other.accessor == Some(index)
                && user.strip_prefix(other.primitive.as_str()).is_some_and(|rest| rest.starts_with([' ', '/']))
        };
        self.stand_ins.iter().find(own)
    }

    /// An accessor by its index; `user` names who asks, for messages.
    pub fn open(&self, index: usize, user: &str) -> Result<Accessor<'_>, Error> {
        let object = self.objects.get(index).ok_or_else(|| {
            Error::invalid(user, format!("accessor {index} is named, but there are {}", self.objects.len()))
        })?;
        let object = object.clone().at(format!("accessor {index} ({user})"));
        if let Some(stand_in) = self.stand_in(index, user) {
            let normalized = object.flag("normalized");
            return Ok(stand_in.open(object.place, normalized));
        }
        let component = component_of(&object)?;
        let width = match object.text("type") {
            Some("SCALAR") => 1,
            Some("VEC2") => 2,
            Some("VEC3") => 3,
            Some("VEC4") => 4,
            Some("MAT4") => 16,
            other => {
                let kind = quoted(other.unwrap_or_default());
                return Err(object.invalid(format!("its type is {kind}, where SCALAR, VEC2, VEC3, VEC4 or MAT4 fit")));
            }
        };
        let count = object.required_index("count");
        let size = component.size() * width;
        let dense = match object.index("bufferView") {
            Some(view) => Some(self.elements(&object, view, size, count)?),
            None => None,
        };
        let sparse = match object.object("sparse") {
            Some(sparse) => Some(self.sparse(&object, &sparse, size, count)?),
            None => None,
        };
        let normalized = object.flag("normalized");
        Ok(Accessor { place: object.place, component, width, normalized, count, dense, sparse })
    }

    fn sparse(&self, owner: &Object, sparse: &Object, size: usize, limit: usize) -> Result<Sparse<'_>, Error> {
        let sparse = sparse.clone().at(format!("{}, sparse", owner.place));
        let count = sparse.required_index("count");
        if count > limit {
            return Err(sparse.invalid(format!("it replaces {count} elements of {limit}")));
        }
        let part = |key: &str| {
            let part = sparse.object(key).ok_or_else(|| sparse.invalid(format!("`{key}` is missing")))?;
            Ok(part.at(format!("{}, {key}", sparse.place)))
        };
        let (indices, values) = (part("indices")?, part("values")?);
        let index_component = component_of(&indices)?;
        if !index_component.is_unsigned() {
            return Err(indices.invalid(format!("indices cannot be {}", index_component.words())));
        }
        Ok(Sparse {
            index_component,
            indices: self.elements(&indices, indices.required_index("bufferView"), index_component.size(), count)?,
            values: self.elements(&values, values.required_index("bufferView"), size, count)?,
        })
    }

    fn elements(&self, object: &Object, view: usize, size: usize, count: usize) -> Result<Elements<'_>, Error> {
        let View { bytes, stride } = self.buffers.view(view, &object.place)?;
        let stride = stride.unwrap_or(size);
        if stride < size {
            return Err(object.invalid(format!("its elements take {size} bytes, but the stride is {stride}")));
        }
        let offset = object.index("byteOffset").unwrap_or(0);
        let outside = || {
            object.invalid(format!(
                "{count} elements of {size} bytes, {stride} apart, from byte {offset} do not fit into the {} bytes of \
                 bufferView {view}",
                bytes.len()
            ))
        };
        let bytes = bytes.get(offset..).ok_or_else(outside)?;
        let needed = match count.checked_sub(1) {
            Some(last) => last.checked_mul(stride).and_then(|start| start.checked_add(size)).ok_or_else(outside)?,
            None => 0,
        };
        let bytes = bytes.get(..needed).ok_or_else(outside)?;
        Ok(Elements { bytes, stride, size, count })
    }
}

impl<'a> StandIn<'a> {
    fn open(&self, place: String, normalized: bool) -> Accessor<'a> {
        let Self { component, width, count, bytes, .. } = *self;
        let size = component.size() * width;
        let dense = Some(Elements { bytes, stride: size, size, count });
        Accessor { place, component, width, normalized, count, dense, sparse: None }
    }
}

impl Accessor<'_> {
    /// All elements as floats; numbers that an element lacks of `N` are `fill`.
    pub fn floats<const N: usize, T: From<[f32; N]>>(&self, fill: f32, ledger: &mut Ledger) -> Result<Vec<T>, Error> {
        Ok(vectors(&self.padded(N, fill, ledger)?))
    }

    /// All numbers of all elements, one after the other.
    pub fn numbers(&self, ledger: &mut Ledger) -> Result<Vec<f32>, Error> {
        self.padded(self.width, 0.0, ledger)
    }

    /// `width` numbers of each element, one after the other; those that it lacks are `fill`.
    pub fn padded(&self, width: usize, fill: f32, ledger: &mut Ledger) -> Result<Vec<f32>, Error> {
        ledger.charge(self.count, width * size_of::<f32>(), &self.place)?;
        let mut values = vec![fill; self.count * width];
        let (size, own) = (self.component.size(), width.min(self.width));
        let put = |element: &mut [f32], bytes: &[u8]| {
            for (value, bytes) in element.iter_mut().zip(bytes.chunks_exact(size)) {
                *value = self.component.float(bytes, self.normalized);
            }
        };
        let mut elements = values.chunks_exact_mut(width);
        match self.dense {
            Some(dense) => elements.zip(dense.iter()).for_each(|(element, bytes)| put(element, bytes)),
            None => elements.by_ref().filter_map(|element| element.get_mut(..own)).for_each(|own| own.fill(0.0)),
        }
        let Some(sparse) = &self.sparse else { return Ok(values) };
        for (index, bytes) in sparse.indices.iter().zip(sparse.values.iter()) {
            let index = sparse.index_component.unsigned(index).unwrap_or(u32::MAX) as usize;
            let start = index.saturating_mul(width);
            let element = values.get_mut(start..start.saturating_add(width));
            put(element.ok_or_else(|| self.beyond(index))?, bytes);
        }
        Ok(values)
    }

    /// All elements as indices.
    pub fn indices(&self, ledger: &mut Ledger) -> Result<Vec<u32>, Error> {
        if self.width != 1 || !self.component.is_unsigned() {
            let what =
                format!("indices must be single unsigned integers, not {} by {}", self.width, self.component.words());
            return Err(Error::invalid(&self.place, what));
        }
        ledger.charge(self.count, size_of::<u32>(), &self.place)?;
        let decode = |bytes| self.component.unsigned(bytes).unwrap_or(0);
        let mut values = match &self.dense {
            Some(dense) => dense.iter().map(decode).collect(),
            None => vec![0; self.count],
        };
        let Some(sparse) = &self.sparse else { return Ok(values) };
        for (index, value) in sparse.indices.iter().zip(sparse.values.iter()) {
            let index = sparse.index_component.unsigned(index).unwrap_or(u32::MAX) as usize;
            *values.get_mut(index).ok_or_else(|| self.beyond(index))? = decode(value);
        }
        Ok(values)
    }

    fn beyond(&self, index: usize) -> Error {
        let what = format!("its sparse part replaces element {index}, but there are {}", self.count);
        Error::invalid(&self.place, what)
    }
}

impl<'b> Elements<'b> {
    fn iter(self) -> impl Iterator<Item = &'b [u8]> {
        // `stride` is at least `size`, so it is not zero, and the last chunk is at least `size` long.
        let chunks = self.bytes.chunks(self.stride.max(1)).take(self.count);
        chunks.map(move |chunk| chunk.get(..self.size).unwrap_or_default())
    }
}

/// Numbers, one vector's after the other's.
pub(super) fn vectors<const N: usize, T: From<[f32; N]>>(numbers: &[f32]) -> Vec<T> {
    numbers.as_chunks::<N>().0.iter().map(|vector| T::from(*vector)).collect()
}

fn component_of(object: &Object) -> Result<Component, Error> {
    let code = object.required_index("componentType");
    Component::from_code(code).ok_or_else(|| object.invalid(format!("its componentType {code} does not exist")))
}
