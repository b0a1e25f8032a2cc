//! `hikyaku trip forget`: a trip deleted for good.

use crate::cli::args::TripForgetArgs;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::failure::{CliError, Failure};
use crate::cli::inputs;
use crate::cli::ledgers;
use crate::ledger::{Ledger, ledger_files};
use serde::Serialize;

/// The deleted trip, as JSON. Field names are stable.
#[derive(Serialize)]
struct TripForgetJson<'a> {
    forgotten: &'a str,
}

/// Deletes a trip for good, once its name was typed to confirm.
pub(super) fn run(args: &TripForgetArgs, console: &Console) -> Result<Exit, Failure> {
    let path = ledgers::path_of(&args.trip)?;
    // Only a readable trip is deleted: it must have a name to type.
    let trip = Ledger::read(&path)?;
    if !args.yes {
        let name = trip.about.name.as_str();
        console.note(&console.text_with("trip-forget-ask", &[("name", name.into())]));
        let typed = inputs::next_line(&mut std::io::stdin().lock())?.unwrap_or_default();
        if typed.trim() != name {
            return Err(CliError::NotForgotten.into());
        }
    }
    for file in ledger_files(&path) {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(CliError::unwritable(&file, &error).into());
            }
            _ => {}
        }
    }
    let file = path.display().to_string();
    console.json(&TripForgetJson { forgotten: &file });
    console.success(&console.text_with("trip-forgotten", &[("file", file.into())]));
    Ok(Exit::Done)
}
