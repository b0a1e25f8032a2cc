//! The room behind the screen: something for a reader to be distracted by.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Linear light of a room: soft shades, and the edges of furniture, paper and
/// shelves with rows of something on them.
pub(super) fn room(width: usize, height: usize, chance: &mut ChaCha8Rng) -> Vec<f32> {
    const ACROSS: usize = 7;
    const DOWN: usize = 5;
    let shades: Vec<f32> = (0..ACROSS * DOWN)
        .map(|_| chance.random_range(0.02_f32..0.5).powi(2) * 2.0)
        .collect();
    let mut plane = vec![0.0; width * height];
    for y in 0..height {
        let fy = y as f32 / height as f32 * (DOWN - 1) as f32;
        let (row, ty) = ((fy as usize).min(DOWN - 2), fy.fract());
        for x in 0..width {
            let fx = x as f32 / width as f32 * (ACROSS - 1) as f32;
            let (column, tx) = ((fx as usize).min(ACROSS - 2), fx.fract());
            let at = |dx: usize, dy: usize| shades[(row + dy) * ACROSS + column + dx];
            let above = at(0, 0) * (1.0 - tx) + at(1, 0) * tx;
            let below = at(0, 1) * (1.0 - tx) + at(1, 1) * tx;
            plane[y * width + x] = above * (1.0 - ty) + below * ty;
        }
    }
    for _ in 0..chance.random_range(6..20) {
        let left = chance.random_range(0..width);
        let top = chance.random_range(0..height);
        let right = (left + chance.random_range(4..width / 3 + 5)).min(width);
        let bottom = (top + chance.random_range(4..height / 3 + 5)).min(height);
        let shade = chance.random_range(0.0_f32..0.8).powi(2);
        // Some are books on a shelf or lines of print: stripes.
        let stripes = chance
            .random_bool(0.4)
            .then(|| chance.random_range(3..14_usize));
        for y in top..bottom {
            for x in left..right {
                let lit = stripes.is_none_or(|period| (x - left) % period < period / 2 + 1);
                if lit {
                    plane[y * width + x] = shade;
                }
            }
        }
    }
    plane
}
