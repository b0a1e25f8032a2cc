//! `hikyaku enter`: a reply that is typed, pasted or sent by a handheld
//! scanner.

use super::args::{EnterArgs, GlobalArgs};
use super::choose;
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::inputs;
use super::lines::{LineEvent, LineSource, StandardInput};
use super::settle::{DepositJson, Settling, require_pending_product};
use crate::activation::{
    Defect, Dialog, GroupView, Input, NumberError, NumberKind, Product, ReplyCheck, Turn,
};
use crate::licensing::AnswerHandler;
use crate::wire::Trust;
use std::io::{self, IsTerminal};

/// Reads lines until they make a complete number, then settles it.
pub(super) fn run(
    args: &EnterArgs,
    global: &GlobalArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let mut store = inputs::store(global, console)?;
    let mut memory = inputs::memory(global, console);
    let seen = store.products()?;
    require_pending_product(&seen)?;
    let interactive = io::stdin().is_terminal();
    if interactive {
        console.note(&console.text("enter-prompt"));
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
    run_dialog(&mut lines, trust, interactive, &mut settling, console)
}

/// Reads lines until a number is complete or the input ends.
fn run_dialog(
    lines: &mut dyn LineSource,
    trust: Trust,
    interactive: bool,
    settling: &mut Settling,
    console: &Console,
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
            LineEvent::Line(line) => Input::Line(line),
            LineEvent::Quiet => Input::Quiet,
            LineEvent::End => Input::End,
        });
        match turn {
            Turn::Listen | Turn::Look => {}
            Turn::Boxes(boxes) => {
                show_views(&boxes, console);
                show_behind(&dialog.entry().behind(), console);
                wrong = false;
            }
            Turn::Ask(boxes) => {
                show_views(&boxes, console);
                let behind = dialog.entry().behind();
                show_behind(&behind, console);
                wrong = false;
                if interactive && boxes.iter().all(|shown| shown.defect.is_none()) {
                    ask(&behind, settling, console);
                }
            }
            Turn::Refused(error) => {
                wrong = true;
                refuse(&error, console);
                if matches!(error, NumberError::WrongGroups { .. }) {
                    show_views(&dialog.entry().boxes(), console);
                }
                if matches!(heard, LineEvent::End) {
                    break;
                }
                if interactive {
                    console.note(&console.text("enter-again"));
                }
            }
            Turn::Take(answer) => return settling.settle(&answer, console),
            Turn::Cut(_) => break,
        }
    }
    console.json(&DepositJson::nothing());
    match dialog.entry().digits() {
        // The mistake was explained when it was typed.
        _ if wrong => Ok(Exit::Malformed),
        0 => Err(CliError::NothingEntered.into()),
        digits => Err(CliError::NumberIncomplete { digits }.into()),
    }
}

/// Asks whether the number is complete, which only the person knows, and says
/// what Enter would do.
fn ask(behind: &str, settling: &Settling, console: &Console) {
    if behind.len() == ReplyCheck::DIGITS {
        return console.note(&console.text("enter-ask-check"));
    }
    let seen = &settling.handler.seen;
    let meant = if let Some(wanted) = settling.product {
        choose::product(wanted, seen).ok()
    } else {
        let mut waiting = seen.iter().filter(|product| product.is_pending());
        waiting.next().filter(|_| waiting.next().is_none())
    };
    console.note(&match meant.map(Product::facts) {
        Some(facts) => console.text_with("enter-ask", &facts),
        None => console.text("enter-ask-several"),
    });
}

fn refuse(error: &NumberError, console: &Console) {
    console.error(error);
    for fault in error.faults() {
        console.note(&format!(
            "  {}",
            defect_line(&fault.label, fault.defect, console)
        ));
    }
}

/// Shows the digits behind box H so far.
pub(super) fn show_behind(behind: &str, console: &Console) {
    if !behind.is_empty() {
        console.note(&format!("# {behind}"));
    }
}

/// Shows the boxes in two rows, as the portal does, with those that are wrong:
/// `A 092914 ✓  B 273903 ✗  C ______`
pub(super) fn show_views(boxes: &[GroupView], console: &Console) {
    for row in boxes.chunks(4) {
        let row: Vec<String> = row.iter().map(one_box).collect();
        console.note(row.join("  ").trim_end());
    }
    let wrong: Vec<&str> = boxes
        .iter()
        .filter(|shown| shown.defect.is_some())
        .map(|shown| shown.label.as_str())
        .collect();
    if !wrong.is_empty() {
        let facts = [("groups", wrong.join(", ").into())];
        console.note(&console.text_with("enter-wrong-so-far", &facts));
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

/// Says what is wrong with a box.
pub(super) fn defect_line(label: &str, defect: Defect, console: &Console) -> String {
    let (id, count) = match defect {
        Defect::Missing(count) => ("defect-missing", count),
        Defect::Extra(count) => ("defect-extra", count),
        Defect::WrongCheckDigit => ("defect-wrong-check-digit", 0),
    };
    console.text_with(id, &[("group", label.into()), ("count", count.into())])
}

#[cfg(test)]
mod tests;
