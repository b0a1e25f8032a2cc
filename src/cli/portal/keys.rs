//! What is said at the terminal: its keys, and what each of them does there. A
//! line that is no key is a number, and the desk's.

use crate::activation::Tag;
use crate::trip::{Deed, Desk};

/// The key that pauses.
const PAUSE: &str = "q";

/// What came in.
pub(super) enum PortalEvent {
    /// The clipboard holds another text than before.
    Copied(String),
    /// A line was typed, or sent by a handheld scanner.
    Line(String),
    /// No more lines will come.
    End,
}

/// What is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PortalAction {
    /// What the desk says.
    Desk(Deed),
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
pub(super) fn deed_before(desk: &mut Desk, event: &PortalEvent) -> Option<Deed> {
    match event {
        PortalEvent::Copied(_) => None,
        PortalEvent::Line(line) => {
            let line = line.trim();
            desk.before((line != PAUSE).then_some(line))
        }
        PortalEvent::End => desk.before(None),
    }
}

/// What is to be done about what came in.
pub(super) fn action_for(desk: &mut Desk, event: &PortalEvent) -> PortalAction {
    match event {
        PortalEvent::Copied(text) => PortalAction::Desk(desk.copied(text)),
        PortalEvent::Line(line) => action_for_line(desk, line.trim()),
        PortalEvent::End => PortalAction::End,
    }
}

fn action_for_line(desk: &mut Desk, line: &str) -> PortalAction {
    match line {
        // Enter: the number that stands there is all, else the request once more.
        "" => match desk.typed(line) {
            Deed::Nothing => PortalAction::Copy,
            deed => PortalAction::Desk(deed),
        },
        "o" => PortalAction::OpenPortal,
        "s" => {
            desk.skip();
            PortalAction::Next
        }
        "u" => desk
            .last_answered()
            .map_or(PortalAction::NothingToTakeBack, PortalAction::TakeBack),
        "y" => desk.insist().map_or(PortalAction::Help, PortalAction::Desk),
        PAUSE => PortalAction::End,
        // `?`, `h`, and whatever else is no key.
        key if key.len() == 1 => match key.parse() {
            Ok(group @ 1..=9) => PortalAction::CopyGroup(group),
            _ => PortalAction::Help,
        },
        line => match line.strip_prefix("u ") {
            Some(pc) => PortalAction::TakeBackOf(pc.trim().to_owned()),
            None => PortalAction::Desk(desk.typed(line)),
        },
    }
}

#[cfg(test)]
mod tests;
