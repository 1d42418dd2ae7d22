//! `cargo dev products` and `cargo dev posters`: makes again what `assets` keeps of the demo products.

use crate::Failure;
use crate::arguments::Arguments;
use crate::files;
use crate::progress::{Done, Progress};
use crate::tool::Tool;
use std::path::{Path, PathBuf};

const PRODUCTS: &str = "assets/products";
const POSTERS: &str = "assets/posters";
/// Width and height of a poster in pixels: sharp in a card of 320 CSS pixels on a phone.
const POSTER_PIXELS: &str = "640";
/// Where the shop's page puts the camera too, so that the first frame takes over from the poster unseen.
const POSTER_ORBIT: &str = "25deg 78deg 105%";

pub fn run(words: &[String]) -> Result<(), Failure> {
    Arguments::read(words, &[], &[])?.words(0)?;
    Progress::new(1).step("products", || {
        Tool::cargo("mend what it says about dev/products.")
            .arguments(["run", "--quiet", "--package", "vitrine-products", "--", PRODUCTS])
            .quiet()?;
        Ok(Done::Fresh)
    })?;
    println!("{} files are in {PRODUCTS}", products().len());
    Ok(())
}

pub fn posters(words: &[String]) -> Result<(), Failure> {
    Arguments::read(words, &[], &[])?.words(0)?;
    let products = products();
    if products.is_empty() {
        return Err(format!("there is no product in {PRODUCTS}: run `cargo dev products` first."));
    }
    std::fs::create_dir_all(POSTERS).map_err(|error| format!("cannot make {POSTERS}: {error}"))?;
    let mut progress = Progress::new(products.len());
    for product in products {
        let name = product.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        progress.step(&name, || draw_poster(&product, &Path::new(POSTERS).join(format!("{name}.png"))))?;
    }
    Ok(())
}

fn draw_poster(product: &Path, poster: &Path) -> Result<Done, Failure> {
    let is_on_wall = product.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("wall"));
    Tool::cargo("see what it says about the file, or about the graphics card.")
        .arguments(["run", "--quiet", "--package", "vitrine", "--bin", "vitrine", "--", "poster"])
        .arguments([product, poster])
        .arguments(["--size", POSTER_PIXELS, "--orbit", POSTER_ORBIT])
        // What hangs on a wall throws no shadow on a floor.
        .arguments(["--shadow", if is_on_wall { "0" } else { "1" }])
        .quiet()?;
    Ok(Done::Fresh)
}

fn products() -> Vec<PathBuf> {
    let is_product = |path: &PathBuf| path.extension().is_some_and(|end| end == "glb");
    files::below(Path::new(PRODUCTS)).into_iter().filter(is_product).collect()
}
