//! `hikyaku trip`: the record of a trip on a laptop.

mod decide;
mod exchange;
mod forget;
mod new;
mod show;

pub(super) use decide::tag_to_take_back;
pub(super) use exchange::{bring_in, say_contested, say_namesakes};

use super::args::TripCommand;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;

/// Runs a subcommand of `trip`.
pub(super) fn run(command: &TripCommand, console: &Console) -> Result<Exit, Failure> {
    match command {
        TripCommand::New(args) => new::run(args, console),
        TripCommand::List => show::list(console),
        TripCommand::Show(args) => show::show(args, console),
        TripCommand::Export(args) => exchange::export(args, console),
        TripCommand::Import(args) | TripCommand::Merge(args) => exchange::import(args, console),
        TripCommand::Withdraw(args) => decide::withdraw(args, console),
        TripCommand::Activated(args) => decide::activated(args, console),
        TripCommand::Choose(args) => decide::choose(args, console),
        TripCommand::Number(args) => decide::number(args, console),
        TripCommand::Join(args) => decide::join(args, console),
        TripCommand::Part(args) => decide::part(args, console),
        TripCommand::Forget(args) => forget::run(args, console),
    }
}
