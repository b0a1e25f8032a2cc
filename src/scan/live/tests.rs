//! What the live reader reads and what it says, on pictures made to deserve it.

use super::super::samples::{TEXT, laid, part, symbol};
use super::*;

/// The sample symbol with `module` pixels per module (any fraction), in a frame
/// of 1280 × 720 with a lively but dull background.
fn frame(module: f32) -> Luma {
    let large = symbol(TEXT, 24);
    let side = (large.width() as f32 * module / 24.0).round() as u32;
    let small = large.shrunk(side, side);
    on_a_desk(&small, (400, 200))
}

fn on_a_desk(symbol: &Luma, place: (u32, u32)) -> Luma {
    let desk = Luma::from_fn(1280, 720, |x, y| {
        let drawer = (x / 160 + y / 120) % 2 == 0;
        let grain = (x * 7 + y * 13) % 5;
        (if drawer { 90 } else { 130 } + grain) as u8
    });
    let over = laid(symbol, 1280, 720, place, 0);
    let inside = |x: u32, y: u32| {
        x >= place.0
            && y >= place.1
            && x < place.0 + symbol.width()
            && y < place.1 + symbol.height()
    };
    Luma::from_fn(1280, 720, |x, y| {
        if inside(x, y) {
            over.row(y)[x as usize]
        } else {
            desk.row(y)[x as usize]
        }
    })
}

fn repainted(frame: &Luma, paint: impl Fn(f32, u32, u32) -> f32) -> Luma {
    Luma::from_fn(frame.width(), frame.height(), |x, y| {
        paint(f32::from(frame.row(y)[x as usize]), x, y).clamp(0.0, 255.0) as u8
    })
}

/// Smeared along the rows by `way` pixels.
fn smeared(frame: &Luma, way: u32) -> Luma {
    Luma::from_fn(frame.width(), frame.height(), |x, y| {
        let sum: u32 = (0..way)
            .map(|shift| u32::from(frame.at_clamped(i64::from(x) + i64::from(shift), y.into())))
            .sum();
        (sum / way) as u8
    })
}

/// What is said of a scene that stays the same for two seconds. Nothing that
/// is read is wanted, so that only the looks of the scene count.
fn said(frame: &Luma) -> Option<Hint> {
    let mut reader = LiveReader::default();
    (0..40).fold(None, |_, index| {
        let at = Duration::from_millis(50 * index);
        reader.look(frame.clone(), at, &|_| false).hint
    })
}

macro_rules! assert_said {
    ($frame:expr, $hint:pat) => {
        let hint = said(&$frame);
        assert!(matches!(hint, Some($hint)), "{hint:?}");
    };
}

#[test]
fn a_symbol_held_as_people_are_told_to_is_read_on_the_first_frame() {
    let mut reader = LiveReader::default();
    let glimpse = reader.look(frame(6.0), Duration::ZERO, &|text| text == TEXT);
    assert_eq!(glimpse.read.len(), 1);
    assert_eq!(glimpse.hint, None);
    let [left, top] = glimpse.read[0].corners[0];
    assert!(
        (left - 424.0).abs() < 6.0 && (top - 224.0).abs() < 6.0,
        "{left} {top}"
    );
}

#[test]
fn what_is_not_wanted_does_not_end_the_search() {
    let sticker = symbol("https://example.org/", 4);
    let with_sticker = laid(&sticker, 1280, 720, (900, 400), 0);
    let both = repainted(&frame(5.0), |level, x, y| {
        if x >= 900 && y >= 400 && x < 900 + sticker.width() && y < 400 + sticker.height() {
            with_sticker.row(y)[x as usize].into()
        } else {
            level
        }
    });
    let mut reader = LiveReader::default();
    let read = (0..20).find_map(|index| {
        let at = Duration::from_millis(50 * index);
        let glimpse = reader.look(both.clone(), at, &|text| text == TEXT);
        (!glimpse.read.is_empty()).then_some(glimpse)
    });
    let glimpse = read.expect("the reply is read beside the sticker");
    assert_eq!(glimpse.read[0].text, TEXT);
    assert!(glimpse.others.iter().all(|other| other.text != TEXT));
}

/// A part, near or far, is said to be one and is never read as a text.
#[test]
fn a_part_of_a_text_is_said_to_be_one() {
    for module in [2, 5] {
        let frame = on_a_desk(&part(&TEXT[..48], 1, 2, module), (400, 200));
        let mut reader = LiveReader::default();
        let mut hint = None;
        for index in 0..40 {
            let at = Duration::from_millis(50 * index);
            let glimpse = reader.look(frame.clone(), at, &|_| true);
            assert_eq!((glimpse.read, glimpse.others), (vec![], vec![]));
            hint = glimpse.hint;
        }
        assert_eq!(hint, Some(Hint::Part { number: 2, of: 3 }), "{module}");
    }
}

/// Corners are those of the frame as it was given, also where it was shrunk.
#[test]
fn a_huge_frame_is_shrunk_and_its_corners_are_not() {
    let huge = frame(6.0).doubled();
    let mut reader = LiveReader::default();
    let glimpse = reader.look(huge, Duration::ZERO, &|text| text == TEXT);
    let [left, top] = glimpse.read[0].corners[0];
    assert!(
        (left - 848.0).abs() < 12.0 && (top - 448.0).abs() < 12.0,
        "{left} {top}"
    );
}

#[test]
fn a_screen_that_outshines_the_room_is_too_bright() {
    assert_said!(
        repainted(&frame(6.0), |level, _, _| level * 0.4 + 165.0),
        Hint::TooBright { .. }
    );
    assert_said!(
        repainted(&frame(6.0), |_, x, _| if x > 640 { 255.0 } else { 200.0 }),
        Hint::TooBright { .. }
    );
}

#[test]
fn a_dark_room_is_too_dark() {
    assert_said!(
        repainted(&frame(6.0), |level, _, _| level * 0.15),
        Hint::TooDark { .. }
    );
    assert_said!(Luma::from_fn(640, 480, |_, _| 3), Hint::TooDark { .. });
}

#[test]
fn light_on_dark_is_dark_mode() {
    assert_said!(frame(6.0).inverted(), Hint::DarkMode);
}

#[test]
fn small_modules_are_too_far() {
    for module in [1.8, 2.2, 2.6] {
        let Some(Hint::TooFar { pixels }) = said(&frame(module)) else {
            panic!("{module}: {:?}", said(&frame(module)));
        };
        assert!(
            (pixels - module).abs() < 0.35 * module,
            "{module} taken for {pixels}"
        );
    }
}

#[test]
fn washed_out_edges_are_out_of_focus() {
    assert_said!(frame(6.0).blurred(5.0), Hint::OutOfFocus { .. });
    assert_said!(frame(14.0).blurred(9.0), Hint::OutOfFocus { .. });
}

#[test]
fn edges_washed_out_in_one_direction_are_motion() {
    assert_said!(smeared(&frame(6.0), 14), Hint::Motion { .. });
}

#[test]
fn a_reflection_over_the_symbol_is_glare() {
    let glare = repainted(&frame(7.0), |level, x, y| {
        let (u, v) = (x as f32 - 515.0, y as f32 - 315.0);
        level + 400.0 * (-(u * u + v * v) / 2500.0).exp()
    });
    assert_said!(glare, Hint::Glare { .. });
}

#[test]
fn a_symbol_over_the_edge_is_cut_off() {
    let whole = symbol(TEXT, 6);
    let lost = whole
        .crop(0, 0, whole.width() - 70, whole.height())
        .unwrap();
    let edge = 1280 - lost.width();
    assert_said!(on_a_desk(&lost, (edge, 200)), Hint::CutOff);
}

#[test]
fn a_desk_without_a_symbol_is_nothing() {
    let desk = frame(6.0).crop(0, 0, 380, 720).unwrap();
    assert_said!(desk, Hint::Nothing);
}

/// Words that flicker cannot be read.
#[test]
fn a_hint_stays_for_a_second_and_gives_way_to_one_that_lasts() {
    let mut hints = hint::HintDebouncer::default();
    let ms = Duration::from_millis;
    let dark = Hint::TooDark { bright: 9 };
    assert_eq!(hints.show(Some(dark), ms(0)), None);
    assert_eq!(hints.show(Some(dark), ms(450)), Some(dark));
    assert_eq!(hints.show(Some(Hint::CutOff), ms(500)), Some(dark));
    assert_eq!(hints.show(None, ms(900)), Some(dark));
    assert_eq!(hints.show(Some(Hint::CutOff), ms(1300)), Some(dark));
    assert_eq!(hints.show(Some(Hint::CutOff), ms(1460)), Some(Hint::CutOff));
    // A hint that flashes up once is not shown at all.
    assert_eq!(
        hints.show(Some(Hint::DarkMode), ms(2600)),
        Some(Hint::CutOff)
    );
    assert_eq!(hints.show(Some(Hint::CutOff), ms(2650)), Some(Hint::CutOff));
    assert_eq!(
        hints.show(Some(Hint::DarkMode), ms(3200)),
        Some(Hint::CutOff)
    );
}

/// Whatever the frame, the budget is exceeded by at most one step.
#[test]
fn the_steps_of_a_frame_fit_its_budget_but_for_the_last() {
    let mut seed = 9_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let noisy = Luma::from_fn(1280, 720, |_, _| noise());
    let mut reader = LiveReader::new(Duration::from_millis(30));
    for index in 0..30 {
        let at = Duration::from_millis(50 * index);
        let glimpse = reader.look(noisy.clone(), at, &|_| true);
        // What every frame gets, and one that gets its turn.
        let optional = glimpse.steps.get(4..).unwrap_or_default();
        let before_last: Duration = glimpse.steps[..glimpse.steps.len() - 1]
            .iter()
            .map(|(_, took)| *took)
            .sum();
        assert!(
            optional.is_empty() || before_last < reader.budget(),
            "{:?}",
            glimpse.steps
        );
    }
}

#[test]
fn odd_frames_are_looked_at_without_harm() {
    let mut reader = LiveReader::default();
    for (index, (width, height)) in [
        (1, 1),
        (1, 4000),
        (4000, 1),
        (3, 3),
        (24, 25),
        (1280, 2),
        (65, 64),
    ]
    .into_iter()
    .enumerate()
    {
        for level in [0, 128, 255] {
            let frame = Luma::from_fn(width, height, |x, y| {
                if (x + y) % 3 == 0 { level } else { 255 - level }
            });
            let glimpse = reader.look(frame, Duration::from_millis(index as u64), &|_| true);
            assert!(glimpse.read.is_empty());
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// Any frame of any size is looked at without harm, and nothing is read
    /// where there is nothing.
    #[test]
    fn any_frame_is_looked_at_without_harm(
        width in 1_u32..400,
        height in 1_u32..300,
        period in 1_u32..40,
        levels in proptest::collection::vec(proptest::prelude::any::<u8>(), 1..64),
    ) {
        let frame = Luma::from_fn(width, height, |x, y| {
            levels[((x / period) * 7 + (y / period) * 3) as usize % levels.len()]
        });
        let mut reader = LiveReader::default();
        for index in 0..3 {
            let at = Duration::from_millis(500 * index);
            let glimpse = reader.look(frame.clone(), at, &|_| true);
            proptest::prop_assert!(glimpse.read.is_empty(), "{:?}", glimpse.read);
        }
    }
}
