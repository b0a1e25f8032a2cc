//! Films the symbol of a text, held to a camera by hand, and writes the frames in a
//! camera's format.
//!
//! usage: footage TEXT yuyv|mjpg|png OUT [PIXELS-PER-MODULE] [SEED]
//!
//! OUT is a file in which each frame follows its length (32 bits, little endian); for
//! png, a folder. JPEGs lack Huffman tables, like those of UVC cameras.

use hikyaku::practice::filming::{Difficulty, Take};
use hikyaku::scan::Luma;
use image::codecs::jpeg::JpegEncoder;
use image::{ColorType, ExtendedColorType, ImageEncoder};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [text, format, out, rest @ ..] = arguments.as_slice() else {
        return Err("usage: footage TEXT yuyv|mjpg|png OUT [PIXELS-PER-MODULE] [SEED]".into());
    };
    let size = rest.first().map_or(Ok(4.0), |size| size.parse())?;
    let seed = rest.get(1).map_or(Ok(1), |seed| seed.parse())?;
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let footage = Take::live(size, Difficulty::Mild).shoot(text, &mut chance)?;
    let mut stream = Vec::new();
    for (index, frame) in footage.frames.iter().enumerate() {
        let bytes = match format.as_str() {
            "yuyv" => yuyv(&frame.luma),
            "mjpg" => without_tables(&jpeg(&frame.luma)?),
            "png" => {
                std::fs::create_dir_all(out)?;
                let file = Path::new(out).join(format!("{index:02}.png"));
                image::save_buffer(
                    file,
                    frame.luma.pixels(),
                    frame.luma.width(),
                    frame.luma.height(),
                    ColorType::L8,
                )?;
                continue;
            }
            other => return Err(format!("no such format: {other}").into()),
        };
        stream.extend_from_slice(&u32::try_from(bytes.len())?.to_le_bytes());
        stream.extend_from_slice(&bytes);
    }
    if format != "png" {
        std::fs::write(out, stream)?;
    }
    Ok(())
}

fn yuyv(luma: &Luma) -> Vec<u8> {
    luma.pixels()
        .iter()
        .flat_map(|&level| [level, 128])
        .collect()
}

fn jpeg(luma: &Luma) -> Result<Vec<u8>, image::ImageError> {
    let colour: Vec<u8> = luma.pixels().iter().flat_map(|&level| [level; 3]).collect();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 85).write_image(
        &colour,
        luma.width(),
        luma.height(),
        ExtendedColorType::Rgb8,
    )?;
    Ok(bytes)
}

/// The JPEG without its Huffman table segments.
fn without_tables(jpeg: &[u8]) -> Vec<u8> {
    const START_OF_SCAN: u8 = 0xda;
    const HUFFMAN_TABLES: u8 = 0xc4;
    let (mut kept, mut at) = (jpeg[..2].to_vec(), 2);
    while jpeg[at + 1] != START_OF_SCAN {
        let length = 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if jpeg[at + 1] != HUFFMAN_TABLES {
            kept.extend_from_slice(&jpeg[at..at + length]);
        }
        at += length;
    }
    kept.extend_from_slice(&jpeg[at..]);
    kept
}
