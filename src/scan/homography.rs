//! Homographies: how the plane of a symbol lies in a picture.

use super::decoder::Corners;

/// A map from modules (the symbol reaches from 0 to its number of modules) to
/// the centres of pixels. Row by row, the last element is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Homography(pub(super) [f64; 9]);

impl Homography {
    /// Where a point of the symbol is in the picture.
    pub(super) fn at(&self, x: f64, y: f64) -> [f64; 2] {
        let h = &self.0;
        let depth = h[6] * x + h[7] * y + h[8];
        [
            (h[0] * x + h[1] * y + h[2]) / depth,
            (h[3] * x + h[4] * y + h[5]) / depth,
        ]
    }

    /// The affine map that takes an origin and two other points, in modules, to
    /// three points of the picture.
    pub(super) fn affine(near: f64, far: f64, [a, b, c]: [[f64; 2]; 3]) -> Self {
        let step = far - near;
        let right = [(b[0] - a[0]) / step, (b[1] - a[1]) / step];
        let down = [(c[0] - a[0]) / step, (c[1] - a[1]) / step];
        let origin = |i: usize| a[i] - near * (right[i] + down[i]);
        Self([
            right[0],
            down[0],
            origin(0),
            right[1],
            down[1],
            origin(1),
            0.0,
            0.0,
            1.0,
        ])
    }

    /// As [`Homography::affine`], with a depth that grows by these shares from
    /// the first point to the second and to the third.
    pub(super) fn tilted(
        near: f64,
        far: f64,
        [a, b, c]: [[f64; 2]; 3],
        [g, h]: [f64; 2],
    ) -> Option<Self> {
        let unit = Self([
            b[0] * (1.0 + g) - a[0],
            c[0] * (1.0 + h) - a[0],
            a[0],
            b[1] * (1.0 + g) - a[1],
            c[1] * (1.0 + h) - a[1],
            a[1],
            g,
            h,
            1.0,
        ]);
        unit.of_scaled(1.0 / (far - near), -near / (far - near))
    }

    /// Rows and columns of the symbol exchanged.
    pub(super) fn transposed(&self) -> Self {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        Self([b, a, c, e, d, f, h, g, i])
    }

    /// The map that takes the square from `near` to `far` to these corners,
    /// clockwise. `None` if they are not those of a convex quadrilateral.
    pub(super) fn square_to(near: f64, far: f64, [a, b, c, d]: [[f64; 2]; 4]) -> Option<Self> {
        // Heckbert's map of the unit square.
        let sum = [a[0] - b[0] + c[0] - d[0], a[1] - b[1] + c[1] - d[1]];
        let (e, f) = ([b[0] - c[0], b[1] - c[1]], [d[0] - c[0], d[1] - c[1]]);
        let cross = e[0] * f[1] - f[0] * e[1];
        let g = (sum[0] * f[1] - f[0] * sum[1]) / cross;
        let h = (e[0] * sum[1] - sum[0] * e[1]) / cross;
        let unit = Self([
            b[0] - a[0] + g * b[0],
            d[0] - a[0] + h * d[0],
            a[0],
            b[1] - a[1] + g * b[1],
            d[1] - a[1] + h * d[1],
            a[1],
            g,
            h,
            1.0,
        ]);
        let sane =
            unit.0.iter().all(|value| value.is_finite()) && g > -0.9 && h > -0.9 && g + h > -0.9;
        sane.then(|| unit.of_scaled(1.0 / (far - near), -near / (far - near)))
            .flatten()
    }

    /// This map applied after x → `scale` x + `offset` on both axes.
    pub(super) fn of_scaled(&self, scale: f64, offset: f64) -> Option<Self> {
        let mut h = self.0;
        for row in h.chunks_exact_mut(3) {
            row[2] += offset * (row[0] + row[1]);
            row[0] *= scale;
            row[1] *= scale;
        }
        Self(h).normalised()
    }

    /// This map applied after `first`.
    pub(super) fn after(&self, first: &Self) -> Option<Self> {
        let (a, b) = (&self.0, &first.0);
        let cell = |at: usize| (0..3).map(|k| a[at / 3 * 3 + k] * b[3 * k + at % 3]).sum();
        Self(std::array::from_fn(cell)).normalised()
    }

    /// The same in a picture that is `scale` times as large, moved by `offset`
    /// pixels afterwards.
    pub(super) fn onto(&self, scale: f64, offset: [f64; 2]) -> Self {
        let mut h = self.0;
        for axis in 0..2 {
            for column in 0..3 {
                h[3 * axis + column] = scale * h[3 * axis + column] + offset[axis] * h[6 + column];
            }
        }
        Self(h)
    }

    /// With a last element of 1; `None` where that is impossible.
    pub(super) fn normalised(self) -> Option<Self> {
        let last = self.0[8];
        let scaled = self.0.map(|value| value / last);
        scaled
            .iter()
            .all(|value| value.is_finite())
            .then_some(Self(scaled))
    }

    /// The corners of a symbol of `side` modules, clockwise from its top left,
    /// in pixels of the picture counted from their edges.
    pub(super) fn corners(&self, side: usize) -> Corners {
        let far = side as f64;
        [[0.0, 0.0], [far, 0.0], [far, far], [0.0, far]]
            .map(|[x, y]| self.at(x, y).map(|value| value as f32 + 0.5))
    }

    /// The mean size of a module in pixels, from the area of the symbol.
    pub(super) fn module(&self, side: usize) -> f64 {
        let [a, b, c, d] = self.corners(side).map(|corner| corner.map(f64::from));
        let cross = (c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1]);
        (cross.abs() / 2.0).sqrt() / side as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: [f64; 2], b: [f64; 2]) -> bool {
        (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-6
    }

    #[test]
    fn squares_go_to_their_corners() {
        let corners = [[10.0, 12.0], [90.0, 8.0], [99.0, 101.0], [4.0, 88.0]];
        let map = Homography::square_to(3.5, 21.5, corners).unwrap();
        let square = [[3.5, 3.5], [21.5, 3.5], [21.5, 21.5], [3.5, 21.5]];
        for ([x, y], corner) in square.into_iter().zip(corners) {
            assert!(near(map.at(x, y), corner));
            let moved = map.onto(2.0, [5.0, -7.0]).at(x, y);
            assert!(near(moved, [2.0 * corner[0] + 5.0, 2.0 * corner[1] - 7.0]));
        }
        assert!((map.0[8] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn maps_are_taken_one_after_the_other() {
        let first = Homography([1.1, 0.1, 2.0, -0.2, 0.9, 1.0, 0.01, 0.02, 1.0]);
        let second = Homography([2.0, 0.3, -5.0, 0.1, 1.8, 7.0, -0.003, 0.004, 1.0]);
        let both = second.after(&first).unwrap();
        for [x, y] in [[0.0, 0.0], [3.5, 21.5], [10.0, -2.0]] {
            let [u, v] = first.at(x, y);
            assert!(near(both.at(x, y), second.at(u, v)));
        }
    }

    #[test]
    fn three_points_make_an_affine_map() {
        let points = [[5.0, 6.0], [25.0, 9.0], [2.0, 31.0]];
        let map = Homography::affine(3.5, 17.5, points);
        assert!(near(map.at(3.5, 3.5), points[0]));
        assert!(near(map.at(17.5, 3.5), points[1]));
        assert!(near(map.at(3.5, 17.5), points[2]));
    }

    #[test]
    fn corners_that_fold_over_are_refused() {
        let line = [[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [3.0, 3.0]];
        assert_eq!(Homography::square_to(0.0, 1.0, line), None);
        let bow = [[0.0, 0.0], [9.0, 0.0], [0.0, 9.0], [9.0, 9.0]];
        assert_eq!(Homography::square_to(0.0, 1.0, bow), None);
    }
}
