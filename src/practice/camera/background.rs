//! The room behind the screen, to distract the reader.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Linear light of a room: soft shades, and edges as of furniture, paper and
/// shelves.
pub(super) fn room(width: usize, height: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
    const ACROSS: usize = 7;
    const DOWN: usize = 5;
    let shades: Vec<f32> = (0..ACROSS * DOWN)
        .map(|_| rng.random_range(0.02_f32..0.5).powi(2) * 2.0)
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
    for _ in 0..rng.random_range(6..20) {
        let left = rng.random_range(0..width);
        let top = rng.random_range(0..height);
        let right = (left + rng.random_range(4..width / 3 + 5)).min(width);
        let bottom = (top + rng.random_range(4..height / 3 + 5)).min(height);
        let shade = rng.random_range(0.0_f32..0.8).powi(2);
        // Some have stripes, like books on a shelf or lines of print.
        let stripes = rng.random_bool(0.4).then(|| rng.random_range(3..14_usize));
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

/// The part of a room (`wide` values per row) of `width` × `height` values at a
/// fractional offset.
pub(super) fn window(
    room: &[f32],
    wide: usize,
    width: usize,
    height: usize,
    [left, top]: [f32; 2],
) -> Vec<f32> {
    let rows = room.len() / wide.max(1);
    let (left, top) = (
        left.clamp(0.0, wide.saturating_sub(width) as f32),
        top.clamp(0.0, rows.saturating_sub(height) as f32),
    );
    let (fx, fy) = (left.fract(), top.fract());
    let at = |x: usize, y: usize| room[y.min(rows - 1) * wide + x.min(wide - 1)];
    let mut part = Vec::with_capacity(width * height);
    for y in (top as usize..).take(height) {
        for x in (left as usize..).take(width) {
            let above = at(x, y) * (1.0 - fx) + at(x + 1, y) * fx;
            let below = at(x, y + 1) * (1.0 - fx) + at(x + 1, y + 1) * fx;
            part.push(above * (1.0 - fy) + below * fy);
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_lies_between_places_and_never_outside() {
        let room: Vec<f32> = (0..40).map(|at| (at % 8 + 10 * (at / 8)) as f32).collect();
        let part = window(&room, 8, 3, 2, [1.5, 2.0]);
        assert_eq!(part, [21.5, 22.5, 23.5, 31.5, 32.5, 33.5]);
        assert_eq!(window(&room, 8, 8, 5, [7.0, -3.0]), room);
    }
}
