//! The optical path, the only connection between the sides: a symbol on a screen, a
//! photograph of it, and the reader.

use super::{MAX_ATTEMPTS, RehearsalError};
use crate::ground::printable;
use crate::practice::camera::{Aim, CameraModel, ScreenRaster};
use crate::scan::{Cascade, luma_from_bytes};
use crate::symbol::{self, Symbol};
use image::{GrayImage, Luma as Grey, imageops};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// What a photograph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShotPurpose {
    /// The phone collects a request from a PC's screen.
    Request,
    /// The phone recognises the PC in the third round.
    Recognise,
    /// A reply is shown to a wrong PC on purpose.
    MixUp,
    /// The PC's webcam reads its reply from the phone.
    Reply,
    /// The phone reads the receipt from the PC's screen.
    Receipt,
}

impl ShotPurpose {
    /// Id of its name in the language files.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Request => "stage-request",
            Self::Recognise => "stage-recognise",
            Self::MixUp => "stage-mix-up",
            Self::Reply => "stage-reply",
            Self::Receipt => "stage-receipt",
        }
    }

    /// Its name in file names.
    fn slug(self) -> &'static str {
        match self {
            Self::Request => "1-request",
            Self::Recognise => "2-recognise",
            Self::MixUp => "3-mix-up",
            Self::Reply => "4-reply",
            Self::Receipt => "5-receipt",
        }
    }

    /// Whether the PC's webcam photographs the phone, rather than vice versa.
    fn by_webcam(self) -> bool {
        matches!(self, Self::Reply | Self::MixUp)
    }
}

/// One photograph, and the result of reading it.
#[derive(Debug, Clone)]
pub struct Shot {
    /// Index of the PC, from 0.
    pub pc: usize,
    /// Its purpose.
    pub purpose: ShotPurpose,
    /// Number of the photograph of the same screen, from 1.
    pub attempt: u32,
    /// File name in the folder of photographs.
    pub file: String,
    /// The step of the reader that read it, if any.
    pub step: Option<&'static str>,
    /// Reading time in milliseconds.
    pub ms: u64,
    /// The random conditions of the camera model, as text.
    pub conditions: String,
}

/// A text shown as a symbol on a screen.
pub(super) struct ShownScreen<'a> {
    pub(super) pc: usize,
    pub(super) purpose: ShotPurpose,
    pub(super) text: &'a str,
}

/// Takes photographs and reads them.
pub(super) struct OpticalPath {
    folder: PathBuf,
    cascade: Cascade,
    shots: Mutex<Vec<Shot>>,
}

impl OpticalPath {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            cascade: Cascade::still(),
            shots: Mutex::default(),
        }
    }

    /// Photographs a screen until `read` accepts a text; `None` if all attempts fail.
    /// Only what was read is returned, never the original text.
    pub(super) fn transmit<T>(
        &self,
        shown: &ShownScreen<'_>,
        rng: &mut ChaCha8Rng,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, RehearsalError> {
        let symbol = Symbol::encode(shown.text)?;
        let (screen, region) = if shown.purpose.by_webcam() {
            phone_screen(&symbol)?
        } else {
            pc_screen(&symbol)?
        };
        let screen = ScreenRaster::from_gray(&screen)?;
        for attempt in 1..=MAX_ATTEMPTS {
            let (camera, fills) = camera_for(shown.purpose, rng);
            let aim = Aim { region, fills };
            let photograph = camera.photograph(&screen, &aim, rng)?;
            let file = self.keep(shown, attempt, &photograph.jpeg)?;
            let begun = Instant::now();
            let sightings = luma_from_bytes(&photograph.jpeg)
                .map(|luma| {
                    self.cascade
                        .read(&luma, &|text| read(text).is_some())
                        .sightings
                })
                .unwrap_or_default();
            let ms = begun.elapsed().as_millis() as u64;
            let found = sightings
                .iter()
                .find_map(|sighting| Some((sighting.step, read(&sighting.text)?)));
            self.shots
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(Shot {
                    pc: shown.pc,
                    purpose: shown.purpose,
                    attempt,
                    file,
                    step: found.as_ref().map(|&(step, _)| step),
                    ms,
                    conditions: photograph.conditions.to_string(),
                });
            if let Some((_, result)) = found {
                return Ok(Some(result));
            }
        }
        Ok(None)
    }

    /// All photographs, in the order of the walk.
    pub(super) fn into_shots(self) -> Vec<Shot> {
        let mut shots = self
            .shots
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        shots.sort_by(|one, other| one.file.cmp(&other.file));
        shots
    }

    fn keep(
        &self,
        shown: &ShownScreen<'_>,
        attempt: u32,
        jpeg: &[u8],
    ) -> Result<String, RehearsalError> {
        let shown_before = self
            .shots
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .filter(|shot| {
                shot.pc == shown.pc && shot.purpose == shown.purpose && shot.attempt == 1
            })
            .count();
        // The first photograph of a screen starts the next number.
        let screen = if attempt == 1 {
            shown_before + 1
        } else {
            shown_before
        };
        let file = format!(
            "pc{:03}-{}-{screen}-{attempt:02}.jpg",
            shown.pc + 1,
            shown.purpose.slug()
        );
        let path = self.folder.join(&file);
        std::fs::write(&path, jpeg).map_err(|error| RehearsalError::Photograph {
            file: printable(&path.display().to_string()),
            reason: printable(&error.to_string()),
        })?;
        Ok(file)
    }
}

/// The camera for a purpose, and the fraction of the frame's short side that the
/// symbol fills: people are told to fill a third, and do so roughly.
fn camera_for(purpose: ShotPurpose, rng: &mut ChaCha8Rng) -> (CameraModel, f32) {
    if !purpose.by_webcam() {
        return (CameraModel::phone(), rng.random_range(0.45..0.85));
    }
    let camera = match rng.random_range(0..3) {
        0 => CameraModel::webcam(640, 480),
        1 => CameraModel::webcam(960, 540),
        _ => CameraModel::webcam(1280, 720),
    };
    (camera, rng.random_range(0.33..0.65))
}

/// Position of the symbol on a screen in pixels: left, top, right, bottom.
type Region = [f32; 4];

/// The PC's screen: a desktop of 1024 × 768 pixels with the symbol on white, as
/// large as possible at whole pixels per module.
fn pc_screen(symbol: &Symbol) -> Result<(GrayImage, Region), RehearsalError> {
    let mut screen = GrayImage::from_pixel(1024, 768, Grey([70]));
    // A header and a side panel, like those of the program's window.
    fill(&mut screen, [0, 0, 1024, 48], 40);
    fill(&mut screen, [728, 72, 1000, 500], 110);
    fill(&mut screen, [728, 520, 1000, 740], 225);
    place(screen, symbol, 24, 60, 680)
}

/// The phone's screen: white, 1080 × 1920 pixels, with the symbol at full width.
fn phone_screen(symbol: &Symbol) -> Result<(GrayImage, Region), RehearsalError> {
    let mut screen = GrayImage::from_pixel(1080, 1920, Grey([255]));
    fill(&mut screen, [0, 0, 1080, 90], 30);
    for row in 0..2 {
        for column in 0..4 {
            let (x, y) = (60 + column * 250, 1330 + row * 130);
            fill(&mut screen, [x, y, x + 210, y + 80], 215);
        }
    }
    place(screen, symbol, 20, 180, 1040)
}

fn place(
    mut screen: GrayImage,
    symbol: &Symbol,
    x: u32,
    y: u32,
    side: u32,
) -> Result<(GrayImage, Region), RehearsalError> {
    let module = (side / symbol.modules_with_quiet_zone() as u32).max(1);
    let painting = symbol::pixels(symbol, module)?;
    // Centre the symbol.
    let (x, y) = (
        x + side.saturating_sub(painting.width()) / 2,
        y + side.saturating_sub(painting.height()) / 2,
    );
    imageops::replace(&mut screen, &painting, i64::from(x), i64::from(y));
    let region = [
        x as f32,
        y as f32,
        (x + painting.width()) as f32,
        (y + painting.height()) as f32,
    ];
    Ok((screen, region))
}

fn fill(screen: &mut GrayImage, [left, top, right, bottom]: [u32; 4], grey: u8) {
    for y in top..bottom.min(screen.height()) {
        for x in left..right.min(screen.width()) {
            screen.put_pixel(x, y, Grey([grey]));
        }
    }
}
