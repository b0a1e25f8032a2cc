use super::*;
use crate::camera::clock::stopped;
use crate::camera::reported::AWAY;
use crate::camera::{FolderCamera, Playback};
use crate::symbol::{self, QUIET_ZONE, Symbol};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};

const AMPLE: Duration = Duration::from_secs(30);

fn settings(choice: CameraChoice, accept: &str) -> WatcherSettings {
    let accept = accept.to_owned();
    WatcherSettings {
        choice,
        accept: Arc::new(move |text| text == accept),
        preview: None,
        reading: true,
        digits: false,
    }
}

/// A watcher and its events.
fn watch(
    settings: WatcherSettings,
    open: impl FnMut(&CameraChoice) -> Result<Box<dyn FrameSource>, CameraError> + Send + 'static,
) -> (Watcher, Receiver<WatcherEvent>) {
    let (teller, told) = mpsc::channel();
    let watcher = Watcher::start(settings, open, move |event| {
        let _ = teller.send(event);
    });
    (watcher, told)
}

fn open_folder(folder: &Path) -> Result<Box<dyn FrameSource>, CameraError> {
    Ok(Box::new(FolderCamera::open(folder, Playback::default())?))
}

/// A picture of a symbol on grey.
fn picture(text: &str) -> Luma {
    let symbol = Symbol::encode(text).unwrap();
    let png = symbol::png(&symbol, 5).unwrap();
    let symbol = crate::scan::luma_from_bytes(&png).unwrap();
    Luma::from_fn(320, 240, |x, y| {
        let (u, v) = (x.wrapping_sub(60), y.wrapping_sub(40));
        if u < symbol.width() && v < symbol.height() {
            symbol.row(v)[u as usize]
        } else {
            120
        }
    })
}

fn put(folder: &Path, name: &str, text: &str) {
    let luma = picture(text);
    let file = folder.join(name);
    image::save_buffer(
        &file,
        luma.pixels(),
        luma.width(),
        luma.height(),
        image::ColorType::L8,
    )
    .unwrap();
}

/// The events up to the first wanted one.
fn until(
    told: &Receiver<WatcherEvent>,
    wanted: impl Fn(&WatcherEvent) -> bool,
) -> Vec<WatcherEvent> {
    let mut events = Vec::new();
    loop {
        let event = told.recv_timeout(AMPLE).expect("the wanted event");
        let found = wanted(&event);
        events.push(event);
        if found {
            return events;
        }
    }
}

fn text(event: &WatcherEvent) -> Option<&str> {
    match event {
        WatcherEvent::Read(seen) => Some(&seen.text),
        _ => None,
    }
}

#[test]
fn what_is_shown_is_read_and_told_once() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.png", "123456");
    let path = folder.path().to_owned();
    // On this clock nothing is out of view for long.
    let (teller, told) = mpsc::channel();
    let watcher = Watcher::start_by(
        stopped::clock().0,
        settings(CameraChoice::Any, "123456"),
        move |_| open_folder(&path),
        move |event| {
            let _ = teller.send(event);
        },
    );
    let events = until(&told, |event| text(event).is_some());
    assert!(matches!(&events[0], WatcherEvent::Ready { name } if !name.is_empty()));
    let Some(WatcherEvent::Read(seen)) = events.last() else {
        unreachable!()
    };
    let quiet = (QUIET_ZONE * 5) as f32;
    let left_top = [(60.0 + quiet) / 320.0, (40.0 + quiet) / 240.0];
    for (corner, expected) in seen.corners[0].into_iter().zip(left_top) {
        assert!((corner - expected).abs() < 0.02, "{corner}, not {expected}");
    }
    // Still in view, a text is reported again only if other texts are wanted.
    put(folder.path(), "b.png", "777");
    let others = until(&told, |event| matches!(event, WatcherEvent::Other(_)));
    assert!(others.iter().all(|event| text(event).is_none()));
    watcher.accept(Arc::new(|text| text == "777"));
    until(&told, |event| text(event) == Some("777"));
}

#[test]
fn nothing_is_read_while_only_previews_are_wanted() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.png", "123456");
    let path = folder.path().to_owned();
    let settings = WatcherSettings {
        preview: Some(64),
        reading: false,
        ..settings(CameraChoice::Any, "123456")
    };
    let (watcher, told) = watch(settings, move |_| open_folder(&path));
    for _ in 0..3 {
        until(&told, |event| *event == WatcherEvent::Preview);
        let preview = watcher.preview().unwrap();
        assert_eq!([preview.luma.width(), preview.luma.height()], [64, 48]);
    }
    watcher.read(true);
    let events = until(&told, |event| text(event).is_some());
    let news = |event: &&WatcherEvent| **event == WatcherEvent::Preview;
    // One was not fetched, so no other was reported.
    assert!(events.iter().filter(news).count() <= 1);
}

#[test]
fn trouble_is_told_once_and_ends_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.png", "123456");
    let trouble = folder.path().join("trouble");
    for id in ["camera-stalled", "camera-unplugged"] {
        std::fs::write(&trouble, id).unwrap();
        let path = folder.path().to_owned();
        let (_watcher, told) = watch(settings(CameraChoice::Any, "123456"), move |_| {
            open_folder(&path)
        });
        let events = until(&told, |event| matches!(event, WatcherEvent::Trouble(_)));
        assert!(matches!(&events[..], [WatcherEvent::Trouble(error)] if error.id() == id));
        std::fs::remove_file(&trouble).unwrap();
        let events = until(&told, |event| text(event).is_some());
        assert!(
            matches!(&events[0], WatcherEvent::Ready { .. }),
            "{events:?}"
        );
    }
}

/// A camera whose frames the test provides.
struct ScriptedSource {
    name: String,
    frames: VecDeque<Result<Option<Luma>, CameraError>>,
    /// After the last frame, blocks until the test drops the sender, then panics.
    end: Option<Receiver<()>>,
}

impl FrameSource for ScriptedSource {
    fn name(&self) -> &str {
        &self.name
    }

    fn next(&mut self, wait: Duration) -> Result<Option<Frame>, CameraError> {
        match (self.frames.pop_front(), &self.end) {
            (Some(frame), _) => Ok(frame?.map(|luma| Frame {
                luma,
                at: Duration::ZERO,
            })),
            // A driver that hangs.
            (None, Some(end)) => {
                let _ = end.recv();
                panic!("the driver died")
            }
            (None, None) => {
                thread::sleep(wait);
                Ok(None)
            }
        }
    }
}

fn hanging() -> (ScriptedSource, Sender<()>) {
    let (release, end) = mpsc::channel();
    let handed = ScriptedSource {
        name: "Hanging".to_owned(),
        frames: VecDeque::from([Ok(Some(picture("1")))]),
        end: Some(end),
    };
    (handed, release)
}

#[test]
fn stopping_does_not_wait_for_a_driver_that_hangs() {
    let (handed, release) = hanging();
    let mut handed = Some(handed);
    let (watcher, told) = watch(settings(CameraChoice::Any, "1"), move |_| {
        Ok(Box::new(handed.take().expect("opened once")))
    });
    until(&told, |event| text(event).is_some());
    watcher.stop();
    // Only now does the driver return, after the watcher was stopped.
    drop(release);
    assert!(told.recv_timeout(AMPLE).is_err());
}

#[test]
fn a_driver_that_panics_is_trouble_like_any_other() {
    let (handed, release) = hanging();
    let mut handed = Some(handed);
    let (_watcher, told) = watch(settings(CameraChoice::Any, "1"), move |_| {
        match handed.take() {
            Some(handed) => Ok(Box::new(handed)),
            None => panic!("no second time"),
        }
    });
    until(&told, |event| text(event).is_some());
    drop(release);
    let says = |reason: &str| {
        let reason = reason.to_owned();
        move |event: &WatcherEvent| matches!(event, WatcherEvent::Trouble(CameraError::Failed { reason: said, .. }) if *said == reason)
    };
    until(&told, says("the driver died"));
    until(&told, says("no second time"));
}

#[test]
fn another_camera_is_opened_at_once() {
    let (watcher, told) = watch(settings(CameraChoice::Any, "1"), |choice| match choice {
        CameraChoice::Any => Err(CameraError::NoCamera),
        CameraChoice::Named(name) => Ok(Box::new(ScriptedSource {
            name: name.clone(),
            frames: VecDeque::from([Ok(None), Ok(Some(picture("1")))]),
            end: None,
        })),
    });
    assert_eq!(
        told.recv_timeout(AMPLE).unwrap(),
        WatcherEvent::Trouble(CameraError::NoCamera)
    );
    watcher.choose(CameraChoice::Named("Front\u{1b}".to_owned()));
    let name = "Front".to_owned();
    assert_eq!(
        told.recv_timeout(AMPLE).unwrap(),
        WatcherEvent::Ready { name }
    );
}

#[test]
fn a_camera_that_was_unplugged_is_not_missed_a_second_time() {
    let unplugged = |name: &str| CameraError::Unplugged {
        name: name.to_owned(),
    };
    let errors = [
        unplugged("Webcam"),
        CameraError::NoCamera,
        unplugged(""),
        CameraError::Busy {
            name: "Webcam".to_owned(),
        },
    ];
    let mut coming: VecDeque<CameraError> = errors.clone().into();
    let (watcher, told) = watch(settings(CameraChoice::Any, "1"), move |_| {
        Err(coming.pop_front().unwrap_or(CameraError::NoCamera))
    });
    let trouble = |index: usize| WatcherEvent::Trouble(errors[index].clone());
    assert_eq!(told.recv_timeout(AMPLE).unwrap(), trouble(0));
    // Choosing opens at once, without the usual second of waiting.
    watcher.choose(CameraChoice::Any);
    watcher.choose(CameraChoice::Any);
    assert_eq!(told.recv_timeout(AMPLE).unwrap(), trouble(3));
}

#[test]
fn a_camera_that_does_not_open_is_left_alone_for_longer_and_longer() {
    let pauses: Vec<u64> = (1..=6).map(|tries| pause_after(tries).as_secs()).collect();
    assert_eq!(pauses, [1, 2, 5, 10, 10, 10]);
}

#[test]
fn a_text_is_news_again_after_it_was_away() {
    let mut reported = Reported::default();
    let (clock, hands) = stopped::clock();
    assert!(reported.is_news("1", clock.now()));
    hands.advance(AWAY / 2);
    assert!(!reported.is_news("1", clock.now()), "in sight all the time");
    hands.advance(AWAY + Duration::from_millis(1));
    assert!(reported.is_news("1", clock.now()));
}

#[test]
fn a_number_in_digits_is_read_where_it_is_wanted() {
    // A screenshot whose number is beyond doubt.
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/digits/screenshots");
    let truth = std::fs::read_to_string(kept.join("truth.json")).unwrap();
    let truth: serde_json::Value = serde_json::from_str(&truth).unwrap();
    let reader = crate::scan::digits::DigitReader::shared().unwrap();
    let (file, number) = truth
        .as_array()
        .unwrap()
        .iter()
        .find_map(|picture| {
            let file = kept.join(picture["file"].as_str()?);
            let luma = crate::scan::luma_from_bytes(&std::fs::read(&file).ok()?).ok()?;
            let number = reader.read(&luma).into_iter().next()?;
            number.is_beyond_doubt().then_some((file, number.digits))
        })
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    for digits in [true, false] {
        let path = folder.path().to_owned();
        let settings = WatcherSettings {
            digits,
            preview: Some(64),
            ..settings(CameraChoice::Any, &number)
        };
        let (watcher, told) = watch(settings, move |_| open_folder(&path));
        if digits {
            until(&told, |event| text(event) == Some(&number));
        } else {
            for _ in 0..5 {
                let events = until(&told, |event| *event == WatcherEvent::Preview);
                assert!(events.iter().all(|event| text(event).is_none()));
                watcher.preview();
            }
        }
    }
}
