//! The sensor: from light on photosites to pixels.

use super::screen::filter_at;
use image::{Rgb, RgbImage};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

/// A sensor behind a colour mosaic, and the camera's processing.
pub(super) struct Sensor {
    /// Noise at mid grey, in levels of 255 after the tone curve.
    pub(super) noise: f32,
    /// Strength of sharpening.
    pub(super) sharpening: f32,
    /// Exponent on the levels after the sRGB curve; above 1 it darkens the mid
    /// greys, as cameras with high contrast do. `None` for plain sRGB.
    pub(super) gamma: Option<f32>,
}

/// Linear light at mid grey (level 128 of sRGB).
const MID_GREY: f32 = 0.216;

/// Slope of the tone curve there, in levels (0 to 1) per unit of linear light.
const MID_SLOPE: f32 = 0.98;

impl Sensor {
    /// Exposes, demosaics, sharpens, and applies the tone curve.
    pub(super) fn develop(
        &self,
        light: &[f32],
        width: usize,
        height: usize,
        rng: &mut ChaCha8Rng,
    ) -> RgbImage {
        let mosaic = self.expose(light, width, rng);
        let mut picture = RgbImage::new(width as u32, height as u32);
        let planes = [0, 1, 2].map(|colour| {
            let plane = demosaiced(&mosaic, width, height, colour);
            let toned: Vec<f32> = plane.into_iter().map(|light| self.tone(light)).collect();
            self.sharpened(&toned, width, height)
        });
        for (at, pixel) in picture.pixels_mut().enumerate() {
            *pixel = Rgb([0, 1, 2]
                .map(|colour: usize| (planes[colour][at] * 255.0).round().clamp(0.0, 255.0) as u8));
        }
        picture
    }

    fn tone(&self, light: f32) -> f32 {
        let level = tone(light);
        match self.gamma {
            Some(gamma) => level.max(0.0).powf(gamma),
            None => level,
        }
    }

    /// One noisy, clipped value per photosite, with read noise and shot noise.
    fn expose(&self, light: &[f32], width: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
        let at_mid = self.noise / 255.0 / MID_SLOPE;
        let (read, shot) = (at_mid * 0.5, (0.75 * at_mid * at_mid / MID_GREY).sqrt());
        light
            .iter()
            .enumerate()
            .map(|(at, &light)| {
                // Imperfect white balance.
                let tint = [1.03, 1.0, 0.96][filter_at(at % width, at / width)];
                let light = (light * tint).clamp(0.0, 1.0);
                let normal: f32 = rng.sample(StandardNormal);
                let sigma = (read * read + shot * shot * light).sqrt();
                (light + normal * sigma).clamp(0.0, 1.0)
            })
            .collect()
    }

    fn sharpened(&self, plane: &[f32], width: usize, height: usize) -> Vec<f32> {
        if self.sharpening <= 0.0 || width < 3 || height < 3 {
            return plane.to_vec();
        }
        let mut sharp = plane.to_vec();
        for y in 1..height - 1 {
            for x in 1..width - 1 {
                let at = y * width + x;
                let around = plane[at - 1] + plane[at + 1] + plane[at - width] + plane[at + width];
                sharp[at] = plane[at] + self.sharpening * (plane[at] - around / 4.0);
            }
        }
        sharp
    }
}

/// One colour at every photosite: its own value if it has that filter, otherwise
/// the mean of the neighbours that have it.
fn demosaiced(mosaic: &[f32], width: usize, height: usize, colour: usize) -> Vec<f32> {
    let mut plane = Vec::with_capacity(mosaic.len());
    for y in 0..height {
        for x in 0..width {
            if filter_at(x, y) == colour {
                plane.push(mosaic[y * width + x]);
                continue;
            }
            let (mut sum, mut count) = (0.0, 0.0);
            for ny in y.saturating_sub(1)..(y + 2).min(height) {
                for nx in x.saturating_sub(1)..(x + 2).min(width) {
                    if filter_at(nx, ny) == colour {
                        sum += mosaic[ny * width + nx];
                        count += 1.0;
                    }
                }
            }
            plane.push(if count > 0.0 { sum / count } else { 0.0 });
        }
    }
    plane
}

/// The sRGB tone curve.
fn tone(light: f32) -> f32 {
    if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn noise_at_mid_grey_is_what_was_asked_for() {
        let sensor = Sensor {
            noise: 8.0,
            sharpening: 0.0,
            gamma: None,
        };
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mosaic = sensor.expose(&vec![MID_GREY; 40_000], 200, &mut rng);
        let green: Vec<f32> = mosaic
            .iter()
            .enumerate()
            .filter(|(at, _)| filter_at(at % 200, at / 200) == 1)
            .map(|(_, &value)| tone(value) * 255.0)
            .collect();
        let mean = green.iter().sum::<f32>() / green.len() as f32;
        let variance = green
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f32>()
            / green.len() as f32;
        assert!((variance.sqrt() - 8.0).abs() < 1.0, "{}", variance.sqrt());
        assert!((mean - 128.0).abs() < 3.0, "{mean}");
    }

    #[test]
    fn the_smallest_frames_develop() {
        let sensor = Sensor {
            noise: 0.0,
            sharpening: 1.0,
            gamma: Some(2.0),
        };
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        assert_eq!(sensor.develop(&[0.5], 1, 1, &mut rng).dimensions(), (1, 1));
    }
}
