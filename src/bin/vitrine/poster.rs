//! `vitrine poster`: a product as the page would show it.

use crate::{
    Failure,
    arguments::Arguments,
    picture,
    stage::{Shot, Stage},
};
use std::{path::Path, process::ExitCode};
use vitrine::scene::frame::Background;

/// Options and the attributes of the element they set.
const ATTRIBUTES: [(&str, &str); 6] = [
    ("--orbit", "camera-orbit"),
    ("--variant", "variant-name"),
    ("--scene", "scene-name"),
    ("--environment", "environment-image"),
    ("--exposure", "exposure"),
    ("--shadow", "shadow-intensity"),
];

pub fn run(words: Vec<String>) -> Result<ExitCode, Failure> {
    let mut options: Vec<&str> = ATTRIBUTES.iter().map(|(option, _)| *option).collect();
    options.push("--size");
    let arguments = Arguments::read(words, &[], &options)?;
    let [product, out] = arguments.words.as_slice() else {
        return Err("poster wants two files, the product and the picture; see `vitrine help`.".into());
    };
    let size = arguments.number("--size")?.unwrap_or(1024_u32);
    let mut stage = Stage::with_card()?;
    let mut attributes = vec![("shadow-intensity", Some("1".to_owned()))];
    let given = ATTRIBUTES.iter().map(|&(option, attribute)| (attribute, arguments.value(option).map(str::to_owned)));
    attributes.extend(given.filter(|(_, value)| value.is_some()));
    stage.show(Path::new(product), &attributes)?;
    let shot = Shot { size_px: [size; 2], view: None, background: Background::Transparent, without_lamps: false };
    let pixels = stage.draw(&shot)?;
    stage.heard.print_warnings(product);
    picture::save(Path::new(out), &pixels, shot.size_px)?;
    Ok(ExitCode::SUCCESS)
}
