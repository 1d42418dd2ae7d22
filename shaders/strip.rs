//! Build script: the shaders without comments and indentation, for `src/gpu/shaders.rs`. Shops download what is left.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=shaders");
    let out = env::var("OUT_DIR")?;
    for entry in fs::read_dir("shaders")? {
        let path = entry?.path();
        let Some(name) = path.file_name().filter(|_| path.extension().is_some_and(|ending| ending == "wgsl")) else {
            continue;
        };
        fs::write(Path::new(&out).join(name), strip(&fs::read_to_string(&path)?))?;
    }
    Ok(())
}

/// Line breaks stay, so that an error in the browser's console names something short.
fn strip(shader: &str) -> String {
    let lines = shader.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).fold(String::new(), |text, line| text + line + "\n")
}
