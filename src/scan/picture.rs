//! Files of pictures as grey pictures.

use crate::ground::contain;
use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::budget::Budget;
use super::jpeg::{Jpeg, Whole};
use super::luma::Luma;
use crate::advice::Advice;

/// The largest file that is looked at, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// The largest picture that is decoded, in pixels: larger than any phone takes
/// by default, small enough for the memory of an old PC.
pub const MAX_PIXELS: u64 = 64 << 20;

/// What a decoder may allocate, in bytes: the largest picture in the largest
/// pixels.
const MAX_ALLOCATED: u64 = 8 * MAX_PIXELS;

/// Why a file gave no picture.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "picture-")]
pub enum PictureError {
    /// There are no bytes at all.
    #[error("the picture file is empty")]
    Empty,
    /// The file is larger than [`MAX_BYTES`].
    #[error("the picture file has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// Bytes of the file.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// Not PNG, JPEG, WebP, BMP or GIF.
    #[error("the file is not a picture in a known format")]
    UnknownFormat,
    /// The format is known, but the content is broken or cut off.
    #[error("the picture is damaged: {reason}")]
    Damaged {
        /// What the decoder of the format says, in English.
        reason: String,
    },
    /// The picture has more pixels than [`MAX_PIXELS`].
    #[error("the picture has {width} × {height} pixels, more than {limit}")]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Pixels allowed.
        limit: u64,
    },
}

/// The picture in a PNG, JPEG, WebP, BMP or GIF file, in grey, upright.
///
/// The format is told from the content. The orientation that a camera noted is
/// applied, what is transparent is laid on white, and of an animation the first
/// frame is taken. Of a JPEG that is cut off, what is there is taken.
///
/// Only so many bytes are decoded at a time, over all threads: where others hold
/// them, this waits.
///
/// # Errors
/// [`PictureError`]. Whatever the bytes are, this does not panic.
pub fn luma_from_bytes(bytes: &[u8]) -> Result<Luma, PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(PictureError::TooLarge {
            bytes: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    contain(|| decode(bytes)).unwrap_or_else(|_| {
        Err(PictureError::Damaged {
            reason: "the decoder gave up".to_owned(),
        })
    })
}

/// A JPEG in grey, upright, decoded at the smallest size whose long side is at
/// least `long_side` pixels, less a tenth; and the length of one of its pixels in
/// pixels of the whole picture.
///
/// `None` for any file that is unusual or damaged, and for pictures less than
/// about twice as long: then the file has to be decoded whole.
pub(super) fn reduced_jpeg(bytes: &[u8], long_side: u32) -> Option<(Luma, f32)> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    let reduce = || {
        let jpeg = Jpeg::open(bytes)?;
        let [width, height] = jpeg.size();
        let pixels = u64::from(width) * u64::from(height);
        let wanted = u64::from(long_side) * 8 * 9 / 10;
        let eighths = wanted.div_ceil(u64::from(width.max(height))) as u32;
        if pixels > MAX_PIXELS || eighths > 4 {
            return None;
        }
        let orientation = jpeg.exif().and_then(Orientation::from_exif_chunk);
        let _share = Budget::shared().take(pixels / 2);
        let luma = upright(jpeg.luma(eighths)?, orientation)?;
        Some((luma, 8.0 / eighths as f32))
    };
    contain(reduce).ok().flatten()
}

/// The luma of a JPEG; `None` where it is not a component of its own, or where
/// the decoder fails.
fn whole_jpeg(bytes: &[u8]) -> Option<Luma> {
    let decode = || {
        let jpeg = Whole::open(bytes, u32::MAX)?;
        let [width, height] = jpeg.size();
        let pixels = u64::from(width) * u64::from(height);
        if pixels > MAX_PIXELS || !jpeg.has_luma() {
            return None;
        }
        let orientation = jpeg.exif().and_then(Orientation::from_exif_chunk);
        let coefficients = if keeps_coefficients(bytes) { 6 } else { 0 };
        let _share = Budget::shared().take((2 + coefficients) * pixels);
        upright(jpeg.luma()?, orientation)
    };
    contain(decode).ok().flatten()
}

/// A picture as the camera was held.
fn upright(luma: Luma, orientation: Option<Orientation>) -> Option<Luma> {
    let orientation = orientation.unwrap_or(Orientation::NoTransforms);
    if orientation == Orientation::NoTransforms {
        return Some(luma);
    }
    let (width, height) = (luma.width(), luma.height());
    let mut picture: DynamicImage = GrayImage::from_raw(width, height, luma.into_pixels())?.into();
    picture.apply_orientation(orientation);
    let picture = picture.into_luma8();
    Luma::new(picture.width(), picture.height(), picture.into_raw())
}

fn decode(bytes: &[u8]) -> Result<Luma, PictureError> {
    // Where this fails, the general way decides what to make of the file.
    if bytes.starts_with(&[0xff, 0xd8, 0xff])
        && let Some(luma) = whole_jpeg(bytes)
    {
        return Ok(luma);
    }
    // Before anything of the picture's size is allocated, its size is judged.
    let (width, height) = reader(bytes)?.into_dimensions().map_err(damaged)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooManyPixels {
            width,
            height,
            limit: MAX_PIXELS,
        });
    }
    let pixels = u64::from(width) * u64::from(height);
    let reader = reader(bytes)?;
    let format = reader.format();
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    // A broken note about the orientation is no reason to refuse the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let by_rows = format == Some(ImageFormat::Png) && !is_interlaced(bytes);
    let needed = if by_rows {
        2 * pixels
    } else {
        needed(bytes, format, decoder.total_bytes(), pixels)
    };
    let _share = Budget::shared().take(needed);
    let picture = if by_rows {
        drop(decoder);
        png_by_rows(bytes)?
    } else {
        grey(DynamicImage::from_decoder(decoder).map_err(damaged)?).into_luma8()
    };
    Luma::new(picture.width(), picture.height(), picture.into_raw())
        .and_then(|luma| upright(luma, Some(orientation)))
        .ok_or_else(|| PictureError::Damaged {
            reason: "no pixels".to_owned(),
        })
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| PictureError::UnknownFormat)?;
    // Formats that are recognised but were not built in count as unknown.
    if !reader
        .format()
        .is_some_and(|format| format.reading_enabled())
    {
        return Err(PictureError::UnknownFormat);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOCATED);
    reader.limits(limits);
    Ok(reader)
}

/// Bytes that are held at once while a picture is decoded, which has so many
/// when it is, and its grey one.
fn needed(bytes: &[u8], format: Option<ImageFormat>, decoded: u64, pixels: u64) -> u64 {
    let beside = match format {
        Some(ImageFormat::Jpeg) if keeps_coefficients(bytes) => 6 * pixels,
        // Planes, what an animation has drawn so far, deep pixels made shallow.
        Some(ImageFormat::WebP | ImageFormat::Gif | ImageFormat::Png) => 4 * pixels,
        _ => 0,
    };
    decoded + beside + pixels
}

/// Whether the coefficients of a JPEG are kept until its last scan: two bytes each,
/// three to a pixel. Of a file that is unusual in any way it has to be assumed.
fn keeps_coefficients(jpeg: &[u8]) -> bool {
    Jpeg::open(jpeg).is_none()
}

/// Whether the rows of a PNG come in the order of Adam7.
fn is_interlaced(png: &[u8]) -> bool {
    png.get(28).is_none_or(|&method| method != 0)
}

/// A PNG in grey, a row at a time: of 16 bits in four channels, it would be
/// eight times as large.
fn png_by_rows(bytes: &[u8]) -> Result<GrayImage, PictureError> {
    let damaged = |error: png::DecodingError| PictureError::Damaged {
        reason: error.to_string(),
    };
    let limits = png::Limits {
        bytes: MAX_ALLOCATED as usize,
    };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = (reader.info().width, reader.info().height);
    let (color, _) = reader.output_color_type();
    let mut pixels = Vec::with_capacity(size.0 as usize * size.1 as usize);
    while let Some(row) = reader.next_row().map_err(damaged)? {
        let row = row.data();
        match color {
            png::ColorType::Grayscale => pixels.extend_from_slice(row),
            png::ColorType::GrayscaleAlpha => {
                pixels.extend(row.as_chunks().0.iter().map(|&[l, a]| over_white(l, a)));
            }
            png::ColorType::Rgb => {
                let row = row.as_chunks().0;
                pixels.extend(row.iter().map(|&[r, g, b]| brightness(r, g, b)));
            }
            png::ColorType::Rgba => {
                let row = row.as_chunks().0.iter();
                pixels.extend(row.map(|&[r, g, b, a]| over_white(brightness(r, g, b), a)));
            }
            // Palettes are expanded.
            png::ColorType::Indexed => {}
        }
    }
    GrayImage::from_raw(size.0, size.1, pixels).ok_or_else(|| PictureError::Damaged {
        reason: "rows are missing".to_owned(),
    })
}

fn damaged(error: ImageError) -> PictureError {
    match error {
        ImageError::Unsupported(_) => PictureError::UnknownFormat,
        error => PictureError::Damaged {
            reason: error.to_string(),
        },
    }
}

/// In grey, with white behind what is transparent.
fn grey(picture: DynamicImage) -> DynamicImage {
    fn convert<const N: usize>(
        (width, height): (u32, u32),
        raw: &[u8],
        pixel: impl Fn([u8; N]) -> u8,
    ) -> DynamicImage {
        let (pixels, _) = raw.as_chunks::<N>();
        let pixels = pixels.iter().map(|&p| pixel(p)).collect();
        GrayImage::from_raw(width, height, pixels)
            .unwrap_or_default()
            .into()
    }
    let size = (picture.width(), picture.height());
    match picture {
        DynamicImage::ImageLuma8(_) => picture,
        DynamicImage::ImageRgb8(rgb) => {
            convert(size, rgb.as_raw(), |[r, g, b]| brightness(r, g, b))
        }
        DynamicImage::ImageLumaA8(grey) => convert(size, grey.as_raw(), |[l, a]| over_white(l, a)),
        other => convert(size, other.into_rgba8().as_raw(), |[r, g, b, a]| {
            over_white(brightness(r, g, b), a)
        }),
    }
}

/// A picture in colour that was never a file, in grey.
#[cfg(feature = "practice")]
pub(crate) fn luma_of_rgb(picture: &image::RgbImage) -> Luma {
    Luma::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue] = picture.get_pixel(x, y).0;
        brightness(red, green, blue)
    })
}

/// The brightness of a colour, with the weights of Rec. 601 in 1/1024, as in
/// the luma that cameras and JPEG deliver.
fn brightness(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 306 * u32::from(red) + 601 * u32::from(green) + 117 * u32::from(blue);
    ((sum + 512) >> 10) as u8
}

fn over_white(level: u8, alpha: u8) -> u8 {
    let (level, alpha) = (u32::from(level), u32::from(alpha));
    ((level * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

#[cfg(test)]
mod tests;
