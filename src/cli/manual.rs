//! Shell completions and man pages, made from the arguments themselves.

use super::args::{CompletionsArgs, ManArgs};
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use super::help;
use std::path::Path;

/// Prints the completion script of a shell.
pub(super) fn completions(args: &CompletionsArgs, face: &Face) -> Exit {
    let mut command = help::command(&face.messages);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "hikyaku", &mut script);
    face.paint(&String::from_utf8_lossy(&script));
    Exit::Done
}

/// Writes a man page per command into a folder.
pub(super) fn man(args: &ManArgs, face: &Face) -> Result<Exit, Failure> {
    let write = |folder: &Path| -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        clap_mangen::generate_to(help::command(&face.messages), folder)
    };
    write(&args.out).map_err(|error| CliError::unwritable(&args.out, &error))?;
    face.note(&face.say_with(
        "man-written",
        &[("folder", args.out.display().to_string().into())],
    ));
    Ok(Exit::Done)
}
