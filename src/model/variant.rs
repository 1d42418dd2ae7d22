//! The named looks of a product (KHR_materials_variants).

/// A look the shopper can choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// The name shown to the shopper; unique in the model.
    pub name: String,
}
