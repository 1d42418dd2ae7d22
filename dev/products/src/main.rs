//! `vitrine-products OUT_DIR [NAME...]`: writes the demo products, each with its note.

use std::path::Path;
use std::process::ExitCode;
use vitrine_products::{glb, note, products};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let products = products();
    let known: Vec<&str> = products.iter().map(|product| product.name).collect();
    let Some((folder, wanted)) = arguments.split_first() else {
        return Err(format!("Usage: vitrine-products OUT_DIR [NAME...]\nNames: {}", known.join(", ")));
    };
    if let Some(unknown) = wanted.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("There is no product `{unknown}`. Names: {}", known.join(", ")));
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("Cannot make the folder {folder}: {error}"))?;
    for product in products.iter().filter(|product| wanted.is_empty() || wanted.iter().any(|name| name == product.name))
    {
        let assembly = (product.build)();
        let bytes = glb::bytes(&assembly);
        let note = note(product, &assembly);
        println!("{}.glb: {} bytes, {} triangles", product.name, bytes.len(), assembly.triangle_count());
        for (ending, content) in [("glb", bytes), ("txt", note.into_bytes())] {
            let path = Path::new(folder).join(product.name).with_extension(ending);
            std::fs::write(&path, content).map_err(|error| format!("Cannot write {}: {error}", path.display()))?;
        }
    }
    Ok(())
}
