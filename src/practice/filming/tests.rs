use super::super::camera::Codec;
use super::*;
use rand::SeedableRng;

const TEXT: &str = "092914273902996432764863869585514303965545262473442102583639";

fn shot(take: &Take, seed: u64) -> Footage {
    take.shoot(TEXT, &mut ChaCha8Rng::seed_from_u64(seed))
        .unwrap()
}

/// Mean length of the symbol's sides, from its area.
fn side(corners: [[f32; 2]; 4]) -> f32 {
    let twice: f32 = (0..4)
        .map(|at| {
            let ([x0, y0], [x1, y1]) = (corners[at], corners[(at + 1) % 4]);
            x0 * y1 - x1 * y0
        })
        .sum();
    (twice.abs() / 2.0).sqrt()
}

#[test]
fn symbols_have_the_size_asked_for() {
    for difficulty in [Difficulty::Mild, Difficulty::Hard] {
        for asked in [1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0] {
            for seed in 0..8 {
                let take = Take {
                    frames: 2,
                    width: 480,
                    height: 360,
                    ..Take::live(asked, difficulty)
                };
                let footage = shot(&take, seed);
                for frame in &footage.frames {
                    let got = side(frame.corners) / footage.modules as f32;
                    assert!((got / asked - 1.0).abs() < 0.1, "{asked}: {got}");
                }
            }
        }
    }
}

/// Other measurements rely on the corners: inside each is a dark finder pattern,
/// outside the quiet zone.
#[test]
fn corners_are_where_the_symbol_is() {
    for seed in 0..12 {
        let take = Take {
            frames: 3,
            glare: GlareLevel::None,
            ..Take::live(6.0, Difficulty::Mild)
        };
        for frame in &shot(&take, seed).frames {
            let middle = [0, 1].map(|i| frame.corners.iter().map(|c| c[i]).sum::<f32>() / 4.0);
            // The bottom right corner has no finder pattern.
            for corner in [0, 1, 3].map(|at| frame.corners[at]) {
                let level = |modules: f32| {
                    let way = modules / (25.0 / 2.0);
                    let at = |i: usize| corner[i] + (middle[i] - corner[i]) * way;
                    let (x, y) = (at(0) as i64, at(1) as i64);
                    i32::from(frame.luma.at_clamped(x, y))
                };
                let (inside, outside) = (level(0.5), level(-0.7));
                assert!(outside > inside + 50, "{seed}: {inside} {outside}");
            }
        }
    }
}

#[test]
fn the_same_seed_films_the_same_frames_and_another_seed_others() {
    for delivery in [
        Delivery::Raw,
        Delivery::Jpeg,
        Delivery::Video(Codec {
            step: 24.0,
            key_every: 0,
        }),
    ] {
        let take = Take {
            width: 160,
            height: 120,
            frames: 3,
            delivery,
            ..Take::live(2.0, Difficulty::Hard)
        };
        let frames = |seed| -> Vec<_> {
            let frames = shot(&take, seed).frames;
            frames.into_iter().map(|frame| frame.luma).collect()
        };
        assert_eq!(frames(5), frames(5));
        assert_ne!(frames(5), frames(6));
    }
}

#[test]
fn frames_of_a_sequence_differ_and_so_do_their_corners() {
    let footage = shot(&Take::live(2.5, Difficulty::Mild), 3);
    assert_eq!(footage.frames.len(), 10);
    for pair in footage.frames.windows(2) {
        assert_ne!(pair[0].luma, pair[1].luma);
        assert_ne!(pair[0].corners, pair[1].corners);
    }
}

/// Measures only the symbol, since the room behind it is random.
#[test]
fn glare_is_there_when_asked_for_and_only_then() {
    let bright = |glare| -> f32 {
        let take = Take {
            width: 320,
            height: 240,
            frames: 1,
            glare,
            ..Take::live(4.0, Difficulty::Mild)
        };
        let frames = (0..16).flat_map(|seed| shot(&take, seed).frames);
        frames
            .map(|frame| {
                let glared = frame.conditions.glare.is_some();
                assert_eq!(glared, glare != GlareLevel::None);
                let [a, _, c, _] = frame.corners;
                let levels = (0..100_u8).map(|at| {
                    let along = |i: usize| a[i] + (c[i] - a[i]) * f32::from(at) / 100.0;
                    let (x, y) = (along(0) as i64, along(1) as i64);
                    f32::from(frame.luma.at_clamped(x, y))
                });
                levels.sum::<f32>() / 1600.0
            })
            .sum()
    };
    let (none, soft, strong) = (
        bright(GlareLevel::None),
        bright(GlareLevel::Soft),
        bright(GlareLevel::Strong),
    );
    assert!(none < soft && soft < strong, "{none} {soft} {strong}");
}

#[test]
fn extremes_are_filmed_or_refused() {
    let take = |width, height, pixels_per_module| Take {
        width,
        height,
        frames: 2,
        ..Take::live(pixels_per_module, Difficulty::Hard)
    };
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut filmed = |take: &Take| take.shoot(TEXT, &mut rng).is_ok();
    for size in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e30, 60.0] {
        assert!(!filmed(&take(320, 240, size)), "{size}");
    }
    assert!(!filmed(&take(0, 240, 2.0)));
    assert!(!filmed(&take(320, 9000, 2.0)));
    assert!(filmed(&take(320, 240, 0.01)));
    assert!(filmed(&take(64, 64, 1.0)));
    assert!(filmed(&take(1500, 80, 1.5)));
    assert!(take(64, 64, 1.0).shoot("", &mut rng).is_err());
    let none = Take {
        frames: 0,
        ..take(64, 64, 1.0)
    };
    assert!(shot(&none, 1).frames.is_empty());
}
