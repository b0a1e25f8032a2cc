//! The command line: one file per command.

mod args;
#[cfg(feature = "camera")]
mod cameras;
mod check;
mod choose;
mod collect;
mod console;
mod decode;
mod deliver;
mod documents;
mod enter;
mod exit;
mod failure;
mod help;
mod inputs;
mod keyed;
mod ledgers;
mod lines;
#[cfg(feature = "camera")]
mod live;
mod manual;
mod old_spellings;
mod page;
mod painting;
mod picture;
mod plan;
mod portal;
mod practice;
mod practice_film;
mod practice_run;
mod receipt;
mod record;
mod reply;
mod report;
mod scan;
mod settle;
mod show;
mod status;
mod trip;
mod usage;
#[cfg(feature = "window")]
mod window;

pub use exit::Exit;

/// Ids of the command line's own errors, for the test of the language files.
#[cfg(test)]
pub(crate) fn error_ids() -> &'static [&'static str] {
    <failure::CliError as strum::VariantNames>::VARIANTS
}

use crate::i18n::{Lang, Messages};
use crate::platform;
use args::{Cli, Command};
use clap::FromArgMatches;
use console::Console;
use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program and reports errors.
pub fn main() -> ExitCode {
    platform::prepare();
    // The elevated process that deposits for an unelevated one. It prints
    // nothing, and its exit code is a whole HRESULT.
    #[cfg(windows)]
    if let Some(code) = crate::licensing::run_elevated_deposit(std::env::args_os()) {
        std::process::exit(code.cast_signed());
    }
    run(&arguments()).into()
}

/// The arguments. Started from the desktop, where nobody can type, the program
/// opens its window.
fn arguments() -> Vec<OsString> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    #[cfg(feature = "window")]
    if arguments.len() <= 1 && platform::started_by_double_click() {
        platform::leave_own_console();
        return vec!["hikyaku".into(), "window".into()];
    }
    arguments
}

fn run(arguments: &[OsString]) -> Exit {
    let messages = Messages::new(language(arguments));
    let json = asks_for_json(arguments);
    let parsed = help::command(&messages)
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            return usage::report(&error, arguments, &Console::new(messages, json, false));
        }
    };
    let console = Console::new(messages, cli.global.json, cli.global.verbose);
    let acted = act(&cli, &console);
    let exit = match &acted {
        Ok(exit) => *exit,
        Err(failure) => {
            console.error(failure.error.as_ref());
            failure.exit
        }
    };
    console.end(exit);
    match console.finish() {
        Err(failure) if acted.is_ok() => {
            console.error(failure.error.as_ref());
            failure.exit
        }
        _ => exit,
    }
}

fn act(cli: &Cli, console: &Console) -> Result<Exit, Failure> {
    let global = &cli.global;
    match &cli.command {
        Command::Show(args) => show::run(args, global, console),
        Command::Scan(args) => scan::run(args, global, console),
        Command::Enter(args) => enter::run(args, global, console),
        #[cfg(feature = "camera")]
        Command::Cameras => cameras::run(console),
        Command::Status => status::run(global, console),
        Command::Reply(args) => reply::run(args, console),
        Command::Receipt(args) => receipt::run(args, global, console),
        #[cfg(feature = "window")]
        Command::Window(args) => window::run(args, global, console),
        Command::Decode(args) => decode::run(args, console),
        Command::Check(args) => check::run(args, console),
        Command::Page(args) => page::run(args, console),
        Command::Trip(command) => trip::run(command, console),
        Command::Collect(args) => collect::run(args, console),
        Command::Portal(args) => portal::run(args, console),
        Command::Deliver(args) => deliver::run(args, console),
        Command::Report(args) => report::run(args, console),
        Command::Plan(args) => plan::run(args, console),
        Command::Runbook(args) => documents::runbook(args, console),
        Command::Letter(args) => documents::letter(args, console),
        Command::Practice(command) => practice::run(command, console),
        Command::Completions(args) => Ok(manual::completions(args, console)),
        Command::Man(args) => manual::man(args, console),
    }
}

/// Whether JSON is asked for, even if the arguments do not parse.
fn asks_for_json(arguments: &[OsString]) -> bool {
    let words = arguments.iter().skip(1);
    words
        .take_while(|word| *word != "--")
        .any(|word| word == "--json")
}

/// The language asked for. It must be known before the arguments are parsed,
/// because errors in them are explained in it.
fn language(arguments: &[OsString]) -> Lang {
    let mut asked = None;
    let mut words = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        match word.as_ref() {
            "--" => break,
            "--lang" => asked = words.next().map(|value| value.into_owned()),
            other => {
                if let Some(value) = other.strip_prefix("--lang=") {
                    asked = Some(value.to_owned());
                }
            }
        }
    }
    match asked
        .or_else(|| std::env::var("HIKYAKU_LANG").ok())
        .as_deref()
    {
        Some("ja") => Lang::Ja,
        Some("en") => Lang::En,
        _ => Lang::of_system(),
    }
}
