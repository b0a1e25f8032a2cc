//! Live sequences: what a camera delivers while a hand holds it in front of a
//! screen.
//!
//! The conditions of the scene are drawn once, as for a photograph. From frame to
//! frame the hand moves and turns, which blurs the frame and, by the rolling
//! shutter, shears it: frames are sharp while the hand rests. The focus hunts, the
//! exposure changes in steps, the glare drifts, the background moves
//! independently, and every frame has its own noise.

use super::codec::Coder;
use super::illumination::Illumination;
use super::pose::{Hold, Pose};
use super::sensor::Sensor;
use super::{
    Aim, CameraModel, CameraModelError, Codec, Conditions, Exposure, ScreenRaster, background, jpeg,
};
use crate::scan::{Luma, luma_of_rgb};
use image::RgbImage;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;
use std::ops::RangeInclusive;

/// What is filmed, and at which size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FilmTarget {
    /// The region in every frame, in screen pixels: left, top, right, bottom.
    pub region: [f32; 4],
    /// The part of it that `side` and the corners of a frame refer to.
    pub measured: [f32; 4],
    /// Square root of the measured part's area in the first frame, in photosites:
    /// for a square, the mean length of its sides.
    pub side: f32,
}

/// How hand and camera behave from frame to frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Handling {
    /// Movement of the image between frames, standard deviation in photosites per
    /// axis.
    pub sway: f32,
    /// Change of tilt and rotation between frames, standard deviation in radians.
    pub turning: f32,
    /// Change of the distance between frames, standard deviation as a fraction.
    pub breathing: f32,
    /// Fraction of the frame interval during which the shutter is open: this part of
    /// the hand's movement blurs the frame, in addition to the camera's motion blur.
    pub shutter: RangeInclusive<f32>,
    /// Fraction of the frame interval that reading the sensor takes, row by row.
    pub readout: RangeInclusive<f32>,
    /// Probability per frame that the exposure changes.
    pub exposure_steps: f64,
    /// Drift of the glare per frame, standard deviation as a fraction of the region's
    /// longer side.
    pub drift: f32,
    /// Exponent on the camera's tone curve; 1 leaves it unchanged.
    pub gamma: RangeInclusive<f32>,
}

impl Handling {
    /// A hand that tries to hold still.
    ///
    /// `unrest` says how badly it succeeds: 0.4 for a calm hand that leans on
    /// something, 1 for one that shakes. `shutter` is [`Handling::shutter`].
    pub fn by_hand(unrest: f32, shutter: RangeInclusive<f32>) -> Self {
        Self {
            sway: 0.3 + 2.0 * unrest,
            turning: 0.01 * unrest,
            breathing: 0.006 * unrest,
            shutter,
            readout: 0.4..=0.9,
            exposure_steps: 0.2,
            drift: 0.015,
            gamma: 0.85..=1.25,
        }
    }
}

/// How frames leave the camera.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Delivery {
    /// The luma of the sensor stage, unchanged.
    Raw,
    /// Every frame as a JPEG of the camera's quality, like many webcams.
    Jpeg,
    /// As compressed video.
    Video(Codec),
}

/// One frame, and the ground truth about it.
#[derive(Debug, Clone)]
pub struct FilmedFrame {
    /// The pixels, which are all that a reader gets.
    pub luma: Luma,
    /// The corners of the measured part in pixels of the frame, clockwise from its
    /// own top left.
    pub corners: [[f32; 2]; 4],
    /// The conditions of this frame.
    pub conditions: Conditions,
}

/// Margin of the background beyond each edge of the frame, in photosites.
const ROOM_BEYOND: usize = 24;

/// Maximum motion blur, in photosites.
const MAX_MOTION_BLUR: f32 = 48.0;

/// Maximum tilt, in radians.
const MAX_TILT: f32 = 1.2;

impl CameraModel {
    /// Films `count` frames, reproducible by the state of `rng`.
    ///
    /// # Errors
    /// [`CameraModelError::OutOfBounds`] for a frame or target without area, or a
    /// target that does not fit the frame at the requested size.
    pub fn film(
        &self,
        screen: &ScreenRaster,
        target: &FilmTarget,
        handling: &Handling,
        delivery: Delivery,
        count: usize,
        rng: &mut ChaCha8Rng,
    ) -> Result<Vec<FilmedFrame>, CameraModelError> {
        self.check()?;
        let mut scene = self.draw(rng);
        let hold = self.draw_hold(&mut scene, rng);
        let fills = self.fills(target, &hold)?;
        let aim = |fills| Aim {
            region: target.region,
            fills,
        };
        let start = Pose::new(&hold, &aim(fills), self.width, self.height)?;
        scene.photosites_per_screen_pixel = 1.0 / start.scale_at_centre();
        let on_target = Aim {
            region: target.measured,
            fills,
        };
        let light = Illumination::draw(&scene, &start, &on_target, rng);
        let (width, height) = (self.width as usize, self.height as usize);
        let wide = width + 2 * ROOM_BEYOND;
        let room = background::room(wide, height + 2 * ROOM_BEYOND, rng);
        let sensor = Sensor {
            noise: scene.noise,
            sharpening: scene.sharpening,
            gamma: Some(rng.random_range(handling.gamma.clone())),
        };
        let [left, top, right, bottom] = target.region;
        let extent = (right - left).max(bottom - top) / start.scale_at_centre();
        let mut moment = MotionState::first(handling, extent, rng);
        let mut coder = match delivery {
            Delivery::Video(codec) => Some(Coder::new(codec)),
            Delivery::Raw | Delivery::Jpeg => None,
        };
        let mut frames = Vec::new();
        for number in 0..count {
            moment.pass(handling, number, rng);
            let mut conditions = scene.clone();
            let hold = moment.hold(&hold, &mut conditions, height);
            let aim = aim((fills * moment.nearness()).max(f32::MIN_POSITIVE));
            let pose = Pose::new(&hold, &aim, self.width, self.height)?;
            conditions.photosites_per_screen_pixel = 1.0 / pose.scale_at_centre();
            let room = background::window(&room, wide, width, height, moment.room_at());
            let exposure = Exposure {
                screen,
                pose: &pose,
                spread: &conditions.spread(moment.direction()),
                room: &room,
                light: &light.later(moment.exposure, moment.glare_at(number)),
                sensor: &sensor,
            };
            let picture = exposure.develop(width, height, rng);
            frames.push(FilmedFrame {
                luma: deliver(&picture, conditions.quality, delivery, coder.as_mut())?,
                corners: corners(target.measured)
                    .map(|[u, v]| pose.seen_at(u, v).map(|place| place as f32)),
                conditions,
            });
        }
        Ok(frames)
    }

    /// The [`Aim::fills`] at which the measured part has the requested size.
    fn fills(&self, target: &FilmTarget, hold: &Hold) -> Result<f32, CameraModelError> {
        const TRIED: f32 = 0.1;
        let aim = |fills| Aim {
            region: target.region,
            fills,
        };
        let side = |fills| -> Result<f32, CameraModelError> {
            let pose = Pose::new(hold, &aim(fills), self.width, self.height)?;
            let quad = corners(target.measured).map(|[u, v]| pose.frame_at(u, v));
            Ok(area(quad).sqrt() as f32)
        };
        // The projected size is proportional to `fills`, as long as it fits.
        let fills = TRIED * target.side / side(TRIED)?;
        if !(fills.is_finite() && fills > 0.0) {
            return Err(CameraModelError::OutOfBounds {
                what: "the target has no area",
            });
        }
        let reached = side(fills)?;
        if (reached / target.side - 1.0).abs() > 0.02 {
            return Err(CameraModelError::OutOfBounds {
                what: "the target does not fit the frame at the size asked for",
            });
        }
        Ok(fills)
    }
}

fn deliver(
    picture: &RgbImage,
    quality: u8,
    delivery: Delivery,
    coder: Option<&mut Coder>,
) -> Result<Luma, CameraModelError> {
    if delivery == Delivery::Jpeg {
        let shown = image::load_from_memory(&jpeg(picture, quality)?)?;
        return Ok(luma_of_rgb(&shown.into_rgb8()));
    }
    let luma = luma_of_rgb(picture);
    Ok(match coder {
        Some(coder) => coder.code(&luma),
        None => luma,
    })
}

fn corners([left, top, right, bottom]: [f32; 4]) -> [[f64; 2]; 4] {
    [[left, top], [right, top], [right, bottom], [left, bottom]].map(|corner| corner.map(f64::from))
}

fn area(quad: [[f64; 2]; 4]) -> f64 {
    let twice: f64 = (0..4)
        .map(|at| {
            let ([x0, y0], [x1, y1]) = (quad[at], quad[(at + 1) % 4]);
            x0 * y1 - x1 * y0
        })
        .sum();
    twice.abs() / 2.0
}

/// A mean-reverting random walk.
#[derive(Clone, Copy, Default)]
struct MeanRevertingWalk {
    at: f32,
    before: f32,
}

impl MeanRevertingWalk {
    fn pass(&mut self, step: f32, rng: &mut ChaCha8Rng) {
        let push: f32 = rng.sample(StandardNormal);
        self.before = self.at;
        self.at = 0.92 * self.at + step * push;
    }

    fn moved(self) -> f32 {
        self.at - self.before
    }
}

/// Everything that changes from frame to frame.
struct MotionState {
    hand: [MeanRevertingWalk; 2],
    room: [MeanRevertingWalk; 2],
    rotation: MeanRevertingWalk,
    tilt: MeanRevertingWalk,
    towards: MeanRevertingWalk,
    distance: MeanRevertingWalk,
    exposure: f32,
    shutter: f32,
    readout: f32,
    /// Drift of the glare per frame, in photosites.
    drift: [f32; 2],
    /// Phase of the focus hunting in radians, and its speed per frame.
    focus: f32,
    hunting: f32,
    /// Random deviation of the focus, as a fraction.
    unrest: f32,
}

impl MotionState {
    fn first(handling: &Handling, extent: f32, rng: &mut ChaCha8Rng) -> Self {
        let mut moment = Self {
            hand: Default::default(),
            room: Default::default(),
            rotation: MeanRevertingWalk::default(),
            tilt: MeanRevertingWalk::default(),
            towards: MeanRevertingWalk::default(),
            distance: MeanRevertingWalk::default(),
            exposure: 1.0,
            shutter: rng.random_range(handling.shutter.clone()),
            readout: rng.random_range(handling.readout.clone()),
            drift: [0, 1].map(|_| {
                let pace: f32 = rng.sample(StandardNormal);
                pace * handling.drift * extent
            }),
            focus: rng.random_range(0.0..std::f32::consts::TAU),
            hunting: rng.random_range(0.4..0.9),
            unrest: 0.0,
        };
        // The first frame is taken during a movement, too.
        for hand in &mut moment.hand {
            hand.pass(handling.sway, rng);
        }
        moment
    }

    fn pass(&mut self, handling: &Handling, number: usize, rng: &mut ChaCha8Rng) {
        for hand in &mut self.hand {
            hand.pass(handling.sway, rng);
        }
        for room in &mut self.room {
            room.pass(handling.sway / 3.0, rng);
        }
        // The first frame has the requested size and exposure.
        if number == 0 {
            return;
        }
        self.rotation.pass(handling.turning, rng);
        self.tilt.pass(handling.turning, rng);
        self.towards.pass(2.0 * handling.turning, rng);
        self.distance.pass(handling.breathing, rng);
        if rng.random_bool(handling.exposure_steps.clamp(0.0, 1.0)) {
            self.exposure = [0.65, 0.8, 1.0, 1.2, 1.5][rng.random_range(0..5_usize)];
        }
        let unrest: f32 = rng.sample(StandardNormal);
        self.unrest = 0.05 * unrest;
        self.focus += self.hunting;
    }

    /// How the camera is held now; updates `conditions` accordingly.
    fn hold(&self, base: &Hold, conditions: &mut Conditions, height: usize) -> Hold {
        let moved = self.hand.map(MeanRevertingWalk::moved);
        let way = moved[0].hypot(moved[1]) * self.shutter;
        conditions.motion = (conditions.motion + way).min(MAX_MOTION_BLUR);
        let swing = 1.0 + 0.25 * self.focus.sin() + self.unrest;
        conditions.defocus = (conditions.defocus * swing).max(0.0);
        conditions.white *= self.exposure;
        conditions.black *= self.exposure;
        conditions.tilt = (base.tilt + self.tilt.at).clamp(-MAX_TILT, MAX_TILT);
        conditions.rotation = base.rotation + self.rotation.at;
        let per_row = moved.map(|way| (way * self.readout / height as f32).clamp(-0.2, 0.2));
        conditions.rolling = base.rolling[0] + per_row[0];
        Hold {
            tilt: conditions.tilt,
            towards: base.towards + self.towards.at,
            rotation: conditions.rotation,
            shift: self.hand.map(|hand| hand.at),
            rolling: [conditions.rolling, base.rolling[1] + per_row[1]],
            ..*base
        }
    }

    /// Direction of the movement, in radians.
    fn direction(&self) -> f32 {
        self.hand[1].moved().atan2(self.hand[0].moved())
    }

    fn nearness(&self) -> f32 {
        1.0 + self.distance.at.clamp(-0.5, 1.0)
    }

    fn room_at(&self) -> [f32; 2] {
        self.room.map(|room| room.at + ROOM_BEYOND as f32)
    }

    fn glare_at(&self, number: usize) -> [f32; 2] {
        self.drift.map(|pace| pace * number as f32)
    }
}

#[cfg(test)]
mod tests;
