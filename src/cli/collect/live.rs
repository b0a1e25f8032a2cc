//! Requests from a camera, one screen after the other, until the person ends
//! it.

use super::tally::{CollectResult, CollectTally, SourceOutcome};
use super::{is_wanted, take_texts};
use crate::camera::{CameraError, Watcher, WatcherEvent};
use crate::cli::args::CollectArgs;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::live::{AWAY_LIMIT, TICK, on_ctrl_c, opener, orders, status_line};
use crate::ground::printable;
use crate::ledger::Ledger;
use crate::wire::parts::TripAssembler;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Collects what the camera sees, until Ctrl-C or the time is up.
pub(super) fn run(
    args: &CollectArgs,
    ledger: &mut Ledger,
    parts: &mut TripAssembler,
    tally: &mut CollectTally,
    console: &Console,
) -> Result<(), Failure> {
    let cancelled = on_ctrl_c();
    let (sender, events) = mpsc::channel();
    let watcher = Watcher::start(
        orders(&args.live, is_wanted),
        opener(&args.live),
        move |event| {
            let _ = sender.send(event);
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
            && since.elapsed() > AWAY_LIMIT
        {
            break Err(error.clone().into());
        }
        match events.recv_timeout(TICK) {
            Ok(WatcherEvent::Ready { name }) => {
                gone = None;
                camera = printable(&name);
                let text = console.text_with("collect-live", &[("name", camera.clone().into())]);
                status.suspend(|| {
                    console.note(&text);
                    console.note(&console.text("collect-until"));
                });
            }
            Ok(WatcherEvent::Read(seen)) => {
                let nothing = CollectResult::new(camera.clone(), SourceOutcome::Other);
                match take_texts(&[seen.text], None, nothing, ledger, parts) {
                    // A screen shows the same parts again and again.
                    Ok(result) if result.outcome == SourceOutcome::PartKnown => {}
                    Ok(result) => status.suspend(|| tally.add(&result, console)),
                    Err(failure) => break Err(failure),
                }
            }
            Ok(WatcherEvent::Other(_)) => {
                let stranger = CollectResult {
                    reason: Some("collect-other"),
                    ..CollectResult::new(camera.clone(), SourceOutcome::Other)
                };
                status.suspend(|| tally.add(&stranger, console));
            }
            Ok(WatcherEvent::Hint(hint)) => {
                status.set_message(hint.map_or_else(String::new, |hint| {
                    printable(&console.messages.explain(&hint).next)
                }));
            }
            // A camera that never worked is not waited for.
            Ok(WatcherEvent::Trouble(error)) if camera.is_empty() => break Err(error.into()),
            Ok(WatcherEvent::Trouble(error)) => {
                status.suspend(|| console.warn(&error));
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
