//! `hikyaku practice film`: pictures as a camera films them on a screen.

use super::args::{FilmCamera, PracticeFilmArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::inputs;
use crate::practice::RehearsalError;
use crate::practice::camera::{Aim, CameraModel, Delivery, FilmTarget, Handling, ScreenRaster};
use crate::scan::{Cascade, Luma, luma_from_bytes};
use crate::symbol::QUIET_ZONE;
use image::GrayImage;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::io::Write as _;

/// Frames per second in the header of a film.
const RATE: u32 = 10;

/// Films every picture in turn. A film (.y4m) holds the given number of frames
/// of each; any other file is a JPEG photograph of the first picture.
pub(super) fn run(args: &PracticeFilmArgs, console: &Console) -> Result<Exit, Failure> {
    let mut chance = ChaCha8Rng::seed_from_u64(args.seed);
    let is_film = args
        .output
        .extension()
        .is_some_and(|extension| extension == "y4m");
    let unwritable = |error: std::io::Error| CliError::unwritable(&args.output, &error);
    let mut bytes = Vec::new();
    for (index, picture) in args.pictures.iter().enumerate() {
        let luma = luma_from_bytes(&inputs::bytes(picture)?)?;
        if is_film {
            let frames = film(&luma, args, &mut chance)?;
            for frame in frames {
                write_frame(&mut bytes, &frame).map_err(unwritable)?;
            }
        } else if index == 0 {
            bytes = photograph(&luma, args, &mut chance)?;
        }
    }
    std::fs::write(&args.output, bytes).map_err(unwritable)?;
    console.line(&console.text_with(
        "paint-written",
        &[("file", args.output.display().to_string().into())],
    ));
    Ok(Exit::Done)
}

fn photograph(
    luma: &Luma,
    args: &PracticeFilmArgs,
    chance: &mut ChaCha8Rng,
) -> Result<Vec<u8>, RehearsalError> {
    let (region, fills) = framed(luma, args, chance);
    let aim = Aim { region, fills };
    Ok(camera(args).photograph(&screen(luma)?, &aim, chance)?.jpeg)
}

fn film(
    luma: &Luma,
    args: &PracticeFilmArgs,
    chance: &mut ChaCha8Rng,
) -> Result<Vec<Luma>, RehearsalError> {
    let (region, fills) = framed(luma, args, chance);
    let camera = camera(args);
    let target = FilmTarget {
        region,
        measured: region,
        // The camera model refuses a size that does not fit a turned frame.
        side: fills.min(1.0) * 0.9 * camera.width.min(camera.height) as f32,
    };
    let steady = Handling::by_hand(0.6, 0.1..=0.5);
    let frames = camera.film(
        &screen(luma)?,
        &target,
        &steady,
        Delivery::Raw,
        args.frames as usize,
        chance,
    )?;
    Ok(frames.into_iter().map(|frame| frame.luma).collect())
}

/// What a person would frame, and how large: the symbol, wherever it is on the
/// screen, or else the whole screen.
fn framed(luma: &Luma, args: &PracticeFilmArgs, chance: &mut ChaCha8Rng) -> ([f32; 4], f32) {
    let whole = [0.0, 0.0, luma.width() as f32, luma.height() as f32];
    let fills = fills(args, chance);
    let symbol = region(luma, whole);
    // A line of text is held across the frame, as large as it goes.
    let across = args.width as f32 / args.height as f32;
    symbol.map_or((whole, (0.5 + fills / 2.0) * across), |symbol| {
        (symbol, fills)
    })
}

/// The symbol on a screen, with its quiet zone.
fn region(luma: &Luma, whole: [f32; 4]) -> Option<[f32; 4]> {
    let reading = Cascade::still().read(luma, &|_| true);
    let sighting = reading.sightings.first()?;
    let along = |axis: usize| sighting.corners.map(|corner| corner[axis]);
    let least = |axis| along(axis).into_iter().fold(f32::INFINITY, f32::min);
    let most = |axis| along(axis).into_iter().fold(0.0, f32::max);
    // The quiet zone of the smallest symbols, as a share of their side.
    let margin = (most(0) - least(0)) * QUIET_ZONE as f32 / 25.0;
    Some([
        (least(0) - margin).max(whole[0]),
        (least(1) - margin).max(whole[1]),
        (most(0) + margin).min(whole[2]),
        (most(1) + margin).min(whole[3]),
    ])
}

fn camera(args: &PracticeFilmArgs) -> CameraModel {
    let model = match args.camera {
        FilmCamera::Phone => CameraModel::phone(),
        FilmCamera::Webcam => CameraModel::webcam(args.width, args.height),
    };
    CameraModel {
        width: args.width,
        height: args.height,
        // A film is played to a page whose preview is upright.
        turned: 0.0,
        ..model
    }
}

/// The share of the frame's short side that the symbol fills.
fn fills(args: &PracticeFilmArgs, chance: &mut ChaCha8Rng) -> f32 {
    match args.camera {
        FilmCamera::Phone => chance.random_range(0.45..0.85),
        FilmCamera::Webcam => chance.random_range(0.33..0.65),
    }
}

fn screen(luma: &Luma) -> Result<ScreenRaster, RehearsalError> {
    let pixels = GrayImage::from_raw(luma.width(), luma.height(), luma.pixels().to_vec())
        .unwrap_or_default();
    Ok(ScreenRaster::from_gray(&pixels)?)
}

/// Writes a frame of a Y4M file: grey, with neutral colour planes.
fn write_frame(file: &mut Vec<u8>, frame: &Luma) -> std::io::Result<()> {
    let (width, height) = (frame.width(), frame.height());
    if file.is_empty() {
        writeln!(
            file,
            "YUV4MPEG2 W{width} H{height} F{RATE}:1 Ip A1:1 C420jpeg"
        )?;
    }
    file.write_all(b"FRAME\n")?;
    file.write_all(frame.pixels())?;
    let colour = width.div_ceil(2) as usize * height.div_ceil(2) as usize;
    file.resize(file.len() + 2 * colour, 128);
    Ok(())
}
