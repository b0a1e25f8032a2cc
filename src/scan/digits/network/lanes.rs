//! Sums of eight columns of some channels, or of some times eight columns of one, where the
//! networks spend their time.
//!
//! Natively compilers make vector instructions of plain arrays. For WebAssembly they do not, even
//! where those are allowed: there the instructions are named.

/// Columns.
pub(super) const LANES: usize = 8;

#[cfg(not(target_family = "wasm"))]
mod plain {
    use super::LANES;

    #[derive(Debug)]
    pub(in super::super) struct Sums<const DEEP: usize>([[f32; LANES]; DEEP]);

    impl<const DEEP: usize> Sums<DEEP> {
        #[inline]
        pub(in super::super) fn of(biases: &[f32]) -> Self {
            Self(std::array::from_fn(|deep| [biases[deep]; LANES]))
        }

        /// Adds to each channel its weight times these values.
        #[inline]
        pub(in super::super) fn add(&mut self, weights: &[f32], values: &[f32; LANES]) {
            for (sums, &weight) in self.0.iter_mut().zip(weights) {
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += weight * value;
                }
            }
        }

        /// Adds one weight times these values, which lie along all of the sums.
        #[inline]
        pub(in super::super) fn add_along(&mut self, weight: f32, values: &[f32]) {
            for (sum, value) in self.0.as_flattened_mut().iter_mut().zip(values) {
                *sum += weight * value;
            }
        }

        #[inline]
        pub(in super::super) fn values(&self) -> [[f32; LANES]; DEEP] {
            self.0
        }
    }
}

#[cfg(target_family = "wasm")]
mod named {
    use super::LANES;
    use std::arch::wasm32::{
        f32x4, f32x4_add, f32x4_extract_lane as lane, f32x4_mul, f32x4_splat, v128,
    };

    #[derive(Debug)]
    pub(in super::super) struct Sums<const DEEP: usize>([[v128; 2]; DEEP]);

    impl<const DEEP: usize> Sums<DEEP> {
        #[target_feature(enable = "simd128")]
        #[inline]
        pub(in super::super) fn of(biases: &[f32]) -> Self {
            Self(std::array::from_fn(|deep| [f32x4_splat(biases[deep]); 2]))
        }

        /// Adds to each channel its weight times these values.
        #[target_feature(enable = "simd128")]
        #[inline]
        pub(in super::super) fn add(&mut self, weights: &[f32], v: &[f32; LANES]) {
            // Becomes one instruction each.
            let values = [f32x4(v[0], v[1], v[2], v[3]), f32x4(v[4], v[5], v[6], v[7])];
            for (sums, &weight) in self.0.iter_mut().zip(weights) {
                let weight = f32x4_splat(weight);
                sums[0] = f32x4_add(sums[0], f32x4_mul(weight, values[0]));
                sums[1] = f32x4_add(sums[1], f32x4_mul(weight, values[1]));
            }
        }

        /// Adds one weight times these values, which lie along all of the sums.
        #[target_feature(enable = "simd128")]
        #[inline]
        pub(in super::super) fn add_along(&mut self, weight: f32, values: &[f32]) {
            let weight = f32x4_splat(weight);
            for (sum, v) in self
                .0
                .as_flattened_mut()
                .iter_mut()
                .zip(values.chunks_exact(4))
            {
                *sum = f32x4_add(*sum, f32x4_mul(weight, f32x4(v[0], v[1], v[2], v[3])));
            }
        }

        #[target_feature(enable = "simd128")]
        #[inline]
        pub(in super::super) fn values(&self) -> [[f32; LANES]; DEEP] {
            self.0.map(|[a, b]| {
                [
                    lane::<0>(a),
                    lane::<1>(a),
                    lane::<2>(a),
                    lane::<3>(a),
                    lane::<0>(b),
                    lane::<1>(b),
                    lane::<2>(b),
                    lane::<3>(b),
                ]
            })
        }
    }
}

#[cfg(target_family = "wasm")]
pub(super) use named::Sums;
#[cfg(not(target_family = "wasm"))]
pub(super) use plain::Sums;
