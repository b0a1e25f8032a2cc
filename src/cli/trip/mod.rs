//! `hikyaku trip`: the record of a walk on a laptop.

mod exchange;
mod forget;
mod look;
mod new;
mod word;

pub(super) use exchange::{bring_in, say_contested, say_namesakes};
pub(super) use word::tag_to_take_back;

use super::args::TripCommand;
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;

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
