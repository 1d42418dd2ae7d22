//! Is it as large as such a thing can be? Exporters confuse metres with centimetres and millimetres.

use super::report::Finding;
use vitrine::math::Aabb;

/// The longest side, in metres, of what stands in a room: a wardrobe wall, a large dining table.
const LARGEST_M: f32 = 6.0;
/// The longest side of the smallest thing a shop shows alone: an ear stud.
const SMALLEST_M: f32 = 0.004;
/// How far a product may hover over or sink into its floor, in shares of its longest side.
const FLOOR_SHARE: f32 = 0.05;

/// Words about size and place that look wrong.
pub fn judge(bounds: Aabb) -> Vec<Finding> {
    let mut findings = Vec::new();
    if bounds.is_empty() {
        return findings;
    }
    let longest = bounds.size().max_element();
    if longest > LARGEST_M {
        let guess = guess(longest, &[(0.01, "its numbers are centimetres"), (0.001, "its numbers are millimetres")]);
        findings
            .push(Finding::warning("scale", format!("it is {}, larger than a room holds{guess}.", metres(longest))));
    } else if longest <= SMALLEST_M {
        let mistakes =
            [(1000.0, "it was scaled from millimetres twice"), (100.0, "it was scaled from centimetres twice")];
        let guess = guess(longest, &mistakes);
        findings
            .push(Finding::warning("scale", format!("it is {}, smaller than an ear stud{guess}.", metres(longest))));
    }
    let floor = bounds.min.y / longest.max(f32::MIN_POSITIVE);
    if floor.abs() > FLOOR_SHARE {
        let how = if floor > 0.0 { "above" } else { "below" };
        findings.push(Finding::note(
            "floor",
            format!(
                "its lowest point lies {} {how} the origin. Vitrine puts it on the floor all the same; Quick Look and \
                 Scene Viewer may let it hover or sink.",
                metres(bounds.min.y.abs())
            ),
        ));
    }
    findings
}

/// A word about the mistake that would explain it: the first whose mending makes a likely size.
fn guess(longest: f32, mistakes: &[(f32, &str)]) -> String {
    match mistakes.iter().find(|(scale, _)| (0.02..=LARGEST_M).contains(&(longest * scale))) {
        Some((scale, mistake)) => format!("; if {mistake}, scale it by {scale} to {}", metres(longest * scale)),
        None => "; check the unit of the export, which must be metres".to_owned(),
    }
}

/// A length in the unit people would use for it.
pub fn metres(length: f32) -> String {
    match length {
        _ if length >= 1.0 => format!("{length:.2} m"),
        _ if length >= 0.01 => format!("{:.1} cm", length * 100.0),
        _ => format!("{:.2} mm", length * 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::judge;
    use vitrine::math::{Aabb, Vec3};

    fn told(size: f32) -> String {
        let half = Vec3::new(size, size, size) * 0.5;
        let on_floor = Aabb { min: Vec3::new(-half.x, 0.0, -half.z), max: Vec3::new(half.x, size, half.z) };
        judge(on_floor).iter().map(|finding| finding.message.clone()).collect()
    }

    #[test]
    fn wrong_units_are_told_with_the_likely_one() {
        assert!(told(40.0).contains("40.00 m") && told(40.0).contains("centimetres, scale it by 0.01 to 40.0 cm"));
        assert!(told(900.0).contains("millimetres") || told(900.0).contains("centimetres"));
        assert!(told(0.003).contains("3.00 mm") && told(0.003).contains("scale it by 1000 to 3.00 m"));
        assert_eq!(told(0.8), "");
        assert_eq!(told(0.03), "");
    }

    #[test]
    fn a_product_off_the_floor_is_told() {
        let sunk = Aabb { min: Vec3::new(-0.5, -0.5, -0.5), max: Vec3::splat(0.5) };
        assert!(judge(sunk)[0].message.contains("50.0 cm below"));
    }
}
