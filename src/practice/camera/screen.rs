//! The light of a screen: content behind a raster of sub-pixels.

use super::CameraModelError;
use super::blur::PointSpread;
use super::pose::Pose;
use image::GrayImage;

/// Width of the dark frame around a screen, in screen pixels.
const BEZEL: f64 = 24.0;

/// A screen with grey content and a colour stripe per third of a pixel.
pub struct ScreenRaster {
    width: usize,
    height: usize,
    /// Summed-area table of linear light, (width + 1) × (height + 1) values: the
    /// light of any box takes four lookups.
    sums: Vec<f64>,
}

/// What the photosites see of the screen, before illumination and sensor.
pub(super) struct ScreenProjection {
    /// Linear light of the content, 0 to 1; one value per photosite.
    pub(super) content: Vec<f32>,
    /// Modulation by the raster, around 1, through each photosite's colour filter.
    pub(super) raster: Vec<f32>,
    /// Fraction of each photosite that the screen covers, 0 to 1.
    pub(super) cover: Vec<f32>,
    /// Fraction of each photosite that the dark frame around the screen covers.
    pub(super) bezel: Vec<f32>,
}

impl ScreenRaster {
    /// A screen that shows these pixels (sRGB grey).
    ///
    /// # Errors
    /// [`CameraModelError::OutOfBounds`] without pixels, or with more than 32
    /// million.
    pub fn from_gray(pixels: &GrayImage) -> Result<Self, CameraModelError> {
        let (width, height) = (pixels.width() as usize, pixels.height() as usize);
        if width == 0 || height == 0 || width * height > 32_000_000 {
            return Err(CameraModelError::OutOfBounds {
                what: "the screen has no pixels, or more than any screen",
            });
        }
        let linear: Vec<f64> = (0..=255).map(|level| f64::from(to_linear(level))).collect();
        let stride = width + 1;
        let mut sums = vec![0.0; stride * (height + 1)];
        for (y, row) in pixels.rows().enumerate() {
            let mut along = 0.0;
            for (x, pixel) in row.enumerate() {
                along += linear[usize::from(pixel.0[0])];
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + along;
            }
        }
        Ok(Self {
            width,
            height,
            sums,
        })
    }

    /// What every photosite of a frame sees.
    pub(super) fn seen_through(
        &self,
        pose: &Pose,
        spread: &PointSpread,
        width: usize,
        height: usize,
    ) -> ScreenProjection {
        let mut scene = ScreenProjection {
            content: vec![0.0; width * height],
            raster: vec![1.0; width * height],
            cover: vec![0.0; width * height],
            bezel: vec![0.0; width * height],
        };
        let blur = f64::from(spread.variance());
        for y in 0..height {
            for x in 0..width {
                let (fx, fy) = (x as f64 + 0.5, y as f64 + 0.5);
                let here = pose.screen_at(fx, fy);
                let margin = BEZEL + 8.0;
                if here[0] < -margin
                    || here[1] < -margin
                    || here[0] > self.width as f64 + margin
                    || here[1] > self.height as f64 + margin
                    || !here[0].is_finite()
                    || !here[1].is_finite()
                {
                    continue;
                }
                let right = pose.screen_at(fx + 1.0, fy);
                let below = pose.screen_at(fx, fy + 1.0);
                // The extent of the photosite, as a box in screen pixels.
                let size = [0, 1].map(|i| (right[i] - here[i]).hypot(below[i] - here[i]).max(1e-3));
                let at = y * width + x;
                let (light, cover) = self.light_in(here, size);
                scene.content[at] = light as f32;
                scene.cover[at] = cover as f32;
                scene.bezel[at] = self.bezel_at(here) * (1.0 - cover as f32);
                // The raster is blurred like the image before it is sampled: by a
                // box with the variance of photosite and blur together.
                let wide = size.map(|length| length * (1.0 + 12.0 * blur).sqrt());
                scene.raster[at] = raster(here, wide, filter_at(x, y)) as f32;
            }
        }
        scene
    }

    /// Mean linear light of the screen in a box, and the fraction of the box that
    /// lies on the screen.
    fn light_in(&self, centre: [f64; 2], size: [f64; 2]) -> (f64, f64) {
        let clip = |value: f64, most: usize| value.clamp(0.0, most as f64);
        let x0 = clip(centre[0] - size[0] / 2.0, self.width);
        let x1 = clip(centre[0] + size[0] / 2.0, self.width);
        let y0 = clip(centre[1] - size[1] / 2.0, self.height);
        let y1 = clip(centre[1] + size[1] / 2.0, self.height);
        let area = (x1 - x0) * (y1 - y0);
        if area <= 0.0 {
            return (0.0, 0.0);
        }
        let sum =
            self.sum_at(x1, y1) - self.sum_at(x0, y1) - self.sum_at(x1, y0) + self.sum_at(x0, y0);
        (sum / area, area / (size[0] * size[1]))
    }

    /// Sum of the light left of and above a point, interpolated.
    fn sum_at(&self, x: f64, y: f64) -> f64 {
        let stride = self.width + 1;
        let (column, row) = (
            (x as usize).min(self.width - 1),
            (y as usize).min(self.height - 1),
        );
        let (fx, fy) = (x - column as f64, y - row as f64);
        let at = row * stride + column;
        let above = self.sums[at] * (1.0 - fx) + self.sums[at + 1] * fx;
        let below = self.sums[at + stride] * (1.0 - fx) + self.sums[at + stride + 1] * fx;
        above * (1.0 - fy) + below * fy
    }

    fn bezel_at(&self, [u, v]: [f64; 2]) -> f32 {
        let inside = |value: f64, most: usize| (-BEZEL..=most as f64 + BEZEL).contains(&value);
        f32::from(u8::from(inside(u, self.width) && inside(v, self.height)))
    }
}

/// The colour filter of a photosite in an RGGB mosaic, as the index of the stripe
/// that it passes.
pub(super) fn filter_at(x: usize, y: usize) -> usize {
    match (x % 2, y % 2) {
        (0, 0) => 0,
        (1, 1) => 2,
        _ => 1,
    }
}

/// Modulation of one colour's light in a box by the raster, with mean 1.
fn raster(centre: [f64; 2], size: [f64; 2], colour: usize) -> f64 {
    // The black gap between stripes is a twelfth of a pixel wide, that between
    // rows a fifth.
    let gap = 1.0 / 24.0;
    let start = colour as f64 / 3.0 + gap;
    let stripe = pulse(centre[0], size[0], start, 1.0 / 3.0 - 2.0 * gap);
    let row = pulse(centre[1], size[1], 0.1, 0.8);
    stripe * row
}

/// Mean of a pulse train of period 1 over a window, scaled to mean 1.
fn pulse(centre: f64, window: f64, start: f64, duty: f64) -> f64 {
    let until = |at: f64| at.floor() * duty + (at - at.floor() - start).clamp(0.0, duty);
    (until(centre + window / 2.0) - until(centre - window / 2.0)) / (window * duty)
}

/// Linear light of an sRGB level.
pub(super) fn to_linear(level: u8) -> f32 {
    let value = f32::from(level) / 255.0;
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    #[test]
    fn the_light_of_any_box_is_the_mean_of_its_pixels() {
        let pixels = GrayImage::from_fn(4, 3, |x, y| Luma([(x * 60 + y * 20) as u8]));
        let screen = ScreenRaster::from_gray(&pixels).unwrap();
        let mean = f64::midpoint(f64::from(to_linear(60)), f64::from(to_linear(120)));
        let (light, cover) = screen.light_in([2.0, 0.5], [2.0, 1.0]);
        assert!((light - mean).abs() < 1e-6);
        assert!((cover - 1.0).abs() < 1e-9);
        let (_, cover) = screen.light_in([0.0, 1.5], [2.0, 1.0]);
        assert!((cover - 0.5).abs() < 1e-9);
    }

    #[test]
    fn the_raster_keeps_the_light_and_fades_in_wide_boxes() {
        let mut sum = 0.0;
        for step in 0..300 {
            sum += pulse(f64::from(step) / 100.0, 0.3, 0.2, 0.25);
        }
        assert!((sum / 300.0 - 1.0).abs() < 0.01);
        let wide = pulse(7.3, 40.0, 0.2, 0.25);
        assert!((wide - 1.0).abs() < 0.1);
    }

    #[test]
    fn a_screen_without_pixels_is_refused() {
        assert!(ScreenRaster::from_gray(&GrayImage::new(0, 5)).is_err());
    }
}
