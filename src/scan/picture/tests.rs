use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, Frame, LumaA, Rgb, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;
use crate::advice::Fact;

/// Dark on the left, light on the right.
fn sample() -> GrayImage {
    GrayImage::from_fn(40, 20, |x, _| [if x < 20 { 10 } else { 240 }].into())
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn every_format_is_told_from_its_content() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Bmp,
        ImageFormat::Gif,
    ] {
        let rgb = DynamicImage::from(sample()).to_rgb8();
        let picture = luma_from_bytes(&encoded(rgb, format)).unwrap();
        assert_eq!((picture.width(), picture.height()), (40, 20), "{format:?}");
        assert!(picture.row(10)[5] < 30, "{format:?}");
        assert!(picture.row(10)[35] > 220, "{format:?}");
    }
}

#[test]
fn errors_are_told_apart() {
    assert_eq!(luma_from_bytes(b""), Err(PictureError::Empty));
    assert_eq!(
        luma_from_bytes(b"plainly not a picture"),
        Err(PictureError::UnknownFormat)
    );
    // TIFF is recognised, but not built in.
    assert_eq!(
        luma_from_bytes(b"II*\0\x08\0\0\0\0\0\0\0"),
        Err(PictureError::UnknownFormat)
    );
    let png = encoded(sample(), ImageFormat::Png);
    for length in [9, 20, 40, png.len() / 2, png.len() - 20] {
        let cut = luma_from_bytes(&png[..length]);
        assert!(matches!(cut, Err(PictureError::Damaged { .. })), "{cut:?}");
    }
    let large = vec![0; MAX_BYTES + 1];
    assert!(matches!(
        luma_from_bytes(&large),
        Err(PictureError::TooLarge { .. })
    ));
}

/// A JPEG cut off by a broken transfer: whatever comes of it, no panic.
#[test]
fn a_truncated_jpeg_is_survived() {
    let jpeg = encoded(sample(), ImageFormat::Jpeg);
    for length in 2..jpeg.len() {
        if let Ok(picture) = luma_from_bytes(&jpeg[..length]) {
            assert_eq!((picture.width(), picture.height()), (40, 20));
        }
    }
}

/// A header that claims 20000 × 20000 pixels is refused for that, at once.
#[test]
fn claimed_sizes_are_judged_before_anything_is_decoded() {
    let mut png = encoded(sample(), ImageFormat::Png);
    png[16..20].copy_from_slice(&20_000_u32.to_be_bytes());
    png[20..24].copy_from_slice(&20_000_u32.to_be_bytes());
    let checksum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&checksum.to_be_bytes());
    assert_eq!(
        luma_from_bytes(&png),
        Err(PictureError::TooManyPixels {
            width: 20_000,
            height: 20_000,
            limit: MAX_PIXELS
        })
    );
    let mut bmp = encoded(sample(), ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&30_000_u32.to_le_bytes());
    bmp[22..26].copy_from_slice(&30_000_u32.to_le_bytes());
    let refused = luma_from_bytes(&bmp);
    assert!(refused.is_err(), "{refused:?}");
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

/// Orientation 6: the camera was held upright, so the stored picture has to be
/// turned a quarter clockwise.
#[test]
fn the_orientation_noted_by_a_camera_is_applied() {
    let jpeg = encoded(sample(), ImageFormat::Jpeg);
    let exif: &[u8] = &[
        b'E', b'x', b'i', b'f', 0, 0, b'M', b'M', 0, 42, 0, 0, 0, 8, // one table
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, // orientation 6
    ];
    let mut turned = jpeg[..2].to_vec();
    turned.extend([0xFF, 0xE1, 0, exif.len() as u8 + 2]);
    turned.extend(exif);
    turned.extend(&jpeg[2..]);
    let picture = luma_from_bytes(&turned).unwrap();
    assert_eq!((picture.width(), picture.height()), (20, 40));
    assert!(picture.row(5)[10] < 30, "the left has become the top");
    assert!(picture.row(35)[10] > 220);
}

#[test]
fn what_is_transparent_is_white() {
    let glass = RgbaImage::from_pixel(4, 4, Rgba([0, 0, 0, 0]));
    let picture = luma_from_bytes(&encoded(glass, ImageFormat::Png)).unwrap();
    assert!(picture.pixels().iter().all(|&p| p == 255));
    let mist = image::ImageBuffer::from_pixel(4, 4, LumaA([0_u8, 128]));
    let picture = luma_from_bytes(&encoded(mist, ImageFormat::Png)).unwrap();
    assert!(picture.pixels().iter().all(|&p| p == 127));
}

#[test]
fn sixteen_bits_and_palettes_are_read() {
    let deep = image::ImageBuffer::from_pixel(4, 4, Rgb([65_535_u16, 65_535, 65_535]));
    let picture = luma_from_bytes(&encoded(deep, ImageFormat::Png)).unwrap();
    assert!(picture.pixels().iter().all(|&p| p == 255));

    // A PNG of one bit per pixel with a palette of green and yellow.
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], content: &[u8]| {
        png.extend((content.len() as u32).to_be_bytes());
        let body = [kind, content].concat();
        png.extend(&body);
        png.extend(crc32(&body).to_be_bytes());
    };
    chunk(b"IHDR", &[0, 0, 0, 8, 0, 0, 0, 1, 1, 3, 0, 0, 0]);
    chunk(b"PLTE", &[0, 128, 0, 255, 255, 0]);
    // A stored deflate block: filter 0, then the pixels 00001111.
    chunk(
        b"IDAT",
        &[0x78, 1, 1, 2, 0, 253, 255, 0, 0x0F, 0, 0x11, 0, 0x10],
    );
    chunk(b"IEND", &[]);
    let picture = luma_from_bytes(&png).unwrap();
    assert_eq!(picture.pixels(), &[75, 75, 75, 75, 226, 226, 226, 226]);
}

/// A PNG is read by rows, an interlaced one is not: both see the same picture,
/// whatever the channels and their depth.
#[test]
fn every_kind_of_png_is_read_as_the_image_crate_reads_it() {
    let shade = |x: u32, y: u32, by: u32| (x * 37 + y * 11 + by * 91) as u8;
    for color in [
        ExtendedColorType::L8,
        ExtendedColorType::La8,
        ExtendedColorType::Rgb8,
        ExtendedColorType::Rgba8,
        ExtendedColorType::L16,
        ExtendedColorType::La16,
        ExtendedColorType::Rgb16,
        ExtendedColorType::Rgba16,
    ] {
        let channels = u32::from(color.channel_count());
        let wide = color.bits_per_pixel() / u16::from(color.channel_count()) == 16;
        let samples: Vec<u8> = (0..17 * 9)
            .flat_map(|pixel| (0..channels).map(move |by| shade(pixel % 17, pixel / 17, by)))
            .flat_map(|value| {
                if wide {
                    vec![value, value]
                } else {
                    vec![value]
                }
            })
            .collect();
        let mut file = Vec::new();
        image::ImageEncoder::write_image(
            image::codecs::png::PngEncoder::new(&mut file),
            &samples,
            17,
            9,
            color,
        )
        .unwrap();
        let whole = grey(image::load_from_memory(&file).unwrap()).into_luma8();
        let by_rows = luma_from_bytes(&file).unwrap();
        assert_eq!(by_rows.pixels(), whole.as_raw().as_slice(), "{color:?}");
    }
}

#[test]
fn jpegs_in_passes_are_told_by_their_marker() {
    let jpeg = encoded(sample(), ImageFormat::Jpeg);
    assert!(!keeps_coefficients(&jpeg));
    let frame = jpeg
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    let mut passes = jpeg.clone();
    passes[frame + 1] = 0xc2;
    assert!(keeps_coefficients(&passes));
    for length in 0..jpeg.len().min(40) {
        let _ = keeps_coefficients(&passes[..length]);
    }
}

#[test]
fn of_an_animation_the_first_frame_is_taken() {
    let mut bytes = Vec::new();
    let frame = |level| {
        Frame::new(RgbaImage::from_pixel(
            8,
            8,
            Rgba([level, level, level, 255]),
        ))
    };
    GifEncoder::new(&mut bytes)
        .encode_frames([frame(0), frame(255)])
        .unwrap();
    let picture = luma_from_bytes(&bytes).unwrap();
    assert!(picture.pixels().iter().all(|&p| p == 0));
}

#[test]
fn every_error_has_an_id_and_its_facts() {
    use strum::VariantNames;
    assert!(
        PictureError::VARIANTS
            .iter()
            .all(|id| id.starts_with("picture-"))
    );
    let error = PictureError::TooManyPixels {
        width: 1,
        height: 2,
        limit: 3,
    };
    assert_eq!(error.id(), "picture-too-many-pixels");
    assert_eq!(error.facts()[1], ("height", Fact::Number(2)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        let _ = luma_from_bytes(&bytes);
    }

    /// Random bytes rarely get past the signature; broken pictures do.
    #[test]
    fn broken_pictures_never_panic(
        format in 0_usize..5,
        breaks in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let format = [
            ImageFormat::Png,
            ImageFormat::Jpeg,
            ImageFormat::WebP,
            ImageFormat::Bmp,
            ImageFormat::Gif,
        ][format];
        let mut bytes = encoded(DynamicImage::from(sample()).to_rgb8(), format);
        if format == ImageFormat::Jpeg {
            let mut again = Vec::new();
            JpegEncoder::new_with_quality(&mut again, 30).encode_image(&sample()).unwrap();
            bytes = again;
        }
        for (place, byte) in breaks {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = luma_from_bytes(&bytes);
    }
}
