use super::*;
use crate::camera::CameraKind;
use crate::camera::clock::stopped;
use crate::camera::layout::PixelFormat;
use std::sync::atomic::AtomicUsize;

const AMPLE: Duration = Duration::from_secs(30);

/// Timeouts for tests in which nothing hangs, however busy the machine is.
const ENDLESS: CaptureTimeouts = CaptureTimeouts {
    stalled: AMPLE,
    open_total: AMPLE,
    open_call: AMPLE,
    job_start: AMPLE,
};

/// What the next call for a frame does.
enum ScriptedCall {
    Frame(u8),
    Fail(CameraError),
    Panic,
}

/// A driver whose cameras do what the test sends, and hang while it sends
/// nothing.
#[derive(Clone, Default)]
struct ScriptedDriver {
    /// How often a frame was requested: one more than were handled.
    asked: Arc<AtomicUsize>,
    opened: Arc<AtomicUsize>,
    closed: Arc<AtomicUsize>,
    calls: Arc<Mutex<Vec<Receiver<ScriptedCall>>>>,
}

struct ScriptedDevice {
    asked: Arc<AtomicUsize>,
    calls: Receiver<ScriptedCall>,
    bytes: Vec<u8>,
    closed: Arc<AtomicUsize>,
}

impl Driver for ScriptedDriver {
    fn list(&self) -> Result<Vec<CameraInfo>, CameraError> {
        Ok(vec![CameraInfo {
            name: "Acted".to_owned(),
            place: String::new(),
            kind: CameraKind::Ordinary,
        }])
    }

    fn open(&self, choice: &CameraChoice) -> Result<Box<dyn Device>, CameraError> {
        assert_ne!(
            *choice,
            CameraChoice::Named("panic".to_owned()),
            "on purpose"
        );
        let calls = locked(&self.calls).pop().ok_or(CameraError::NoCamera)?;
        self.opened.fetch_add(1, Ordering::SeqCst);
        Ok(Box::new(ScriptedDevice {
            asked: Arc::clone(&self.asked),
            calls,
            bytes: Vec::new(),
            closed: Arc::clone(&self.closed),
        }))
    }
}

impl Device for ScriptedDevice {
    fn name(&self) -> &'static str {
        "Acted"
    }

    fn layout(&self) -> Layout {
        Layout {
            width: 2,
            height: 1,
            kind: PixelFormat::Yuyv,
        }
    }

    fn frame(&mut self) -> Result<Cow<'_, [u8]>, CameraError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match self.calls.recv() {
            Ok(ScriptedCall::Frame(level)) => {
                self.bytes = vec![level; 4];
                Ok(Cow::Borrowed(&self.bytes))
            }
            Ok(ScriptedCall::Fail(error)) => Err(error),
            Ok(ScriptedCall::Panic) => panic!("the driver died"),
            Err(_) => Err(unplugged()),
        }
    }

    fn close(&mut self) {
        self.closed.fetch_add(1, Ordering::SeqCst);
        panic!("drivers panic when they are closed, too")
    }
}

fn unplugged() -> CameraError {
    CameraError::Unplugged {
        name: "Acted".to_owned(),
    }
}

/// A driver, its thread, and one sender per camera that scripts its frames.
fn scripted(
    cameras: usize,
) -> (
    ScriptedDriver,
    DriverThread<ScriptedDriver>,
    Vec<Sender<ScriptedCall>>,
) {
    let driver = ScriptedDriver::default();
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..cameras).map(|_| mpsc::channel()).unzip();
    *locked(&driver.calls) = receivers.into_iter().rev().collect();
    (
        driver.clone(),
        DriverThread::new(driver, ENDLESS, stopped::clock().0),
        senders,
    )
}

fn warm_up(calls: &Sender<ScriptedCall>) {
    for _ in 0..FIRST_FRAMES {
        calls.send(ScriptedCall::Frame(0)).unwrap();
    }
}

fn eventually(mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < AMPLE, "it never came to it");
        thread::sleep(Duration::from_millis(5));
    }
}

fn level(source: &mut dyn FrameSource) -> u8 {
    source.next(AMPLE).unwrap().unwrap().luma.pixels()[0]
}

#[test]
fn only_the_newest_frame_counts_and_the_first_ones_do_not() {
    let (driver, driver_thread, calls) = scripted(1);
    let mut source = driver_thread.open(&CameraChoice::Any).unwrap();
    assert_eq!(source.name(), "Acted");
    warm_up(&calls[0]);
    calls[0].send(ScriptedCall::Frame(7)).unwrap();
    assert_eq!(level(&mut *source), 7);
    assert!(source.next(Duration::ZERO).unwrap().is_none());
    for frame in 8..20 {
        calls[0].send(ScriptedCall::Frame(frame)).unwrap();
    }
    let dealt_with = FIRST_FRAMES as usize + 13;
    eventually(|| driver.asked.load(Ordering::SeqCst) > dealt_with);
    assert_eq!(level(&mut *source), 19);
    // Cameras can be listed while one of them is open.
    let (list, listed) = mpsc::sync_channel(2);
    driver_thread.submit(DriverJob::List(list));
    calls[0].send(ScriptedCall::Frame(20)).unwrap();
    assert!(listed.recv_timeout(AMPLE).unwrap().is_none());
    assert_eq!(
        listed.recv_timeout(AMPLE).unwrap().unwrap().unwrap().len(),
        1
    );
}

#[test]
fn of_a_slow_camera_the_first_second_is_enough() {
    let (driver, mut driver_thread, calls) = scripted(1);
    let (clock, hands) = stopped::clock();
    driver_thread.clock = clock;
    let mut source = driver_thread.open(&CameraChoice::Any).unwrap();
    for frame in 1..=3 {
        calls[0].send(ScriptedCall::Frame(frame)).unwrap();
        eventually(|| driver.asked.load(Ordering::SeqCst) > frame.into());
        hands.advance(Duration::from_millis(600));
    }
    calls[0].send(ScriptedCall::Frame(4)).unwrap();
    assert_eq!(level(&mut *source), 4);
}

#[test]
fn a_camera_that_hangs_is_stalled_until_frames_come_again() {
    let (_, mut driver_thread, calls) = scripted(1);
    let (clock, hands) = stopped::clock();
    driver_thread.clock = clock;
    driver_thread.timeouts.stalled = CaptureTimeouts::default().stalled;
    let mut source = driver_thread.open(&CameraChoice::Any).unwrap();
    warm_up(&calls[0]);
    calls[0].send(ScriptedCall::Frame(1)).unwrap();
    assert_eq!(level(&mut *source), 1);
    hands.advance(Duration::from_millis(2400));
    assert!(source.next(Duration::ZERO).unwrap().is_none());
    hands.advance(Duration::from_millis(100));
    let stalled = source.next(Duration::ZERO).unwrap_err();
    assert!(matches!(stalled, CameraError::Stalled { name } if name == "Acted"));
    calls[0].send(ScriptedCall::Frame(2)).unwrap();
    eventually(|| locked_newest(&mut *source) == Some(2));
}

#[test]
fn a_camera_may_take_its_time_to_open() {
    /// Opens when a test says so.
    struct SlowDriver(Mutex<Receiver<()>>);
    impl Driver for SlowDriver {
        fn list(&self) -> Result<Vec<CameraInfo>, CameraError> {
            Ok(Vec::new())
        }
        fn open(&self, _: &CameraChoice) -> Result<Box<dyn Device>, CameraError> {
            let _ = locked(&self.0).recv();
            Err(CameraError::NoCamera)
        }
    }
    let (wake, asleep) = mpsc::channel();
    let (clock, hands) = stopped::clock();
    let timeouts = CaptureTimeouts {
        open_call: Duration::ZERO,
        job_start: AMPLE,
        ..CaptureTimeouts::default()
    };
    let driver_thread = DriverThread::new(SlowDriver(Mutex::new(asleep)), timeouts, clock);
    let mut source = driver_thread.open(&CameraChoice::Any).unwrap();
    hands.advance(Duration::from_secs(8));
    assert!(source.next(Duration::ZERO).unwrap().is_none());
    hands.advance(Duration::from_secs(1));
    let stalled = source.next(Duration::ZERO).unwrap_err();
    assert!(matches!(stalled, CameraError::Stalled { .. }));
    wake.send(()).unwrap();
    eventually(|| {
        source
            .next(Duration::ZERO)
            .is_err_and(|error| error == CameraError::NoCamera)
    });
}

fn locked_newest(source: &mut dyn FrameSource) -> Option<u8> {
    let frame = source.next(Duration::from_millis(20)).ok()??;
    Some(frame.luma.pixels()[0])
}

#[test]
fn a_camera_that_goes_away_says_so_and_is_closed() {
    let (driver, driver_thread, calls) = scripted(2);
    let mut source = driver_thread.open(&CameraChoice::Any).unwrap();
    calls[0].send(ScriptedCall::Fail(unplugged())).unwrap();
    assert_eq!(source.next(AMPLE).unwrap_err(), unplugged());
    assert_eq!(source.next(AMPLE).unwrap_err(), unplugged());
    // The thread has survived the panic at closing, and opens the next one.
    let mut source = driver_thread.open(&CameraChoice::Any).unwrap();
    assert_eq!(driver.closed.load(Ordering::SeqCst), 1);
    warm_up(&calls[1]);
    calls[1].send(ScriptedCall::Frame(3)).unwrap();
    assert_eq!(level(&mut *source), 3);
    calls[1].send(ScriptedCall::Panic).unwrap();
    let died = source.next(AMPLE).unwrap_err();
    assert_eq!(died.to_string(), "camera Acted failed: the driver died");
}

#[test]
fn a_hanging_camera_keeps_nobody_from_another_one() {
    let (driver, mut driver_thread, calls) = scripted(2);
    let hanging = driver_thread.open(&CameraChoice::Any).unwrap();
    // A thread that does not wait for a frame yet would notice the close.
    eventually(|| driver.asked.load(Ordering::SeqCst) > 0);
    drop(hanging);
    // Its thread, still waiting for a frame, is abandoned at once. Another one
    // would be waited for as long as it takes.
    driver_thread.timeouts.job_start = Duration::ZERO;
    let mut source = driver_thread.open(&CameraChoice::Any).unwrap();
    warm_up(&calls[1]);
    calls[1].send(ScriptedCall::Frame(4)).unwrap();
    assert_eq!(level(&mut *source), 4);
    assert_eq!(driver.opened.load(Ordering::SeqCst), 2);
    // The first thread recovers and notices that it is closed.
    calls[0].send(ScriptedCall::Frame(0)).unwrap();
    eventually(|| driver.closed.load(Ordering::SeqCst) == 1);
}

#[test]
fn cameras_are_listed_by_another_thread_where_one_hangs() {
    let (_, mut driver_thread, calls) = scripted(1);
    let source = driver_thread.open(&CameraChoice::Any).unwrap();
    driver_thread.timeouts.job_start = Duration::from_millis(1);
    // On a busy machine, the new thread may be late, too.
    eventually(|| driver_thread.list().is_ok_and(|cameras| cameras.len() == 1));
    drop((source, calls));
}

#[test]
fn what_cannot_be_opened_is_told_by_opening() {
    let (_, driver_thread, _calls) = scripted(0);
    let error = driver_thread.open(&CameraChoice::Any).err();
    assert_eq!(error, Some(CameraError::NoCamera));
    let error = driver_thread
        .open(&CameraChoice::Named("panic".to_owned()))
        .err()
        .unwrap();
    assert!(matches!(error, CameraError::Failed { reason, .. } if reason.contains("on purpose")));
}

#[test]
fn frames_that_are_always_damaged_are_of_no_use() {
    struct DamagedCamera;
    impl Driver for DamagedCamera {
        fn list(&self) -> Result<Vec<CameraInfo>, CameraError> {
            Err(CameraError::NoCamera)
        }
        fn open(&self, _: &CameraChoice) -> Result<Box<dyn Device>, CameraError> {
            Ok(Box::new(Self))
        }
    }
    impl Device for DamagedCamera {
        fn name(&self) -> &'static str {
            "Damaged"
        }
        fn layout(&self) -> Layout {
            Layout {
                width: 640,
                height: 480,
                kind: PixelFormat::Mjpeg,
            }
        }
        fn frame(&mut self) -> Result<Cow<'_, [u8]>, CameraError> {
            thread::sleep(Duration::from_millis(1));
            Ok(Cow::Borrowed(&[0xff, 0xd8, 0xff]))
        }
        fn close(&mut self) {}
    }
    let mut source = DriverThread::new(DamagedCamera, ENDLESS, stopped::clock().0)
        .open(&CameraChoice::Any)
        .unwrap();
    let error = loop {
        match source.next(AMPLE) {
            Ok(frame) => assert!(frame.is_none()),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, CameraError::NoUsableFormat { .. }));
}
