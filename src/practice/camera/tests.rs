use super::*;
use crate::scan::samples::{TEXT, part};
use crate::scan::{Cascade, luma_from_bytes};
use image::{GrayImage, Luma};
use rand::SeedableRng;

/// A screen of 400 × 300 pixels, left half white, right half black.
fn halves() -> ScreenRaster {
    let pixels = GrayImage::from_fn(400, 300, |x, _| Luma([if x < 200 { 255 } else { 0 }]));
    ScreenRaster::from_gray(&pixels).unwrap()
}

const ALL: Aim = Aim {
    region: [0.0, 0.0, 400.0, 300.0],
    fills: 0.8,
};

/// A perfect camera.
fn ideal(width: u32, height: u32) -> CameraModel {
    CameraModel {
        width,
        height,
        tilt: 0.0..=0.0,
        rotation: 0.0..=0.0,
        turned: 0.0,
        distortion: 0.0..=0.0,
        lens: 0.3..=0.3,
        defocus: 0.0..=0.0,
        motion: 0.0..=0.0,
        rolling: 0.0..=0.0,
        white: 0.9..=0.9,
        black: 0.01..=0.01,
        unevenness: 0.0..=0.0,
        glare: 0.0,
        glare_strength: 0.0..=0.0,
        noise: 0.0..=0.0,
        sharpening: 0.0..=0.0,
        quality: 95..=95,
    }
}

fn taken(camera: &CameraModel, screen: &ScreenRaster, aim: &Aim, seed: u64) -> Photograph {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    camera.photograph(screen, aim, &mut rng).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_photograph() {
    let screen = halves();
    let camera = CameraModel::webcam(160, 120);
    let one = taken(&camera, &screen, &ALL, 7);
    assert_eq!(one.jpeg, taken(&camera, &screen, &ALL, 7).jpeg);
    assert_ne!(one.jpeg, taken(&camera, &screen, &ALL, 8).jpeg);
}

#[test]
fn photographs_have_the_size_of_the_frame_and_white_stays_brighter_than_black() {
    let screen = halves();
    for seed in 0..20 {
        let photograph = taken(&ideal(160, 120), &screen, &ALL, seed);
        let luma = luma_from_bytes(&photograph.jpeg).unwrap();
        assert_eq!((luma.width(), luma.height()), (160, 120));
        let brightest = luma.pixels().iter().max().unwrap();
        assert!(*brightest > 200, "{seed}: {brightest}");
    }
}

/// Phones and webcams, sharp or not: a part of a split symbol is recognised as such
/// or not at all, and never read as a text.
#[test]
fn a_photographed_part_is_never_a_text() {
    let code = part(&TEXT[..48], 0, 1, 6);
    let pixels = GrayImage::from_raw(code.width(), code.height(), code.pixels().to_vec()).unwrap();
    let screen = ScreenRaster::from_gray(&pixels).unwrap();
    let side = code.width() as f32;
    let aim = Aim {
        region: [0.0, 0.0, side, side],
        fills: 0.5,
    };
    let mut named = 0;
    for seed in 0..12 {
        let camera = if seed % 2 == 0 {
            CameraModel::webcam(640, 480)
        } else {
            CameraModel {
                width: 1024,
                height: 768,
                ..CameraModel::phone()
            }
        };
        let luma = luma_from_bytes(&taken(&camera, &screen, &aim, seed).jpeg).unwrap();
        let reading = Cascade::still().read(&luma, &|_| true);
        assert_eq!(reading.sightings, [], "{seed}");
        named += usize::from(!reading.parts.is_empty());
        assert!(
            reading
                .parts
                .iter()
                .all(|seen| (seen.part.number, seen.part.of) == (1, 2))
        );
    }
    assert!(named >= 8, "only {named} of 12 were named");
}

/// Contrast between neighbouring areas of a uniform white screen, which only moiré
/// can cause.
fn waviness(raster_visible: bool) -> f64 {
    let screen = ScreenRaster::from_gray(&GrayImage::from_pixel(600, 600, Luma([255]))).unwrap();
    // With about one photosite per screen pixel, the two rasters beat. Out of
    // focus, the raster vanishes before it reaches the sensor.
    let camera = CameraModel {
        defocus: if raster_visible { 0.0..=0.0 } else { 4.0..=4.0 },
        white: 0.5..=0.5,
        rotation: 0.05..=0.05,
        ..ideal(400, 400)
    };
    let aim = Aim {
        region: [100.0, 100.0, 460.0, 460.0],
        fills: 0.85,
    };
    let luma = luma_from_bytes(&taken(&camera, &screen, &aim, 3).jpeg).unwrap();
    let middle = luma.crop(120, 120, 160, 160).unwrap().shrunk(40, 40);
    let mean = middle.pixels().iter().map(|&p| f64::from(p)).sum::<f64>() / 1600.0;
    middle
        .pixels()
        .iter()
        .map(|&pixel| (f64::from(pixel) - mean).powi(2))
        .sum::<f64>()
        / 1600.0
}

#[test]
fn moire_arises_from_the_two_rasters_and_goes_with_the_focus() {
    let (sharp, blurred) = (waviness(true), waviness(false));
    assert!(sharp > 4.0 * blurred + 1.0, "{sharp} {blurred}");
}

#[test]
fn extremes_are_survived_or_refused() {
    let dot = ScreenRaster::from_gray(&GrayImage::from_pixel(1, 1, Luma([255]))).unwrap();
    let aim = Aim {
        region: [0.0, 0.0, 1.0, 1.0],
        fills: 5.0,
    };
    taken(&CameraModel::phone(), &dot, &aim, 1);
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let nothing = Aim {
        region: [5.0, 5.0, 5.0, 9.0],
        fills: 0.5,
    };
    let camera = CameraModel::webcam(64, 48);
    assert!(camera.photograph(&dot, &nothing, &mut rng).is_err());
    let frame = CameraModel::webcam(1, 1);
    assert!(frame.photograph(&dot, &aim, &mut rng).is_err());
}
