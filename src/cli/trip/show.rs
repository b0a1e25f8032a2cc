//! `hikyaku trip list`, `hikyaku trip show`: the trips, and one of them.

use crate::cli::args::TripSelector;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::failure::{CliError, Failure};
use crate::cli::ledgers;
use crate::cli::record::print_record;
use crate::ground::printable;
use crate::ledger::Ledger;
use crate::trip::report;
use serde::Serialize;

/// One trip, as JSON. Field names are stable.
#[derive(Serialize)]
struct TripListJson {
    ledger: String,
    name: Option<String>,
    pcs: usize,
    pcs_done: usize,
    error: Option<&'static str>,
}

/// Lists the trips on this computer, also those that cannot be read.
pub(super) fn list(console: &Console) -> Result<Exit, Failure> {
    let all = ledgers::ledgers();
    if all.is_empty() {
        return Err(CliError::NoTrip.into());
    }
    for path in all {
        let file = printable(&path.display().to_string());
        match Ledger::read(&path) {
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

/// Shows how far every PC of a trip is.
pub(super) fn show(args: &TripSelector, console: &Console) -> Result<Exit, Failure> {
    let trip = ledgers::open_for_reading(args, console)?;
    print_record(&report(&trip, ledgers::now()), console);
    super::say_contested(&trip, console);
    Ok(Exit::Done)
}
