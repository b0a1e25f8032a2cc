//! The keys of `hikyaku portal` and what each does. A line that is no key is
//! part of a number, and goes to the desk.

use crate::activation::Tag;
use crate::trip::{PortalAction, PortalQueue};

/// The key that ends the session.
const PAUSE: &str = "q";

/// What the person did.
pub(super) enum PortalEvent {
    /// The clipboard has a new text.
    Copied(String),
    /// A line was typed or sent by a handheld scanner.
    Line(String),
    /// The input ended.
    End,
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OperatorAction {
    /// Do what the desk decides.
    Portal(PortalAction),
    /// Copy the current Installation ID to the clipboard.
    Copy,
    /// Copy one group of it, counted from 1.
    CopyGroup(usize),
    /// Open the portal in the person's browser.
    OpenPortal,
    /// Show the next request.
    Next,
    /// Take back the Confirmation ID of this request.
    TakeBack(Tag),
    /// Take back the Confirmation ID of the PC of this name, which may be from
    /// an earlier session.
    TakeBackOf(String),
    /// There is no Confirmation ID to take back.
    NothingToTakeBack,
    /// Print the keys.
    Help,
    /// End the session; the rest waits.
    End,
}

/// What to do before the event: a complete number is decided if another number
/// or the end follows.
pub(super) fn deed_before(desk: &mut PortalQueue, event: &PortalEvent) -> Option<PortalAction> {
    match event {
        PortalEvent::Copied(_) => None,
        PortalEvent::Line(line) => {
            let line = line.trim();
            desk.before((line != PAUSE).then_some(line))
        }
        PortalEvent::End => desk.before(None),
    }
}

/// What to do about an event.
pub(super) fn action_for(desk: &mut PortalQueue, event: &PortalEvent) -> OperatorAction {
    match event {
        PortalEvent::Copied(text) => OperatorAction::Portal(desk.copied(text)),
        PortalEvent::Line(line) => action_for_line(desk, line.trim()),
        PortalEvent::End => OperatorAction::End,
    }
}

fn action_for_line(desk: &mut PortalQueue, line: &str) -> OperatorAction {
    match line {
        // Enter decides a complete number; without one it copies the request
        // again.
        "" => match desk.typed(line) {
            PortalAction::Nothing => OperatorAction::Copy,
            deed => OperatorAction::Portal(deed),
        },
        "o" => OperatorAction::OpenPortal,
        "s" => {
            desk.skip();
            OperatorAction::Next
        }
        "u" => desk
            .last_answered()
            .map_or(OperatorAction::NothingToTakeBack, OperatorAction::TakeBack),
        "y" => desk
            .insist()
            .map_or(OperatorAction::Help, OperatorAction::Portal),
        PAUSE => OperatorAction::End,
        // `?`, `h`, and any other single character.
        key if key.len() == 1 => match key.parse() {
            Ok(group @ 1..=9) => OperatorAction::CopyGroup(group),
            _ => OperatorAction::Help,
        },
        line => match line.strip_prefix("u ") {
            Some(pc) => OperatorAction::TakeBackOf(pc.trim().to_owned()),
            None => OperatorAction::Portal(desk.typed(line)),
        },
    }
}

#[cfg(test)]
mod tests;
