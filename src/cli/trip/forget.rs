//! `hikyaku trip forget`

use super::super::args::TripForgetArgs;
use super::super::exit::Exit;
use super::super::face::Face;
use super::super::failure::{CliError, Failure};
use super::super::ledgers;
use super::super::source;
use crate::ledger::{Ledger, ledger_files};
use serde::Serialize;

/// The result on standard output; names are stable.
#[derive(Serialize)]
struct Forgotten<'a> {
    forgotten: &'a str,
}

/// Deletes a trip for good, once its name was typed.
pub(super) fn run(args: &TripForgetArgs, face: &Face) -> Result<Exit, Failure> {
    let path = ledgers::path_of(&args.trip)?;
    // Only what is a trip is deleted; one that is damaged is not told by name.
    let trip = Ledger::look(&path)?;
    if !args.yes {
        let name = trip.about.name.as_str();
        face.note(&face.say_with("trip-forget-ask", &[("name", name.into())]));
        let typed = source::next_line(&mut std::io::stdin().lock())?.unwrap_or_default();
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
    face.object(&Forgotten { forgotten: &file });
    face.done(&face.say_with("trip-forgotten", &[("file", file.into())]));
    Ok(Exit::Done)
}
