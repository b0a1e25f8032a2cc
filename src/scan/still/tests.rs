use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};

use super::super::decoder::Corners;
use super::super::luma::Luma;
use super::super::samples::{TEXT, distance, laid, part, symbol};
use super::*;

fn jpeg(picture: &Luma) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 85)
        .write_image(
            picture.pixels(),
            picture.width(),
            picture.height(),
            ExtendedColorType::L8,
        )
        .unwrap();
    file
}

/// The file with the note that it is to be turned a quarter clockwise.
fn to_be_turned(jpeg: &[u8]) -> Vec<u8> {
    let exif: &[u8] = &[
        b'E', b'x', b'i', b'f', 0, 0, b'M', b'M', 0, 42, 0, 0, 0, 8, // one table
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, // orientation 6
    ];
    let length = [0xff, 0xe1, 0, exif.len() as u8 + 2];
    [&jpeg[..2], &length, exif, &jpeg[2..]].concat()
}

fn glanced(file: &[u8]) -> Option<ScanReport> {
    let glanced = StillReader::new().glance(file, &|text| text == TEXT)?;
    Some(glanced.reading)
}

fn where_it_is(at: [f32; 2], module: u32) -> Corners {
    let side = symbol(TEXT, module).width() as f32;
    let (near, far) = (4.0 * module as f32, side - 4.0 * module as f32);
    [[near, near], [far, near], [far, far], [near, far]].map(|[x, y]| [at[0] + x, at[1] + y])
}

#[test]
fn a_large_photograph_is_read_without_being_decoded_whole() {
    // Of every size for which another share of the coefficients is needed.
    for width in [9300, 4800, 4000, 2400] {
        let picture = laid(&symbol(TEXT, 16), width, 900, (width - 700, 100), 190);
        let file = jpeg(&picture);
        let seen = glanced(&file).expect("read at a glance");
        let expected = where_it_is([width as f32 - 700.0, 100.0], 16);
        let off = distance(seen.sightings[0].corners, expected);
        assert!(off < 8.0, "{width}: {off} pixels");
        let still = StillReader::new().read(&file, &|_| true).unwrap();
        assert_eq!(still.reading.sightings, seen.sightings);
        assert_eq!(still.hint, None);
    }
}

#[test]
fn corners_are_those_of_the_picture_upright() {
    let picture = laid(&symbol(TEXT, 16), 3000, 900, (200, 100), 190);
    let seen = glanced(&to_be_turned(&jpeg(&picture))).expect("read at a glance");
    let turned = where_it_is([200.0, 100.0], 16).map(|[x, y]| [900.0 - y, x]);
    let off = distance(seen.sightings[0].corners, turned);
    assert!(off < 8.0, "{off} pixels");
}

#[test]
fn what_a_glance_does_not_settle_is_looked_at_whole() {
    // Modules of one pixel at a glance.
    let small = jpeg(&laid(&symbol(TEXT, 3), 4000, 800, (1800, 300), 190));
    assert_eq!(glanced(&small), None);
    let still = StillReader::new().read(&small, &|text| text == TEXT);
    let still = still.unwrap();
    assert_eq!(still.reading.sightings[0].text, TEXT);
    let off = distance(
        still.reading.sightings[0].corners,
        where_it_is([1800.0, 300.0], 3),
    );
    assert!(off < 6.0, "{off} pixels");
    // A text that is not wanted.
    let other = jpeg(&laid(&symbol("other", 16), 3000, 800, (200, 100), 190));
    assert_eq!(glanced(&other), None);
    // A part of a text is told, too, and what to do about it.
    let part = jpeg(&laid(
        &part("0123456789", 0, 1, 16),
        3000,
        800,
        (200, 100),
        190,
    ));
    assert_eq!(glanced(&part), None);
    // Too small to gain anything, and not a JPEG at all.
    assert_eq!(glanced(&jpeg(&symbol(TEXT, 16))), None);
    assert_eq!(glanced(b"\x89PNG\r\n\x1a\n"), None);
}

#[test]
fn a_damaged_file_is_read_as_far_as_it_goes() {
    let mut file = jpeg(&laid(&symbol(TEXT, 16), 3000, 1600, (200, 100), 190));
    file.truncate(file.len() - 100);
    assert_eq!(glanced(&file), None);
    let still = StillReader::new().read(&file, &|_| true).unwrap();
    assert_eq!(still.reading.sightings[0].text, TEXT);
    file.truncate(30);
    let error = StillReader::new().read(&file, &|_| true).unwrap_err();
    assert_eq!(Err(error), luma_from_bytes(&file));
}
