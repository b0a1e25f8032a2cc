//! rqrr: its own thresholds are weak, but it reads grids that others lose.

use rqrr::{BitGrid, PreparedImage};

use super::finder_count::finder_rows;
use super::{Decoded, DecodedSymbol, Decoder, Luma, content_of_modules};

/// Reads with rqrr. The picture has to be black and white already: what is
/// darker than 128 counts as black.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rqrr;

/// Rows through finder patterns (see [`finder_rows`]) beyond which rqrr is not asked. It copies the
/// picture for each pair that might belong to a finder pattern; with tiles of them it took over
/// 15 s (commit 5403eb6). An ordinary symbol counts 9 rows per pixel of its modules.
const MAX_FINDER_ROWS: u32 = 600;

impl Decoder for Rqrr {
    fn decode(&self, picture: &Luma) -> Decoded {
        let dark = |x: usize, y: usize| picture.row(y as u32)[x] < 128;
        let (width, height) = (picture.width(), picture.height());
        if finder_rows(width, height, |x, y| dark(x as usize, y as usize)) > MAX_FINDER_ROWS {
            return Decoded::default();
        }
        let mut prepared =
            PreparedImage::prepare_from_bitmap(width as usize, height as usize, dark);
        let found = prepared
            .detect_grids()
            .iter()
            .filter_map(|grid| {
                let size = grid.grid.size();
                let bounds = grid.bounds.map(|point| [point.x as f32, point.y as f32]);
                Some(DecodedSymbol {
                    content: content_of_modules(size, |x, y| grid.grid.bit(y, x))?,
                    corners: within(bounds, size as f32),
                })
            })
            .collect();
        Decoded { found, more: false }
    }
}

/// rqrr's bounds reach one module too far to the right and down; this takes them back along the
/// sides.
fn within(bounds: [[f32; 2]; 4], modules: f32) -> [[f32; 2]; 4] {
    let share = modules / (modules + 1.0);
    let towards = |from: [f32; 2], to: [f32; 2]| {
        [
            from[0] + share * (to[0] - from[0]),
            from[1] + share * (to[1] - from[1]),
        ]
    };
    let [origin, right, across, below] = bounds;
    let right_edge = towards(right, across);
    let left_edge = towards(origin, below);
    [
        origin,
        towards(origin, right),
        towards(left_edge, right_edge),
        left_edge,
    ]
}
