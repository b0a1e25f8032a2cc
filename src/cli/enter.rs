//! `hikyaku enter`: a reply typed, pasted or sent by a handheld scanner.

use super::args::{EnterArgs, Global};
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use super::settle::{Outcome, Settling, require_someone_waits};
use super::source;
use crate::activation::{Defect, Entry, EntryState, GroupView, NumberError, NumberKind};
use crate::wire::{Trust, parse_answer};
use std::io::{self, IsTerminal};

/// Reads lines until a whole number stands there, then settles it.
pub(super) fn run(args: &EnterArgs, global: &Global, face: &Face) -> Result<Exit, Failure> {
    let mut store = source::store(global, face)?;
    let mut memory = source::memory(global, face);
    require_someone_waits(&store.products()?)?;
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
        store: store.as_mut(),
        memory: &mut memory,
        product: args.product.as_deref(),
        dry_run: args.dry_run,
    };
    let mut entry = Entry::default();
    let mut last_error = None;
    let mut input = io::stdin().lock();
    while let Some(line) = source::next_line(&mut input)? {
        if let Err(error) = entry.line(&line) {
            last_error = Some(refuse(error, face));
            continue;
        }
        match entry.state() {
            EntryState::Empty => {}
            EntryState::Incomplete(_) => {
                show_boxes(&entry, face);
                last_error = None;
            }
            EntryState::Whole(text) => match parse_answer(&text, trust) {
                Ok(answer) => return settling.settle(&answer, face),
                Err(error) => {
                    last_error = Some(refuse(error, face));
                    if matches!(last_error, Some(NumberError::WrongGroups { .. })) {
                        show_boxes(&entry, face);
                    }
                    if interactive {
                        face.note(&face.say("enter-again"));
                    }
                }
            },
        }
    }
    face.object(&Outcome::nothing());
    match last_error {
        // Explained already when it was typed.
        Some(_) => Ok(Exit::Malformed),
        None if entry.digits() == 0 => Err(CliError::NothingEntered.into()),
        None => Err(CliError::NumberIncomplete {
            digits: entry.digits(),
        }
        .into()),
    }
}

fn refuse(error: NumberError, face: &Face) -> NumberError {
    face.complain(&error);
    for fault in error.faults() {
        face.note(&format!(
            "  {}",
            defect_line(&fault.label, fault.defect, face)
        ));
    }
    error
}

/// The boxes in two rows, as the portal shows them, and which are wrong:
/// `A 092914 ✓  B 273903 ✗  C ______`
fn show_boxes(entry: &Entry, face: &Face) {
    show_views(&entry.boxes(), face);
}

/// Boxes as they are so far.
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
