//! Every path of the window, without a window.

mod answers;
mod camera;
mod keyboard;
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

fn view(journey: &Journey) -> View {
    journey.view(&Messages::new(journey.lang()))
}

fn scan(journey: &Journey) -> Scan {
    match view(journey).right {
        Right::Scan(scan) => scan,
        other => panic!("{other:?}"),
    }
}

fn done(journey: &Journey) -> Done {
    match view(journey).right {
        Right::Done(done) => done,
        other => panic!("{other:?}"),
    }
}

fn refused(journey: &Journey) -> Refused {
    match view(journey).right {
        Right::Refused(refused) => refused,
        other => panic!("{other:?}"),
    }
}

fn halt(journey: &Journey) -> Halt {
    match view(journey).right {
        Right::Halt(halt) => halt,
        other => panic!("{other:?}"),
    }
}

fn list(journey: &Journey) -> List {
    match view(journey).right {
        Right::List(list) => list,
        other => panic!("{other:?}"),
    }
}

/// The product that the commands hand a Confirmation ID over for, if they do.
fn deposited(commands: &[Command]) -> Option<&Product> {
    commands.iter().find_map(|command| match command {
        Command::Deposit { product, .. } => Some(product),
        _ => None,
    })
}

/// Enter, and what comes of it once the store was read, if it is asked.
fn enter(journey: &mut Journey, products: &[Product], now: Duration) -> Vec<Command> {
    let commands = journey.handle(Event::Enter, now);
    if commands == [Command::Read] {
        journey.handle(Event::Read(Ok(reading(products))), now)
    } else {
        commands
    }
}

fn act(journey: &mut Journey, action: Action, now: Duration) -> Vec<Command> {
    journey.handle(Event::Act(action), now)
}

fn typed(journey: &mut Journey, text: &str, gap: Duration, mut now: Duration) -> Duration {
    for character in text.chars() {
        now += gap;
        journey.handle(Event::Key(Key::Character(character)), now);
    }
    now
}
