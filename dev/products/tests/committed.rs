//! The files in `assets/products` are what this code makes: same structure, same numbers, same pictures within a hair.

use image::DynamicImage;
use serde_json::Value;
use std::path::{Path, PathBuf};
use vitrine_products::assembly::{Assembly, Ground};
use vitrine_products::{Product, glb, note, products};

const AGAIN: &str = "If the change is meant, write the files anew and look at them: \
    cargo run -p vitrine-products -- assets/products";
/// A file a shop would still put on a page.
const LARGEST_BYTES: usize = 1_500_000;
/// Sine and cosine may differ in the last bits between machines; JPEG makes a little more of that.
const NUMBER_TOLERANCE: f32 = 2e-4;
const MEAN_TEXEL_TOLERANCE: f64 = 2.0;
/// Share of numbers that may lie outside: a triangle on the edge of being empty, a tangent on the edge of turning.
const OUTLIERS: f64 = 0.002;

struct File {
    json: Value,
    binary: Vec<u8>,
}

#[test]
fn committed_files_are_what_the_code_makes() {
    for product in products() {
        let folder = assets_folder();
        let path = folder.join(product.name).with_extension("glb");
        let committed = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}. {AGAIN}", path.display()));
        assert!(
            committed.len() <= LARGEST_BYTES,
            "{} has {} bytes, more than {LARGEST_BYTES}",
            product.name,
            committed.len()
        );
        let assembly = (product.build)();
        check_size(product.name, &assembly);
        let made = glb::bytes(&assembly);
        compare(&product, &parsed(&committed), &parsed(&made));
        let written = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        assert_eq!(written, note(&product, &assembly), "The note beside {}.glb is out of date. {AGAIN}", product.name);
    }
}

/// Width, height, depth in metres, and how far off each may be.
fn true_size(name: &str) -> ([f32; 3], f32) {
    match name {
        "armchair" => ([0.78, 0.84, 0.80], 0.012),
        "floor-lamp" => ([0.41, 1.55, 0.41], 0.01),
        "sideboard" => ([1.60, 0.75, 0.45], 0.01),
        "wall-picture" => ([0.50, 0.70, 0.03], 0.001),
        "sunglasses" => ([0.142, 0.057, 0.145], 0.002),
        "wrist-watch" => ([0.045, 0.067, 0.067], 0.002),
        "hat" => ([0.285, 0.133, 0.325], 0.01),
        _ => panic!("No true size is known for {name}: add it here"),
    }
}

fn check_size(name: &str, assembly: &Assembly) {
    let (size_m, tolerance_m) = true_size(name);
    let (low, high) = assembly.bounds_m();
    let found = (high - low).to_array();
    let near = found.iter().zip(size_m).all(|(found, wanted)| (found - wanted).abs() <= tolerance_m);
    assert!(near, "{name} measures {found:?} m, not {size_m:?} m within {tolerance_m} m");
    match assembly.ground {
        Ground::Floor => assert!(low.y.abs() < 1e-4, "{name} must stand on y = 0, not on {}", low.y),
        Ground::Wall => assert!(low.z.abs() < 1e-4, "{name} must hang on z = 0, not on {}", low.z),
        Ground::Free => {}
    }
}

fn assets_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/products")
}

fn parsed(bytes: &[u8]) -> File {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
    assert_eq!(&bytes[..4], b"glTF");
    let json_end = 20 + word(12);
    let json = serde_json::from_slice(&bytes[20..json_end]).expect("the JSON chunk");
    File { json, binary: bytes[json_end + 8..json_end + 8 + word(json_end)].to_vec() }
}

fn compare(product: &Product, committed: &File, made: &File) {
    let name = product.name;
    for part in ["asset", "scenes", "nodes", "meshes", "materials", "textures", "samplers", "images", "extensions"] {
        assert_eq!(committed.json[part], made.json[part], "{name}.glb differs in `{part}`. {AGAIN}");
    }
    let count = |file: &File| file.json["accessors"].as_array().map_or(0, Vec::len);
    assert_eq!(count(committed), count(made), "{name}.glb has another number of accessors. {AGAIN}");
    for index in 0..count(made) {
        compare_numbers(name, index, committed, made);
    }
    for (index, image) in made.json["images"].as_array().into_iter().flatten().enumerate() {
        let (old, new) = (picture(committed, index), picture(made, index));
        assert_eq!((old.width(), old.height()), (new.width(), new.height()), "{name}: {image}. {AGAIN}");
        let (old, new) = (old.to_rgba8(), new.to_rgba8());
        let sum: f64 = old.iter().zip(new.iter()).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
        let mean = sum / old.len() as f64;
        assert!(mean <= MEAN_TEXEL_TOLERANCE, "{name}: picture {} differs by {mean:.2} of 255. {AGAIN}", image["name"]);
    }
}

fn compare_numbers(name: &str, index: usize, committed: &File, made: &File) {
    let describe = |file: &File| {
        let accessor = &file.json["accessors"][index];
        [&accessor["componentType"], &accessor["count"], &accessor["type"]].map(Value::clone)
    };
    assert_eq!(describe(committed), describe(made), "{name}.glb: accessor {index} has another shape. {AGAIN}");
    let float = made.json["accessors"][index]["componentType"] == 5126;
    let (old, new) = (view(committed, index), view(made, index));
    let number = |bytes: &[u8]| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    let outside = if float {
        let pairs = old.chunks_exact(4).zip(new.chunks_exact(4));
        pairs.filter(|(old, new)| (number(old) - number(new)).abs() > NUMBER_TOLERANCE).count() * 4
    } else {
        old.iter().zip(new).filter(|(old, new)| old != new).count()
    };
    let share = outside as f64 / old.len().max(1) as f64;
    assert!(share <= OUTLIERS, "{name}.glb: {:.1} % of accessor {index} differ. {AGAIN}", share * 100.0);
}

fn view(file: &File, accessor: usize) -> &[u8] {
    let index = file.json["accessors"][accessor]["bufferView"].as_u64().expect("a buffer view") as usize;
    slice(file, index)
}

fn picture(file: &File, index: usize) -> DynamicImage {
    let view = file.json["images"][index]["bufferView"].as_u64().expect("a buffer view") as usize;
    image::load_from_memory(slice(file, view)).expect("a picture that decodes")
}

fn slice(file: &File, view: usize) -> &[u8] {
    let view = &file.json["bufferViews"][view];
    let number = |key: &str| view[key].as_u64().expect("a number") as usize;
    &file.binary[number("byteOffset")..number("byteOffset") + number("byteLength")]
}
