//! Convolutional networks, run forward: just the layers that the two networks here have.
//!
//! Plain `f32` arithmetic without dependencies, so that the same code runs as WebAssembly. The
//! inner loop keeps eight columns of four output channels in registers, or 32 columns of one.

mod lanes;

use lanes::{LANES, Sums};

/// Columns of a single channel that the inner loop works on at once: as many sums, or each would
/// wait for the one before it.
const WIDE_LANES: usize = LANES * DEEP;

/// Output channels that the inner loop works on at once.
const DEEP: usize = 4;

/// Numbers by channel, row and column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tensor {
    pub(super) channels: usize,
    pub(super) height: usize,
    pub(super) width: usize,
    pub(super) data: Vec<f32>,
}

impl Tensor {
    pub(super) fn zeros(channels: usize, height: usize, width: usize) -> Self {
        let data = vec![0.0; channels * height * width];
        Self {
            channels,
            height,
            width,
            data,
        }
    }

    /// The values of a channel, row by row.
    pub(super) fn plane(&self, channel: usize) -> &[f32] {
        let area = self.height * self.width;
        &self.data[channel * area..(channel + 1) * area]
    }

    /// The largest of each block of `down` × `across` values; what does not fill a block is left out.
    pub(super) fn max_pooled(&self, down: usize, across: usize) -> Self {
        let (height, width) = (self.height / down, self.width / across);
        let mut out = Self::zeros(self.channels, height, width);
        for channel in 0..self.channels {
            let plane = self.plane(channel);
            for y in 0..height {
                let row = &mut out.data[(channel * height + y) * width..][..width];
                row.fill(f32::MIN);
                for line in 0..down {
                    let above = &plane[(y * down + line) * self.width..][..width * across];
                    for (most, block) in row.iter_mut().zip(above.chunks_exact(across)) {
                        *most = block.iter().fold(*most, |most, &value| most.max(value));
                    }
                }
            }
        }
        out
    }

    /// Adds another of the same shape.
    pub(super) fn add(&mut self, other: &Self) {
        for (sum, value) in self.data.iter_mut().zip(&other.data) {
            *sum += value;
        }
    }

    /// The same values as one row: for layers that look at single places.
    fn flattened(self) -> Self {
        Self {
            width: self.height * self.width,
            height: 1,
            ..self
        }
    }
}

/// How a layer looks at its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// Rows and columns of the kernel.
    pub(super) kernel: [usize; 2],
    /// Zeros around the input, above and below, left and right.
    pub(super) padding: [usize; 2],
    pub(super) stride: usize,
    /// Columns from one tap of the kernel to the next.
    pub(super) dilation: usize,
    /// Every channel by itself.
    pub(super) depthwise: bool,
    /// Negative results become zero.
    pub(super) rectified: bool,
}

impl Shape {
    /// How many weights such a layer has, without its biases.
    pub(super) fn weights(&self) -> usize {
        let inputs = if self.depthwise { 1 } else { self.inputs };
        self.outputs * inputs * self.kernel[0] * self.kernel[1]
    }
}

/// A convolution with its weights.
#[derive(Debug, Clone)]
pub(super) struct Convolution {
    shape: Shape,
    /// By output channel in blocks of [`DEEP`], input channel, tap, channel in the block;
    /// depthwise: by channel and tap.
    weights: Vec<f32>,
    biases: Vec<f32>,
}

impl Convolution {
    /// `weights` by output channel, input channel, row and column; one bias for each output.
    pub(super) fn new(shape: Shape, weights: &[f32], biases: &[f32]) -> Self {
        let taps = shape.kernel[0] * shape.kernel[1];
        let deep = shape.outputs.div_ceil(DEEP) * DEEP;
        let mut biases = biases.to_vec();
        biases.resize(deep, 0.0);
        let arranged = if shape.depthwise {
            weights.to_vec()
        } else {
            let mut arranged = vec![0.0; deep * shape.inputs * taps];
            let each = weights.chunks_exact(shape.inputs * taps);
            for (output, kernel) in each.enumerate() {
                let block = output / DEEP * shape.inputs * taps * DEEP + output % DEEP;
                for (tap, &weight) in kernel.iter().enumerate() {
                    arranged[block + tap * DEEP] = weight;
                }
            }
            arranged
        };
        Self {
            shape,
            weights: arranged,
            biases,
        }
    }

    pub(super) fn run(&self, input: Tensor) -> Tensor {
        let shape = &self.shape;
        if shape.kernel == [1, 1] && shape.stride == 1 {
            let (height, width) = (input.height, input.width);
            let flat = self.convolved(&input.flattened());
            return Tensor {
                height,
                width,
                ..flat
            };
        }
        self.convolved(&input)
    }

    #[cfg_attr(target_family = "wasm", target_feature(enable = "simd128"))]
    fn convolved(&self, input: &Tensor) -> Tensor {
        let shape = &self.shape;
        let reach = (shape.kernel[1] - 1) * shape.dilation + 1;
        let height = (input.height + 2 * shape.padding[0] + 1).saturating_sub(shape.kernel[0]);
        let width = (input.width + 2 * shape.padding[1] + 1).saturating_sub(reach);
        let (height, width) = (height.div_ceil(shape.stride), width.div_ceil(shape.stride));
        let padded = Padded::new(input, shape, width);
        let mut out = Tensor::zeros(shape.outputs, height, width);
        let taps = padded.taps(shape);
        let lanes = if shape.depthwise { WIDE_LANES } else { LANES };
        for y in 0..height {
            for first in (0..width).step_by(lanes) {
                let columns = lanes.min(width - first);
                let at = y * shape.stride * padded.line + first;
                if shape.depthwise {
                    for channel in 0..shape.outputs {
                        let sums = self.one_deep(&padded, &taps, channel, at);
                        self.put(&mut out, channel, [y, first, columns], sums.as_flattened());
                    }
                } else {
                    for block in 0..shape.outputs.div_ceil(DEEP) {
                        let sums = self.four_deep(&padded, &taps, block, at);
                        let channels = DEEP.min(shape.outputs - block * DEEP);
                        for (deep, sums) in sums.iter().enumerate().take(channels) {
                            self.put(&mut out, block * DEEP + deep, [y, first, columns], sums);
                        }
                    }
                }
            }
        }
        out
    }

    /// Eight columns of four output channels.
    #[cfg_attr(target_family = "wasm", target_feature(enable = "simd128"))]
    #[inline]
    fn four_deep(
        &self,
        padded: &Padded,
        taps: &[usize],
        block: usize,
        at: usize,
    ) -> [[f32; LANES]; DEEP] {
        let mut sums = Sums::<DEEP>::of(&self.biases[block * DEEP..]);
        let size = self.shape.inputs * taps.len() * DEEP;
        let weights = &self.weights[block * size..(block + 1) * size];
        let each = weights.chunks_exact(taps.len() * DEEP);
        for (channel, weights) in each.enumerate() {
            let plane = &padded.data[channel * padded.area..];
            for (tap, weights) in taps.iter().zip(weights.chunks_exact(DEEP)) {
                let values = plane[at + tap..][..LANES].try_into();
                sums.add(weights, values.unwrap_or(&[0.0; LANES]));
            }
        }
        sums.values()
    }

    /// Columns of one channel, from the same channel of the input.
    #[cfg_attr(target_family = "wasm", target_feature(enable = "simd128"))]
    #[inline]
    fn one_deep(
        &self,
        padded: &Padded,
        taps: &[usize],
        channel: usize,
        at: usize,
    ) -> [[f32; LANES]; DEEP] {
        let mut sums = Sums::<DEEP>::of(&[self.biases[channel]; DEEP]);
        let plane = &padded.data[channel * padded.area..];
        let weights = &self.weights[channel * taps.len()..];
        for (tap, &weight) in taps.iter().zip(weights) {
            sums.add_along(weight, &plane[at + tap..][..WIDE_LANES]);
        }
        sums.values()
    }

    fn put(&self, out: &mut Tensor, channel: usize, [y, x, columns]: [usize; 3], sums: &[f32]) {
        let start = (channel * out.height + y) * out.width + x;
        for (value, &sum) in out.data[start..start + columns].iter_mut().zip(sums) {
            *value = if self.shape.rectified {
                sum.max(0.0)
            } else {
                sum
            };
        }
    }
}

/// An input with zeros around it, its columns sorted by their place in the stride, so that
/// neighbours in the output read neighbours in the input.
struct Padded {
    data: Vec<f32>,
    /// Values of a channel.
    area: usize,
    /// Values of a row.
    line: usize,
    /// Values of a phase of a row.
    phase: usize,
}

impl Padded {
    fn new(input: &Tensor, shape: &Shape, width: usize) -> Self {
        let reach = (shape.kernel[1] - 1) * shape.dilation;
        // The last block of lanes may read past the last column, and past the last row.
        let phase = width.next_multiple_of(LANES) + reach / shape.stride + 1;
        let line = phase * shape.stride;
        let rows = input.height + 2 * shape.padding[0] + shape.stride;
        let area = line * rows;
        let mut data = vec![0.0; area * input.channels + WIDE_LANES];
        for channel in 0..input.channels {
            let plane = input.plane(channel);
            for (y, row) in plane.chunks_exact(input.width.max(1)).enumerate() {
                let to = channel * area + (y + shape.padding[0]) * line;
                if shape.stride == 1 {
                    let left = shape.padding[1];
                    let columns = row.len().min(line.saturating_sub(left));
                    data[to + left..to + left + columns].copy_from_slice(&row[..columns]);
                } else {
                    for (x, &value) in row.iter().enumerate() {
                        let column = x + shape.padding[1];
                        if column / shape.stride < phase {
                            data[to + column % shape.stride * phase + column / shape.stride] =
                                value;
                        }
                    }
                }
            }
        }
        Self {
            data,
            area,
            line,
            phase,
        }
    }

    /// Where the taps of the kernel are, from the place of its first one.
    fn taps(&self, shape: &Shape) -> Vec<usize> {
        let place = |row: usize, column: usize| {
            let column = column * shape.dilation;
            row * self.line + column % shape.stride * self.phase + column / shape.stride
        };
        (0..shape.kernel[0])
            .flat_map(|row| (0..shape.kernel[1]).map(move |column| (row, column)))
            .map(|(row, column)| place(row, column))
            .collect()
    }
}

#[cfg(test)]
mod tests;
