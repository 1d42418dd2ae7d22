//! Radiance pictures: every coding, every way to be broken, and a second opinion.

use vitrine::import::Error;
use vitrine::import::radiance::{Reader, is_hdr, read_hdr};

const HEADER: &str = "#?RADIANCE\n# made by a test\nFORMAT=32-bit_rle_rgbe\nEXPOSURE=2\n\n";

fn picture(resolution: &str, data: &[u8]) -> Vec<u8> {
    [HEADER.as_bytes(), resolution.as_bytes(), b"\n", data].concat()
}

fn error_of(file: &[u8]) -> Error {
    read_hdr(file).expect_err("a broken picture")
}

/// 9 by 2 pixels in the newer run-length coding, one run and one stretch in each channel.
fn run_length_rows() -> Vec<u8> {
    let row = |first: u8| {
        let channel = |value: u8| vec![128 + 5, value, 4, value + 1, value + 2, value + 3, value + 4];
        [vec![2, 2, 0, 9], channel(first), channel(first + 10), channel(first + 20), vec![128 + 9, 129]].concat()
    };
    [row(10), row(100)].concat()
}

#[test]
fn flat_pixels_are_mantissas_times_a_power_of_two() {
    let data = [128, 64, 0, 129, 255, 1, 2, 0, 1, 2, 4, 136, 200, 100, 50, 255];
    let panorama = read_hdr(&picture("-Y 2 +X 2", &data)).unwrap();
    assert_eq!((panorama.width, panorama.height), (2, 2));
    assert_eq!(panorama.pixels[0], [1.0, 0.5, 0.0]);
    assert_eq!(panorama.pixels[1], [0.0; 3], "exponent 0 is black");
    assert_eq!(panorama.pixels[2], [1.0, 2.0, 4.0]);
    assert_eq!(panorama.pixels[3][0], 200.0 * 119_f32.exp2());
}

#[test]
fn the_newer_runs_are_per_channel() {
    let panorama = read_hdr(&picture("-Y 2 +X 9", &run_length_rows())).unwrap();
    let red: Vec<f32> = panorama.pixels.iter().map(|pixel| pixel[0] * 128.0).collect();
    let expected = [10.0, 10.0, 10.0, 10.0, 10.0, 11.0, 12.0, 13.0, 14.0];
    assert_eq!(red[..9], expected);
    assert_eq!(red[9..], expected.map(|value| value + 90.0));
    assert_eq!(panorama.pixels[0], [10.0 / 128.0, 20.0 / 128.0, 30.0 / 128.0]);
}

#[test]
fn the_older_runs_repeat_the_pixel_before() {
    let pixel = [128, 64, 32, 129];
    let data = [&pixel[..], &[1, 1, 1, 3], &[2, 2, 200, 129], &[1, 1, 1, 44, 1, 1, 1, 1]].concat();
    let panorama = read_hdr(&picture("-Y 1 +X 305", &data)).unwrap();
    assert_eq!(panorama.pixels[..4], [[1.0, 0.5, 0.25]; 4]);
    assert_eq!(panorama.pixels[4..], [[2.0 / 128.0, 2.0 / 128.0, 200.0 / 128.0]; 301], "44 and 1 * 256 more");
}

#[test]
fn broken_pictures_are_told() {
    let two = [128, 64, 32, 129, 128, 64, 32, 129];
    let rows = run_length_rows();
    let cases: Vec<(Vec<u8>, &str, &str)> = vec![
        (b"".to_vec(), "not-radiance", "#?RADIANCE"),
        (b"\x89PNG\r\n".to_vec(), "not-radiance", "#?RADIANCE"),
        (b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n".to_vec(), "truncated", "header"),
        (b"#?RADIANCE\nFORMAT=32-bit_rle_xyze\n\n-Y 1 +X 1\n".to_vec(), "invalid-radiance", "xyze"),
        ([b"#?RADIANCE\n".as_slice(), &[b'x'; 5000]].concat(), "invalid-radiance", "does not end"),
        (picture("+Y 1 +X 2", &two), "invalid-radiance", "+Y 1 +X 2"),
        (picture("-X 1 +Y 2", &two), "invalid-radiance", "only -Y +X"),
        (picture("-Y 1", &two), "invalid-radiance", "no line like"),
        (picture("-Y 0 +X 2", &two), "invalid-radiance", "no line like"),
        (picture("-Y -1 +X 2", &two), "invalid-radiance", "no line like"),
        (picture("-Y 99999999999 +X 2", &two), "invalid-radiance", "no line like"),
        (picture("-Y 16384 +X 16384", &two), "truncated", "row 0 of 16384"),
        (picture("-Y 20000 +X 40000", &two), "too-large", "40000 by 20000"),
        (picture("-Y 4294967295 +X 4294967295", &two), "too-large", "at most"),
        (picture("-Y 4096 +X 8192", &two), "truncated", "row 0 of 4096"),
        (picture("-Y 2 +X 2", &two), "truncated", "row 1 of 2"),
        (picture("-Y 1 +X 2", &[1, 1, 1, 1, 0, 0, 0, 0]), "invalid-radiance", "row 0: it starts by repeating"),
        (picture("-Y 1 +X 2", &[9, 9, 9, 9, 1, 1, 1, 2]), "invalid-radiance", "does not fit"),
        (picture("-Y 1 +X 10", &rows), "invalid-radiance", "not the picture's width"),
        (picture("-Y 1 +X 9", &[2, 2, 0, 9, 138, 1]), "invalid-radiance", "does not fit"),
        (picture("-Y 1 +X 9", &[2, 2, 0, 9, 0, 1]), "invalid-radiance", "does not fit"),
    ];
    for (file, code, part) in cases {
        let error = error_of(&file);
        assert!(error.code() == code && error.message().contains(part), "{code} {part}: {error:?}");
    }
}

#[test]
fn a_picture_cut_anywhere_or_flipped_anywhere_is_survived() {
    let file = picture("-Y 2 +X 9", &run_length_rows());
    for length in 11..file.len() {
        assert_eq!(error_of(&file[..length]).code(), "truncated", "{length}");
    }
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut file = file.clone();
            file[at] ^= 1 << bit;
            if let Ok(panorama) = read_hdr(&file) {
                assert_eq!(panorama.pixels.len(), panorama.width as usize * panorama.height as usize);
                assert!(panorama.pixels.as_flattened().iter().all(|value| value.is_finite()));
            }
        }
    }
}

#[test]
fn the_image_crate_reads_the_same_light() {
    let Some(folder) = super::shared("environments") else { return };
    let mut compared = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "hdr") {
            continue;
        }
        let file = std::fs::read(&path).unwrap();
        let ours = read_hdr(&file).unwrap();
        let theirs = image::load_from_memory_with_format(&file, image::ImageFormat::Hdr).unwrap().into_rgb32f();
        assert_eq!((ours.width, ours.height), theirs.dimensions());
        assert!(ours.pixels.as_flattened() == theirs.as_raw().as_slice(), "{}", path.display());
        compared += 1;
    }
    assert!(compared >= 3, "only {compared} pictures were compared");
}

#[test]
fn a_large_picture_is_shrunk_to_its_mean_while_it_is_read() {
    // 7 by 4 pixels, red counting up; to at most 3 on a side they become 2 by 1 of three by three.
    let data: Vec<u8> = (0..28).flat_map(|index| [index, 128, 0, 136]).collect();
    let file = picture("-Y 4 +X 7", &data);
    assert!(is_hdr(&file) && !is_hdr(b"\x89PNG"));
    let mut reader = Reader::new(&file, 3).unwrap();
    let mut steps = 1;
    while !reader.step(7).unwrap() {
        steps += 1;
    }
    assert_eq!(steps, 4, "a row at a time");
    assert!(reader.warning().is_some_and(|words| words.contains("7 x 4") && words.contains("2 x 1")));
    let panorama = reader.finish();
    assert_eq!((panorama.width, panorama.height), (2, 1));
    assert_eq!(panorama.pixels, [[8.0, 128.0, 0.0], [11.0, 128.0, 0.0]]);
    let mut whole = Reader::new(&file, 7).unwrap();
    assert!(whole.step(1000).unwrap() && whole.warning().is_none());
}
