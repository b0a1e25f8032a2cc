//! What is said at the terminal: its keys, and what each of them does there. A
//! line that is no key is a number, and the desk's.

use crate::activation::Tag;
use crate::trip::{PortalAction, PortalQueue};

/// The key that pauses.
const PAUSE: &str = "q";

/// What came in.
pub(super) enum Event {
    /// The clipboard holds another text than before.
    Copied(String),
    /// A line was typed, or sent by a handheld scanner.
    Line(String),
    /// No more lines will come.
    End,
}

/// What is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Order {
    /// What the desk says.
    Desk(PortalAction),
    /// Put the Installation ID at hand on the clipboard.
    Copy,
    /// Put one group of it there, counted from 1.
    CopyGroup(usize),
    /// Open the portal in the person's browser.
    OpenPortal,
    /// Show the next request.
    Next,
    /// Take the Confirmation ID of this request back.
    TakeBack(Tag),
    /// Take the Confirmation ID back that came for the PC of this name, in this
    /// session or an earlier one.
    TakeBackOf(String),
    /// There is none to take back.
    NothingToTakeBack,
    /// Say what can be typed.
    Help,
    /// Pause.
    End,
}

/// What is to be done before this is heard: the desk decides a number that
/// stands there where something else follows.
pub(super) fn before(desk: &mut PortalQueue, event: &Event) -> Option<PortalAction> {
    match event {
        Event::Copied(_) => None,
        Event::Line(line) => {
            let line = line.trim();
            desk.before((line != PAUSE).then_some(line))
        }
        Event::End => desk.before(None),
    }
}

/// What is to be done about what came in.
pub(super) fn hear(desk: &mut PortalQueue, event: &Event) -> Order {
    match event {
        Event::Copied(text) => Order::Desk(desk.copied(text)),
        Event::Line(line) => typed(desk, line.trim()),
        Event::End => Order::End,
    }
}

fn typed(desk: &mut PortalQueue, line: &str) -> Order {
    match line {
        // Enter: the number that stands there is all, else the request once more.
        "" => match desk.typed(line) {
            PortalAction::Nothing => Order::Copy,
            deed => Order::Desk(deed),
        },
        "o" => Order::OpenPortal,
        "s" => {
            desk.skip();
            Order::Next
        }
        "u" => desk
            .last_answered()
            .map_or(Order::NothingToTakeBack, Order::TakeBack),
        "y" => desk.insist().map_or(Order::Help, Order::Desk),
        PAUSE => Order::End,
        // `?`, `h`, and whatever else is no key.
        key if key.len() == 1 => match key.parse() {
            Ok(group @ 1..=9) => Order::CopyGroup(group),
            _ => Order::Help,
        },
        line => match line.strip_prefix("u ") {
            Some(pc) => Order::TakeBackOf(pc.trim().to_owned()),
            None => Order::Desk(desk.typed(line)),
        },
    }
}

#[cfg(test)]
mod tests;
