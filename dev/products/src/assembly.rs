//! A product before it is a file: named nodes of parts, the materials on them, the pictures in those.

use crate::shape::{
    Part,
    surface::{Sheet, sheets},
};
use crate::texture::Tile;
use glam::{Vec2, Vec3};

/// Index into [`Assembly::materials`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaterialId(pub usize);

/// What shades the product besides itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The plane y = 0 below it.
    Floor,
    /// The plane z = 0 behind it.
    Wall,
    /// Nothing.
    Free,
}

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// JPEG with a quality 1..100.
    Jpeg(u8),
    /// PNG without loss, one channel.
    GreyPng,
    /// PNG without loss, with opacity.
    AlphaPng,
}

/// A picture not yet encoded.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Shown by tools that open the file.
    pub name: String,
    /// Width and height in texels.
    pub size_px: (usize, usize),
    /// Three bytes a texel; one for [`Encoding::GreyPng`], four for [`Encoding::AlphaPng`].
    pub bytes: Vec<u8>,
    /// How it is written.
    pub encoding: Encoding,
    /// Repeats beyond its edges.
    pub repeats: bool,
}

/// A surface; picture fields are indices into [`Assembly::pictures`].
#[derive(Clone, Debug)]
pub struct Material {
    /// Shown by tools that open the file.
    pub name: String,
    /// Linear colour and opacity that multiply the picture.
    pub color: [f32; 4],
    /// sRGB colour.
    pub color_picture: Option<usize>,
    /// Tangent-space normals.
    pub normal_picture: Option<usize>,
    /// Green roughness, blue metal.
    pub metallic_roughness_picture: Option<usize>,
    /// Multiplies the picture's blue.
    pub metallic: f32,
    /// Multiplies the picture's green.
    pub roughness: f32,
    /// Linear light sent out; multiplies its picture.
    pub emissive: [f32; 3],
    /// sRGB light.
    pub emissive_picture: Option<usize>,
    /// Mixed with what lies behind.
    pub blended: bool,
    /// Metres covered by the pictures along u and v; `Vec2::ONE` when texture coordinates run 0..1.
    pub tile_m: Vec2,
}

/// A shape and its material.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The sheets, ready to draw.
    pub sheets: Vec<Sheet>,
    /// What they are made of.
    pub material: MaterialId,
}

/// A named part of the product.
#[derive(Clone, Debug)]
pub struct Node {
    /// Shown by tools that open the file.
    pub name: String,
    /// Its shapes.
    pub pieces: Vec<Piece>,
}

/// A look: materials that take the place of others.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Shown to the shopper.
    pub name: String,
    /// `(in place of, use)`.
    pub swaps: Vec<(MaterialId, MaterialId)>,
}

/// A whole product.
#[derive(Clone, Debug)]
pub struct Assembly {
    /// The name of the root node.
    pub name: String,
    /// What shades it besides itself.
    pub ground: Ground,
    /// How far away something still shades, metres.
    pub shade_reach_m: f32,
    /// Its parts.
    pub nodes: Vec<Node>,
    /// Its surfaces.
    pub materials: Vec<Material>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// Its looks; may be empty.
    pub variants: Vec<Variant>,
    /// Where it is worn: names of empty nodes as src/tryon/wear.rs has them, and their places.
    pub seats: Vec<(&'static str, Vec3)>,
}

impl Assembly {
    /// Nothing yet.
    pub fn new(name: &str, ground: Ground, shade_reach_m: f32) -> Self {
        Self {
            name: name.into(),
            ground,
            shade_reach_m,
            nodes: Vec::new(),
            materials: Vec::new(),
            pictures: Vec::new(),
            variants: Vec::new(),
            seats: Vec::new(),
        }
    }

    /// A material whose colour, relief and roughness come from a painted tile. `quality` of the JPEGs, 1..100.
    pub fn painted(&mut self, name: &str, tile: &Tile, quality: u8) -> MaterialId {
        let color = self.picture(format!("{name} colour"), tile.size_px, tile.color_bytes(), quality, tile.repeats);
        let normal = self.picture(format!("{name} normal"), tile.size_px, tile.normal_bytes(), quality, tile.repeats);
        // Roughness changes slowly: half the size is enough.
        let (half_px, half) = halved(tile.size_px, &tile.metallic_roughness_bytes());
        let metal = self.picture(format!("{name} metal and roughness"), half_px, half, quality, tile.repeats);
        self.materials.push(Material {
            name: name.into(),
            color: [1.0; 4],
            color_picture: Some(color),
            normal_picture: Some(normal),
            metallic_roughness_picture: Some(metal),
            metallic: 1.0,
            roughness: 1.0,
            emissive: [0.0; 3],
            emissive_picture: None,
            blended: false,
            tile_m: if tile.repeats { tile.size_m } else { Vec2::ONE },
        });
        MaterialId(self.materials.len() - 1)
    }

    /// A material that differs from another in colour only.
    pub fn dyed(&mut self, name: &str, like: MaterialId, tile: &Tile, quality: u8) -> MaterialId {
        let color = self.picture(format!("{name} colour"), tile.size_px, tile.color_bytes(), quality, tile.repeats);
        let material = self.materials[like.0].clone();
        self.materials.push(Material { name: name.into(), color_picture: Some(color), ..material });
        MaterialId(self.materials.len() - 1)
    }

    /// A material without pictures: linear colour and opacity, metal, roughness.
    pub fn plain(&mut self, name: &str, color: Vec3, metallic: f32, roughness: f32) -> MaterialId {
        self.materials.push(Material {
            name: name.into(),
            color: color.extend(1.0).to_array(),
            color_picture: None,
            normal_picture: None,
            metallic_roughness_picture: None,
            metallic,
            roughness,
            emissive: [0.0; 3],
            emissive_picture: None,
            blended: false,
            tile_m: Vec2::ONE,
        });
        MaterialId(self.materials.len() - 1)
    }

    /// The material, to change it.
    pub fn material_mut(&mut self, material: MaterialId) -> &mut Material {
        &mut self.materials[material.0]
    }

    /// A colour picture, encoded as JPEG; the answer is its index.
    pub fn picture(
        &mut self,
        name: String,
        size_px: (usize, usize),
        bytes: Vec<u8>,
        quality: u8,
        repeats: bool,
    ) -> usize {
        self.pictures.push(Picture { name, size_px, bytes, encoding: Encoding::Jpeg(quality), repeats });
        self.pictures.len() - 1
    }

    /// Adds a shape to the node of that name, which is made when it is new.
    pub fn add(&mut self, node: &str, material: MaterialId, part: &Part) {
        let piece = Piece { sheets: sheets(part), material };
        match self.nodes.iter_mut().find(|known| known.name == node) {
            Some(known) => known.pieces.push(piece),
            None => self.nodes.push(Node { name: node.into(), pieces: vec![piece] }),
        }
    }

    /// All pieces in file order.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.nodes.iter().flat_map(|node| &node.pieces)
    }

    /// Triangles of the whole product.
    pub fn triangle_count(&self) -> usize {
        self.pieces().flat_map(|piece| &piece.sheets).map(|sheet| sheet.triangles.len()).sum()
    }

    /// Smallest and greatest corner, metres.
    pub fn bounds_m(&self) -> (Vec3, Vec3) {
        let points = self.pieces().flat_map(|piece| &piece.sheets).flat_map(|sheet| &sheet.positions);
        points.fold((Vec3::MAX, Vec3::MIN), |(low, high), point| (low.min(*point), high.max(*point)))
    }
}

fn halved((width, height): (usize, usize), bytes: &[u8]) -> ((usize, usize), Vec<u8>) {
    let (half_width, half_height) = (width / 2, height / 2);
    let mut half = Vec::with_capacity(half_width * half_height * 3);
    for row in 0..half_height {
        for column in 0..half_width {
            for channel in 0..3 {
                let at = |x: usize, y: usize| u32::from(bytes[((2 * row + y) * width + 2 * column + x) * 3 + channel]);
                half.push(((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1) + 2) / 4) as u8);
            }
        }
    }
    ((half_width, half_height), half)
}
