//! The weights of the two networks, as `training/export.py` writes them: data, checked before use.
//!
//! A file is `HKN1`, then layer by layer for each output channel: a scale (`f32`, little-endian), a
//! bias (`f32`), and the weights as signed bytes, by input channel, row and column. A weight is its
//! byte times the scale.

use crate::advice::Advice;
use sha2::{Digest, Sha256};

use super::network::{Convolution, Shape};

/// What a file of weights begins with.
const MAGIC: &[u8] = b"HKN1";

/// Why numbers cannot be read by their digits.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    thiserror::Error,
    strum::IntoStaticStr,
    strum::VariantNames,
    Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "digits-")]
pub enum DigitsError {
    /// The weights of the networks, which are part of the program, are not those that were built
    /// into it.
    #[error("the part of the program that reads digits is damaged")]
    Damaged,
}

/// Reads all layers of a network.
pub(super) fn layers(
    bytes: &[u8],
    checksum: &str,
    shapes: &[Shape],
) -> Result<Vec<Convolution>, DigitsError> {
    let damaged = DigitsError::Damaged;
    let sum = Sha256::digest(bytes);
    let same = sum.len() * 2 == checksum.len()
        && sum
            .iter()
            .zip(checksum.as_bytes().chunks_exact(2))
            .all(|(byte, hex)| format!("{byte:02x}").as_bytes() == hex);
    let mut rest = bytes.strip_prefix(MAGIC).filter(|_| same).ok_or(damaged)?;
    let mut layers = Vec::new();
    for shape in shapes {
        let each = shape.weights() / shape.outputs;
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        for _ in 0..shape.outputs {
            let (channel, after) = rest.split_at_checked(8 + each).ok_or(damaged)?;
            rest = after;
            let number = |at: usize| f32::from_le_bytes(std::array::from_fn(|i| channel[at + i]));
            let scale = number(0);
            biases.push(number(4));
            weights.extend(
                channel[8..]
                    .iter()
                    .map(|&byte| f32::from(byte.cast_signed()) * scale),
            );
        }
        layers.push(Convolution::new(*shape, &weights, &biases));
    }
    rest.is_empty().then_some(layers).ok_or(damaged)
}
