use super::*;
use image::{GrayImage, Luma as Grey};
use rand::SeedableRng;

/// A grey screen with a white square in its middle.
fn square() -> ScreenRaster {
    let pixels = GrayImage::from_fn(300, 300, |x, y| {
        let inside = (100..200).contains(&x) && (100..200).contains(&y);
        Grey([if inside { 255 } else { 90 }])
    });
    ScreenRaster::from_gray(&pixels).unwrap()
}

const TARGET: FilmTarget = FilmTarget {
    region: [50.0, 50.0, 250.0, 250.0],
    measured: [100.0, 100.0, 200.0, 200.0],
    side: 40.0,
};

fn steady() -> Handling {
    Handling {
        sway: 0.0,
        turning: 0.0,
        breathing: 0.0,
        shutter: 0.5..=0.5,
        readout: 0.8..=0.8,
        exposure_steps: 0.0,
        drift: 0.0,
        gamma: 1.0..=1.0,
    }
}

fn camera() -> CameraModel {
    CameraModel {
        width: 160,
        height: 120,
        glare: 0.0,
        ..CameraModel::phone()
    }
}

fn film(handling: &Handling, count: usize) -> Result<Vec<FilmedFrame>, CameraModelError> {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    camera().film(&square(), &TARGET, handling, Delivery::Raw, count, &mut rng)
}

fn brightness(frame: &FilmedFrame) -> f64 {
    let pixels = frame.luma.pixels();
    pixels.iter().map(|&p| f64::from(p)).sum::<f64>() / pixels.len() as f64
}

/// On a stand, only noise and focus change: all movement is the hand's.
#[test]
fn a_steady_hand_holds_the_picture_still() {
    let frames = film(&steady(), 4).unwrap();
    for frame in &frames {
        assert_eq!(frame.corners, frames[0].corners);
        let more_blur = frame.conditions.motion - frames[0].conditions.motion;
        assert!(more_blur.abs() < 1e-6, "{more_blur}");
        assert!((brightness(frame) - brightness(&frames[0])).abs() < 1.0);
    }
    assert_ne!(frames[0].luma, frames[1].luma);
}

/// The movement that shifts a frame also blurs and shears it.
#[test]
fn what_moves_the_picture_blurs_it() {
    let handling = Handling {
        sway: 3.0,
        ..steady()
    };
    let frames = film(&handling, 30).unwrap();
    let still = film(&steady(), 1).unwrap()[0].conditions.clone();
    let (mut far, mut near) = (Vec::new(), Vec::new());
    for pair in frames.windows(2) {
        let moved = |i: usize| {
            let mean = |frame: &FilmedFrame| frame.corners.iter().map(|c| c[i]).sum::<f32>() / 4.0;
            mean(&pair[1]) - mean(&pair[0])
        };
        let way = moved(0).hypot(moved(1));
        let blur = pair[1].conditions.motion - still.motion;
        let list = if way > 4.0 { &mut far } else { &mut near };
        list.push(blur);
    }
    let mean = |list: &[f32]| list.iter().sum::<f32>() / list.len() as f32;
    assert!(mean(&far) > 1.5 * mean(&near), "{far:?} {near:?}");
    assert!(
        frames
            .iter()
            .any(|frame| frame.conditions.rolling > still.rolling)
    );
    assert!(
        frames
            .iter()
            .any(|frame| frame.conditions.rolling < still.rolling)
    );
}

#[test]
fn exposure_goes_in_steps_and_gamma_bends_the_greys() {
    let steps = Handling {
        exposure_steps: 1.0,
        ..steady()
    };
    let levels: Vec<_> = film(&steps, 12).unwrap().iter().map(brightness).collect();
    let (low, high) = levels
        .iter()
        .fold((f64::MAX, f64::MIN), |(l, h), &v| (l.min(v), h.max(v)));
    assert!(high - low > 10.0, "{levels:?}");
    let bent = Handling {
        gamma: 2.0..=2.0,
        ..steady()
    };
    let (straight, bent) = (film(&steady(), 1).unwrap(), film(&bent, 1).unwrap());
    assert!(brightness(&bent[0]) < brightness(&straight[0]) - 10.0);
}

#[test]
fn the_wildest_hand_is_survived() {
    let wild = Handling {
        sway: 1e6,
        turning: 1e3,
        breathing: 1e3,
        shutter: 0.0..=1e6,
        readout: 0.0..=1e6,
        exposure_steps: 7.0,
        drift: 1e9,
        gamma: 0.0..=50.0,
    };
    let frames = film(&wild, 6).unwrap();
    assert_eq!(frames.len(), 6);
    for corner in frames.iter().flat_map(|frame| frame.corners) {
        assert!(corner.iter().all(|at| at.is_finite()));
    }
}
