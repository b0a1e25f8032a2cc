//! The command line `hikyaku`.

use std::process::ExitCode;

fn main() -> ExitCode {
    hikyaku::cli::main()
}
