//! The demo products, made by code.
//!
//! # The map
//! | file | what it is |
//! |---|---|
//! | [`shape`] | sheets of points: block, lathe, sweep, shell; bent and placed; then normals and tangents |
//! | [`texture`] | tiles painted by functions of noise: cloth, wood, metal, leather, acetate, drawn strokes |
//! | [`assembly`] | a product before it is a file: nodes, materials, pictures, looks |
//! | [`occlusion`], [`rays`] | how much light arrives at every vertex, by rays against the product itself |
//! | [`glb`] | the file |
//! | [`goods`] | one file for each product |
//!
//! Lengths are metres, Y is up. Everything follows from the code: no clock, no chance, no input.

pub mod assembly;
pub mod glb;
pub mod goods;
pub mod occlusion;
pub mod parallel;
pub mod rays;
pub mod shape;
pub mod texture;

use assembly::Assembly;

/// One product of the demo shop.
#[derive(Clone, Copy)]
pub struct Product {
    /// The file's name without `.glb`.
    pub name: &'static str,
    /// One sentence: what it is.
    pub what: &'static str,
    /// Where its origin lies and which way it looks.
    pub stance: &'static str,
    /// Makes it.
    pub build: fn() -> Assembly,
}

const ON_THE_FLOOR: &str = "Stands on y = 0, centred on the origin, facing +Z.";

/// All products, in the shop's order.
pub fn products() -> [Product; 7] {
    [
        Product {
            name: "armchair",
            what: "Lounge armchair with an upholstered shell, loose cushions and oak legs; fabrics Sage, Rust and Ink.",
            stance: ON_THE_FLOOR,
            build: goods::armchair::build,
        },
        Product {
            name: "floor-lamp",
            what: "Floor lamp of brushed brass with a linen shade, lit.",
            stance: ON_THE_FLOOR,
            build: goods::floor_lamp::build,
        },
        Product {
            name: "sideboard",
            what: "Oak sideboard with fluted doors, three drawers and brushed brass legs and pulls.",
            stance: ON_THE_FLOOR,
            build: goods::sideboard::build,
        },
        Product {
            name: "wall-picture",
            what: "Abstract print with a mat in a smoked oak frame.",
            stance: "Hangs on the wall z = 0, centred on the origin, facing +Z.",
            build: goods::wall_picture::build,
        },
        Product {
            name: "sunglasses",
            what: "Sunglasses with a tortoise-shell acetate frame and graduated lenses.",
            stance: "Origin on the bridge between the lenses, which face +Z; the temples run to -Z.",
            build: goods::sunglasses::build,
        },
        Product {
            name: "wrist-watch",
            what: "Steel watch of 40 mm with a leather strap, closed.",
            stance: "Origin in the middle of the wrist, which runs along X; the dial faces +Z, 12 o'clock is +Y.",
            build: goods::wrist_watch::build,
        },
        Product {
            name: "hat",
            what: "Felt fedora with a grosgrain band and bow.",
            stance: "Origin in the middle of the head opening, at the height of the brim's root; the front faces +Z.",
            build: goods::hat::build,
        },
    ]
}

/// The text that lies beside a product's file.
pub fn note(product: &Product, assembly: &Assembly) -> String {
    let (low, high) = assembly.bounds_m();
    let size = high - low;
    format!(
        "{}.glb\n{}\nSize: {:.3} x {:.3} x {:.3} m (width x height x depth). {}\nTriangles: {}.\n\
         Origin: own work, made by the code in dev/products (src/goods/{}.rs); nothing was taken from elsewhere.\n\
         Licence: MIT OR Apache-2.0.\n",
        product.name,
        product.what,
        size.x,
        size.y,
        size.z,
        product.stance,
        assembly.triangle_count(),
        product.name.replace('-', "_"),
    )
}
