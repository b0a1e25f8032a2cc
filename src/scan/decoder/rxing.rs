//! rxing, the Rust edition of `ZXing` and `zxing-cpp`: the strongest of the three.

use std::time::Duration;

use rxing::common::{BitMatrix, DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::cpp_port::detector;
use rxing::{BinaryBitmap, Luma8Source, Point};

use super::finder_count::finder_rows;
use super::{Corners, Decoded, DecodedSymbol, Decoder, Luma, content_of_bits};
use crate::ground::moment::Instant;

/// Reads with rxing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rxing {
    /// Black and white by rxing's own thresholds, per block of 8 × 8 pixels.
    Blocks,
    /// As [`Rxing::Blocks`], then gaps of a pixel inside dark areas are filled.
    Closed,
    /// The picture is black and white already.
    Bitmap,
}

/// Three finder patterns per attempt, most plausible first. A picture full of
/// squares offers thousands of triples; a real symbol is among the first.
const ATTEMPTS: usize = 500;

/// rxing compares every finder pattern with all found so far, which takes from
/// seconds to minutes on a picture with more of them than this.
const MAX_FINDER_ROWS: u32 = 10_000;

/// And no further attempt after this time.
const PATIENCE: Duration = Duration::from_millis(400);

impl Decoder for Rxing {
    fn decode(&self, picture: &Luma) -> Decoded {
        if *self == Self::Bitmap {
            return bitmap(picture).map_or_else(Decoded::default, |bits| read(&bits));
        }
        let source =
            Luma8Source::new_with_slice(picture.pixels(), picture.width(), picture.height());
        let Ok(source) = source else {
            return Decoded::default();
        };
        let mut bits = BinaryBitmap::new(HybridBinarizer::new(source));
        if *self == Self::Closed && bits.close().is_err() {
            return Decoded::default();
        }
        read(bits.get_black_matrix())
    }
}

fn bitmap(picture: &Luma) -> Option<BitMatrix> {
    let mut bits = BitMatrix::new(picture.width(), picture.height()).ok()?;
    for y in 0..picture.height() {
        for (x, &pixel) in picture.row(y).iter().enumerate() {
            if pixel < 128 {
                bits.set(x as u32, y);
            }
        }
    }
    Some(bits)
}

/// What rxing's own reader does, for all symbols at once and with a bound on
/// the attempts; its reader for several symbols has none.
fn read(bits: &BitMatrix) -> Decoded {
    if finder_rows(bits.width(), bits.height(), |x, y| bits.get(x, y)) > MAX_FINDER_ROWS {
        return Decoded::default();
    }
    let mut patterns = detector::FindFinderPatterns(bits, true, 0);
    let start = Instant::now();
    let mut used = Vec::new();
    let mut found = Vec::new();
    // Laid out as a symbol, or left for lack of time, and not read.
    let mut left = Vec::new();
    let mut attempts = 0;
    for set in detector::GenerateFinderPatternSets(&mut patterns) {
        let parts = [set.bl, set.tl, set.tr];
        if parts.iter().any(|part| used.contains(part)) {
            continue;
        }
        attempts += 1;
        if attempts > ATTEMPTS || start.elapsed() > PATIENCE {
            left.push(parts);
            break;
        }
        let Ok(sample) = detector::SampleQR(bits, &set) else {
            continue;
        };
        let (content, corners) = (
            content_of_bits(sample.getBits()),
            corners(sample.getPoints()),
        );
        let (Some(content), Some(corners)) = (content, corners) else {
            left.push(parts);
            continue;
        };
        used.extend(parts);
        found.push(DecodedSymbol { content, corners });
    }
    let is_left = |parts: &[_; 3]| !parts.iter().any(|part| used.contains(part));
    Decoded {
        found,
        more: left.iter().any(is_left),
    }
}

/// rxing's points: top left, top right, then *bottom left*, bottom right, and
/// half a pixel too far, a leftover of rounding.
fn corners(points: &[Point]) -> Option<Corners> {
    let &[top_left, top_right, bottom_left, bottom_right] = points else {
        return None;
    };
    let order = [top_left, top_right, bottom_right, bottom_left];
    Some(order.map(|point| [point.x - 0.5, point.y - 0.5]))
}
