//! Numbers that screens show in digits: sets of pictures, each with a floor, and none read wrongly.
//!
//! The sets in `fixtures/digits` were made by `src/scan/digits/training/photographs.py`, in fonts
//! and with seeds that the networks did not learn from: `photographs` (digits 10 to 16 pixels
//! high), `screenshots` (no camera between), `joined` (two photographs of each screen,
//! of which one alone is not enough for two screens) and `nothing` (screens without any number). `HIKYAKU_DIGITS` names a folder
//! with more such sets, of which none may be read wrongly.

use hikyaku::scan::Luma;
use hikyaku::scan::digits::{DigitReader, JoinedReader, PrintedNumber};
use hikyaku::scan::luma_from_bytes;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// A picture of a set, as its `truth.json` says.
#[derive(Debug, Deserialize)]
struct Picture {
    file: String,
    /// Pictures of one screen have the same.
    screen: u64,
    numbers: Vec<String>,
}

/// Floors are the measured counts less one.
const PHOTOGRAPHS: usize = 16;
const SCREENSHOTS: usize = 9;
const JOINED: usize = 3;

fn set(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/digits")
        .join(name)
}

fn pictures(folder: &Path) -> Vec<Picture> {
    let truth = fs::read(folder.join("truth.json")).unwrap();
    serde_json::from_slice(&truth).unwrap()
}

fn luma(folder: &Path, picture: &Picture) -> Luma {
    luma_from_bytes(&fs::read(folder.join(&picture.file)).unwrap()).unwrap()
}

fn reader() -> &'static DigitReader {
    DigitReader::shared().unwrap()
}

/// Whether all that is shown was read. Nothing may be read that is not shown.
fn is_exact(what: &str, shown: &[String], read: &[PrintedNumber]) -> bool {
    for number in read {
        assert!(
            shown.contains(&number.digits),
            "{what}: {number:?} is not {shown:?}"
        );
        assert!((0.0..=1.0).contains(&number.certainty));
    }
    let missing = |digits: &&String| !read.iter().any(|number| number.digits == **digits);
    let missing: Vec<&String> = shown.iter().filter(missing).collect();
    if !missing.is_empty() {
        println!("{what}: {missing:?} not read");
    }
    missing.is_empty()
}

/// How many pictures of a set were read exactly.
fn exact(folder: &Path) -> usize {
    let each = pictures(folder).into_iter().filter(|picture| {
        let luma = luma(folder, picture);
        let read = reader().read(&luma);
        for number in &read {
            assert_places(&picture.file, &luma, number);
        }
        is_exact(&picture.file, &picture.numbers, &read)
    });
    each.count()
}

/// Groups lie within the picture, and none on another one.
fn assert_places(what: &str, picture: &Luma, number: &PrintedNumber) {
    assert_eq!(number.groups.len(), number.kind.groups());
    let middle = |group: &[[f32; 2]; 4]| {
        [0, 1].map(|axis| group.iter().map(|corner| corner[axis]).sum::<f32>() / 4.0)
    };
    let places: Vec<[[f32; 2]; 4]> = number.groups.iter().flatten().copied().collect();
    let middles: Vec<[f32; 2]> = places.iter().map(middle).collect();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    for (at, [x, y]) in middles.iter().enumerate() {
        let inside = (0.0..width).contains(x) && (0.0..height).contains(y);
        assert!(inside, "{what}: {x} {y}");
        let high = places[at][3][1] - places[at][0][1];
        let near = |[a, b]: &&[f32; 2]| (a - x).hypot(b - y) < high / 2.0;
        assert_eq!(
            middles.iter().filter(near).count(),
            1,
            "{what}: {middles:?}"
        );
    }
}

#[test]
fn photographs_are_read() {
    let exact = exact(&set("photographs"));
    assert!(exact >= PHOTOGRAPHS, "{exact}");
}

#[test]
fn screenshots_are_read() {
    let exact = exact(&set("screenshots"));
    assert!(exact >= SCREENSHOTS, "{exact}");
}

#[test]
fn screens_without_a_number_say_nothing() {
    let folder = set("nothing");
    let all = pictures(&folder);
    assert!(all.iter().all(|picture| picture.numbers.is_empty()));
    assert_eq!(exact(&folder), all.len());
}

#[test]
fn a_group_that_a_line_break_divides_is_at_two_places() {
    let file = set("screenshots").join("0921007.png");
    let luma = hikyaku::scan::luma_from_bytes(&fs::read(file).unwrap()).unwrap();
    let numbers = reader().read(&luma);
    let parts: Vec<usize> = numbers[0].groups.iter().map(Vec::len).collect();
    assert_eq!(parts, [1, 1, 1, 1, 2, 1, 1, 1, 1]);
    // The rest of it stands below, at the left.
    let [first, rest] = [numbers[0].groups[4][0], numbers[0].groups[4][1]];
    assert!(rest[0][1] > first[2][1] - 2.0 && rest[0][0] < first[0][0]);
}

#[test]
fn two_photographs_of_a_screen_tell_more_than_one() {
    let folder = set("joined");
    let all = pictures(&folder);
    let screens = all.chunk_by(|a, b| a.screen == b.screen);
    let exact = screens.filter(|shots| {
        let mut joined = JoinedReader::new(reader());
        for shot in *shots {
            joined.add(&luma(&folder, shot));
        }
        is_exact(&shots[0].file, &shots[0].numbers, &joined.numbers())
    });
    let exact = exact.count();
    assert!(exact >= JOINED, "{exact}");
}

#[test]
fn no_further_set_is_read_wrongly() {
    let Some(folder) = std::env::var_os("HIKYAKU_DIGITS") else {
        return;
    };
    for entry in fs::read_dir(folder).unwrap() {
        let folder = entry.unwrap().path();
        if folder.join("truth.json").exists() {
            println!(
                "{}: {} of {}",
                folder.display(),
                exact(&folder),
                pictures(&folder).len()
            );
        }
    }
}

/// Pictures that give nothing, or nothing good, end soon and quietly.
#[test]
fn odd_pictures_are_no_numbers() {
    let shapes = [(1, 1), (24, 3000), (3000, 24), (4, 4), (640, 480)];
    for (width, height) in shapes {
        for pattern in 0..4_u32 {
            let pixel = |x: u32, y: u32| match pattern {
                0 => 255,
                1 => ((x ^ y) & 1) as u8 * 255,
                2 => (x / 7 % 2) as u8 * 255,
                _ => (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_le_bytes()[2],
            };
            let picture = Luma::from_fn(width, height, pixel);
            assert_eq!(reader().read(&picture), [], "{width} {height} {pattern}");
        }
    }
}
