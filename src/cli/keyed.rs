//! What the command line says about an answer for a PC on which Hikyaku does not
//! run.

use super::args::KeyedFormArg;
use super::console::Console;
use crate::activation::{KeyedAnswer, KeyedForm, Reply};
use crate::symbol::Caption;

impl From<KeyedFormArg> for KeyedForm {
    fn from(form: KeyedFormArg) -> Self {
        match form {
            KeyedFormArg::Command => Self::Command,
            KeyedFormArg::TabbedBoxes => Self::TabbedBoxes,
            KeyedFormArg::Digits => Self::Digits,
        }
    }
}

/// The boxes A to H and the check, as they are typed.
pub(super) fn caption(reply: &Reply, console: &Console) -> Caption {
    Caption::of_typed(reply, console.text("keyed-check"))
}

/// Prints the command and, line by line, how it is used.
pub(super) fn print(answer: &KeyedAnswer, form: KeyedForm, console: &Console) {
    console.line(&answer.to_string());
    console.line("");
    for note in answer.how(form).into_iter().chain(KeyedAnswer::closing()) {
        console.line(&console.text_with(note, &[("check", answer.check().into())]));
    }
}
