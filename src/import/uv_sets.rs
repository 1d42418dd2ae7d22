//! Which of a file's texture coordinate sets become the two that are drawn. A file may have any number (glTF 2.0, section
//! 3.7.2.1), and exporters number them with gaps; what counts is how many one surface reads.

use super::ledger::Ledger;

/// The file's sets behind the two that are drawn; `None` for one that no texture reads.
pub(super) type UvSets = [Option<usize>; 2];

/// The sets we know, as files write them.
const NAMES: [&str; 8] =
    ["TEXCOORD_0", "TEXCOORD_1", "TEXCOORD_2", "TEXCOORD_3", "TEXCOORD_4", "TEXCOORD_5", "TEXCOORD_6", "TEXCOORD_7"];

/// A set as files write it.
pub(super) fn name(set: usize) -> &'static str {
    NAMES.get(set).copied().unwrap_or_default()
}

/// Which of the two holds this set of the file: its own number where that is free. `None` when both hold others.
pub(super) fn place(sets: &mut UvSets, written: usize) -> Option<usize> {
    let own = written.min(1);
    let is_free = |place: &usize| sets.get(*place).is_some_and(|set| set.is_none_or(|set| set == written));
    let place = [own, 1 - own].into_iter().find(is_free).filter(|_| written < NAMES.len())?;
    *sets.get_mut(place)? = Some(written);
    Some(place)
}

/// The sets of a primitive at `place` whose materials, one for every look, read `all` these.
pub(super) fn joined<'a>(all: impl Iterator<Item = &'a UvSets>, place: &str, ledger: &mut Ledger) -> [usize; 2] {
    let mut joined = UvSets::default();
    for sets in all {
        for (joined, set) in joined.iter_mut().zip(sets) {
            if joined.is_some() && set.is_some() && joined != set {
                ledger.warn(format!("{place}: its looks read different coordinate sets; those of the first are used."));
            }
            *joined = joined.or(*set);
        }
    }
    let [first, second] = joined;
    [first.unwrap_or(0), second.unwrap_or(1)]
}

#[cfg(test)]
mod tests {
    use super::{UvSets, joined, place};
    use crate::import::ledger::Ledger;

    fn placed(written: &[usize]) -> Vec<Option<usize>> {
        let mut sets = UvSets::default();
        written.iter().map(|&set| place(&mut sets, set)).collect()
    }

    #[test]
    fn two_sets_of_any_number_find_a_place() {
        assert_eq!(placed(&[0, 1, 0]), [Some(0), Some(1), Some(0)]);
        assert_eq!(placed(&[1]), [Some(1)]);
        assert_eq!(placed(&[2, 0, 2]), [Some(1), Some(0), Some(1)]);
        assert_eq!(placed(&[2, 1, 3]), [Some(1), Some(0), None]);
        assert_eq!(placed(&[5, 7]), [Some(1), Some(0)]);
        assert_eq!(placed(&[8, 0]), [None, Some(0)]);
    }

    #[test]
    fn looks_share_their_sets_where_they_can() {
        let mut ledger = Ledger::default();
        assert_eq!(joined([[Some(0), None], [None, Some(2)]].iter(), "here", &mut ledger), [0, 2]);
        assert_eq!(joined([].iter(), "here", &mut ledger), [0, 1]);
        assert!(ledger.into_warnings().is_empty());
        let mut ledger = Ledger::default();
        assert_eq!(joined([[None, Some(1)], [None, Some(2)]].iter(), "here", &mut ledger), [0, 1]);
        assert_eq!(ledger.into_warnings().len(), 1);
    }
}
