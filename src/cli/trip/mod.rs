//! `hikyaku trip`: the record of a walk on a laptop.

mod choose;
mod exchange;
mod forget;
mod look;
mod new;
mod word;

pub(super) use choose::{by, now, open, open_for_reading};
pub(super) use exchange::{bring_in, say_contested, say_namesakes};
pub(super) use word::tag_to_take_back;

use super::args::TripCommand;
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use crate::advice::Advice;
use crate::trip::{LedgerError, Trip, TripError};

/// Runs a command on trips.
pub(super) fn run(command: &TripCommand, face: &Face) -> Result<Exit, Failure> {
    match command {
        TripCommand::New(args) => new::run(args, face),
        TripCommand::List => look::list(face),
        TripCommand::Show(args) => look::show(args, face),
        TripCommand::Export(args) => exchange::export(args, face),
        TripCommand::Import(args) | TripCommand::Merge(args) => exchange::import(args, face),
        TripCommand::Withdraw(args) => word::withdraw(args, face),
        TripCommand::Choose(args) => word::choose(args, face),
        TripCommand::Number(args) => word::number(args, face),
        TripCommand::Join(args) => word::join(args, face),
        TripCommand::Part(args) => word::part(args, face),
        TripCommand::Forget(args) => forget::run(args, face),
    }
}

/// What the trip refuses, to be told and gone on from; or a ledger that cannot
/// keep anything.
pub(super) enum Refusal {
    Trip(TripError),
    Ledger(LedgerError),
}

impl From<LedgerError> for Refusal {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Trip(error) => error.into(),
            Refusal::Ledger(error) => error.into(),
        }
    }
}

impl From<Refusal> for Box<dyn Advice> {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Trip(error) => Box::new(error),
            Refusal::Ledger(error) => Box::new(error),
        }
    }
}

/// Practice always says so.
pub(super) fn say_practice(trip: &Trip, face: &Face) {
    if trip.is_practice() == Some(true) {
        face.note(&face.say("trip-practice"));
    }
}
