//! quircs, the Rust port of quirc: quick, with one threshold for the whole picture and another
//! search for finder patterns than the others.

use quircs::Quirc;

use super::{Decoded, DecodedSymbol, Decoder, Luma, content_of_modules};

/// Reads with quircs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quircs;

impl Decoder for Quircs {
    fn decode(&self, picture: &Luma) -> Decoded {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let found = Quirc::new()
            .identify(width, height, picture.pixels())
            .filter_map(|code| {
                let code = code.ok()?;
                let size = usize::try_from(code.size).ok()?;
                let dark = |x: usize, y: usize| {
                    let i = y * size + x;
                    code.cell_bitmap[i >> 3] & (1 << (i & 7)) != 0
                };
                Some(DecodedSymbol {
                    content: content_of_modules(size, dark)?,
                    corners: code.corners.map(|point| [point.x as f32, point.y as f32]),
                })
            })
            .collect();
        Decoded { found, more: false }
    }
}
