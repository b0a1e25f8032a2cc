use super::*;

/// Numbers that repeat after a long while, from -1 to 1.
fn numbers(count: usize, mut state: u32) -> Vec<f32> {
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

fn tensor(channels: usize, height: usize, width: usize) -> Tensor {
    Tensor {
        channels,
        height,
        width,
        data: numbers(channels * height * width, 7),
    }
}

/// The definition of a convolution, one product after the other.
fn by_definition(shape: &Shape, weights: &[f32], biases: &[f32], x: &Tensor) -> Vec<f32> {
    let [rows, columns] = shape.kernel;
    let height = (x.height + 2 * shape.padding[0] + 1 - rows).div_ceil(shape.stride);
    let reach = (columns - 1) * shape.dilation + 1;
    let width = (x.width + 2 * shape.padding[1] + 1 - reach).div_ceil(shape.stride);
    let mut out = Vec::new();
    let value = |channel: usize, y: usize, x_: usize| {
        let (y, x_) = (
            y.checked_sub(shape.padding[0]),
            x_.checked_sub(shape.padding[1]),
        );
        match (y, x_) {
            (Some(y), Some(x_)) if y < x.height && x_ < x.width => {
                x.plane(channel)[y * x.width + x_]
            }
            _ => 0.0,
        }
    };
    let inputs = if shape.depthwise { 1 } else { shape.inputs };
    for o in 0..shape.outputs {
        for y in 0..height {
            for column in 0..width {
                let mut sum = biases[o];
                for i in 0..inputs {
                    let channel = if shape.depthwise { o } else { i };
                    for r in 0..rows {
                        for c in 0..columns {
                            let weight = weights[((o * inputs + i) * rows + r) * columns + c];
                            let at = column * shape.stride + c * shape.dilation;
                            sum += weight * value(channel, y * shape.stride + r, at);
                        }
                    }
                }
                out.push(if shape.rectified { sum.max(0.0) } else { sum });
            }
        }
    }
    out
}

#[test]
fn every_kind_of_layer_is_what_its_definition_says() {
    let plain = Shape {
        inputs: 3,
        outputs: 5,
        kernel: [3, 3],
        padding: [1, 1],
        stride: 1,
        dilation: 1,
        depthwise: false,
        rectified: true,
    };
    let shapes = [
        plain,
        Shape {
            kernel: [1, 1],
            padding: [0, 0],
            rectified: false,
            ..plain
        },
        Shape {
            kernel: [2, 1],
            padding: [0, 0],
            ..plain
        },
        Shape {
            kernel: [1, 3],
            padding: [0, 4],
            dilation: 4,
            ..plain
        },
        Shape {
            kernel: [5, 5],
            padding: [2, 2],
            stride: 2,
            ..plain
        },
        Shape {
            outputs: 3,
            stride: 2,
            depthwise: true,
            ..plain
        },
        Shape {
            outputs: 3,
            kernel: [3, 7],
            padding: [1, 3],
            depthwise: true,
            ..plain
        },
    ];
    for shape in shapes {
        let weights = numbers(shape.weights(), 3);
        let biases = numbers(shape.outputs, 5);
        let layer = Convolution::new(shape, &weights, &biases);
        for (height, width) in [(4, 8), (7, 21), (6, 1), (9, 16)] {
            let x = tensor(3, height, width);
            let expected = by_definition(&shape, &weights, &biases, &x);
            let out = layer.run(x);
            assert_eq!(out.data.len(), expected.len(), "{shape:?} {height} {width}");
            for (a, b) in out.data.iter().zip(&expected) {
                assert!((a - b).abs() < 1e-4, "{shape:?} {height} {width}: {a} {b}");
            }
        }
    }
}

#[test]
fn pooling_takes_the_largest_of_each_block() {
    let x = Tensor {
        channels: 1,
        height: 3,
        width: 5,
        data: vec![
            1.0, 2.0, 3.0, 4.0, 9.0, 5.0, -1.0, 0.0, 7.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0,
        ],
    };
    assert_eq!(x.max_pooled(2, 2).data, [5.0, 7.0]);
    assert_eq!(x.max_pooled(3, 1).data, [9.0; 5]);
}
