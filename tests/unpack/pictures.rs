//! KTX2: exact pixels from blocks of known colours, and limits that hold before memory is asked for.

use super::ktx2::ktx2;
use vitrine::unpack::{Decoder, Job, run};

const TARGETS: [Decoder; 4] = [Decoder::BasisRgba, Decoder::BasisBc7, Decoder::BasisAstc, Decoder::BasisEtc2];

fn paint(column: u32, row: u32) -> [u8; 4] {
    [(column * 60) as u8, (row * 60) as u8, 200, 255 - (column * 20) as u8]
}

fn unpack(decoder: Decoder, longest_side: u32, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    run(&Job { decoder, parameters: vec![longest_side], bytes })
}

fn words(bytes: &[u8], count: usize) -> Vec<u32> {
    bytes.chunks(4).take(count).map(|word| u32::from_le_bytes(word.try_into().unwrap())).collect()
}

#[test]
fn plain_pixels_are_those_of_the_file() {
    let answer = unpack(Decoder::BasisRgba, 4096, ktx2(16, &[&paint])).unwrap();
    assert_eq!(words(&answer, 4), [16, 16, 1, 16 * 16 * 4]);
    let pixels = &answer[16..];
    for (x, y) in (0..16).flat_map(|y| (0..16).map(move |x| (x, y))) {
        assert_eq!(pixels[(y * 16 + x) * 4..][..4], paint(x as u32 / 4, y as u32 / 4), "{x} {y}");
    }
}

#[test]
fn levels_come_from_the_file_and_those_too_long_are_left_out() {
    let grey = |_: u32, _: u32| [128, 128, 128, 255];
    let file = ktx2(16, &[&paint, &grey, &grey, &grey, &grey]);
    for decoder in &TARGETS[1..] {
        let answer = unpack(*decoder, 16, file.clone()).unwrap();
        // Sixteen bytes for each block of four by four.
        assert_eq!(words(&answer, 8), [16, 16, 5, 256, 64, 16, 16, 16], "{}", decoder.name());
        assert_eq!(answer.len(), 8 * 4 + 256 + 64 + 48);
        assert_eq!(words(&unpack(*decoder, 15, file.clone()).unwrap(), 3), [8, 8, 4]);
        assert_eq!(words(&unpack(*decoder, 0, file.clone()).unwrap(), 3), [1, 1, 1]);
    }
    let answer = unpack(Decoder::BasisRgba, 8, file).unwrap();
    assert_eq!(words(&answer, 4), [8, 8, 1, 256]);
    assert_eq!(answer[16..20], [128, 128, 128, 255]);
}

#[test]
fn a_picture_without_smaller_levels_is_halved() {
    let answer = unpack(Decoder::BasisRgba, 2, ktx2(16, &[&|_, _| [10, 20, 30, 40]])).unwrap();
    assert_eq!(words(&answer, 4), [2, 2, 1, 16]);
    assert_eq!(answer[16..], [10, 20, 30, 40].repeat(4));
}

#[test]
fn hostile_heads_are_refused_before_memory_is_asked_for() {
    let good = ktx2(16, &[&paint]);
    for decoder in TARGETS {
        for (at, value) in [(20, 0x7FFF_FFFF_u32), (24, 1 << 20), (20, 0), (32, 9), (36, 6), (40, 0), (40, 40)] {
            let mut file = good.clone();
            file[at..at + 4].copy_from_slice(&value.to_le_bytes());
            assert!(unpack(decoder, 4096, file).is_err(), "{} {at} {value}", decoder.name());
        }
        for length in (0..good.len()).step_by(7) {
            assert!(unpack(decoder, 4096, good[..length].to_vec()).is_err(), "{length} bytes");
        }
    }
}

#[test]
fn a_real_picture_is_alike_in_every_format_that_a_card_reads() {
    let above = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let name = "shared/models/AnisotropyBarnLamp/glTF-KTX2-Basisu/AnisotropyBarnLamp_normalbump.ktx2";
    let Some(path) = above.map(|folder| folder.join(name)).find(|path| path.is_file()) else {
        println!("SKIPPED: no {name} beside the checkout");
        return;
    };
    let file = std::fs::read(path).unwrap();
    for decoder in TARGETS {
        let answer = unpack(decoder, 4096, file.clone()).unwrap();
        let bytes = if decoder == Decoder::BasisRgba { 4 } else { 1 } * 2048 * 2048;
        assert_eq!(words(&answer, 4), [2048, 2048, 1, bytes], "{}", decoder.name());
    }
}
