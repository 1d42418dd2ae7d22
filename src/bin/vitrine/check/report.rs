//! What was found, for people and for programs.

use super::{cost::Cost, platforms::Platform, scale::metres};
use serde_json::{Value, json};
use vitrine::import::{ExtensionUse, Fate};

/// Everything said about one file.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub file: String,
    /// Of the named file alone.
    pub file_bytes: usize,
    /// It gives a product.
    pub is_usable: bool,
    pub findings: Vec<Finding>,
    pub extensions: Vec<ExtensionUse>,
    /// Width, height and depth.
    pub size_m: [f32; 3],
    pub cost: Cost,
    pub variants: Vec<String>,
    /// Names.
    pub scenes: Vec<String>,
    /// Names; may be empty.
    pub animations: Vec<String>,
    pub platforms: Vec<Platform>,
}

/// One thing to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub severity: Severity,
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub message: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The product is not what the file says.
    Error,
    /// It may be, and looks wrong or costs much.
    Warning,
    /// Good to know.
    Note,
}

impl Finding {
    pub fn error(code: &str, message: String) -> Self {
        Self { severity: Severity::Error, code: code.to_owned(), message }
    }

    pub fn warning(code: &str, message: String) -> Self {
        Self { severity: Severity::Warning, code: code.to_owned(), message }
    }

    pub fn note(code: &str, message: String) -> Self {
        Self { severity: Severity::Note, code: code.to_owned(), message }
    }
}

impl Severity {
    fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Report {
    /// 0 fine, 1 drawn wrongly, 2 no product.
    pub fn exit_code(&self) -> u8 {
        let has_error = self.findings.iter().any(|finding| finding.severity == Severity::Error);
        if !self.is_usable { 2 } else { u8::from(has_error) }
    }
}

fn fate_words(extension: &ExtensionUse) -> (&'static str, &'static str) {
    match extension.fate {
        Fate::Drawn => ("drawn", ""),
        Fate::Ignored(loss) => ("ignored", loss),
        Fate::Refused(advice) => ("refused", advice),
    }
}

/// For people.
pub fn print(report: &Report) {
    println!("{}", report.file);
    for finding in &report.findings {
        println!("  {}: {}", finding.severity.word(), finding.message);
    }
    if report.is_usable {
        print_facts(report);
    }
    for extension in &report.extensions {
        let (fate, words) = fate_words(extension);
        let required = if extension.required { ", required" } else { "" };
        let words = if words.is_empty() { String::new() } else { format!(": {words}") };
        println!("  {} {fate}{required}{words}", extension.name);
    }
    for platform in &report.platforms {
        let losses = platform.losses.join("; ");
        println!("  {}: {}", platform.name, if losses.is_empty() { "loses nothing" } else { &losses });
    }
    println!();
}

fn print_facts(report: &Report) {
    let [width, height, depth] = report.size_m.map(metres);
    let Cost { triangles, vertices, draw_calls, materials, pictures, texture_bytes, longest_side_px } = &report.cost;
    println!("  size {width} wide, {height} high, {depth} deep");
    println!("  {triangles} triangles, {vertices} vertices, {draw_calls} draw calls, {materials} materials");
    let mib = *texture_bytes as f64 / f64::from(1 << 20);
    println!("  {pictures} pictures, the longest side {longest_side_px} pixels, {mib:.1} MiB on the graphics card");
    if !report.variants.is_empty() {
        println!("  variants: {}", report.variants.join(", "));
    }
    if report.scenes.len() > 1 {
        println!("  scenes: {}", report.scenes.join(", "));
    }
    if !report.animations.is_empty() {
        println!(
            "  animations: {}",
            report.animations.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        );
    }
}

/// For programs: a list, one object a file.
pub fn to_json(reports: &[Report]) -> Value {
    reports.iter().map(one_to_json).collect()
}

fn one_to_json(report: &Report) -> Value {
    let cost = &report.cost;
    let findings = report.findings.iter().map(
        |finding| json!({ "severity": finding.severity.word(), "code": finding.code, "message": finding.message }),
    );
    let extensions = report.extensions.iter().map(|extension| {
        let (fate, words) = fate_words(extension);
        json!({ "name": extension.name, "required": extension.required, "fate": fate, "words": words })
    });
    let platforms = report.platforms.iter().map(|platform| json!({ "name": platform.name, "losses": platform.losses }));
    json!({
        "file": report.file,
        "usable": report.is_usable,
        "exit": report.exit_code(),
        "findings": findings.collect::<Vec<_>>(),
        "extensions": extensions.collect::<Vec<_>>(),
        "platforms": platforms.collect::<Vec<_>>(),
        "file_bytes": report.file_bytes,
        "size_m": report.size_m,
        "triangles": cost.triangles,
        "vertices": cost.vertices,
        "draw_calls": cost.draw_calls,
        "materials": cost.materials,
        "pictures": cost.pictures,
        "longest_side_px": cost.longest_side_px,
        "texture_bytes": cost.texture_bytes,
        "variants": report.variants,
        "scenes": report.scenes,
        "animations": report.animations,
    })
}
