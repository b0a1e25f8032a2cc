use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

/// The pictures in `fixtures/jpeg`, with their names.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/jpeg");
    let mut pictures: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "jpg"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    pictures.sort();
    pictures
}

/// Those that this decoder is for.
fn usual() -> Vec<(String, Vec<u8>)> {
    let mut pictures = fixtures();
    pictures.retain(|(name, _)| !name.starts_with("unusual"));
    pictures
}

fn named(name: &str) -> Vec<u8> {
    let mut pictures = fixtures();
    let at = pictures.iter().position(|one| one.0 == name).unwrap();
    pictures.swap_remove(at).1
}

/// At every size, and at full size.
fn all_sizes(file: &[u8]) -> [Option<Luma>; 5] {
    [1, 2, 3, 4, 8].map(|eighths| Jpeg::open(file)?.luma(eighths))
}

#[test]
fn every_sampling_is_decoded_as_by_zune_jpeg() {
    assert_eq!(usual().len(), 11);
    for (name, file) in usual() {
        let ours = Jpeg::open(&file).unwrap().luma(8).expect(&name);
        let theirs = Whole::open(&file, 200).unwrap().luma().unwrap();
        assert_eq!((ours.width(), ours.height()), (149, 101), "{name}");
        let off = ours.pixels().iter().zip(theirs.pixels());
        let most = off.map(|(ours, theirs)| ours.abs_diff(*theirs)).max();
        assert!(most <= Some(2), "{name}: {most:?}");
    }
}

/// An eighth is the mean of each block, and larger pictures have the means of
/// what they are larger by.
#[test]
fn smaller_pictures_show_the_same() {
    for (name, file) in usual() {
        let jpeg = Jpeg::open(&file).unwrap();
        let full = jpeg.luma(8).unwrap().crop(0, 0, 144, 96).unwrap();
        for (eighths, allowed) in [(1, 2.0), (2, 6.0), (4, 6.0)] {
            let small = jpeg.luma(eighths).unwrap();
            let sides = [149, 101].map(|side: u32| (side * eighths).div_ceil(8));
            assert_eq!([small.width(), small.height()], sides, "{name}");
            let means = full.shrunk(18 * eighths, 12 * eighths);
            let small = small.crop(0, 0, means.width(), means.height()).unwrap();
            let off: u32 = small
                .pixels()
                .iter()
                .zip(means.pixels())
                .map(|(a, b)| u32::from(a.abs_diff(*b)))
                .sum();
            let off = f64::from(off) / small.pixels().len() as f64;
            assert!(off <= allowed, "{name}, {eighths}/8: {off}");
        }
    }
}

#[test]
fn what_is_unusual_is_left_to_others() {
    let unusual = ["unusual-cmyk", "unusual-progressive", "unusual-rgb"];
    for name in unusual {
        assert!(Jpeg::open(&named(name)).is_none(), "{name}");
    }
    let progressive = named("unusual-progressive");
    assert!(Whole::open(&progressive, 200).unwrap().has_luma());
    assert!(!Whole::open(&named("unusual-rgb"), 200).unwrap().has_luma());
    assert!(Whole::open(&progressive, 148).is_none(), "too wide");
}

/// Were it by a single byte.
#[test]
fn what_is_cut_off_is_left_to_others() {
    for name in ["420-q92-restart-5", "grey-q80"] {
        let file = named(name);
        let last = file.len() - 40..file.len();
        for length in (0..file.len()).step_by(13).chain(last) {
            let small = Jpeg::open(&file[..length]).and_then(|jpeg| jpeg.luma(3));
            assert!(small.is_none(), "{name}, {length} bytes");
        }
        // What follows the end is no concern: phones put a second picture there.
        let longer = [&file[..], &file[..100]].concat();
        assert_eq!(all_sizes(&longer), all_sizes(&file));
    }
}

#[test]
fn a_missing_restart_marker_is_noticed() {
    let mut file = named("444-q75-restart-3");
    let marker = file
        .windows(2)
        .rposition(|pair| matches!(pair, [0xff, 0xd0..=0xd7]))
        .unwrap();
    file[marker + 1] ^= 1;
    assert_eq!(all_sizes(&file), [const { None }; 5]);
    file.drain(marker..marker + 2);
    assert_eq!(all_sizes(&file), [const { None }; 5]);
}

/// Nothing is allocated for a picture that the file cannot hold.
#[test]
fn claimed_sizes_are_judged_by_the_length_of_the_file() {
    let mut file = named("420-q85");
    let frame = file
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    file[frame + 5..frame + 9].fill(0xff);
    assert_eq!(Jpeg::open(&file).unwrap().size(), [65535, 65535]);
    assert_eq!(all_sizes(&file), [const { None }; 5]);
    file[frame + 5..frame + 9].fill(0);
    assert!(Jpeg::open(&file).is_none(), "without any size");
}

/// Tables are laid out once, for the scan, however often they are given.
#[test]
fn a_file_full_of_tables_is_soon_done_with() {
    let file = named("grey-q80");
    let table = file
        .windows(2)
        .position(|pair| pair == [0xff, 0xc4])
        .unwrap();
    let length = 2 + usize::from(u16::from_be_bytes([file[table + 2], file[table + 3]]));
    let tables = file[table..table + length].repeat(100_000);
    let many = [&file[..table], &tables, &file[table..]].concat();
    assert_eq!(all_sizes(&many), all_sizes(&file));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn broken_files_never_panic(
        which in any::<prop::sample::Index>(),
        breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        in_header in any::<bool>(),
        kept in any::<prop::sample::Index>(),
    ) {
        let pictures = fixtures();
        let mut file = which.get(&pictures).1.clone();
        for (place, byte) in breaks {
            let place = place.index(if in_header { 700.min(file.len()) } else { file.len() });
            file[place] = byte;
        }
        for file in [&file[..], &file[..kept.index(file.len())]] {
            for small in all_sizes(file).into_iter().flatten() {
                prop_assert!(small.long_side() <= 65535);
            }
        }
    }
}
