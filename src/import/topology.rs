//! The seven primitive modes of glTF, unrolled to points, lines and triangles (glTF 2.0, section 3.7.2.1).

use crate::model::Topology;

/// What a mode's corners form, list after list. `None` for a mode that does not exist. Corners that complete nothing
/// are dropped. The result has at most three times as many entries as `corners`.
pub(super) fn unroll(mode: usize, mut corners: Vec<u32>) -> Option<(Topology, Vec<u32>)> {
    Some(match mode {
        0 => (Topology::Points, corners),
        1 => {
            corners.truncate(corners.len() / 2 * 2);
            (Topology::Lines, corners)
        }
        2 | 3 => {
            let steps = corners.windows(2).filter_map(|pair| pair.first_chunk::<2>().copied());
            let mut lines: Vec<u32> = steps.flatten().collect();
            if let (3, [first, .., last]) = (mode, corners.as_slice()) {
                lines.extend([*last, *first]);
            }
            (Topology::Lines, lines)
        }
        4 => {
            corners.truncate(corners.len() / 3 * 3);
            (Topology::Triangles, corners)
        }
        5 => {
            // Every second triangle of a strip runs the other way round.
            let triangles = corners.windows(3).filter_map(|three| three.first_chunk::<3>().copied());
            let turned = triangles.enumerate().map(|(i, [a, b, c])| if i % 2 == 0 { [a, b, c] } else { [a, c, b] });
            (Topology::Triangles, turned.flatten().collect())
        }
        6 => {
            let Some((&hub, rim)) = corners.split_first() else { return Some((Topology::Triangles, corners)) };
            let steps = rim.windows(2).filter_map(|pair| pair.first_chunk::<2>().copied());
            (Topology::Triangles, steps.flat_map(|[from, to]| [from, to, hub]).collect())
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_unrolls_as_the_standard_says() {
        let four = || vec![0, 1, 2, 3];
        let unrolled = |mode| unroll(mode, four()).unwrap();
        assert_eq!(unrolled(0), (Topology::Points, four()));
        assert_eq!(unrolled(1), (Topology::Lines, four()));
        assert_eq!(unrolled(2), (Topology::Lines, vec![0, 1, 1, 2, 2, 3]));
        assert_eq!(unrolled(3), (Topology::Lines, vec![0, 1, 1, 2, 2, 3, 3, 0]));
        assert_eq!(unrolled(4), (Topology::Triangles, vec![0, 1, 2]));
        assert_eq!(unrolled(5), (Topology::Triangles, vec![0, 1, 2, 1, 3, 2]));
        assert_eq!(unrolled(6), (Topology::Triangles, vec![1, 2, 0, 2, 3, 0]));
        assert_eq!(unroll(7, four()), None);
    }

    #[test]
    fn too_few_corners_form_nothing() {
        for mode in 1..7 {
            let (_, corners) = unroll(mode, vec![0]).unwrap();
            assert!(corners.is_empty(), "mode {mode}");
            assert!(unroll(mode, Vec::new()).unwrap().1.is_empty(), "mode {mode}");
        }
    }
}
