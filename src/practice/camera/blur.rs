//! Blur by lens, defocus and motion, before the image reaches the sensor.

/// The spread of a point of light, in photosites.
pub(super) struct PointSpread {
    /// Standard deviation of the lens's own blur.
    pub(super) lens: f32,
    /// Radius of the disc of confusion.
    pub(super) defocus: f32,
    /// Length of the movement during the exposure.
    pub(super) motion: f32,
    /// Direction of that movement, radians.
    pub(super) direction: f32,
}

impl PointSpread {
    /// Mean variance along one axis, in photosites squared.
    pub(super) fn variance(&self) -> f32 {
        self.lens.powi(2) + self.defocus.powi(2) / 4.0 + self.motion.powi(2) / 24.0
    }
}

/// A sparse kernel: offsets in photosites, and weights that sum to 1.
type Kernel = Vec<(isize, isize, f32)>;

/// Blurs a plane of light.
pub(super) fn apply(plane: &mut Vec<f32>, width: usize, height: usize, spread: &PointSpread) {
    for kernel in [
        gaussian(spread.lens, true),
        gaussian(spread.lens, false),
        disc(spread.defocus),
        line(spread.motion, spread.direction),
    ] {
        if kernel.len() > 1 {
            *plane = convolved(plane, width, height, &kernel);
        }
    }
}

fn convolved(plane: &[f32], width: usize, height: usize, kernel: &Kernel) -> Vec<f32> {
    let mut spread = vec![0.0_f32; plane.len()];
    let reach = kernel
        .iter()
        .map(|&(dx, _, _)| dx.unsigned_abs())
        .max()
        .unwrap_or(0);
    for y in 0..height {
        let row = &mut spread[y * width..(y + 1) * width];
        for &(dx, dy, weight) in kernel {
            let from = y.saturating_add_signed(dy).min(height - 1);
            let source = &plane[from * width..(from + 1) * width];
            if width > 2 * reach {
                // Away from the edges, add whole rows.
                let start = reach.saturating_add_signed(dx);
                let middle = &mut row[reach..width - reach];
                for (sum, &value) in middle.iter_mut().zip(&source[start..]) {
                    *sum += weight * value;
                }
            }
            let edges = (0..reach.min(width)).chain(width.saturating_sub(reach).max(reach)..width);
            for x in edges {
                row[x] += weight * source[x.saturating_add_signed(dx).min(width - 1)];
            }
        }
    }
    spread
}

fn gaussian(sigma: f32, along: bool) -> Kernel {
    let reach = (3.0 * sigma).ceil() as isize;
    normalised(
        (-reach..=reach)
            .map(|step| {
                let weight = (-(step * step) as f32 / (2.0 * sigma * sigma).max(1e-6)).exp();
                if along {
                    (step, 0, weight)
                } else {
                    (0, step, weight)
                }
            })
            .collect(),
    )
}

fn disc(radius: f32) -> Kernel {
    let reach = radius.ceil() as isize;
    let mut kernel = Kernel::new();
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            // The edge of the disc covers part of a photosite.
            let weight = (radius + 0.5 - (dx as f32).hypot(dy as f32)).clamp(0.0, 1.0);
            if weight > 0.0 {
                kernel.push((dx, dy, weight));
            }
        }
    }
    normalised(kernel)
}

fn line(length: f32, direction: f32) -> Kernel {
    let (sin, cos) = direction.sin_cos();
    let samples = (length * 4.0).ceil().max(1.0) as usize;
    let mut kernel = Kernel::new();
    for sample in 0..samples {
        let along = ((sample as f32 + 0.5) / samples as f32 - 0.5) * length;
        let (x, y) = (along * cos, along * sin);
        let (left, top) = (x.floor(), y.floor());
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let place = (left as isize + dx, top as isize + dy);
            let weight = (1.0 - (x - place.0 as f32).abs()) * (1.0 - (y - place.1 as f32).abs());
            match kernel.iter_mut().find(|tap| (tap.0, tap.1) == place) {
                Some(tap) => tap.2 += weight,
                None if weight > 0.0 => kernel.push((place.0, place.1, weight)),
                None => {}
            }
        }
    }
    normalised(kernel)
}

fn normalised(mut kernel: Kernel) -> Kernel {
    let sum: f32 = kernel.iter().map(|tap| tap.2).sum();
    for tap in &mut kernel {
        tap.2 /= sum;
    }
    kernel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_light_is_lost_or_made() {
        let (width, height) = (41, 31);
        let mut plane = vec![0.0; width * height];
        plane[15 * width + 20] = 1.0;
        let spread = PointSpread {
            lens: 0.6,
            defocus: 1.7,
            motion: 5.0,
            direction: 0.7,
        };
        apply(&mut plane, width, height, &spread);
        let sum: f32 = plane.iter().sum();
        assert!((sum - 1.0).abs() < 1e-4, "{sum}");
        assert!(plane[15 * width + 20] < 0.2);
    }

    #[test]
    fn the_variance_told_is_the_variance_made() {
        let (width, height) = (81, 81);
        let mut plane = vec![0.0_f32; width * height];
        plane[40 * width + 40] = 1.0;
        let spread = PointSpread {
            lens: 1.0,
            defocus: 4.0,
            motion: 6.0,
            direction: std::f32::consts::FRAC_PI_4,
        };
        apply(&mut plane, width, height, &spread);
        let mut variance = 0.0;
        for (at, &value) in plane.iter().enumerate() {
            variance += value * (at % width).abs_diff(40).pow(2) as f32;
        }
        let told = spread.variance();
        assert!((variance - told).abs() < 0.25 * told, "{variance} {told}");
    }

    #[test]
    fn narrow_planes_and_sharp_lenses_do_no_harm() {
        let spread = PointSpread {
            lens: 0.0,
            defocus: 3.0,
            motion: 0.0,
            direction: 0.0,
        };
        let mut plane = vec![0.5; 2];
        apply(&mut plane, 1, 2, &spread);
        assert!(plane.iter().all(|value| (value - 0.5).abs() < 1e-5));
    }
}
