//! `hikyaku trip list`, `hikyaku trip show`

use super::super::args::TripSelector;
use super::super::console::Console;
use super::super::exit::Exit;
use super::super::failure::{CliError, Failure};
use super::super::ledgers;
use super::super::record::print;
use crate::ground::printable;
use crate::ledger::Ledger;
use crate::trip::report;
use serde::Serialize;

/// One trip on standard output; names are stable.
#[derive(Serialize)]
struct TripListJson {
    ledger: String,
    name: Option<String>,
    pcs: usize,
    pcs_done: usize,
    error: Option<&'static str>,
}

/// All trips of this person; one that cannot be read is named, too.
pub(super) fn list(console: &Console) -> Result<Exit, Failure> {
    let all = ledgers::ledgers();
    if all.is_empty() {
        return Err(CliError::NoTrip.into());
    }
    for path in all {
        let file = printable(&path.display().to_string());
        match Ledger::look(&path) {
            Ok(trip) => {
                let totals = report(&trip, ledgers::now()).totals;
                console.line(&console.text_with(
                    "trip-list-line",
                    &[
                        ("name", trip.about.name.to_string().into()),
                        ("done", totals.pcs_done.into()),
                        ("pcs", totals.pcs.into()),
                        ("file", file.clone().into()),
                    ],
                ));
                console.json(&TripListJson {
                    ledger: file,
                    name: Some(trip.about.name.to_string()),
                    pcs: totals.pcs,
                    pcs_done: totals.pcs_done,
                    error: None,
                });
            }
            Err(error) => {
                console.json(&TripListJson {
                    ledger: file,
                    name: None,
                    pcs: 0,
                    pcs_done: 0,
                    error: Some((&error).into()),
                });
                console.warn(&error);
            }
        }
    }
    Ok(Exit::Done)
}

/// How far everything is.
pub(super) fn show(args: &TripSelector, console: &Console) -> Result<Exit, Failure> {
    let trip = ledgers::open_for_reading(args, console)?;
    print(&report(&trip, ledgers::now()), console);
    super::say_contested(&trip, console);
    Ok(Exit::Done)
}
