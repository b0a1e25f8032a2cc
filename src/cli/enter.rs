//! `hikyaku enter`: a reply typed, pasted or sent by a handheld scanner.

use super::args::{EnterArgs, Global};
use super::choose;
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use super::settle::{Outcome, Settling, require_someone_waits};
use super::source;
use super::typed::{Heard, Lines, StandardInput};
use crate::activation::{
    Defect, Dialog, GroupView, Input, NumberError, NumberKind, Product, ReplyCheck, Turn,
};
use crate::licensing::AnswerHandler;
use crate::wire::Trust;
use std::io::{self, IsTerminal};

/// Reads lines until a whole number is decided, then settles it.
pub(super) fn run(args: &EnterArgs, global: &Global, face: &Face) -> Result<Exit, Failure> {
    let mut store = source::store(global, face)?;
    let mut memory = source::memory(global, face);
    let seen = store.products()?;
    require_someone_waits(&seen)?;
    let interactive = io::stdin().is_terminal();
    if interactive {
        face.note(&face.say("enter-prompt"));
    }
    let trust = if args.trust_digits {
        Trust::Override
    } else {
        Trust::CheckDigits
    };
    let mut settling = Settling {
        handler: AnswerHandler {
            store: store.as_mut(),
            history: &mut memory,
            seen,
            dry_run: args.dry_run,
        },
        product: args.product.as_deref(),
    };
    let mut lines = StandardInput::listen();
    converse(&mut lines, trust, interactive, &mut settling, face)
}

/// Hears lines until a number is taken or the input ends.
fn converse(
    lines: &mut dyn Lines,
    trust: Trust,
    interactive: bool,
    settling: &mut Settling,
    face: &Face,
) -> Result<Exit, Failure> {
    let mut dialog = Dialog::new(trust);
    let mut wrong = false;
    loop {
        let heard = if dialog.is_decided() {
            lines.waiting()?
        } else {
            lines.next()?
        };
        let turn = dialog.hear(match &heard {
            Heard::Line(line) => Input::Line(line),
            Heard::Quiet => Input::Quiet,
            Heard::End => Input::End,
        });
        match turn {
            Turn::Listen | Turn::Look => {}
            Turn::Boxes(boxes) => {
                show_views(&boxes, face);
                show_behind(&dialog.entry().behind(), face);
                wrong = false;
            }
            Turn::Ask(boxes) => {
                show_views(&boxes, face);
                let behind = dialog.entry().behind();
                show_behind(&behind, face);
                wrong = false;
                if interactive && boxes.iter().all(|shown| shown.defect.is_none()) {
                    ask(&behind, settling, face);
                }
            }
            Turn::Refused(error) => {
                wrong = true;
                refuse(&error, face);
                if matches!(error, NumberError::WrongGroups { .. }) {
                    show_views(&dialog.entry().boxes(), face);
                }
                if matches!(heard, Heard::End) {
                    break;
                }
                if interactive {
                    face.note(&face.say("enter-again"));
                }
            }
            Turn::Take(answer) => return settling.settle(&answer, face),
            Turn::Cut(_) => break,
        }
    }
    face.object(&Outcome::nothing());
    match dialog.entry().digits() {
        // Explained already when it was typed.
        _ if wrong => Ok(Exit::Malformed),
        0 => Err(CliError::NothingEntered.into()),
        digits => Err(CliError::NumberIncomplete { digits }.into()),
    }
}

/// Whether it is all: only the person knows, and what Enter would do is said.
fn ask(behind: &str, settling: &Settling, face: &Face) {
    if behind.len() == ReplyCheck::DIGITS {
        return face.note(&face.say("enter-ask-check"));
    }
    let seen = &settling.handler.seen;
    let meant = if let Some(wanted) = settling.product {
        choose::product(wanted, seen).ok()
    } else {
        let mut waiting = seen.iter().filter(|product| product.is_pending());
        waiting.next().filter(|_| waiting.next().is_none())
    };
    face.note(&match meant.map(Product::facts) {
        Some(facts) => face.say_with("enter-ask", &facts),
        None => face.say("enter-ask-several"),
    });
}

fn refuse(error: &NumberError, face: &Face) {
    face.complain(error);
    for fault in error.faults() {
        face.note(&format!(
            "  {}",
            defect_line(&fault.label, fault.defect, face)
        ));
    }
}

/// What stands behind box H so far.
pub(super) fn show_behind(behind: &str, face: &Face) {
    if !behind.is_empty() {
        face.note(&format!("# {behind}"));
    }
}

/// The boxes in two rows, as the portal shows them, and which are wrong:
/// `A 092914 ✓  B 273903 ✗  C ______`
pub(super) fn show_views(boxes: &[GroupView], face: &Face) {
    for row in boxes.chunks(4) {
        let row: Vec<String> = row.iter().map(one_box).collect();
        face.note(row.join("  ").trim_end());
    }
    let wrong: Vec<&str> = boxes
        .iter()
        .filter(|shown| shown.defect.is_some())
        .map(|shown| shown.label.as_str())
        .collect();
    if !wrong.is_empty() {
        let facts = [("groups", wrong.join(", ").into())];
        face.note(&face.say_with("enter-wrong-so-far", &facts));
    }
}

fn one_box(shown: &GroupView) -> String {
    let mark = match shown.defect {
        Some(_) => "✗",
        None if shown.digits.len() == NumberKind::ConfirmationId.group_digits() => "✓",
        None => " ",
    };
    format!("{} {:_<6} {mark}", shown.label, shown.digits)
}

/// What is wrong with a box, in words.
pub(super) fn defect_line(label: &str, defect: Defect, face: &Face) -> String {
    let (id, count) = match defect {
        Defect::Missing(count) => ("defect-missing", count),
        Defect::Extra(count) => ("defect-extra", count),
        Defect::WrongCheckDigit => ("defect-wrong-check-digit", 0),
    };
    face.say_with(id, &[("group", label.into()), ("count", count.into())])
}

#[cfg(test)]
mod tests;
