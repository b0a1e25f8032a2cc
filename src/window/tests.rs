//! Renders every screen in both languages and two sizes, without a display, and
//! compares it with the approved pictures in `fixtures/screens/window`.
//! `HIKYAKU_SCREENS=write` writes those again.

use super::binding::{self, ViewBinding};
use super::journey::samples::*;
use super::journey::{Action, Journey, JourneyEvent, Key, MessageRef};
use super::{paint, shell, ui};
use crate::activation::{HResult, LicenseStatus, practice_installation_id};
use crate::camera::CameraError;
use crate::i18n::{Lang, Messages};
use crate::scan::{Cascade, Hint, Luma};
use crate::symbol::{self, Symbol};
use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{Platform, WindowAdapter};
use slint::{ComponentHandle, PhysicalSize, Rgb8Pixel, SharedPixelBuffer};
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

const SIZES: [[u32; 2]; 2] = [[1024, 768], [1920, 1080]];

/// A platform whose only screen is in memory.
struct OffScreen(Rc<MinimalSoftwareWindow>);

impl Platform for OffScreen {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, slint::PlatformError> {
        Ok(self.0.clone())
    }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn typed(journey: &mut Journey, text: &str) {
    for (index, character) in text.chars().enumerate() {
        let now = Duration::from_millis(400 * index as u64);
        journey.handle(JourneyEvent::Key(Key::Character(character)), now);
    }
}

fn trouble(error: &CameraError) -> JourneyEvent {
    JourneyEvent::CameraTrouble(MessageRef::of(error))
}

/// Every state that the window can be in, by name.
#[allow(clippy::too_many_lines)] // one entry a state
fn states() -> Vec<(&'static str, Journey)> {
    let with = |products: &[_], events: Vec<JourneyEvent>| {
        let mut journey = journey_of(products);
        for (index, event) in events.into_iter().enumerate() {
            journey.handle(event, seconds(index as u64));
        }
        journey
    };
    let act = JourneyEvent::Action;
    let all = [windows(), esu(), office(), visio()];
    let one = [windows()];
    let mut states = vec![
        ("starting", journey()),
        ("show", with(&one, vec![])),
        ("show-several", with(&all, vec![])),
        (
            "hint",
            with(
                &one,
                vec![JourneyEvent::Hint(Some(Hint::TooFar { pixels: 1.4 }))],
            ),
        ),
        (
            "taken",
            with(&one, vec![JourneyEvent::Seen(reply(&windows()))]),
        ),
        ("products", with(&all, vec![act(Action::Products)])),
        ("about", with(&one, vec![act(Action::About)])),
        ("nothing-waits", with(&[visio()], vec![])),
        (
            "all-done",
            with(&[licensed(windows()), licensed(office())], vec![]),
        ),
        (
            "cameras",
            with(
                &one,
                vec![
                    act(Action::Cameras),
                    JourneyEvent::Cameras(vec!["Webcam HD".into(), "OBS Virtual Camera".into()]),
                ],
            ),
        ),
        (
            "camera-none",
            with(&one, vec![trouble(&CameraError::NoCamera)]),
        ),
        (
            "camera-blocked",
            with(
                &one,
                vec![trouble(&CameraError::Blocked {
                    name: "Webcam HD".into(),
                    reason: "0x80070005".into(),
                })],
            ),
        ),
        (
            "whose",
            with(
                &all,
                vec![
                    JourneyEvent::Pasted(cid(&windows())),
                    JourneyEvent::Enter,
                    JourneyEvent::Read(Ok(snapshot(&all))),
                ],
            ),
        ),
        (
            "done",
            with(
                &one,
                vec![
                    JourneyEvent::Seen(reply(&windows())),
                    deposit_event(
                        &windows(),
                        LicenseStatus::Licensed,
                        None,
                        &[licensed(windows())],
                    ),
                    JourneyEvent::Tick,
                ],
            ),
        ),
        (
            "done-next",
            with(
                &[windows(), esu()],
                vec![
                    JourneyEvent::Seen(reply(&windows())),
                    deposit_event(
                        &windows(),
                        LicenseStatus::Licensed,
                        None,
                        &[licensed(windows()), esu()],
                    ),
                ],
            ),
        ),
    ];
    let refused = |code| {
        with(
            &one,
            vec![
                JourneyEvent::Seen(reply(&windows())),
                deposit_event(&windows(), LicenseStatus::Notification, Some(code), &one),
            ],
        )
    };
    states.push(("refused", refused(HResult::MISMATCH)));
    states.push(("refused-rights", refused(HResult::NOT_ELEVATED)));

    let mut wrong = journey_of(&one);
    let boxes = cid(&windows());
    let slip = if boxes[16..17] == *"1" { "2" } else { "1" };
    typed(
        &mut wrong,
        &format!("{}{slip}{}", &boxes[..16], &boxes[17..30]),
    );
    states.push(("typing-wrong", wrong));
    let mut whole = journey_of(&one);
    typed(&mut whole, &reply(&windows()));
    states.push(("typed", whole));

    let other = practice_installation_id("another PC");
    let mut known = journey();
    let mut facts = snapshot(&one);
    facts.shown.push(shown(&office(), &other, "病棟3-PC07"));
    known.handle(JourneyEvent::Read(Ok(facts.clone())), seconds(0));
    known.handle(JourneyEvent::CameraReady("Webcam HD".into()), seconds(0));
    known.handle(JourneyEvent::Seen(reply_to(&other)), seconds(1));
    known.handle(JourneyEvent::Read(Ok(facts)), seconds(1));
    states.push(("other-pc", known));

    let mut changed = journey();
    let mut facts = snapshot(&one);
    facts.shown.push(shown(&windows(), &other, "病棟3-PC12"));
    changed.handle(JourneyEvent::Read(Ok(facts)), seconds(0));
    changed.handle(JourneyEvent::CameraReady("Webcam HD".into()), seconds(0));
    states.push(("changed", changed));

    let mut unreadable = journey();
    unreadable.handle(JourneyEvent::Read(Err(not_windows())), seconds(0));
    states.push(("unreadable", unreadable));
    states
}

/// A camera frame: a phone that shows a reply, in a dim room.
fn scene() -> Luma {
    let symbol = Symbol::encode(&reply(&windows())).unwrap();
    let code = symbol::pixels(&symbol, 7).unwrap();
    let left = (1280 - code.width()) / 2;
    let top = (720 - code.height()) / 2;
    Luma::from_fn(1280, 720, |x, y| {
        let (in_x, in_y) = (x.wrapping_sub(left), y.wrapping_sub(top));
        if in_x < code.width() && in_y < code.height() {
            return 40 + (u32::from(code.get_pixel(in_x, in_y).0[0]) * 190 / 255) as u8;
        }
        let phone = x.abs_diff(640) < 170 && y.abs_diff(360) < 330;
        if phone { 20 } else { 72 }
    })
}

type Picture = SharedPixelBuffer<Rgb8Pixel>;

fn draw(screen: &MinimalSoftwareWindow, size: [u32; 2]) -> Picture {
    let mut picture = Picture::new(size[0], size[1]);
    // Change handlers run between two frames.
    for _ in 0..3 {
        slint::platform::update_timers_and_animations();
        screen.request_redraw();
        screen.draw_if_needed(|renderer| {
            renderer.render(picture.make_mut_slice(), size[0] as usize);
        });
    }
    picture
}

/// The approved pictures, and what differs from them.
struct Album {
    writing: bool,
    comparing: bool,
    different: Vec<String>,
}

impl Album {
    fn open() -> Self {
        let comparing = FONTS.iter().all(|font| Path::new(font).exists());
        if !comparing {
            eprintln!("not compared: the faces of the kept pictures are not installed");
        }
        Self {
            writing: std::env::var_os("HIKYAKU_SCREENS").is_some_and(|value| value == "write"),
            comparing,
            different: Vec::new(),
        }
    }

    /// Writes or compares a picture; its symbol, if any, must be readable.
    fn see(&mut self, name: &str, lang: Lang, picture: &Picture, symbol: &str) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures/screens/window")
            .join(format!(
                "{name}-{}-{}x{}.png",
                lang.code(),
                picture.width(),
                picture.height()
            ));
        if self.writing {
            write(&file, picture);
        }
        if self.comparing
            && let Some(what) = difference(&file, picture)
        {
            let seen = std::env::temp_dir().join(file.file_name().unwrap());
            write(&seen, picture);
            self.different.push(format!("{}: {what}", seen.display()));
        }
        if !symbol.is_empty() {
            assert_reads(picture, symbol, &file);
        }
    }
}

#[test]
fn every_screen_looks_as_people_saw_it_and_its_symbol_reads() {
    let screen = MinimalSoftwareWindow::new(RepaintBufferType::NewBuffer);
    slint::platform::set_platform(Box::new(OffScreen(screen.clone()))).unwrap();
    let mut album = Album::open();
    for size in SIZES {
        screen.set_size(PhysicalSize::new(size[0], size[1]));
        journeys(&screen, size, &mut album);
        #[cfg(feature = "ledger")]
        boards(&screen, size, &mut album);
    }
    let different = album.different;
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// The window on the offline PC.
fn journeys(screen: &MinimalSoftwareWindow, size: [u32; 2], album: &mut Album) {
    let window = ui::MainWindow::new().unwrap();
    binding::set_fonts(&window);
    shell::symbols(&window);
    window.show().unwrap();
    let mut face = ViewBinding::default();
    for (name, mut journey) in states() {
        for _ in 0..2 {
            let messages = Messages::new(journey.lang());
            binding::set_words(&window, &messages);
            let view = journey.view(&messages);
            face.show(&window, view.clone());
            draw(screen, size);
            let to = window.global::<ui::View>();
            let place = [to.get_preview_width(), to.get_preview_height()];
            let [width, height] = place.map(|side| side.max(1) as u32);
            to.set_preview(paint::frame(&scene(), width, height, true));
            let picture = draw(screen, size);
            album.see(name, journey.lang(), &picture, &view.left.symbol);
            journey.handle(JourneyEvent::Action(Action::Language), seconds(9));
        }
    }
    window.hide().unwrap();
}

/// The board of replies on a laptop.
#[cfg(feature = "ledger")]
fn boards(screen: &MinimalSoftwareWindow, size: [u32; 2], album: &mut Album) {
    use super::board::{Board, BoardOptions};
    use crate::trip::{DeliveryList, samples};

    let trip = samples::answered(14);
    for lang in Lang::ALL {
        for name in [
            "board",
            "board-search",
            "board-nobody",
            "board-trouble",
            "board-keyed",
        ] {
            let window = ui::BoardWindow::new().unwrap();
            let options = BoardOptions {
                lang,
                trip: trip.about.name.to_string(),
                practice: true,
                keyed: None,
            };
            let full = || crate::ledger::LedgerError::DiskFull {
                file: "ward3.trip.db".into(),
            };
            let keeps = name != "board-trouble";
            let keep = move |_| {
                if keeps {
                    Ok(())
                } else {
                    Err(Box::new(full()) as _)
                }
            };
            let board = Board::open(
                &window,
                options,
                DeliveryList::of(&trip, None),
                Box::new(keep),
            );
            window.show().unwrap();
            let on = window.global::<ui::Board>();
            match name {
                "board" => {
                    for _ in 0..3 {
                        board.borrow_mut().mark_shown();
                        on.invoke_turn(ui::Turn::Next);
                    }
                }
                "board-search" => on.invoke_search("pc1".into()),
                "board-nobody" => on.invoke_search("PC99".into()),
                "board-keyed" => on.invoke_turn(ui::Turn::Keyed),
                _ => board.borrow_mut().mark_shown(),
            }
            let text = on.get_text();
            assert_eq!(text.is_empty(), name == "board-nobody");
            album.see(name, lang, &draw(screen, size), &text);
            window.hide().unwrap();
        }
    }
}

/// The fonts of the approved pictures.
const FONTS: [&str; 2] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
];

fn grey(pixel: Rgb8Pixel) -> u32 {
    (u32::from(pixel.r) * 2 + u32::from(pixel.g) * 5 + u32::from(pixel.b)) / 8
}

fn assert_reads(picture: &Picture, text: &str, file: &Path) {
    // Only the symbol's half: the camera's preview may show another symbol.
    let side = picture.width() * 2 / 3;
    let left = Luma::from_fn(side, picture.height(), |x, y| {
        grey(picture.as_slice()[(y * picture.width() + x) as usize]) as u8
    });
    let reading = Cascade::still().read(&left, &|seen| seen == text);
    let seen: Vec<&str> = reading
        .sightings
        .iter()
        .map(|it| it.text.as_str())
        .collect();
    assert!(seen.contains(&text), "{}: {seen:?}", file.display());
}

/// Side of the squares whose mean levels are compared: versions of a font differ
/// slightly at the edges.
const SQUARE: u32 = 8;
/// Grey levels by which a square may differ.
const LEVELS: u32 = 28;
/// Squares per thousand that may differ by more.
const SHARE: usize = 4;

fn difference(file: &Path, picture: &Picture) -> Option<String> {
    let Some(kept) = read(file) else {
        return Some("no picture is kept".to_owned());
    };
    if (kept.width(), kept.height()) != (picture.width(), picture.height()) {
        return Some("another size".to_owned());
    }
    let squares = |of: &Picture| -> Vec<[u32; 3]> {
        let (across, down) = (of.width() / SQUARE, of.height() / SQUARE);
        (0..across * down)
            .map(|square| {
                let (x, y) = (square % across * SQUARE, square / across * SQUARE);
                let mut sum = [0; 3];
                for line in y..y + SQUARE {
                    for column in x..x + SQUARE {
                        let pixel = of.as_slice()[(line * of.width() + column) as usize];
                        for (sum, level) in sum.iter_mut().zip([pixel.r, pixel.g, pixel.b]) {
                            *sum += u32::from(level);
                        }
                    }
                }
                sum.map(|sum| sum / (SQUARE * SQUARE))
            })
            .collect()
    };
    let (kept, drawn) = (squares(&kept), squares(picture));
    let off = kept
        .iter()
        .zip(&drawn)
        .filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > LEVELS))
        .count();
    let most = kept.len() * SHARE / 1000;
    (off > most).then(|| format!("{off} of {} squares differ", kept.len()))
}

fn read(file: &Path) -> Option<Picture> {
    let picture = image::open(file).ok()?.into_rgb8();
    let mut buffer = Picture::new(picture.width(), picture.height());
    for (to, from) in buffer.make_mut_slice().iter_mut().zip(picture.pixels()) {
        *to = Rgb8Pixel::new(from.0[0], from.0[1], from.0[2]);
    }
    Some(buffer)
}

/// Writes a picture with a palette of its most frequent colours, for small files.
fn write(file: &Path, picture: &Picture) {
    let near = |pixel: &Rgb8Pixel| [pixel.r, pixel.g, pixel.b].map(|level| level & 0xf8);
    let mut counts = std::collections::HashMap::<[u8; 3], (usize, [u8; 3])>::new();
    for pixel in picture.as_slice() {
        let exact = [pixel.r, pixel.g, pixel.b];
        counts.entry(near(pixel)).or_insert((0, exact)).0 += 1;
    }
    let mut colours: Vec<_> = counts.into_iter().collect();
    colours.sort_by_key(|(key, (count, _))| (usize::MAX - count, *key));
    colours.truncate(16);
    let palette: Vec<[u8; 3]> = colours.into_iter().map(|(_, (_, exact))| exact).collect();
    let mut known = std::collections::HashMap::<[u8; 3], u8>::new();
    let indices: Vec<u8> = picture
        .as_slice()
        .iter()
        .map(|pixel| {
            *known.entry(near(pixel)).or_insert_with(|| {
                let distance = |colour: &[u8; 3]| -> u32 {
                    colour
                        .iter()
                        .zip([pixel.r, pixel.g, pixel.b])
                        .map(|(&a, b)| u32::from(a.abs_diff(b)).pow(2))
                        .sum()
                };
                let nearest = palette
                    .iter()
                    .enumerate()
                    .min_by_key(|(_, it)| distance(it));
                nearest.map_or(0, |(index, _)| index as u8)
            })
        })
        .collect();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let out = fs::File::create(file).unwrap();
    let mut encoder = png::Encoder::new(out, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().unwrap();
    // Two pixels per byte; both widths are even.
    let packed: Vec<u8> = indices.chunks(2).map(|two| two[0] << 4 | two[1]).collect();
    writer.write_image_data(&packed).unwrap();
}
