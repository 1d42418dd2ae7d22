//! What the textures of a material are for.

/// What a texture is for. In the order in which a surface can spare them: the last first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // glTF's names for textures, without the word texture
pub enum Role {
    BaseColor,
    /// Of a glossy material the glossiness, in its alpha.
    MetallicRoughness,
    Normal,
    Emissive,
    Transmission,
    SheenColor,
    SpecularColor,
    Occlusion,
    ClearcoatNormal,
    Clearcoat,
    ClearcoatRoughness,
    Anisotropy,
    Iridescence,
    IridescenceThickness,
    DiffuseTransmissionColor,
    DiffuseTransmission,
    SheenRoughness,
    Specular,
    Thickness,
}

impl Role {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// All of them, in order.
    pub const ALL: [Self; 19] = [
        Self::BaseColor,
        Self::MetallicRoughness,
        Self::Normal,
        Self::Emissive,
        Self::Transmission,
        Self::SheenColor,
        Self::SpecularColor,
        Self::Occlusion,
        Self::ClearcoatNormal,
        Self::Clearcoat,
        Self::ClearcoatRoughness,
        Self::Anisotropy,
        Self::Iridescence,
        Self::IridescenceThickness,
        Self::DiffuseTransmissionColor,
        Self::DiffuseTransmission,
        Self::SheenRoughness,
        Self::Specular,
        Self::Thickness,
    ];

    /// glTF's name for such a texture.
    pub fn gltf_name(self) -> &'static str {
        const NAMES: [&str; Role::COUNT] = [
            "baseColorTexture",
            "metallicRoughnessTexture",
            "normalTexture",
            "emissiveTexture",
            "transmissionTexture",
            "sheenColorTexture",
            "specularColorTexture",
            "occlusionTexture",
            "clearcoatNormalTexture",
            "clearcoatTexture",
            "clearcoatRoughnessTexture",
            "anisotropyTexture",
            "iridescenceTexture",
            "iridescenceThicknessTexture",
            "diffuseTransmissionColorTexture",
            "diffuseTransmissionTexture",
            "sheenRoughnessTexture",
            "specularTexture",
            "thicknessTexture",
        ];
        NAMES[self as usize]
    }

    /// The role of glTF's name.
    pub fn of_gltf(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.gltf_name() == name)
    }

    /// Its red, green and blue are sRGB; otherwise all are numbers. Alpha is always a number.
    pub fn is_color(self) -> bool {
        // Some are colours only in name: their alpha is read, mostly from the picture of the colour beside them.
        const COLORS: [Role; 8] = [
            Role::BaseColor,
            Role::Emissive,
            Role::SheenColor,
            Role::SpecularColor,
            Role::DiffuseTransmissionColor,
            Role::DiffuseTransmission,
            Role::SheenRoughness,
            Role::Specular,
        ];
        COLORS.contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn every_role_stands_in_its_own_place() {
        for (place, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!((role as usize, Role::of_gltf(role.gltf_name())), (place, Some(role)));
            // The name that glTF has is the role's own.
            assert_eq!(role.gltf_name().to_lowercase(), format!("{role:?}texture").to_lowercase());
        }
    }
}
