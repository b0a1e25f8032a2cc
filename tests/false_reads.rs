//! A wrong text that is accepted as a reply would be worse than none. Damaged
//! symbols and frames without a symbol must not give one.
//!
//! More than a hundred damaged symbols always run, on all cores.
//! `HIKYAKU_FALSE_READS` sets another number of them, with a tenth as many
//! frames. Every picture has a seed of its own and can be made again:
//! `HIKYAKU_FALSE_READS_FROM` sets the first.

mod common;

use common::random::Random;
use hikyaku::scan::{Cascade, LiveReader, Luma};
use hikyaku::wire::{Trust, parse_answer};
use qrcode::{Color, EcLevel, QrCode};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(otherwise)
}

fn count() -> usize {
    number("HIKYAKU_FALSE_READS", 120)
}

/// Frames that one live reader sees.
const SCENE: usize = 100;

/// Does all pieces of work on all cores; returns the sum of what they gave.
fn on_all_cores(pieces: usize, work: impl Fn(usize) -> [usize; 2] + Sync) -> [usize; 2] {
    let first = number("HIKYAKU_FALSE_READS_FROM", 0);
    let (next, work) = (AtomicUsize::new(first), &work);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let worker = || {
            let mut sum = [0, 0];
            loop {
                let piece = next.fetch_add(1, Ordering::Relaxed);
                if piece >= first + pieces {
                    return sum;
                }
                let [some, others] = work(piece);
                sum = [sum[0] + some, sum[1] + others];
                if piece % 10_000 == 9_999 {
                    eprintln!("{piece}: none yet");
                }
            }
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        let sums = workers.into_iter().map(|worker| worker.join().unwrap());
        sums.fold([0, 0], |all, one| [all[0] + one[0], all[1] + one[1]])
    })
}

/// Whether the program would accept the text as a reply.
fn is_reply(text: &str) -> bool {
    parse_answer(text, Trust::CheckDigits).is_ok()
}

const REPLY: &str = "092914273902996432764863869585514303965545262473442102583639";

/// The symbol of a reply, with up to half of its modules wrong: scattered, in a
/// patch, or both.
fn damaged(random: &mut Random) -> Luma {
    let level = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H][random.below(4) as usize];
    let code = QrCode::with_error_correction_level(REPLY, level).unwrap();
    let side = code.width() as u32;
    let mut dark: Vec<bool> = code.to_colors().iter().map(|&c| c == Color::Dark).collect();
    let rate = random.unit() * 0.5;
    let (left, top, patch) = (
        random.below(side),
        random.below(side),
        random.below(side / 2 + 1),
    );
    for y in 0..side {
        for x in 0..side {
            // The finder patterns stay, so that decoders go on to the data.
            let (u, v) = (x.min(side - 1 - x), y.min(side - 1 - y));
            if u < 8 && v < 8 && !(x > 8 && y > 8) {
                continue;
            }
            let in_patch = x.wrapping_sub(left) < patch && y.wrapping_sub(top) < patch;
            if random.unit() < if in_patch { 0.5 } else { rate * rate } {
                let module = (y * side + x) as usize;
                dark[module] = !dark[module];
            }
        }
    }
    let (module, soft) = (2.0 + 2.5 * random.unit(), 0.4 + 0.6 * random.unit());
    let pixels = ((side + 8) as f32 * module) as u32;
    let sharp = Luma::from_fn(pixels, pixels, |x, y| {
        let place = |v: u32| ((v as f32 + 0.5) / module) as u32;
        let (x, y) = (place(x).wrapping_sub(4), place(y).wrapping_sub(4));
        if x < side && y < side && dark[(y * side + x) as usize] {
            30
        } else {
            220
        }
    });
    let soft = sharp.blurred(soft);
    Luma::from_fn(pixels, pixels, |x, y| {
        let noise = (random.unit() - 0.5) * 24.0;
        (f32::from(soft.row(y)[x as usize]) + noise).clamp(0.0, 255.0) as u8
    })
}

/// A room without a symbol, but with much that resembles one.
fn room(random: &mut Random) -> Luma {
    let cell = 2 + random.below(6);
    let density = 0.2 + 0.6 * random.unit();
    let across = 320 / cell + 1;
    let cells: Vec<bool> = (0..across * (240 / cell + 1))
        .map(|_| random.unit() < density)
        .collect();
    let finders: Vec<[u32; 2]> = (0..random.below(6))
        .map(|_| [random.below(320 / cell), random.below(240 / cell)])
        .collect();
    let sharp = Luma::from_fn(320, 240, |x, y| {
        let (x, y) = (x / cell, y / cell);
        let finder = finders.iter().find_map(|[left, top]| {
            let (u, v) = (x.wrapping_sub(*left), y.wrapping_sub(*top));
            (u < 7 && v < 7).then(|| {
                let ring = u.abs_diff(3).max(v.abs_diff(3));
                ring == 3 || ring < 2
            })
        });
        if finder.unwrap_or(cells[(y * across + x) as usize]) {
            40
        } else {
            210
        }
    });
    sharp.blurred(0.3 + random.unit())
}

#[test]
fn no_damaged_symbol_gives_another_reply() {
    let cascade = Cascade::still();
    let [read, others] = on_all_cores(count(), |index| {
        let picture = damaged(&mut Random::of_item(0x5EED_0F0D_DBA1_1E57, index));
        let reading = cascade.read(&picture, &is_reply);
        for sighting in &reading.sightings {
            assert!(
                sighting.text == REPLY || !is_reply(&sighting.text),
                "{} accepted {} in picture {index}",
                sighting.step,
                sighting.text
            );
        }
        let texts = reading.sightings.len();
        let read = reading.sightings.iter().filter(|s| s.text == REPLY).count();
        [read, texts - read]
    });
    println!(
        "{read} of {} read, {others} other texts, none a reply",
        count()
    );
    // A set of which nothing or everything can be read would prove nothing.
    assert!(read > count() / 20 && read < count());
}

#[test]
fn no_frame_without_a_symbol_gives_a_reply() {
    let cascade = Cascade::still();
    let frames = count() / 10;
    let [seen, others] = on_all_cores(frames.div_ceil(SCENE), |scene| {
        let mut reader = LiveReader::default();
        let mut others = 0;
        let scene_frames = SCENE.min(frames);
        for index in 0..scene_frames {
            let picture = room(&mut Random::of_item(
                0x0DD5_EED0_F0DD_BA11,
                scene * SCENE + index,
            ));
            let reading = cascade.read(&picture, &is_reply);
            others += reading.sightings.len();
            assert!(
                reading.sightings.iter().all(|s| !is_reply(&s.text)),
                "scene {scene}: {reading:?}"
            );
            let at = Duration::from_millis(50 * index as u64);
            let glimpse = reader.look(picture, at, &is_reply);
            assert!(glimpse.read.is_empty(), "scene {scene}: {glimpse:?}");
        }
        [scene_frames, others]
    });
    println!("{seen} frames, {others} texts, none a reply");
}
