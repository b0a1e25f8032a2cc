//! Mistakes in the arguments, explained in the person's language.

use super::console::{Console, write_message};
use super::exit::Exit;
use super::old_spellings;
use crate::ground::printable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;
use std::io::Write;

/// Prints help or version if asked for, else what is wrong with the arguments.
pub(super) fn report(error: &clap::Error, arguments: &[OsString], console: &Console) -> Exit {
    if let Some(old) = old_spellings::in_arguments(error, arguments) {
        console.error(&old);
        console.end(Exit::Usage);
        return Exit::Usage;
    }
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let asked = error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
            let text = error.render();
            if asked {
                let _ = write!(anstream::stdout().lock(), "{}", text.ansi());
                return Exit::Done;
            }
            let _ = write!(anstream::stderr().lock(), "{}", text.ansi());
            console.usage_error("usage-missing-command")
        }
        kind => {
            let context = |kind| error.get(kind).map(in_words).unwrap_or_default();
            let facts = [
                ("argument", context(ContextKind::InvalidArg).into()),
                ("value", context(ContextKind::InvalidValue).into()),
                ("subcommand", context(ContextKind::InvalidSubcommand).into()),
                ("choices", context(ContextKind::ValidValue).len().into()),
                ("possible", context(ContextKind::ValidValue).into()),
                ("commands", context(ContextKind::ValidSubcommand).into()),
                ("prior", context(ContextKind::PriorArg).into()),
            ];
            let id = match kind {
                ErrorKind::InvalidValue if error.get(ContextKind::InvalidValue).is_none() => {
                    "usage-missing-value"
                }
                ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage-invalid-value",
                ErrorKind::UnknownArgument => "usage-unknown-argument",
                ErrorKind::InvalidSubcommand => "usage-unknown-command",
                ErrorKind::MissingRequiredArgument => "usage-missing-argument",
                ErrorKind::MissingSubcommand => "usage-missing-command",
                ErrorKind::ArgumentConflict => "usage-conflict",
                ErrorKind::InvalidUtf8 => "usage-not-text",
                _ => "usage-other",
            };
            let pair = console.messages.pair(id, &facts);
            write_message(&printable(&pair.what));
            write_message(&format!("  → {}", printable(&pair.next)));
            console.usage_error(id)
        }
    }
}

fn in_words(value: &ContextValue) -> String {
    let text = match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    };
    printable(&text)
}
