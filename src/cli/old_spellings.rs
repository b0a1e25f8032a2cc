//! Spellings of earlier versions. Each is answered with its replacement, and
//! none is accepted, because `collect --trip` now means something else.

use super::args::{Cli, TripSelector};
use super::failure::{CliError, Failure};
use crate::ledger::is_ledger_name;
use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;
use std::path::Path;

const OPTION: CliError = CliError::OldSpelling {
    old: "--ledger",
    new: "--trip",
};

const VARIABLE: CliError = CliError::OldSpelling {
    old: "HIKYAKU_LEDGER",
    new: "HIKYAKU_TRIP",
};

const TRIP_FILE: CliError = CliError::OldSpelling {
    old: "collect --trip FILE",
    new: "collect --from FILE",
};

/// The old spelling that made clap fail, if one did.
pub(super) fn in_arguments(error: &clap::Error, arguments: &[OsString]) -> Option<CliError> {
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let unknown = error.get(ContextKind::InvalidArg);
            let is_old = matches!(unknown, Some(ContextValue::String(name)) if name == "--ledger");
            (is_old && acts_on_trip(arguments)).then_some(OPTION)
        }
        // Nothing to collect from, but `--trip` names a file.
        ErrorKind::MissingRequiredArgument => {
            let named = value_of("--trip", arguments)?;
            let is_file = is_ledger_name(Path::new(&named)) || is_trip_file(&named);
            let is_collect = arguments.iter().any(|word| word == "collect");
            (is_collect && is_file).then_some(TRIP_FILE)
        }
        _ => None,
    }
}

/// Whether the command takes `--trip`.
fn acts_on_trip(arguments: &[OsString]) -> bool {
    let mut command = Cli::command();
    for word in arguments {
        if let Some(subcommand) = command.find_subcommand(word) {
            command = subcommand.clone();
        }
    }
    command
        .get_arguments()
        .any(|argument| argument.get_long() == Some("trip"))
}

fn value_of(option: &str, arguments: &[OsString]) -> Option<String> {
    let mut words = arguments.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if word == option {
            return words.next().map(|value| value.into_owned());
        }
        let value = word
            .strip_prefix(option)
            .and_then(|rest| rest.strip_prefix('='));
        if let Some(value) = value {
            return Some(value.to_owned());
        }
    }
    None
}

/// Refuses the old variable: if it were ignored, the command might work on
/// another trip than before.
///
/// # Errors
/// [`CliError::OldSpelling`] if it is set.
pub(super) fn check_environment() -> Result<(), CliError> {
    match std::env::var_os("HIKYAKU_LEDGER") {
        Some(value) if !value.is_empty() => Err(VARIABLE),
        _ => Ok(()),
    }
}

/// Replaces the failure of `collect` to open its trip by the new spelling, if
/// `--trip` names a file of another device.
pub(super) fn explain_trip_file(failure: Failure, selected: &TripSelector) -> Failure {
    let is_no_ledger = matches!(failure.error.id(), "ledger-missing" | "ledger-not-a-ledger");
    match &selected.trip {
        Some(named) if is_no_ledger && is_trip_file(named) => TRIP_FILE.into(),
        _ => failure,
    }
}

/// Whether this names a file for `--from` rather than a trip.
fn is_trip_file(named: &str) -> bool {
    let path = Path::new(named);
    let is_json = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    !is_ledger_name(path) && (is_json || path.is_file())
}
