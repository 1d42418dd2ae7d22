//! Every hint has a stable code and one short sentence that can be read aloud.

use vitrine::ar::{Device, Hint, Placement, Problem, Surface};

#[test]
fn every_hint_is_one_sentence_for_people_and_one_code_for_programs() {
    let mut hints = vec![
        Hint::TapToPlace,
        Hint::Empty,
        Hint::MeasureFrom,
        Hint::MeasureTo,
        Hint::Measured,
        Hint::NoPointHere,
        Hint::TrueSize,
        Hint::TrackingLost,
        Hint::Suspended,
        Hint::Restoring,
    ];
    for (_, placement) in Placement::WORDS {
        hints.extend([Hint::Search(placement), Hint::WrongSurface(placement)]);
        hints.extend([Hint::TooSmall(placement), Hint::NoPlaceYet(placement)]);
    }
    for surface in [Surface::Floor, Surface::Table, Surface::Wall, Surface::Ceiling, Surface::Item, Surface::Air] {
        hints.extend([Hint::Placed(surface), Hint::PlacedInFront(surface)]);
    }
    let mut keys: Vec<_> = hints.iter().map(|hint| (hint.code(), hint.about())).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), hints.len(), "a page finds its own words for each by code and surface");
    for hint in hints {
        let (code, text) = (hint.code(), hint.text());
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{code}");
        assert!((5..=90).contains(&text.len()), "{hint:?}: {text}");
        assert!(text.is_ascii() && !text.contains(['<', '&', '\n']) && !text.ends_with('.'), "{text}");
        assert_eq!(hint.words(Device::Phone), text);
        let worn = hint.words(Device::Headset).to_lowercase();
        assert!(
            !["phone", "tap ", "finger"].iter().any(|word| worn.contains(word)),
            "said to who wears a headset: {worn}"
        );
    }
    assert_eq!(Hint::None.text(), "");
    for problem in [Problem::Overlaps, Problem::InWall, Problem::OverEdge, Problem::NoSurface] {
        assert!(!problem.text().is_empty() && !problem.code().is_empty());
    }
}
