//! A symbol as a PNG file.

use super::{Symbol, SymbolError, pixels};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// The symbol as a grey PNG, quiet zone included, with modules of
/// `module_pixels` pixels.
///
/// # Errors
/// As [`pixels`](super::pixels()).
pub fn png(symbol: &Symbol, module_pixels: u32) -> Result<Vec<u8>, SymbolError> {
    let picture = pixels(symbol, module_pixels)?;
    let mut file = Vec::new();
    // Rows repeat, so without a filter they compress to almost nothing.
    PngEncoder::new_with_quality(&mut file, CompressionType::Best, FilterType::NoFilter)
        .write_image(
            picture.as_raw(),
            picture.width(),
            picture.height(),
            ExtendedColorType::L8,
        )
        .map_err(SymbolError::made)?;
    Ok(file)
}
