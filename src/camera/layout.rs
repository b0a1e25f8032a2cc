//! Pixel formats of frames, and the luma in them.

use crate::ground::contain;
use crate::scan::{Luma, WholeJpeg};
use std::borrow::Cow;

/// How the pixels of a frame are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum PixelFormat {
    /// A plane of luma, then chroma.
    Nv12,
    /// Luma in every other byte.
    Yuyv,
    /// Luma only.
    Gray,
    /// Each frame a JPEG.
    Mjpeg,
    /// Red, green, blue.
    Rgb,
    /// Blue, green, red.
    Bgr,
}

/// Size and pixel format of a stream's frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) kind: PixelFormat,
}

/// Longest side that is believed; frames that claim more are damaged.
const LONGEST: u32 = 8192;

impl Layout {
    /// The luma of a frame; `None` if its bytes are damaged or too few. The buffer
    /// may be longer than the frame.
    pub(super) fn luma(self, bytes: &[u8]) -> Option<Luma> {
        if self.width.max(self.height) > LONGEST {
            return None;
        }
        let area = self.width as usize * self.height as usize;
        let grey = match self.kind {
            PixelFormat::Mjpeg => return luma_of_jpeg(bytes),
            PixelFormat::Nv12 | PixelFormat::Gray => bytes.get(..area)?.to_vec(),
            PixelFormat::Yuyv => bytes.get(..2 * area)?.iter().step_by(2).copied().collect(),
            PixelFormat::Rgb => mixed(bytes.get(..3 * area)?, [77, 150, 29]),
            PixelFormat::Bgr => mixed(bytes.get(..3 * area)?, [29, 150, 77]),
        };
        Luma::new(self.width, self.height, grey)
    }
}

/// Luma from colours by the weights of Rec. 601, in 1/256.
fn mixed(pixels: &[u8], weights: [u32; 3]) -> Vec<u8> {
    let (pixels, _) = pixels.as_chunks::<3>();
    let mix = |pixel: &[u8; 3]| {
        let sum: u32 = pixel
            .iter()
            .zip(weights)
            .map(|(&part, weight)| u32::from(part) * weight)
            .sum();
        ((sum + 128) >> 8) as u8
    };
    pixels.iter().map(mix).collect()
}

/// Luma of a JPEG; its colours are not even decoded.
fn luma_of_jpeg(bytes: &[u8]) -> Option<Luma> {
    let bytes = with_tables(bytes);
    contain(|| WholeJpeg::open(&bytes, LONGEST)?.luma())
        .ok()
        .flatten()
}

/// The JPEG with the usual Huffman tables where it has none: UVC cameras leave
/// them out, for they are always the same.
fn with_tables(jpeg: &[u8]) -> Cow<'_, [u8]> {
    match without_tables(jpeg) {
        Some(scan) => {
            let (before, after) = jpeg.split_at(scan);
            Cow::Owned([before, USUAL_TABLES.as_slice(), after].concat())
        }
        None => Cow::Borrowed(jpeg),
    }
}

/// Where the scan begins, if no Huffman table comes before it.
fn without_tables(jpeg: &[u8]) -> Option<usize> {
    const START_OF_SCAN: u8 = 0xda;
    const HUFFMAN_TABLES: u8 = 0xc4;
    let mut at = 2;
    loop {
        let [0xff, marker] = *jpeg.get(at..at + 2)?.as_array()? else {
            return None;
        };
        match marker {
            START_OF_SCAN => return Some(at),
            HUFFMAN_TABLES => return None,
            // A fill byte.
            0xff => at += 1,
            _ => {
                let length = *jpeg.get(at + 2..at + 4)?.as_array()?;
                at += 2 + usize::from(u16::from_be_bytes(length));
            }
        }
    }
}

/// The segment of the tables K.3 to K.6 of the JPEG standard (T.81).
#[rustfmt::skip]
const USUAL_TABLES: [u8; 420] = [
    0xff, 0xc4, 0x01, 0xa2,
    // DC of luma
    0x00,
    0x00, 0x01, 0x05, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,
    // AC of luma
    0x10,
    0x00, 0x02, 0x01, 0x03, 0x03, 0x02, 0x04, 0x03, 0x05, 0x05, 0x04, 0x04, 0x00, 0x00, 0x01, 0x7d,
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
    0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0,
    0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28,
    0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49,
    0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
    0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
    0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
    0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5,
    0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
    0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
    0xf9, 0xfa,
    // DC of the colours
    0x01,
    0x00, 0x03, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,
    // AC of the colours
    0x11,
    0x00, 0x02, 0x01, 0x02, 0x04, 0x04, 0x03, 0x04, 0x07, 0x05, 0x04, 0x04, 0x00, 0x01, 0x02, 0x77,
    0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71,
    0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0,
    0x15, 0x62, 0x72, 0xd1, 0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26,
    0x27, 0x28, 0x29, 0x2a, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
    0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68,
    0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87,
    0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5,
    0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3,
    0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda,
    0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
    0xf9, 0xfa,
];

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::jpeg::JpegEncoder;
    use image::{ExtendedColorType, ImageEncoder, RgbImage};
    use proptest::prelude::*;

    fn layout(kind: PixelFormat) -> Layout {
        Layout {
            width: 4,
            height: 2,
            kind,
        }
    }

    #[test]
    fn luma_is_where_each_kind_has_it() {
        let grey = [10, 20, 30, 40, 50, 60, 70, 80];
        let pixels = |kind, bytes: &[u8]| layout(kind).luma(bytes).unwrap().into_pixels();
        // Colours, and the end of the page, follow.
        let nv12: Vec<u8> = grey.into_iter().chain([128; 4096]).collect();
        assert_eq!(pixels(PixelFormat::Nv12, &nv12), grey);
        assert_eq!(pixels(PixelFormat::Gray, &grey), grey);
        let yuyv: Vec<u8> = grey.iter().flat_map(|&y| [y, 128]).collect();
        assert_eq!(pixels(PixelFormat::Yuyv, &yuyv), grey);
        let rgb: Vec<u8> = grey.iter().flat_map(|&y| [y; 3]).collect();
        assert_eq!(pixels(PixelFormat::Rgb, &rgb), grey);
        let red: Vec<u8> = [255, 0, 0].repeat(8);
        assert_eq!(pixels(PixelFormat::Rgb, &red)[0], 77);
        assert_eq!(pixels(PixelFormat::Bgr, &red)[0], 29);
    }

    /// A JPEG of a picture in colour, as the encoder of the `image` crate makes
    /// it: with the usual tables, which it writes out.
    fn jpeg() -> (Vec<u8>, RgbImage) {
        let picture = RgbImage::from_fn(40, 24, |x, y| image::Rgb([5 * x as u8, 8 * y as u8, 90]));
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, 95)
            .write_image(picture.as_raw(), 40, 24, ExtendedColorType::Rgb8)
            .unwrap();
        (bytes, picture)
    }

    /// The JPEG as UVC cameras send it: without its Huffman tables.
    fn as_sent(jpeg: &[u8]) -> Vec<u8> {
        let mut sent = jpeg[..2].to_vec();
        let mut at = 2;
        while jpeg[at + 1] != 0xda {
            let length = 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
            if jpeg[at + 1] != 0xc4 {
                sent.extend_from_slice(&jpeg[at..at + length]);
            }
            at += length;
        }
        sent.extend_from_slice(&jpeg[at..]);
        sent
    }

    #[test]
    fn a_jpeg_gives_its_luma_with_and_without_huffman_tables() {
        let (whole, picture) = jpeg();
        let sent = as_sent(&whole);
        assert!(sent.len() < whole.len() - 400, "the tables are gone");
        let expected = crate::scan::luma_from_bytes(&whole).unwrap();
        assert_eq!(expected.width(), picture.width());
        // Buffers are longer than what is in them.
        let padded: Vec<u8> = sent.iter().copied().chain([0; 999]).collect();
        for bytes in [&whole, &sent, &padded] {
            let luma = layout(PixelFormat::Mjpeg).luma(bytes).unwrap();
            assert_eq!([luma.width(), luma.height()], [40, 24]);
            let apart = luma.pixels().iter().zip(expected.pixels());
            assert!(apart.map(|(&a, &b)| a.abs_diff(b)).max().unwrap() <= 4);
        }
    }

    #[test]
    fn too_few_bytes_give_nothing() {
        for (kind, enough) in [
            (PixelFormat::Nv12, 8),
            (PixelFormat::Gray, 8),
            (PixelFormat::Yuyv, 16),
            (PixelFormat::Rgb, 24),
            (PixelFormat::Bgr, 24),
        ] {
            assert!(layout(kind).luma(&vec![0; enough]).is_some());
            assert!(layout(kind).luma(&vec![0; enough - 1]).is_none());
        }
        assert!(layout(PixelFormat::Mjpeg).luma(&[]).is_none());
    }

    fn kinds() -> impl Strategy<Value = PixelFormat> {
        prop::sample::select(vec![
            PixelFormat::Nv12,
            PixelFormat::Yuyv,
            PixelFormat::Gray,
            PixelFormat::Mjpeg,
            PixelFormat::Rgb,
            PixelFormat::Bgr,
        ])
    }

    proptest! {
        #[test]
        fn any_bytes_of_any_layout_are_survived(
            width in 0_u32..70,
            height in 0_u32..70,
            huge in prop::sample::select(vec![0_u32, 1 << 13, 1 << 20, u32::MAX - 70]),
            kind in kinds(),
            bytes in prop::collection::vec(any::<u8>(), 0..4096),
        ) {
            let layout = Layout { width: width + huge, height, kind };
            if let Some(luma) = layout.luma(&bytes)
                && kind != PixelFormat::Mjpeg
            {
                prop_assert_eq!([luma.width(), luma.height()], [width + huge, height]);
            }
        }

        /// Damage behind the headers reaches the decoder's inside.
        #[test]
        fn a_damaged_jpeg_is_survived(
            cut in 0_usize..4000,
            damage in prop::collection::vec((0_usize..4000, any::<u8>()), 0..8),
            sent in any::<bool>(),
        ) {
            let (whole, _) = jpeg();
            let mut bytes = if sent { as_sent(&whole) } else { whole };
            bytes.truncate(cut.max(2));
            let length = bytes.len();
            for (at, byte) in damage {
                bytes[at % length] = byte;
            }
            layout(PixelFormat::Mjpeg).luma(&bytes);
        }
    }
}
