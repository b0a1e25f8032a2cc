//! A symbol as pixels, for pictures and for other code to compose.

use super::{Symbol, SymbolError};
use image::{GrayImage, Luma};

/// Longest side of a picture, in pixels: four times a full-HD screen's height.
pub const MAX_SIDE_PIXELS: u32 = 4320;

/// Paints a symbol with its quiet zone, every module a square of whole pixels,
/// black (0) on white (255).
///
/// # Errors
/// [`SymbolError::ModuleSize`] for modules without pixels, or so large that
/// the side would exceed [`MAX_SIDE_PIXELS`].
pub fn pixels(symbol: &Symbol, module_pixels: u32) -> Result<GrayImage, SymbolError> {
    // A symbol has at most 185 modules with its quiet zone.
    let modules = symbol.modules_with_quiet_zone() as u32;
    let most = MAX_SIDE_PIXELS / modules;
    if module_pixels == 0 || module_pixels > most {
        return Err(SymbolError::ModuleSize {
            module_pixels,
            most,
        });
    }
    let side = modules * module_pixels;
    Ok(GrayImage::from_fn(side, side, |x, y| {
        let dark =
            symbol.is_dark_in_frame((x / module_pixels) as usize, (y / module_pixels) as usize);
        Luma([if dark { 0 } else { 255 }])
    }))
}
