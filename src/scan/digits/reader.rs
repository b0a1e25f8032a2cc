//! The reader: a network that says for each frame of a strip which digit stands there.

use super::lattice::{CLASSES, Lattice};
use super::network::{Convolution, Shape, Tensor};
use super::strip::Strip;
use super::weights::{DigitsError, layers};

/// The weights, and their SHA-256.
static WEIGHTS: &[u8] = include_bytes!("weights/reader.bin");
const CHECKSUM: &str = include_str!("weights/reader.sha256").trim_ascii();

/// `training/networks.py`, class `Reader`.
const fn layer(inputs: usize, outputs: usize, kernel: [usize; 2], padding: [usize; 2]) -> Shape {
    Shape {
        inputs,
        outputs,
        kernel,
        padding,
        stride: 1,
        dilation: 1,
        depthwise: false,
        rectified: true,
    }
}

const fn beside(dilation: usize) -> Shape {
    Shape {
        dilation,
        ..layer(128, 128, [1, 3], [0, dilation])
    }
}

const SHAPES: [Shape; 11] = [
    layer(1, 12, [3, 3], [1, 1]),
    layer(12, 24, [3, 3], [1, 1]),
    layer(24, 48, [3, 3], [1, 1]),
    layer(48, 64, [3, 3], [1, 1]),
    layer(64, 80, [3, 3], [1, 1]),
    layer(80, 128, [2, 1], [0, 0]),
    beside(1),
    beside(2),
    beside(4),
    beside(1),
    Shape {
        rectified: false,
        ..layer(128, CLASSES, [1, 1], [0, 0])
    },
];

#[derive(Debug)]
pub(super) struct Reader(Vec<Convolution>);

impl Reader {
    pub(super) fn new() -> Result<Self, DigitsError> {
        layers(WEIGHTS, CHECKSUM, &SHAPES).map(Self)
    }

    /// What each frame of the strip most likely shows.
    pub(super) fn read(&self, strip: &Strip) -> Lattice {
        let scores = self.scores(strip.flat.clone());
        let frame = |at: usize| softmax(std::array::from_fn(|class| scores.plane(class)[at]));
        Lattice::new((0..scores.width.min(strip.frames())).map(frame))
    }

    fn scores(&self, strip: Tensor) -> Tensor {
        let mut x = strip;
        for (index, layer) in self.0.iter().enumerate() {
            let out = match index {
                6..=9 => {
                    let mut out = layer.run(x.clone());
                    out.add(&x);
                    out
                }
                _ => layer.run(x),
            };
            x = match index {
                0 | 1 => out.max_pooled(2, 2),
                3 | 4 => out.max_pooled(2, 1),
                _ => out,
            };
        }
        x
    }
}

fn softmax(scores: [f32; CLASSES]) -> [f32; CLASSES] {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - most).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}
