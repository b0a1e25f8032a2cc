use std::time::{Duration, Instant};

use qrcode::{Color, EcLevel, QrCode, Version};

use super::super::samples::{TEXT, corners, distance, laid, mirrored, symbol, turned};
use super::*;

/// A symbol of this version painted at `module` pixels per module, somewhat
/// turned and tilted, then blurred by `blur` pixels.
fn photographed(text: &str, version: u8, level: EcLevel, module: f64, blur: f32) -> Luma {
    let code = QrCode::with_version(text, Version::Normal(i16::from(version)), level).unwrap();
    let side = code.width() as f64;
    let frame = (side * module * 1.6) as u32 + 30;
    let middle = f64::from(frame) / 2.0;
    let (sin, cos) = 0.12_f64.sin_cos();
    let dark = |x: f64, y: f64| {
        let (x, y) = ((x - middle) / module, (y - middle) / module);
        let depth = 1.0 / (1.0 - (0.25 * x + 0.1 * y) / side);
        let (u, v) = ((cos * x + sin * y) * depth, (cos * y - sin * x) * depth);
        let (u, v) = (u + side / 2.0, v + side / 2.0);
        let inside = (0.0..side).contains(&u) && (0.0..side).contains(&v);
        inside && code[(u as usize, v as usize)] == Color::Dark
    };
    let picture = Luma::from_fn(frame, frame, |x, y| {
        let darks = (0..16).filter(|i| {
            let (u, v) = (f64::from(i % 4), f64::from(i / 4));
            dark(
                f64::from(x) + (u + 0.5) / 4.0,
                f64::from(y) + (v + 0.5) / 4.0,
            )
        });
        220 - 11 * darks.count() as u8
    });
    picture.blurred(blur)
}

fn texts(picture: &Luma) -> Vec<String> {
    read(picture)
        .texts
        .into_iter()
        .map(|sighting| sighting.text)
        .collect()
}

#[test]
fn every_version_and_level_is_read_in_a_blurred_picture() {
    for version in 1..=LARGEST_VERSION {
        for (level, text) in [
            (EcLevel::L, "HIKYAKU 0123456789"),
            (EcLevel::M, "hikyaku"),
            (EcLevel::Q, "0123456789012345"),
            (EcLevel::H, "1234567"),
        ] {
            let picture = photographed(text, version, level, 2.4, 1.0);
            assert_eq!(texts(&picture), [text], "{version} {level:?}");
        }
    }
}

#[test]
fn modules_of_any_size_are_read() {
    for module in [1.6, 2.0, 3.1, 4.4, 6.3, 9.0] {
        let picture = photographed(TEXT, 3, EcLevel::Q, module, 0.4 * module as f32);
        assert_eq!(texts(&picture), [TEXT], "{module} pixels per module");
    }
}

#[test]
fn corners_are_where_the_symbol_is_also_turned_and_mirrored() {
    let code = symbol(TEXT, 3);
    let expected = corners(&code, 3).map(|[x, y]| [x + 50.0, y + 30.0]);
    let picture = laid(&code, 320, 240, (50, 30), 200).blurred(1.2);
    let read_one = |picture: &Luma| read(picture).texts.pop().unwrap();
    assert!(distance(read_one(&picture).corners, expected) < 1.0);
    let quarter = expected.map(|[x, y]| [240.0 - y, x]);
    assert!(distance(read_one(&turned(&picture)).corners, quarter) < 1.0);
    let mirror = expected.map(|[x, y]| [320.0 - x, y]);
    let seen = read_one(&mirrored(&picture));
    assert_eq!(seen.text, TEXT);
    assert!(distance(seen.corners, mirror) < 1.0);
}

#[test]
fn a_symbol_with_a_finder_lost_in_glare_is_read() {
    let picture = laid(&symbol(TEXT, 4), 320, 240, (50, 30), 200).blurred(1.5);
    let glare = Luma::from_fn(320, 240, |x, y| {
        let away = (f64::from(x) - 152.0).hypot(f64::from(y) - 58.0);
        let added = 400.0 * (-away * away / 300.0).exp();
        (f64::from(picture.row(y)[x as usize]) + added).min(255.0) as u8
    });
    assert_eq!(texts(&glare), [TEXT]);
}

#[test]
fn hostile_pictures_are_survived_and_say_nothing() {
    let mut noise = 1_u32;
    let mut next = move || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    let bull = |x: u32, y: u32| {
        let away = (x % 18).abs_diff(9).max((y % 18).abs_diff(9)) / 2;
        if away == 2 || away == 4 { 255 } else { 0 }
    };
    let pictures = [
        Luma::from_fn(1, 1, |_, _| 0),
        Luma::from_fn(1, 500, |_, y| y as u8),
        Luma::from_fn(500, 2, |x, _| x as u8),
        Luma::from_fn(640, 480, |_, _| 0),
        Luma::from_fn(640, 480, |_, _| 255),
        Luma::from_fn(640, 480, |_, _| next()),
        Luma::from_fn(640, 480, bull),
        Luma::from_fn(
            640,
            480,
            |x, y| if (x / 3 + y / 3) % 2 == 0 { 0 } else { 255 },
        ),
        Luma::from_fn(6000, 40, |x, y| (x * y) as u8),
    ];
    for (index, picture) in pictures.iter().enumerate() {
        assert_eq!(read(picture), Sightings::default(), "picture {index}");
    }
}

/// Ever more noise, down to nothing readable: the text is right or there is none.
#[test]
fn noisy_pictures_never_say_anything_else() {
    let mut state = 7_u32;
    let mut noise = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 16) / 65536.0 - 0.5
    };
    let clean = photographed(TEXT, 2, EcLevel::M, 2.4, 1.0);
    let (mut right, mut none) = (0, 0);
    for strength in 0..30 {
        let picture = Luma::from_fn(clean.width(), clean.height(), |x, y| {
            let grain = 8.0 * f64::from(strength) * noise();
            (f64::from(clean.row(y)[x as usize]) + grain).clamp(0.0, 255.0) as u8
        });
        match texts(&picture).as_slice() {
            [] => none += 1,
            read => {
                assert_eq!(read, [TEXT]);
                right += 1;
            }
        }
    }
    assert!(right > 3 && none > 3, "{right} right, {none} none");
}

/// Frames of which each alone says too little.
#[test]
fn several_noisy_frames_say_what_none_says_alone() {
    let mut state = 3_u32;
    let mut noise = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 16) / 65536.0 - 0.5
    };
    let clean = laid(&symbol(TEXT, 2), 160, 140, (40, 30), 200).blurred(1.1);
    let mut alone = 0;
    let mut tracker = Tracker::new();
    let mut seen = None;
    for number in 0..12_u32 {
        let picture = Luma::from_fn(160, 140, |x, y| {
            let (x, y) = (x + number % 3, y + number % 2);
            let pixel = clean.at_clamped(i64::from(x), i64::from(y));
            (f64::from(pixel) + 125.0 * noise()).clamp(0.0, 255.0) as u8
        });
        alone += read(&picture).count();
        tracker.feed(&picture);
        let far = Instant::now() + Duration::from_mins(1);
        if let Progress::Read(sighting) = tracker.work(far) {
            seen = Some(sighting);
            break;
        }
    }
    assert_eq!(seen.map(|sighting| sighting.text).as_deref(), Some(TEXT));
    assert_eq!(alone, 0);
}

/// The search goes on behind what was read: a sticker hides no reply.
#[test]
fn a_tracker_reads_every_symbol_of_a_frame() {
    let other = "https://example.com/sticker";
    let (left, right) = (symbol(TEXT, 3), symbol(other, 4));
    let picture = Luma::from_fn(520, 240, |x, y| {
        let inside = |code: &Luma, x: i64, y: i64| {
            let shown = (0..i64::from(code.width())).contains(&x)
                && (0..i64::from(code.height())).contains(&y);
            shown.then(|| code.at_clamped(x, y))
        };
        let (x, y) = (i64::from(x), i64::from(y));
        inside(&left, x - 50, y - 40)
            .or_else(|| inside(&right, x - 300, y - 40))
            .unwrap_or(200)
    });
    let picture = picture.blurred(1.2);
    let mut tracker = Tracker::new();
    let far = Instant::now() + Duration::from_mins(1);
    tracker.feed(&picture);
    let mut texts = Vec::new();
    while let Progress::Read(sighting) = tracker.work(far) {
        texts.push(sighting.text);
    }
    texts.sort();
    assert_eq!(texts, [TEXT, other]);
}

/// A camera that changes its size, or shows nothing any more, must not confuse.
#[test]
fn frames_of_other_sizes_and_empty_frames_are_survived() {
    let mut tracker = Tracker::new();
    let far = Instant::now() + Duration::from_mins(1);
    assert_eq!(tracker.work(far), Progress::Idle);
    for side in [1, 64, 200, 320, 64] {
        tracker.feed(&Luma::from_fn(side, side, |x, y| (x * y) as u8));
        assert_eq!(tracker.work(far), Progress::Idle);
    }
    tracker.feed(&symbol(TEXT, 3));
    assert!(matches!(tracker.work(far), Progress::Read(read) if read.text == TEXT));
}
