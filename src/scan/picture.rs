//! Files of pictures as grey pictures.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};

use super::fence;
use super::luma::Luma;
use crate::advice::{Advice, Fact};

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
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
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

impl Advice for PictureError {
    fn id(&self) -> &'static str {
        self.into()
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Self::Empty | Self::UnknownFormat => Vec::new(),
            Self::TooLarge { bytes, limit } => {
                vec![("bytes", (*bytes).into()), ("limit", (*limit).into())]
            }
            Self::Damaged { reason } => vec![("reason", reason.as_str().into())],
            Self::TooManyPixels {
                width,
                height,
                limit,
            } => vec![
                ("width", u64::from(*width).into()),
                ("height", u64::from(*height).into()),
                ("limit", (*limit).into()),
            ],
        }
    }
}

/// The picture in a PNG, JPEG, WebP, BMP or GIF file, in grey, upright.
///
/// The format is told from the content. The orientation that a camera noted is
/// applied, what is transparent is laid on white, and of an animation the first
/// frame is taken. Of a JPEG that is cut off, what is there is taken.
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
    fence::contain(|| decode(bytes)).unwrap_or_else(|_| {
        Err(PictureError::Damaged {
            reason: "the decoder gave up".to_owned(),
        })
    })
}

fn decode(bytes: &[u8]) -> Result<Luma, PictureError> {
    // Before anything of the picture's size is allocated, its size is judged.
    let (width, height) = reader(bytes)?.into_dimensions().map_err(damaged)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooManyPixels {
            width,
            height,
            limit: MAX_PIXELS,
        });
    }
    let mut decoder = reader(bytes)?.into_decoder().map_err(damaged)?;
    // A broken note about the orientation is no reason to refuse the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = grey(DynamicImage::from_decoder(decoder).map_err(damaged)?);
    picture.apply_orientation(orientation);
    let picture = picture.into_luma8();
    Luma::new(picture.width(), picture.height(), picture.into_raw()).ok_or_else(|| {
        PictureError::Damaged {
            reason: "no pixels".to_owned(),
        }
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
        image::GrayImage::from_raw(width, height, pixels)
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
#[path = "picture_tests.rs"]
mod tests;
