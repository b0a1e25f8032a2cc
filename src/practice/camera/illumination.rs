//! Light: exposure, veiling reflections, unevenness, glare.

use super::pose::Pose;
use super::screen::ScreenProjection;
use super::{Aim, Conditions};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The light on a scene.
#[derive(Clone)]
pub(super) struct Illumination {
    white: f32,
    black: f32,
    /// Change of the light across the frame, per axis.
    slope: [f32; 2],
    glare: Option<GlareSpot>,
    /// The camera's exposure, a factor on all light.
    exposure: f32,
}

/// A lamp or window reflected in the screen.
#[derive(Clone)]
struct GlareSpot {
    at: [f32; 2],
    radius: f32,
    strength: f32,
}

impl Illumination {
    pub(super) fn draw(
        conditions: &Conditions,
        pose: &Pose,
        aim: &Aim,
        rng: &mut ChaCha8Rng,
    ) -> Self {
        let direction = rng.random_range(0.0..std::f32::consts::TAU);
        let glare = conditions.glare.map(|strength| {
            let [left, top, right, bottom] = aim.region;
            let side = (right - left).max(bottom - top);
            // On the region or just beside it; elsewhere it has no effect.
            let u = rng.random_range(left - side * 0.2..right + side * 0.2);
            let v = rng.random_range(top - side * 0.2..bottom + side * 0.2);
            let [x, y] = pose.frame_at(f64::from(u), f64::from(v));
            GlareSpot {
                at: [x as f32, y as f32],
                radius: side * rng.random_range(0.05..0.2) / pose.scale_at_centre(),
                strength,
            }
        });
        Self {
            white: conditions.white,
            black: conditions.black.min(conditions.white),
            slope: [
                direction.cos() * conditions.unevenness,
                direction.sin() * conditions.unevenness,
            ],
            glare,
            exposure: 1.0,
        }
    }

    /// The same light a moment later, with another exposure and displaced glare.
    pub(super) fn later(&self, exposure: f32, drift: [f32; 2]) -> Self {
        let mut light = self.clone();
        light.exposure = exposure;
        if let Some(glare) = &mut light.glare {
            glare.at = [glare.at[0] + drift[0], glare.at[1] + drift[1]];
        }
        light
    }

    /// Linear light on every photosite, which may exceed 1.
    pub(super) fn fall(
        &self,
        scene: &ScreenProjection,
        room: &[f32],
        width: usize,
        height: usize,
    ) -> Vec<f32> {
        let mut frame = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let at = y * width + x;
                let cover = scene.cover[at];
                let screen =
                    self.black + (self.white - self.black) * scene.content[at] * scene.raster[at];
                let around = room[at] * (1.0 - scene.bezel[at]) + 0.015 * scene.bezel[at];
                let mut light = screen * cover + around * (1.0 - cover);
                let across = x as f32 / width as f32 - 0.5;
                let down = y as f32 / height as f32 - 0.5;
                light *= (1.0 + across * self.slope[0] + down * self.slope[1]).max(0.05);
                if let Some(glare) = &self.glare {
                    let (dx, dy) = (x as f32 - glare.at[0], y as f32 - glare.at[1]);
                    let far = (dx * dx + dy * dy) / (2.0 * glare.radius * glare.radius);
                    if far < 12.0 {
                        light += glare.strength * (-far).exp();
                    }
                }
                frame.push(light * self.exposure);
            }
        }
        frame
    }
}
