//! Which trip is meant, and where trips are kept.

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
use crate::trip::{By, Trip, TripError};
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

/// All ledgers there, by name; a folder that is not there has none.
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

/// The trip that the arguments or the environment name.
///
/// # Errors
/// [`CliError::OldSpelling`] where only the variable of an earlier version names
/// one.
pub(super) fn named(args: &TripSelector) -> Result<Option<&str>, CliError> {
    if args.trip.is_none() {
        old_spellings::check_environment()?;
    }
    Ok(args.trip.as_deref())
}

/// The file of the trip that is meant: the one named, by name or by file, else
/// the only one there is.
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

/// What `--trip` names: a file if it ends like one, else the trip of this
/// name if there is one, else a file if it has a folder or is there, else where
/// a trip of this name would be.
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
    // As lists of trips call it.
    let listed = ledgers().into_iter().find(|path| short_name(path) == named);
    if let Some(known) = listed {
        return known;
    }
    if as_path.components().count() > 1 || as_path.is_file() {
        return as_path;
    }
    folder().join(ledger_file_name(&name))
}

/// What to call a ledger on the command line.
pub(super) fn short_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = format!(".{}", crate::ledger::FILE_ENDING);
    printable(name.strip_suffix(&ending).unwrap_or(&name))
}

/// Opens the trip that is meant, to change it.
pub(super) fn open(args: &TripSelector, console: &Console) -> Result<Ledger, Failure> {
    let ledger = Ledger::open(&path_of(args)?)?;
    say_practice(&ledger.trip()?, console);
    Ok(ledger)
}

/// The trip that is meant, as it is.
pub(super) fn open_for_reading(args: &TripSelector, console: &Console) -> Result<Trip, Failure> {
    let trip = Ledger::look(&path_of(args)?)?;
    say_practice(&trip, console);
    Ok(trip)
}

/// Now, by the technician of the trip.
pub(super) fn by(trip: &Trip) -> By {
    By {
        at: now(),
        actor: trip.about.technician.clone(),
    }
}

pub(super) fn now() -> Time {
    let seconds = u64::try_from(clock::now().timestamp()).unwrap_or_default();
    Time::try_from(seconds).unwrap_or_default()
}

/// What the trip refuses, to be told and gone on from; or a ledger that cannot
/// keep anything.
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

/// Practice always says so.
pub(super) fn say_practice(trip: &Trip, console: &Console) {
    if trip.is_practice() == Some(true) {
        console.note(&console.text("trip-practice"));
    }
}
