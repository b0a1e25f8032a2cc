//! Tests of the window's logic, without a window.

mod answers;
mod camera;
mod keyboard;
mod refusals;
mod store;

use super::samples::*;
use super::*;
use crate::i18n::Messages;
use crate::licensing::DepositError;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn view(journey: &Journey) -> WindowView {
    journey.view(&Messages::new(journey.lang()))
}

fn scan(journey: &Journey) -> ScanPanel {
    match view(journey).right {
        SidePanel::Scan(scan) => scan,
        other => panic!("{other:?}"),
    }
}

fn done(journey: &Journey) -> DonePanel {
    match view(journey).right {
        SidePanel::Done(done) => done,
        other => panic!("{other:?}"),
    }
}

fn refused(journey: &Journey) -> RefusedPanel {
    match view(journey).right {
        SidePanel::Refused(refused) => refused,
        other => panic!("{other:?}"),
    }
}

fn halt(journey: &Journey) -> HaltPanel {
    match view(journey).right {
        SidePanel::Halt(halt) => halt,
        other => panic!("{other:?}"),
    }
}

fn list(journey: &Journey) -> PickList {
    match view(journey).right {
        SidePanel::List(list) => list,
        other => panic!("{other:?}"),
    }
}

/// The product for which the commands deposit a Confirmation ID, if any.
fn deposited(commands: &[JourneyCommand]) -> Option<&Product> {
    commands.iter().find_map(|command| match command {
        JourneyCommand::Deposit { product, .. } => Some(product),
        _ => None,
    })
}

/// Presses Enter, and answers with a snapshot if the journey asks for one.
fn enter(journey: &mut Journey, products: &[Product], now: Duration) -> Vec<JourneyCommand> {
    let commands = journey.handle(JourneyEvent::Enter, now);
    if commands == [JourneyCommand::Read] {
        journey.handle(JourneyEvent::Read(Ok(snapshot(products))), now)
    } else {
        commands
    }
}

fn act(journey: &mut Journey, action: Action, now: Duration) -> Vec<JourneyCommand> {
    journey.handle(JourneyEvent::Action(action), now)
}

fn typed(journey: &mut Journey, text: &str, gap: Duration, mut now: Duration) -> Duration {
    for character in text.chars() {
        now += gap;
        journey.handle(JourneyEvent::Key(Key::Character(character)), now);
    }
    now
}
