//! Test footage of symbols, to measure readers with: stills and live sequences at
//! given camera pixels per module, with the ground truth.
//!
//! ```
//! use hikyaku::practice::filming::{Difficulty, Take};
//! use rand::SeedableRng;
//! use rand_chacha::ChaCha8Rng;
//! let mut rng = ChaCha8Rng::seed_from_u64(7);
//! let take = Take { frames: 2, ..Take::live(2.5, Difficulty::Mild) };
//! let footage = take.shoot(&"7".repeat(60), &mut rng).unwrap();
//! assert_eq!(footage.frames.len(), 2);
//! assert_eq!(footage.frames[0].luma.width(), 640);
//! ```

use super::camera::{
    CameraModel, CameraModelError, Delivery, FilmTarget, FilmedFrame, Handling, ScreenRaster,
};
use crate::symbol::{self, QUIET_ZONE, Symbol, SymbolError};
use image::{GrayImage, Luma as Grey, imageops};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Why there is no footage.
#[derive(Debug, thiserror::Error)]
pub enum FilmingError {
    /// The text does not fit a symbol.
    #[error(transparent)]
    Symbol(#[from] SymbolError),
    /// The camera model cannot film it like that.
    #[error(transparent)]
    Camera(#[from] CameraModelError),
}

/// How hard the conditions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Difficulty {
    /// A steady hand, a focused lens, ordinary light.
    Mild,
    /// A tilted view, defocus, a shaking hand, a noisy sensor.
    Hard,
}

/// Reflections of lamps and windows in the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GlareLevel {
    /// As the difficulty has it.
    AsItComes,
    /// None.
    None,
    /// On or beside the symbol; modules remain visible.
    Soft,
    /// On or beside the symbol; modules under its centre are lost.
    Strong,
}

/// What to film, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Take {
    /// Width of a frame, in pixels.
    pub width: u32,
    /// Height of a frame, in pixels.
    pub height: u32,
    /// Camera pixels per module, as the mean over the symbol in the first frame.
    pub pixels_per_module: f32,
    /// How hard the conditions are.
    pub difficulty: Difficulty,
    /// Reflections in the screen.
    pub glare: GlareLevel,
    /// How many frames.
    pub frames: usize,
    /// How frames leave the camera.
    pub delivery: Delivery,
}

/// Footage with its ground truth. The corners of the frames are those of the
/// symbol without its quiet zone.
#[derive(Debug, Clone)]
pub struct Footage {
    /// Text of the symbol.
    pub text: String,
    /// Modules per side of the symbol.
    pub modules: usize,
    /// The frames, in order.
    pub frames: Vec<FilmedFrame>,
}

impl Take {
    /// A live sequence: ten frames of 640 × 480, straight from the sensor.
    pub fn live(pixels_per_module: f32, difficulty: Difficulty) -> Self {
        Self {
            width: 640,
            height: 480,
            pixels_per_module,
            difficulty,
            glare: GlareLevel::AsItComes,
            frames: 10,
            delivery: Delivery::Raw,
        }
    }

    /// A single picture, as a JPEG.
    pub fn still(pixels_per_module: f32, difficulty: Difficulty) -> Self {
        Self {
            frames: 1,
            delivery: Delivery::Jpeg,
            ..Self::live(pixels_per_module, difficulty)
        }
    }

    /// Films the symbol of a text, reproducible by the state of `rng`.
    ///
    /// # Errors
    /// [`FilmingError`] if the text does not fit a symbol, or the symbol does not fit
    /// the frame at that size.
    pub fn shoot(&self, text: &str, rng: &mut ChaCha8Rng) -> Result<Footage, FilmingError> {
        let symbol = Symbol::encode(text)?;
        let (screen, measured) = screen(&symbol, rng)?;
        let modules = symbol.modules();
        let [left, top, right, bottom] = measured;
        let quiet = (right - left) / modules as f32 * QUIET_ZONE as f32;
        let target = FilmTarget {
            region: [left - quiet, top - quiet, right + quiet, bottom + quiet],
            measured,
            side: self.pixels_per_module * modules as f32,
        };
        let frames = self.camera().film(
            &ScreenRaster::from_gray(&screen)?,
            &target,
            &self.handling(),
            self.delivery,
            self.frames,
            rng,
        )?;
        Ok(Footage {
            text: text.to_owned(),
            modules,
            frames,
        })
    }

    fn camera(&self) -> CameraModel {
        let camera = match self.difficulty {
            Difficulty::Mild => mild(self.width, self.height),
            Difficulty::Hard => hard(self.width, self.height),
        };
        let (glare, strength) = match self.glare {
            GlareLevel::AsItComes => return camera,
            GlareLevel::None => (0.0, 0.0..=0.0),
            GlareLevel::Soft => (1.0, 0.1..=0.4),
            GlareLevel::Strong => (1.0, 1.0..=2.5),
        };
        CameraModel {
            glare,
            glare_strength: strength,
            ..camera
        }
    }

    fn handling(&self) -> Handling {
        match self.difficulty {
            Difficulty::Mild => Handling::by_hand(0.4, 0.1..=0.4),
            Difficulty::Hard => Handling::by_hand(1.0, 0.25..=0.8),
        }
    }
}

fn mild(width: u32, height: u32) -> CameraModel {
    CameraModel {
        width,
        height,
        tilt: 0.0..=0.26,
        rotation: 0.0..=0.26,
        turned: 0.2,
        distortion: -0.01..=0.01,
        lens: 0.35..=0.6,
        defocus: 0.0..=0.6,
        // The movement of the hand blurs enough.
        motion: 0.0..=0.2,
        rolling: 0.0..=0.0,
        white: 0.45..=1.2,
        black: 0.002..=0.02,
        unevenness: 0.0..=0.4,
        glare: 0.2,
        glare_strength: 0.1..=1.2,
        noise: 1.5..=5.0,
        sharpening: 0.0..=0.6,
        quality: 75..=93,
    }
}

fn hard(width: u32, height: u32) -> CameraModel {
    CameraModel {
        tilt: 0.09..=0.61,
        distortion: -0.04..=0.01,
        defocus: 0.4..=1.8,
        motion: 0.0..=0.5,
        black: 0.002..=0.08,
        unevenness: 0.0..=0.8,
        glare: 0.45,
        noise: 5.0..=13.0,
        quality: 40..=75,
        ..mild(width, height)
    }
}

/// A white screen with the symbol, somewhat larger than its quiet zone, and the
/// symbol's position on it.
fn screen(symbol: &Symbol, rng: &mut ChaCha8Rng) -> Result<(GrayImage, [f32; 4]), SymbolError> {
    let module = rng.random_range(3..=10_u32);
    let beyond = rng.random_range(0..=4_u32) * module;
    let painting = symbol::pixels(symbol, module)?;
    let side = painting.width() + 2 * beyond;
    let mut screen = GrayImage::from_pixel(side, side, Grey([255]));
    imageops::replace(&mut screen, &painting, i64::from(beyond), i64::from(beyond));
    let near = (beyond + QUIET_ZONE as u32 * module) as f32;
    let far = side as f32 - near;
    Ok((screen, [near, near, far, far]))
}

#[cfg(test)]
mod tests;
