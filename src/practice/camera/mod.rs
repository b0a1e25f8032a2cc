//! A camera model: how a screen looks to a camera.
//!
//! It models the optical path that every message of a rehearsal takes: sub-pixels
//! behind a black matrix, perspective, defocus, camera shake, uneven light, a noisy
//! sensor behind a colour mosaic, and JPEG. Moiré is not painted on but arises, as
//! on a real sensor, where the raster of the screen beats with that of the
//! photosites. The model knows nothing about QR codes; its only output is the JPEG,
//! or the frames of a live sequence.
//!
//! Light is linear from 0 to 1 up to the sensor. Lengths are in photosites (pixels
//! of the photograph) unless they say screen pixels.

mod background;
mod blur;
mod codec;
mod illumination;
mod pose;
mod screen;
mod sensor;
mod sequence;

pub use codec::Codec;
pub use screen::ScreenRaster;
pub use sequence::{Delivery, FilmTarget, FilmedFrame, Handling};

use blur::PointSpread;
use illumination::Illumination;
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use pose::{Hold, Pose};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use sensor::Sensor;
use std::f32::consts::FRAC_PI_2;
use std::fmt;
use std::ops::RangeInclusive;

/// Why no photograph could be taken.
#[derive(Debug, thiserror::Error)]
pub enum CameraModelError {
    /// The screen, the aim or the frame has no area or is too large.
    #[error("nothing to photograph: {what}")]
    OutOfBounds {
        /// What is wrong.
        what: &'static str,
    },
    /// The photograph could not be encoded.
    #[error("the photograph cannot be encoded: {0}")]
    Encode(#[from] image::ImageError),
}

/// Where the camera points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// The region to photograph, in screen pixels: left, top, right, bottom.
    pub region: [f32; 4],
    /// Fraction of the photograph's short side that the region's longer side fills,
    /// 0 to 1; reduced if the region would not fit the frame.
    pub fills: f32,
}

/// A camera, the hand or stand that holds it, and the room around it, as ranges
/// from which the conditions of every photograph are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct CameraModel {
    /// Width of the photograph, in pixels.
    pub width: u32,
    /// Height of the photograph, in pixels.
    pub height: u32,
    /// Angle between the optical axis and the normal of the screen, radians.
    pub tilt: RangeInclusive<f32>,
    /// Rotation in the plane, radians in either direction.
    pub rotation: RangeInclusive<f32>,
    /// Probability that it is also held sideways or upside down.
    pub turned: f64,
    /// Radial distortion at the corner of the frame, as a fraction of its distance
    /// from the centre (negative: barrel).
    pub distortion: RangeInclusive<f32>,
    /// Blur of the lens in focus, standard deviation in photosites.
    pub lens: RangeInclusive<f32>,
    /// Radius of the disc of confusion, in photosites.
    pub defocus: RangeInclusive<f32>,
    /// Movement of the image during the exposure, in photosites.
    pub motion: RangeInclusive<f32>,
    /// Shear by the rolling shutter in a moving hand, photosites per row.
    pub rolling: RangeInclusive<f32>,
    /// Linear light of the screen's white after exposure; above 1 it clips.
    pub white: RangeInclusive<f32>,
    /// Linear light of the screen's black: reflections, overexposure.
    pub black: RangeInclusive<f32>,
    /// Relative change of the light from one edge to the other.
    pub unevenness: RangeInclusive<f32>,
    /// Probability of a glare spot on the screen.
    pub glare: f64,
    /// Linear light of the glare spot's centre.
    pub glare_strength: RangeInclusive<f32>,
    /// Noise at mid grey, in levels of 255.
    pub noise: RangeInclusive<f32>,
    /// Strength of the camera's own sharpening.
    pub sharpening: RangeInclusive<f32>,
    /// Quality of the JPEG, 1 to 100.
    pub quality: RangeInclusive<u8>,
}

impl CameraModel {
    /// A phone in a hand.
    pub fn phone() -> Self {
        Self {
            width: 1920,
            height: 1080,
            tilt: 0.0..=0.45,
            rotation: 0.0..=0.25,
            turned: 0.25,
            distortion: -0.01..=0.01,
            lens: 0.35..=0.6,
            defocus: 0.0..=1.6,
            motion: 0.0..=4.0,
            rolling: -0.02..=0.02,
            white: 0.55..=1.15,
            black: 0.005..=0.12,
            unevenness: 0.0..=0.5,
            glare: 0.2,
            glare_strength: 0.15..=1.2,
            noise: 2.0..=7.0,
            sharpening: 0.0..=0.8,
            quality: 75..=93,
        }
    }

    /// A fixed-focus webcam on a PC, with a phone held in front of it.
    pub fn webcam(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            tilt: 0.0..=0.5,
            rotation: 0.0..=0.3,
            turned: 0.1,
            distortion: -0.04..=0.0,
            lens: 0.45..=0.75,
            defocus: 0.2..=1.8,
            motion: 0.0..=3.5,
            rolling: -0.03..=0.03,
            // It overexposes a bright phone in a dim room.
            white: 0.6..=1.6,
            black: 0.01..=0.3,
            unevenness: 0.0..=0.6,
            glare: 0.3,
            glare_strength: 0.15..=1.2,
            noise: 3.0..=11.0,
            sharpening: 0.2..=1.4,
            quality: 50..=85,
        }
    }

    /// Takes a photograph, reproducible by the state of `rng`.
    ///
    /// # Errors
    /// [`CameraModelError::OutOfBounds`] for a frame or an aim without area.
    pub fn photograph(
        &self,
        screen: &ScreenRaster,
        aim: &Aim,
        rng: &mut ChaCha8Rng,
    ) -> Result<Photograph, CameraModelError> {
        self.check()?;
        let mut conditions = self.draw(rng);
        let hold = self.draw_hold(&mut conditions, rng);
        let pose = Pose::new(&hold, aim, self.width, self.height)?;
        conditions.photosites_per_screen_pixel = 1.0 / pose.scale_at_centre();
        let spread = conditions.spread(rng.random_range(0.0..std::f32::consts::PI));
        let (width, height) = (self.width as usize, self.height as usize);
        let room = background::room(width, height, rng);
        let light = Illumination::draw(&conditions, &pose, aim, rng);
        let sensor = Sensor {
            noise: conditions.noise,
            sharpening: conditions.sharpening,
            gamma: None,
        };
        let exposure = Exposure {
            screen,
            pose: &pose,
            spread: &spread,
            room: &room,
            light: &light,
            sensor: &sensor,
        };
        let picture = exposure.develop(width, height, rng);
        Ok(Photograph {
            jpeg: jpeg(&picture, conditions.quality)?,
            conditions,
        })
    }

    fn check(&self) -> Result<(), CameraModelError> {
        if !(16..=8192).contains(&self.width) || !(16..=8192).contains(&self.height) {
            return Err(CameraModelError::OutOfBounds {
                what: "the frame is not between 16 and 8192 pixels wide and high",
            });
        }
        Ok(())
    }

    /// Draws conditions from the ranges.
    fn draw(&self, rng: &mut ChaCha8Rng) -> Conditions {
        let mut between = |range: &RangeInclusive<f32>| rng.random_range(range.clone());
        Conditions {
            tilt: between(&self.tilt),
            rotation: between(&self.rotation),
            distortion: between(&self.distortion),
            lens: between(&self.lens),
            defocus: between(&self.defocus),
            motion: between(&self.motion),
            rolling: between(&self.rolling),
            white: between(&self.white),
            black: between(&self.black),
            unevenness: between(&self.unevenness),
            noise: between(&self.noise),
            sharpening: between(&self.sharpening),
            glare: if rng.random_bool(self.glare.clamp(0.0, 1.0)) {
                Some(rng.random_range(self.glare_strength.clone()))
            } else {
                None
            },
            quality: rng.random_range(self.quality.clone()),
            photosites_per_screen_pixel: 0.0,
        }
    }

    /// Draws how the camera is held; adjusts the rotation in `conditions`.
    fn draw_hold(&self, conditions: &mut Conditions, rng: &mut ChaCha8Rng) -> Hold {
        if rng.random_bool(0.5) {
            conditions.rotation = -conditions.rotation;
        }
        if rng.random_bool(self.turned.clamp(0.0, 1.0)) {
            conditions.rotation += FRAC_PI_2 * f32::from(rng.random_range(1..4_u8));
        }
        Hold {
            tilt: conditions.tilt,
            towards: rng.random_range(0.0..std::f32::consts::TAU),
            rotation: conditions.rotation,
            distance: rng.random_range(2.2..4.5),
            place: [rng.random_range(0.0..=1.0), rng.random_range(0.0..=1.0)],
            shift: [0.0; 2],
            distortion: conditions.distortion,
            rolling: [conditions.rolling, 0.0],
        }
    }
}

/// Everything that makes up an exposure.
struct Exposure<'a> {
    screen: &'a ScreenRaster,
    pose: &'a Pose,
    spread: &'a PointSpread,
    /// Linear light of the room, one value per photosite.
    room: &'a [f32],
    light: &'a Illumination,
    sensor: &'a Sensor,
}

impl Exposure<'_> {
    /// The picture that the sensor stage yields.
    fn develop(&self, width: usize, height: usize, rng: &mut ChaCha8Rng) -> RgbImage {
        let mut scene = self
            .screen
            .seen_through(self.pose, self.spread, width, height);
        blur::apply(&mut scene.content, width, height, self.spread);
        let frame = self.light.fall(&scene, self.room, width, height);
        self.sensor.develop(&frame, width, height, rng)
    }
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, CameraModelError> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(picture)?;
    Ok(jpeg)
}

/// A photograph, and its conditions.
#[derive(Debug, Clone)]
pub struct Photograph {
    /// The file, which is all that a reader gets.
    pub jpeg: Vec<u8>,
    /// The conditions, for the record.
    pub conditions: Conditions,
}

/// What was drawn from the ranges of a [`CameraModel`], in the same units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Conditions {
    pub tilt: f32,
    pub rotation: f32,
    pub distortion: f32,
    pub lens: f32,
    pub defocus: f32,
    pub motion: f32,
    pub rolling: f32,
    pub white: f32,
    pub black: f32,
    pub unevenness: f32,
    pub glare: Option<f32>,
    pub noise: f32,
    pub sharpening: f32,
    pub quality: u8,
    pub photosites_per_screen_pixel: f32,
}

impl Conditions {
    fn spread(&self, direction: f32) -> PointSpread {
        PointSpread {
            lens: self.lens,
            defocus: self.defocus,
            motion: self.motion,
            direction,
        }
    }
}

impl fmt::Display for Conditions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "tilt {:.0}°, rotation {:.0}°, defocus {:.1} px, motion {:.1} px, white {:.2}, \
             black {:.2}, glare {}, noise {:.1}, JPEG {}, {:.2} px per screen pixel",
            self.tilt.to_degrees(),
            self.rotation.to_degrees(),
            self.defocus,
            self.motion,
            self.white,
            self.black,
            self.glare
                .map_or_else(|| "-".to_owned(), |strength| format!("{strength:.2}")),
            self.noise,
            self.quality,
            self.photosites_per_screen_pixel,
        )
    }
}

#[cfg(test)]
mod tests;
