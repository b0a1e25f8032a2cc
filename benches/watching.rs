//! What watching a camera costs while there is nothing to read: the share of one core, in
//! processor time, for 1280 × 720 at 15 frames a second with a preview of 640 × 360.
//!
//! Frames come from a folder, so the cost of a driver and of decoding is not included;
//! `benches/README.md` has that beside it. Linux only: it reads /proc.
//!
//! usage: cargo bench --bench watching [-- SECONDS]

use hikyaku::camera::{
    CameraChoice, FolderCamera, FrameSource, Playback, Watcher, WatcherEvent, WatcherSettings,
};
use hikyaku::scan::Luma;
use hikyaku::symbol::{self, Symbol};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// What a person of another PC holds before the camera.
const REPLY: &str = "000000628464649414494972373860732541150384135800807992806674";

/// Clock ticks a second in /proc, on every Linux.
const TICKS: f64 = 100.0;

fn main() {
    // Cargo passes `--bench`.
    let seconds = std::env::args()
        .skip(1)
        .find_map(|word| word.parse().ok())
        .unwrap_or(10);
    if used().is_none() {
        println!("skipped: there is no /proc here");
        return;
    }
    let symbol = Symbol::encode(REPLY).expect("a reply fits");
    let symbol = symbol::png(&symbol, 7).expect("and can be painted");
    let symbol = hikyaku::scan::luma_from_bytes(&symbol).expect("and read");
    println!("share of one core, {seconds} s each after 4 s to settle");
    println!("| scene | preview only | reading too | frames shown a second |");
    println!("| --- | --- | --- | --- |");
    for (scene, code, drift) in [
        ("an empty room", None, 0),
        ("a code that is known already, held still", Some(&symbol), 0),
        ("a room in which everything moves", None, 9),
    ] {
        let folder = tempfile::tempdir().expect("a place for frames");
        for index in 0..15 {
            film(folder.path(), index, code, drift);
        }
        let (idle, _) = watch(folder.path(), false, seconds);
        let (reading, shown) = watch(folder.path(), true, seconds);
        println!("| {scene} | {idle:.1} % | {reading:.1} % | {shown:.1} |");
    }
}

/// A frame: shelves and a lamp, with a sensor's noise.
fn film(folder: &Path, index: u32, code: Option<&Luma>, drift: u32) {
    let mut noise = 0x9e37_79b9_u32.wrapping_mul(index + 1);
    let luma = Luma::from_fn(1280, 720, |x, y| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        let (u, v) = (x.wrapping_sub(500), y.wrapping_sub(230));
        let level = match code {
            Some(code) if u < code.width() && v < code.height() => code.row(v)[u as usize],
            _ => {
                let x = x + drift * index;
                let shelf = if (x / 90 + y / 130).is_multiple_of(3) {
                    40
                } else {
                    0
                };
                70 + shelf + (x / 20) as u8 % 60
            }
        };
        level.saturating_sub(4).saturating_add((noise % 9) as u8)
    });
    image::save_buffer(
        folder.join(format!("{index:02}.png")),
        luma.pixels(),
        luma.width(),
        luma.height(),
        image::ColorType::L8,
    )
    .expect("frames can be written");
}

/// Share of one core, and frames shown a second.
fn watch(folder: &Path, reading: bool, seconds: u64) -> (f64, f64) {
    let orders = WatcherSettings {
        choice: CameraChoice::Any,
        accept: Arc::new(|_| false),
        preview: Some(640),
        reading,
        digits: true,
    };
    let folder = folder.to_owned();
    let (teller, told) = mpsc::channel();
    let open = move |_: &CameraChoice| {
        let camera = FolderCamera::open(&folder, Playback::default())?;
        Ok(Box::new(camera) as Box<dyn FrameSource>)
    };
    let watcher = Watcher::start(orders, open, move |event| {
        let _ = teller.send(event);
    });
    let watch_for = |seconds: u64| {
        let until = Instant::now() + Duration::from_secs(seconds);
        let mut shown = 0;
        while let Some(rest) = until.checked_duration_since(Instant::now()) {
            match told.recv_timeout(rest) {
                Ok(WatcherEvent::Preview) => shown += u32::from(watcher.preview().is_some()),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        shown
    };
    watch_for(4);
    let before = used().unwrap_or_default();
    let shown = watch_for(seconds);
    let spent = used().unwrap_or_default() - before;
    let seconds = seconds as f64;
    (100.0 * spent / seconds, f64::from(shown) / seconds)
}

/// Seconds that this process has kept processors busy.
fn used() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in brackets, may contain anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}
