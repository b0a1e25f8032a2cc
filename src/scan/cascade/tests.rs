use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::super::decoder::Corners;
use super::super::samples::{Drawn, TEXT, corners, distance, laid, mirrored, part, symbol, turned};
use super::super::step::Sightings;
use super::*;

/// Time by the clock is not what these tests are about, and test machines are
/// slow: no step is cut short here.
fn patient() -> Cascade {
    let bounds = Bounds {
        total: Duration::from_mins(2),
        step: Duration::from_mins(1),
        ..Bounds::default()
    };
    Cascade::new(steps::still(), bounds).in_sandbox(Sandbox::new(8))
}

fn texts(reading: &ScanReport) -> Vec<&str> {
    reading.sightings.iter().map(|s| s.text.as_str()).collect()
}

#[track_caller]
fn reads(picture: &Luma) -> Sighting {
    let mut reading = patient().read(picture, &|text| text == TEXT);
    assert_eq!(texts(&reading), [TEXT], "{:?}", reading.steps_run);
    assert_eq!(reading.outcome, SearchOutcome::Accepted);
    reading.sightings.remove(0)
}

#[test]
fn a_symbol_is_read_in_every_position() {
    let mut picture = laid(&symbol(TEXT, 4), 320, 240, (50, 30), 200);
    for _ in 0..4 {
        reads(&picture);
        reads(&mirrored(&picture));
        picture = turned(&picture);
    }
}

#[test]
fn dim_bleached_and_dark_screens_are_read() {
    let picture = laid(&symbol(TEXT, 4), 320, 240, (50, 30), 200);
    let levels =
        |map: fn(u8) -> u8| picture.with_pixels(picture.pixels().iter().map(|&p| map(p)).collect());
    reads(&levels(|p| 255 - p));
    reads(&levels(|p| 10 + p / 12));
    reads(&levels(|p| 200 + p / 8));
    reads(&levels(|p| 120 + p / 8));
}

#[test]
fn symbols_of_all_sizes_are_read() {
    for module in [1, 2, 3, 5, 8, 16, 40] {
        reads(&symbol(TEXT, module));
    }
}

#[test]
fn blur_and_missing_quiet_zones_are_coped_with() {
    reads(&laid(&symbol(TEXT, 4), 320, 240, (50, 30), 200).blurred(2.0));
    let tight = symbol(TEXT, 4);
    let inner = tight.width() - 32;
    reads(&tight.crop(16, 16, inner, inner).unwrap());
}

#[test]
fn corners_are_where_the_symbol_is() {
    let code = symbol(TEXT, 6);
    let expected = corners(&code, 6).map(|[x, y]| [x + 100.0, y + 60.0]);
    let picture = laid(&code, 640, 480, (100, 60), 180);
    assert!(distance(reads(&picture).corners, expected) < 3.0);

    // Turned, the symbol's own top left lies top right; it still comes first.
    let quarter = expected.map(|[x, y]| [480.0 - y, x]);
    assert!(distance(reads(&turned(&picture)).corners, quarter) < 3.0);

    // Larger than the search: corners are in pixels of the picture as given.
    let large = laid(&symbol(TEXT, 30), 3000, 2000, (900, 600), 180);
    let expected = corners(&symbol(TEXT, 30), 30).map(|[x, y]| [x + 900.0, y + 600.0]);
    assert!(distance(reads(&large).corners, expected) < 15.0);
}

/// Each step alone places the corners right, whatever its filters do to the
/// size of the picture.
#[test]
fn every_step_maps_its_corners_back() {
    let code = symbol(TEXT, 8);
    let expected = corners(&code, 8).map(|[x, y]| [x + 120.0, y + 40.0]);
    let picture = laid(&code, 720, 400, (120, 40), 230);
    let mut read = 0;
    for step in steps::still() {
        for sighting in step.read(&picture).texts {
            assert_eq!(sighting.text, TEXT, "{}", step.name());
            let off = distance(sighting.corners, expected);
            assert!(off < 4.0, "{} is {off} pixels off", step.name());
            read += 1;
        }
    }
    assert!(read > steps::still().len() / 2, "only {read} steps read it");
}

#[test]
fn all_symbols_in_a_picture_are_reported_once() {
    let first = laid(&symbol("HELLO", 4), 500, 300, (20, 20), 255);
    let both = laid(&symbol(TEXT, 4), 500, 300, (260, 80), 255);
    let picture = Luma::from_fn(500, 300, |x, y| {
        first.row(y)[x as usize].min(both.row(y)[x as usize])
    });
    let reading = patient().read(&picture, &|_| false);
    let mut seen = texts(&reading);
    seen.sort_unstable();
    assert_eq!(seen, [TEXT, "HELLO"]);
    assert_eq!(reading.outcome, SearchOutcome::Exhausted);
    assert_eq!(reading.steps_run.len(), steps::still().len());
}

#[test]
fn japanese_text_is_read_as_written() {
    let picture = symbol("飛脚 — ﾋｷｬｸ", 5);
    assert_eq!(texts(&patient().read(&picture, &|_| true)), ["飛脚 — ﾋｷｬｸ"]);
}

#[test]
fn shift_jis_without_any_mark_is_understood() {
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("飛脚が確認IDを運ぶ");
    let picture = symbol(&bytes, 5);
    let reading = patient().read(&picture, &|_| true);
    assert_eq!(texts(&reading), ["飛脚が確認IDを運ぶ"]);
}

#[test]
fn an_empty_symbol_says_nothing() {
    let reading = patient().read(&symbol("", 5), &|_| true);
    assert_eq!(texts(&reading), [""; 0]);
}

#[test]
fn hostile_pictures_are_survived() {
    let pictures = [
        Luma::from_fn(1, 1, |_, _| 0),
        Luma::from_fn(1, 100, |_, y| y as u8),
        Luma::from_fn(100, 1, |x, _| x as u8),
        Luma::from_fn(640, 480, |_, _| 0),
        Luma::from_fn(640, 480, |_, _| 255),
        Luma::from_fn(320, 240, |x, y| if (x + y) % 2 == 0 { 0 } else { 255 }),
        // Nothing but finder patterns, with and without room between them.
        finders(400, 9),
        finders(400, 8),
    ];
    for picture in pictures {
        let reading = Cascade::still().read(&picture, &|_| true);
        assert_eq!(texts(&reading), [""; 0], "{picture:?}");
    }
}

fn finders(side: u32, pitch: u32) -> Luma {
    Luma::from_fn(side, side, |x, y| {
        let (x, y) = (x / 2 % pitch, y / 2 % pitch);
        let ring = x.abs_diff(3).max(y.abs_diff(3));
        if ring == 3 || ring < 2 { 0 } else { 255 }
    })
}

/// What a step of a test does.
struct Act<F>(&'static str, F);

impl<F: Fn() -> Sightings + Send + Sync> Step for Act<F> {
    fn name(&self) -> &'static str {
        self.0
    }

    fn read(&self, _: &Luma) -> Sightings {
        (self.1)()
    }
}

fn act(name: &'static str, act: impl Fn() -> Sightings + Send + Sync + 'static) -> Arc<dyn Step> {
    Arc::new(Act(name, act))
}

fn says(text: &str) -> Sightings {
    say(&[text])
}

fn say(texts: &[&str]) -> Sightings {
    Sightings {
        texts: texts
            .iter()
            .map(|&text| Sighting {
                text: text.to_owned(),
                corners: Corners::default(),
                step: "test",
            })
            .collect(),
        ..Sightings::default()
    }
}

#[test]
fn a_step_that_panics_or_hangs_does_not_end_the_search() {
    let (release, gate) = mpsc::channel::<()>();
    let gate = Mutex::new(gate);
    let bounds = Bounds {
        total: Duration::from_mins(1),
        step: Duration::from_millis(500),
        ..Bounds::default()
    };
    let steps = [
        act("panics", || panic!("on purpose")),
        act("hangs", move || {
            let _ = gate.lock().unwrap().recv();
            says("too late")
        }),
        act("reads", || says("in time")),
    ];
    let sandbox = Sandbox::new(2);
    let cascade = Cascade::new(steps, bounds).in_sandbox(sandbox.clone());
    let reading = cascade.read(&Luma::from_fn(8, 8, |_, _| 0), &|_| true);
    assert_eq!(texts(&reading), ["in time"]);
    let outcomes: Vec<_> = reading.steps_run.iter().map(|run| run.outcome).collect();
    assert_eq!(
        outcomes,
        [
            StepOutcome::Failed(SandboxError::Panicked),
            StepOutcome::Failed(SandboxError::TimedOut),
            StepOutcome::Read(1)
        ]
    );
    assert_eq!(sandbox.runaways(), 1);
    drop(release);
}

#[test]
fn when_time_is_up_no_step_is_begun() {
    let bounds = Bounds {
        total: Duration::from_millis(1),
        ..Bounds::default()
    };
    let slow = || {
        std::thread::sleep(Duration::from_millis(20));
        Sightings::default()
    };
    let cascade =
        Cascade::new([act("a", slow), act("b", slow)], bounds).in_sandbox(Sandbox::new(9));
    let reading = cascade.read(&Luma::from_fn(8, 8, |_, _| 0), &|_| true);
    assert_eq!(reading.outcome, SearchOutcome::OutOfTime);
    assert_eq!(reading.steps_run.len(), 1);
}

#[test]
fn what_is_not_accepted_is_reported_but_searched_past() {
    let steps = [
        act("a", || says("a sticker")),
        act("b", || says("")),
        act("c", || say(&["a sticker", "wanted"])),
        act("d", || panic!("never run")),
    ];
    let cascade = Cascade::new(steps, Bounds::default()).in_sandbox(Sandbox::new(2));
    let reading = cascade.read(&Luma::from_fn(8, 8, |_, _| 0), &|text| text == "wanted");
    assert_eq!(texts(&reading), ["a sticker", "wanted"]);
    assert_eq!(reading.steps_run.len(), 3);
}

#[test]
fn sightings_are_limited_but_the_accepted_one_is_among_them() {
    let bounds = Bounds {
        sightings: 2,
        ..Bounds::default()
    };
    let many = || say(&["a", "b", "c", "wanted"]);
    let cascade = Cascade::new([act("many", many)], bounds).in_sandbox(Sandbox::new(2));
    let reading = cascade.read(&Luma::from_fn(8, 8, |_, _| 0), &|text| text == "wanted");
    assert_eq!(texts(&reading), ["a", "wanted"]);
    assert!(reading.more);
    let few = || say(&["a", "wanted"]);
    let cascade = Cascade::new([act("few", few)], bounds).in_sandbox(Sandbox::new(2));
    assert!(!cascade.read(&Luma::from_fn(8, 8, |_, _| 0), &|_| true).more);
}

/// The first symbols of a long row are no more than that, whichever bound ends it.
#[test]
fn a_picture_with_more_symbols_than_are_told_says_so() {
    let sheet = |columns: u32, rows: u32| {
        let codes: Vec<Luma> = (0..columns * rows)
            .map(|number| symbol(format!("PC-{number:03}"), 3))
            .collect();
        let pitch = codes[0].width() + 6;
        Luma::from_fn(columns * pitch, rows * pitch, |x, y| {
            let code = &codes[(y / pitch * columns + x / pitch) as usize];
            let (x, y) = (x % pitch, y % pitch);
            let inside = x < code.width() && y < code.height();
            if inside { code.row(y)[x as usize] } else { 255 }
        })
    };
    let reading = patient().read(&sheet(4, 2), &|_| true);
    assert_eq!((reading.sightings.len(), reading.more), (8, false));
    for (columns, rows) in [(7, 5), (10, 8)] {
        let reading = patient().read(&sheet(columns, rows), &|_| true);
        assert!(!reading.sightings.is_empty() && reading.more);
        assert!(reading.sightings.len() <= 32);
    }
}

/// Every step, every size, photographed or not: a part is a part, named with its
/// number, and never a text; the same digits as a whole are read.
#[test]
fn a_part_of_a_text_is_never_a_text() {
    // The first 48 of these 60 digits are a sound Confirmation ID.
    let (head, tail) = TEXT.split_at(48);
    for module in [2, 3, 5, 8] {
        for (place, digits) in [(0, head), (1, tail)] {
            let code = part(digits, place, 1, module);
            let edge = code.width() + 80;
            let picture = laid(&code, edge, edge, (40, 40), 210);
            for picture in [
                picture.clone(),
                picture.blurred(0.5 * module as f32),
                picture.inverted(),
            ] {
                let mut named = 0;
                for step in steps::still() {
                    let seen = step.read(&picture);
                    assert_eq!(seen.texts, [], "{} at {module}", step.name());
                    for seen in &seen.parts {
                        assert_eq!((seen.part.number, seen.part.of), (place + 1, 2));
                    }
                    named += usize::from(!seen.parts.is_empty());
                }
                assert!(named > 0, "no step names part {place} at {module}");
                let reading = patient().read(&picture, &|_| true);
                assert_eq!(texts(&reading), [""; 0]);
                assert_eq!(reading.parts.len(), 1);
                let hint = reading.hint(&picture);
                assert_eq!(
                    hint,
                    Some(Hint::Part {
                        number: place + 1,
                        of: 2
                    })
                );
            }
        }
    }
    // Both in one picture, and a whole text beside them.
    let codes = [part(head, 0, 1, 4), part(tail, 1, 1, 4), symbol("HELLO", 4)];
    let picture = Luma::from_fn(500, 160, |x, y| {
        codes
            .iter()
            .zip([10, 160, 330])
            .find_map(|(code, left)| {
                let (x, y) = (x.wrapping_sub(left), y.wrapping_sub(10));
                let inside = x < code.width() && y < code.height();
                inside.then(|| code.row(y)[x as usize])
            })
            .unwrap_or(255)
    });
    let reading = patient().read(&picture, &|text| text.len() > 40);
    assert_eq!(texts(&reading), ["HELLO"]);
    assert_eq!(reading.parts.len(), 2);
    assert_eq!(reading.hint(&picture), None);
}

/// The header may stand behind other segments, or contradict itself.
#[test]
fn a_part_shows_itself_wherever_its_header_stands() {
    let bits = |fields: &[(u32, usize)]| Drawn::of(fields, 4);
    let digits = [(1, 4), (5, 10), (123, 10), (45, 7)];
    let header = [(3, 4), (0, 4), (2, 4), (0x5a, 8)];
    for fields in [
        [&header[..], &digits].concat(),
        [&digits[..], &header].concat(),
        [&digits[..], &header, &digits].concat(),
        [&[(7, 4), (26, 8)], &header[..], &digits].concat(),
        [&[(3, 4), (9, 4), (0, 4), (0, 8)][..], &digits].concat(),
    ] {
        let reading = patient().read(&bits(&fields), &|_| true);
        assert_eq!(texts(&reading), [""; 0], "{fields:?}");
        assert_eq!(reading.parts.len(), 1, "{fields:?}");
    }
    let reading = patient().read(&bits(&digits), &|_| true);
    assert_eq!(texts(&reading), ["12345"]);
}

#[test]
fn names_of_steps_are_unique() {
    let mut names: Vec<_> = steps::still().iter().map(|step| step.name()).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}
