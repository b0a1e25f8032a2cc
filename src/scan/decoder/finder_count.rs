//! Recognises pictures full of finder patterns before a decoder gets lost in them.
//!
//! Decoders compare every finder pattern with every other, or worse: a picture tiled with them
//! (woven cloth, a bathroom wall, malice) takes them from seconds to minutes. Counting on a few
//! rows costs a fraction of a millisecond.

use super::super::finders::{is_finder, runs_down};

/// Rows that are sampled. Fewer: the estimate scatters. More: time. Chosen by eye, not measured.
const SAMPLED_ROWS: u32 = 64;

/// About how many rows of a picture cut through the middle of a finder pattern,
/// counted once for each pattern: a pattern of `m` pixels per module counts
/// about three times `m`.
pub(super) fn finder_rows(width: u32, height: u32, dark: impl Fn(u32, u32) -> bool) -> u32 {
    let sampled = SAMPLED_ROWS.min(height);
    let mut hits = 0;
    for sample in 0..sampled {
        // Steps of the golden ratio keep no rhythm that a pattern could have.
        let y = (f64::from(sample) * 0.618_034).fract() * f64::from(height);
        let y = (y as u32).min(height - 1);
        let mut runs = [0_u32; 5];
        let mut is_dark = false;
        for x in 0..width {
            if dark(x, y) == is_dark {
                runs[4] += 1;
                continue;
            }
            if is_dark && is_finder(runs) {
                let centre = x - runs[4] - runs[3] - runs[2].div_ceil(2);
                hits += u32::from(is_finder(runs_down(height, centre, y, &dark)));
            }
            runs.rotate_left(1);
            runs[4] = 1;
            is_dark = !is_dark;
        }
    }
    (u64::from(hits) * u64::from(height) / u64::from(sampled.max(1))) as u32
}

#[cfg(test)]
mod tests {
    use super::super::super::luma::Luma;
    use super::super::super::samples::{TEXT, symbol};
    use super::*;

    fn rows(picture: &Luma) -> u32 {
        finder_rows(picture.width(), picture.height(), |x, y| {
            picture.row(y)[x as usize] < 128
        })
    }

    #[test]
    fn a_symbol_counts_its_three_patterns() {
        let expected = 3 * 3 * 5;
        let counted = rows(&symbol(TEXT, 5));
        assert!(counted.abs_diff(expected) < 20, "{counted}");
    }

    #[test]
    fn tiles_count_them_all() {
        let tiles = Luma::from_fn(630, 630, |x, y| {
            let (x, y) = (x / 2 % 9, y / 2 % 9);
            let ring = x.abs_diff(3).max(y.abs_diff(3));
            if ring == 3 || ring < 2 { 0 } else { 255 }
        });
        let expected = 35 * 35 * 3 * 2;
        let counted = rows(&tiles);
        assert!(counted.abs_diff(expected) < expected / 4, "{counted}");
    }

    #[test]
    fn noise_and_thin_pictures_count_little() {
        let mut seed = 1_u32;
        let noise = Luma::from_fn(640, 480, |_, _| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        });
        assert!(rows(&noise) < 500, "{}", rows(&noise));
        for (width, height) in [(1, 1), (1, 50), (50, 1)] {
            assert_eq!(
                rows(&Luma::from_fn(width, height, |x, y| ((x + y) % 2) as u8 * 255)),
                0
            );
        }
    }
}
