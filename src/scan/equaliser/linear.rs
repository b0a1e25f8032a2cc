//! Small systems of linear equations, by Cholesky's method.

/// Solves `matrix` · x = `right`, and leaves x in `right`. The matrix is symmetric, row by row,
/// and only its lower half is read; it is overwritten. `None` if it is not positive definite.
pub(super) fn solve(matrix: &mut [f64], right: &mut [f64]) -> Option<()> {
    let size = right.len();
    debug_assert_eq!(matrix.len(), size * size);
    for i in 0..size {
        for j in 0..=i {
            let (a, b) = (
                &matrix[i * size..i * size + j],
                &matrix[j * size..j * size + j],
            );
            let rest = matrix[i * size + j] - dot_wide(a, b);
            if i == j {
                // Also refuses what is not a number.
                if !(rest > f64::MIN_POSITIVE && rest.is_finite()) {
                    return None;
                }
                matrix[i * size + i] = rest.sqrt();
            } else {
                matrix[i * size + j] = rest / matrix[j * size + j];
            }
        }
    }
    for i in 0..size {
        let sum = dot_wide(&matrix[i * size..i * size + i], &right[..i]);
        right[i] = (right[i] - sum) / matrix[i * size + i];
    }
    for i in (0..size).rev() {
        right[i] /= matrix[i * size + i];
        let value = right[i];
        for (j, earlier) in right[..i].iter_mut().enumerate() {
            *earlier -= value * matrix[i * size + j];
        }
    }
    Some(())
}

/// Eight sums side by side, which the compiler turns into vector code.
macro_rules! dot {
    ($name:ident, $number:ty) => {
        /// The sum of the products.
        pub(super) fn $name(a: &[$number], b: &[$number]) -> $number {
            let mut sums = [0.0; 8];
            let (a_chunks, b_chunks) = (a.chunks_exact(8), b.chunks_exact(8));
            let rest: $number = a_chunks
                .remainder()
                .iter()
                .zip(b_chunks.remainder())
                .map(|(x, y)| x * y)
                .sum();
            for (x, y) in a_chunks.zip(b_chunks) {
                for lane in 0..8 {
                    sums[lane] += x[lane] * y[lane];
                }
            }
            sums.iter().sum::<$number>() + rest
        }
    };
}

dot!(dot, f32);
dot!(dot_wide, f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let (mut matrix, mut right) = (
            [4.0, 0.0, 0.0, 2.0, 3.0, 0.0, 1.0, 1.0, 5.0],
            [11.0, 11.0, 18.0],
        );
        solve(&mut matrix, &mut right).unwrap();
        for (x, expected) in right.into_iter().zip([1.0, 2.0, 3.0]) {
            assert!((x - expected).abs() < 1e-5);
        }
    }

    #[test]
    fn what_has_no_single_solution_is_refused() {
        for bad in [0.0, -1.0_f64, f64::NAN, f64::INFINITY] {
            assert_eq!(solve(&mut [bad], &mut [1.0]), None);
        }
        assert_eq!(solve(&mut [1.0, 0.0, 1.0, 1.0], &mut [1.0, 1.0]), None);
    }
}
