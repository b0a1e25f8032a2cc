//! rqrr: weak thresholds of its own, but it reads grids that others lose.

use rqrr::{BitGrid, PreparedImage};

use super::{Decoder, Found, Luma, text_of_modules};

/// Reads with rqrr.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rqrr {
    /// Black and white by rqrr's own thresholds, along rows.
    Rows,
    /// The picture is black and white already.
    Bitmap,
}

impl Decoder for Rqrr {
    fn decode(&self, picture: &Luma) -> Vec<Found> {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let pixel = |x: usize, y: usize| picture.pixels()[y * width + x];
        let mut prepared = match self {
            Self::Rows => PreparedImage::prepare_from_greyscale(width, height, pixel),
            Self::Bitmap => {
                PreparedImage::prepare_from_bitmap(width, height, |x, y| pixel(x, y) < 128)
            }
        };
        prepared
            .detect_grids()
            .iter()
            .filter_map(|grid| {
                let size = grid.grid.size();
                let bounds = grid.bounds.map(|point| [point.x as f32, point.y as f32]);
                Some(Found {
                    text: text_of_modules(size, |x, y| grid.grid.bit(y, x))?,
                    corners: within(bounds, size as f32),
                })
            })
            .collect()
    }
}

/// rqrr's bounds reach one module too far to the right and down; this takes
/// them back along the sides.
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
