//! Sets of pictures, each with a floor: how many of them the reader must read.
//!
//! The set that always runs is painted here, as a camera sees a screen.
//! `HIKYAKU_PICTURES` names a folder of photographs to read as well. It holds
//! one folder per set, each picture with its text beside it (`NAME.txt`, or
//! `NAME.bin` for bytes), and a folder `nothing-to-read`.

mod common;

use common::random::Random;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, iter};

use hikyaku::scan::{Bounds, Cascade, LiveReader, Luma, luma_from_bytes, steps};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use qrcode::{Color, EcLevel, QrCode};
use rqrr::PreparedImage;
use rxing::common::HybridBinarizer;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, MultiFormatReader};

/// Tests whether something is read, not how fast: slow machines get enough
/// time.
fn reader() -> Cascade {
    let bounds = Bounds {
        total: Duration::from_mins(1),
        step: Duration::from_secs(20),
        ..Bounds::default()
    };
    Cascade::new(steps::still(), bounds)
}

/// How a picture is taken.
struct Scene {
    name: &'static str,
    /// Camera pixels per module.
    module: f32,
    /// How much nearer one side of the screen is, as a share.
    tilt: f32,
    blur: f32,
    noise: f32,
    light: fn(f32, f32, f32) -> f32,
    /// What happens to the picture afterwards.
    after: fn(&Luma) -> Luma,
    /// Out of [`SHOTS`].
    floor: usize,
}

const SHOTS: usize = 10;
const PLAIN: fn(f32, f32, f32) -> f32 = |level, _, _| level;

/// Floors are the measured counts less one, which leaves room for changes that
/// cost nothing else.
const SCENES: [Scene; 18] = [
    scene("six pixels per module", 6.0, 0.1, 1.0, 4.0, PLAIN, 9),
    scene("four pixels per module", 4.0, 0.1, 0.8, 4.0, PLAIN, 9),
    scene("three pixels per module", 3.0, 0.05, 0.7, 4.0, PLAIN, 9),
    scene("two and a half", 2.5, 0.05, 0.6, 4.0, PLAIN, 8),
    scene("two pixels per module", 2.0, 0.02, 0.5, 3.0, PLAIN, 9),
    // Small symbols that need soft decisions of the error correction.
    scene("small and noisy", 1.75, 0.05, 0.6, 26.0, PLAIN, 9),
    scene("small and blurred", 1.75, 0.05, 1.15, 5.0, PLAIN, 9),
    scene("tilted", 5.0, 0.35, 0.8, 4.0, PLAIN, 9),
    scene("blurred", 5.0, 0.1, 2.5, 3.0, PLAIN, 9),
    scene("noisy", 5.0, 0.1, 0.8, 25.0, PLAIN, 9),
    scene("bleached", 5.0, 0.1, 0.8, 4.0, |l, _, _| 150.0 + 0.4 * l, 9),
    scene("dim", 5.0, 0.1, 0.8, 1.5, |l, _, _| 10.0 + 0.1 * l, 9),
    scene("under glare", 5.0, 0.1, 0.8, 4.0, glare, 8),
    scene(
        "half in the shade",
        5.0,
        0.1,
        0.8,
        3.0,
        |l, x, _| l * (0.15 + 0.85 * x),
        9,
    ),
    scene(
        "dark mode",
        5.0,
        0.1,
        0.8,
        4.0,
        |l, _, _| 235.0 - 0.85 * l,
        9,
    ),
    // The screen's raster interferes with the camera's over the whole picture.
    scene("moiré", 6.0, 0.1, 0.8, 4.0, beating, 9),
    Scene {
        after: mirrored,
        ..scene("mirrored", 5.0, 0.1, 0.8, 4.0, PLAIN, 9)
    },
    Scene {
        after: through_a_bad_jpeg,
        ..scene("damaged by JPEG", 5.0, 0.1, 0.8, 4.0, PLAIN, 9)
    },
];

/// A lamp mirrored in the screen, off centre.
fn glare(level: f32, x: f32, y: f32) -> f32 {
    let distance = ((x - 0.47) / 0.03).powi(2) + ((y - 0.47) / 0.04).powi(2);
    level + 300.0 * (-distance / 2.0).exp()
}

fn beating(level: f32, x: f32, y: f32) -> f32 {
    let stripes = (x * 640.0 / 3.1).sin() * (y * 480.0 / 4.7).sin();
    level * (0.7 + 0.3 * stripes)
}

/// As a front camera shows it.
fn mirrored(picture: &Luma) -> Luma {
    let width = picture.width();
    Luma::from_fn(width, picture.height(), |x, y| {
        picture.row(y)[(width - 1 - x) as usize]
    })
}

/// As after a messenger that compresses pictures.
fn through_a_bad_jpeg(picture: &Luma) -> Luma {
    let mut file = Vec::new();
    let (width, height) = (picture.width(), picture.height());
    JpegEncoder::new_with_quality(&mut file, 8)
        .encode(picture.pixels(), width, height, ExtendedColorType::L8)
        .unwrap();
    luma_from_bytes(&file).unwrap()
}

const fn scene(
    name: &'static str,
    module: f32,
    tilt: f32,
    blur: f32,
    noise: f32,
    light: fn(f32, f32, f32) -> f32,
    floor: usize,
) -> Scene {
    Scene {
        name,
        module,
        tilt,
        blur,
        noise,
        light,
        after: Luma::clone,
        floor,
    }
}

/// A screen that shows `text`, somewhere in a picture of 640 × 480 pixels.
fn shoot(scene: &Scene, text: &str, random: &mut Random) -> Luma {
    const MARGIN: f32 = 4.0;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    let modules = code.width() as f32;
    let turn = random.between(-0.4, 0.4);
    let (sin, cos) = turn.sin_cos();
    let centre = [random.between(290.0, 350.0), random.between(220.0, 260.0)];
    let tilt = scene.tilt * random.between(0.5, 1.0) / modules;
    let level_at = |x: f32, y: f32| {
        // From the picture to the screen: turned back, then into perspective.
        let (x, y) = (x - centre[0], y - centre[1]);
        let (x, y) = (
            (x * cos + y * sin) / scene.module,
            (y * cos - x * sin) / scene.module,
        );
        let depth = 1.0 + tilt * x;
        let (x, y) = (x / depth + modules / 2.0, y / depth + modules / 2.0);
        let outside = |v: f32| v < -MARGIN || v >= modules + MARGIN;
        if depth <= 0.0 || outside(x) || outside(y) {
            return 90.0;
        }
        let inside = |v: f32| (0.0..modules).contains(&v);
        let dark = inside(x) && inside(y) && code[(x as usize, y as usize)] == Color::Dark;
        if dark { 15.0 } else { 240.0 }
    };
    let sharp = Luma::from_fn(640, 480, |x, y| {
        let grid = [0.17_f32, 0.5, 0.83];
        let samples = grid.iter().flat_map(|v| grid.iter().map(move |u| (u, v)));
        let sum: f32 = samples
            .map(|(u, v)| level_at(x as f32 + u, y as f32 + v))
            .sum();
        (sum / 9.0) as u8
    });
    let blurred = sharp.blurred(scene.blur);
    let taken = Luma::from_fn(640, 480, |x, y| {
        let level = f32::from(blurred.row(y)[x as usize]);
        let lit = (scene.light)(level, x as f32 / 640.0, y as f32 / 480.0);
        let noise: f32 = iter::repeat_with(|| random.unit() - 0.5).take(4).sum();
        (lit + 1.73 * scene.noise * noise).clamp(0.0, 255.0) as u8
    });
    (scene.after)(&taken)
}

#[test]
fn painted_scenes_reach_their_floors() {
    let reader = reader();
    let mut random = Random::new(0x2545_F491_4F6C_DD1D);
    let mut short = Vec::new();
    for scene in &SCENES {
        let mut read = 0;
        for shot in 0..SHOTS {
            let text = random.digits([48, 60, 63, 120, 200][shot % 5]);
            let picture = shoot(scene, &text, &mut random);
            let reading = reader.read(&picture, &|_| true);
            let wrong = reading.sightings.iter().find(|s| s.text != text);
            assert!(wrong.is_none(), "{}: {wrong:?} for {text}", scene.name);
            read += usize::from(!reading.sightings.is_empty());
        }
        println!("{}: {read} of {SHOTS}", scene.name);
        if read < scene.floor {
            short.push(scene.name);
        }
    }
    assert!(short.is_empty(), "below the floor: {short:?}");
}

/// Time for one frame: ten times what a PC gets, so that a busy machine and a
/// build without optimisation read as much as a quiet one. `benches` measure
/// the speed.
const AMPLE: Duration = Duration::from_millis(400);

/// A camera films a scene, with every frame a little different. The live reader
/// reads nearly all scenes within twenty frames, which is one second.
#[test]
fn the_live_reader_reaches_its_floors() {
    let mut random = Random::new(0x0DDB_1A5E_5BAD_5EED);
    let mut short = Vec::new();
    for scene in &SCENES {
        let mut read = 0;
        for shot in 0..SHOTS {
            let text = random.digits([48, 60, 63, 60, 60][shot % 5]);
            let mut reader = LiveReader::new(AMPLE);
            let glimpse = (0..20).find_map(|frame| {
                let picture = shoot(scene, &text, &mut random);
                let glimpse = reader.look(picture, Duration::from_millis(50 * frame), &|_| true);
                (!glimpse.read.is_empty()).then_some(glimpse)
            });
            if let Some(glimpse) = glimpse {
                assert_eq!(glimpse.read[0].text, text, "{}", scene.name);
                read += 1;
            }
        }
        println!("{}: {read} of {SHOTS} live", scene.name);
        if read < scene.floor {
            short.push(scene.name);
        }
    }
    assert!(short.is_empty(), "below the floor: {short:?}");
}

/// How many photographs may remain unread.
const UNREAD_TOLERATED: usize = 3;

/// Photographs whose symbol differs from the text beside them. `13` spells a
/// word otherwise; `16` shows a symbol within a symbol, and both are read.
const SAYS_MORE: [(&str, &str); 2] = [
    ("qrcode-2/13", "The 2005 USGS aerial photography of"),
    ("qrcode-2/16", "[内側QRコード]"),
];

#[test]
fn photographs_reach_their_floor() {
    let Some(folder) = env::var_os("HIKYAKU_PICTURES").map(PathBuf::from) else {
        println!("skipped: HIKYAKU_PICTURES names no folder of photographs");
        return;
    };
    let reader = reader();
    let (mut count, mut rqrr, mut rxing) = (0, 0, 0);
    let mut by_step = std::collections::BTreeMap::<&str, usize>::new();
    let mut unread = Vec::new();
    for path in pictures(&folder) {
        let name = path
            .with_extension("")
            .strip_prefix(&folder)
            .unwrap()
            .to_owned();
        let name = name.to_string_lossy().replace('\\', "/");
        let picture = luma_from_bytes(&fs::read(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let reading = reader.read(&picture, &|_| true);
        let Some(truth) = truth(&path) else {
            assert!(
                reading.sightings.is_empty(),
                "{name}: {:?}",
                reading.sightings
            );
            continue;
        };
        count += 1;
        for sighting in &reading.sightings {
            let more = SAYS_MORE
                .iter()
                .any(|(of, start)| name == *of && sighting.text.starts_with(start));
            assert!(more || same(&sighting.text, &truth), "{name}: {sighting:?}");
        }
        match reading.sightings.iter().find(|s| same(&s.text, &truth)) {
            Some(sighting) => *by_step.entry(sighting.step).or_default() += 1,
            None => unread.push(name),
        }
        rqrr += usize::from(with_rqrr(&picture).iter().any(|text| same(text, &truth)));
        rxing += usize::from(with_rxing(&picture).is_some_and(|text| same(&text, &truth)));
    }
    let read = count - unread.len();
    println!("read {read} of {count}, plain rqrr {rqrr}, plain rxing {rxing}");
    println!("by step: {by_step:?}; unread: {unread:?}");
    assert!(count > 0, "no photographs in the folder");
    assert!(unread.len() <= UNREAD_TOLERATED, "unread: {unread:?}");
    assert!(read >= rqrr.max(rxing));
}

fn pictures(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let sets = entries(folder).into_iter().filter(|path| path.is_dir());
    let known = ["png", "jpg", "jpeg", "webp", "bmp", "gif"];
    let mut pictures: Vec<_> = sets
        .flat_map(|set| entries(&set))
        .filter(|path| {
            let extension = path.extension().and_then(|e| e.to_str());
            extension.is_some_and(|e| known.contains(&e))
        })
        .collect();
    pictures.sort();
    pictures
}

/// The text beside a picture, `None` if there is nothing to read.
fn truth(picture: &Path) -> Option<String> {
    if let Ok(text) = fs::read_to_string(picture.with_extension("txt")) {
        return Some(text);
    }
    let bytes = fs::read(picture.with_extension("bin")).ok()?;
    Some(bytes.iter().map(|&byte| char::from(byte)).collect())
}

/// Text files may end in a line break that is not in the symbol, and a tool may
/// have changed their line breaks.
fn same(read: &str, truth: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim_end_matches('\n').to_owned();
    plain(read) == plain(truth)
}

fn with_rqrr(picture: &Luma) -> Vec<String> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        picture.pixels()[y * width + x]
    });
    let grids = prepared.detect_grids();
    let texts = grids.iter().filter_map(|grid| grid.decode().ok());
    texts.map(|(_, text)| text).collect()
}

fn with_rxing(picture: &Luma) -> Option<String> {
    let source = Luma8Source::new_with_slice(picture.pixels(), picture.width(), picture.height());
    let hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
        ..DecodeHints::default()
    };
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source.ok()?));
    let result =
        rxing::Reader::decode_with_hints(&mut MultiFormatReader::default(), &mut bitmap, &hints);
    Some(result.ok()?.getText().to_owned())
}
