//! Requests from a camera, one screen after the other, until the person has
//! them all.

use super::super::args::CollectArgs;
use super::super::face::Face;
use super::super::failure::Failure;
use super::super::live::{AWAY, TICK, on_ctrl_c, opener, orders, status_line};
use super::tally::{Outcome, Row, Tally};
use super::{is_wanted, take_texts};
use crate::camera::{CameraError, Watcher, WatcherEvent};
use crate::ground::printable;
use crate::ledger::Ledger;
use crate::wire::parts::TripAssembler;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Collects what is held before the camera, until Ctrl-C or the time is up.
pub(super) fn run(
    args: &CollectArgs,
    ledger: &mut Ledger,
    parts: &mut TripAssembler,
    tally: &mut Tally,
    face: &Face,
) -> Result<(), Failure> {
    let cancelled = on_ctrl_c();
    let (teller, events) = mpsc::channel();
    let watcher = Watcher::start(
        orders(&args.live, is_wanted),
        opener(&args.live),
        move |event| {
            let _ = teller.send(event);
        },
    );
    let status = status_line();
    let deadline = args
        .timeout
        .map(|seconds| Instant::now() + Duration::from_secs(seconds.into()));
    let mut camera = String::new();
    let mut gone: Option<(Instant, CameraError)> = None;
    let end = loop {
        let is_late = deadline.is_some_and(|deadline| Instant::now() >= deadline);
        if is_late || cancelled.load(Ordering::Acquire) {
            break Ok(());
        }
        if let Some((since, error)) = &gone
            && since.elapsed() > AWAY
        {
            break Err(error.clone().into());
        }
        match events.recv_timeout(TICK) {
            Ok(WatcherEvent::Ready { name }) => {
                gone = None;
                camera = printable(&name);
                let begun = face.say_with("collect-live", &[("name", camera.clone().into())]);
                status.suspend(|| {
                    face.note(&begun);
                    face.note(&face.say("collect-until"));
                });
            }
            Ok(WatcherEvent::Read(seen)) => {
                let nothing = Row::new(camera.clone(), Outcome::Other);
                match take_texts(&[seen.text], nothing, ledger, parts) {
                    // A screen shows them again and again.
                    Ok(row) if row.outcome == Outcome::PartKnown => {}
                    Ok(row) => status.suspend(|| tally.add(&row, face)),
                    Err(failure) => break Err(failure),
                }
            }
            Ok(WatcherEvent::Other(_)) => {
                let stranger = Row {
                    reason: Some("collect-other"),
                    ..Row::new(camera.clone(), Outcome::Other)
                };
                status.suspend(|| tally.add(&stranger, face));
            }
            Ok(WatcherEvent::Hint(hint)) => {
                status.set_message(hint.map_or_else(String::new, |hint| {
                    printable(&face.messages.explain(&hint).next)
                }))
            }
            // One that was never there need not be waited for.
            Ok(WatcherEvent::Trouble(error)) if camera.is_empty() => break Err(error.into()),
            Ok(WatcherEvent::Trouble(error)) => {
                status.suspend(|| face.warn(&error));
                gone.get_or_insert((Instant::now(), error));
            }
            Ok(WatcherEvent::Preview) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break Ok(()),
        }
    };
    status.finish_and_clear();
    watcher.stop();
    end
}
