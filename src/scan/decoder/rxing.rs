//! rxing, the Rust port of `ZXing` and `zxing-cpp`: the strongest of the three.

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

/// Triples of finder patterns that are tried at most, the most plausible first. A picture full of
/// squares offers thousands; a real symbol is among the first. Chosen by eye, not measured.
const ATTEMPTS: usize = 500;

/// Rows through finder patterns (see [`finder_rows`]) beyond which rxing is not asked. It compares
/// every finder pattern with all found so far; with tiles of them it took over 20 s (commit
/// 5403eb6).
const MAX_FINDER_ROWS: u32 = 10_000;

/// Time after which no further triple is tried. Chosen by eye, not measured.
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

/// What rxing's own reader does, for all symbols at once and with a bound on the attempts, which
/// its reader for several symbols does not have.
fn read(bits: &BitMatrix) -> Decoded {
    if finder_rows(bits.width(), bits.height(), |x, y| bits.get(x, y)) > MAX_FINDER_ROWS {
        return Decoded::default();
    }
    let mut patterns = detector::FindFinderPatterns(bits, true, 0);
    let start = Instant::now();
    let mut used = Vec::new();
    let mut found = Vec::new();
    // Triples that look like a symbol but were not read, or were left for lack of time.
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
