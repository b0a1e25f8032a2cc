//! Which trip a command works on, and where trips are kept.

use super::args::TripSelector;
use super::console::Console;
use super::failure::{CliError, Failure};
use super::old_spellings;
use crate::activation::Label;
use crate::advice::Advice;
use crate::ground::printable;
use crate::ledger::{Ledger, LedgerError, is_ledger_name, ledger_file_name, ledger_of_name};
use crate::platform::clock;
use crate::trip::Time;
use crate::trip::{Attribution, Trip, TripError};
use std::path::{Path, PathBuf};

/// Where trips are kept: `HIKYAKU_TRIPS`, else `hikyaku/trips` in the person's
/// data folder.
pub(super) fn folder() -> PathBuf {
    std::env::var_os("HIKYAKU_TRIPS")
        .filter(|value| !value.is_empty())
        .map_or_else(
            || {
                dirs::data_local_dir()
                    .unwrap_or_default()
                    .join("hikyaku")
                    .join("trips")
            },
            PathBuf::from,
        )
}

/// All ledgers in the folder, sorted; none if there is no folder.
pub(super) fn ledgers() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| is_ledger_name(path))
        .collect();
    files.sort();
    files
}

/// The trip named by the arguments or the environment.
///
/// # Errors
/// [`CliError::OldSpelling`] if only the variable of an earlier version names
/// one.
pub(super) fn named(args: &TripSelector) -> Result<Option<&str>, CliError> {
    if args.trip.is_none() {
        old_spellings::check_environment()?;
    }
    Ok(args.trip.as_deref())
}

/// The file of the trip: the one named, by its name or its file, else the only
/// one there is.
pub(super) fn path_of(args: &TripSelector) -> Result<PathBuf, Failure> {
    if let Some(named) = named(args)?.filter(|named| !named.is_empty()) {
        return Ok(path_named(named));
    }
    let mut all = ledgers();
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Ok(only),
        (None, _) => Err(CliError::NoTrip.into()),
        (Some(last), false) => {
            all.push(last);
            let names: Vec<String> = all.iter().map(|path| short_name(path)).collect();
            Err(CliError::SeveralTrips {
                names: names.join(", "),
            }
            .into())
        }
    }
}

/// The file that `--trip` names: the file itself if it ends like a ledger's;
/// else that of the trip of this name; else the file itself if it has a folder
/// or exists; else the file that a trip of this name would have.
pub(super) fn path_named(named: &str) -> PathBuf {
    let as_path = PathBuf::from(named);
    if is_ledger_name(&as_path) {
        return as_path;
    }
    let Some(name) = Label::cleaned(named) else {
        return as_path;
    };
    if let Some(known) = ledger_of_name(&folder(), &name) {
        return known;
    }
    // As `trip list` calls it.
    let listed = ledgers().into_iter().find(|path| short_name(path) == named);
    if let Some(known) = listed {
        return known;
    }
    if as_path.components().count() > 1 || as_path.is_file() {
        return as_path;
    }
    folder().join(ledger_file_name(&name))
}

/// The name of a ledger on the command line.
pub(super) fn short_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = format!(".{}", crate::ledger::FILE_ENDING);
    printable(name.strip_suffix(&ending).unwrap_or(&name))
}

/// Opens the trip to change it.
pub(super) fn open(args: &TripSelector, console: &Console) -> Result<Ledger, Failure> {
    let ledger = Ledger::open(&path_of(args)?)?;
    say_practice(&ledger.trip()?, console);
    Ok(ledger)
}

/// Reads the trip.
pub(super) fn open_for_reading(args: &TripSelector, console: &Console) -> Result<Trip, Failure> {
    let trip = Ledger::read(&path_of(args)?)?;
    say_practice(&trip, console);
    Ok(trip)
}

/// The technician of the trip, at this moment.
pub(super) fn by(trip: &Trip) -> Attribution {
    Attribution {
        at: now(),
        actor: trip.about.technician.clone(),
    }
}

pub(super) fn now() -> Time {
    let seconds = u64::try_from(clock::now().timestamp()).unwrap_or_default();
    Time::try_from(seconds).unwrap_or_default()
}

/// Why a trip was not changed. What the trip refuses is reported, and the
/// command goes on; if the ledger fails, nothing can be kept.
pub(super) enum ChangeError {
    Trip(TripError),
    Ledger(LedgerError),
}

impl From<LedgerError> for ChangeError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<ChangeError> for Failure {
    fn from(refusal: ChangeError) -> Self {
        match refusal {
            ChangeError::Trip(error) => error.into(),
            ChangeError::Ledger(error) => error.into(),
        }
    }
}

impl From<ChangeError> for Box<dyn Advice> {
    fn from(refusal: ChangeError) -> Self {
        match refusal {
            ChangeError::Trip(error) => Box::new(error),
            ChangeError::Ledger(error) => Box::new(error),
        }
    }
}

/// Says so if the trip is a practice trip.
pub(super) fn say_practice(trip: &Trip, console: &Console) {
    if trip.is_practice() == Some(true) {
        console.note(&console.text("trip-practice"));
    }
}
