//! `hikyaku window`: the window on the offline PC.

use super::args::{GlobalArgs, WindowArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::inputs;
use crate::licensing::PracticeStore;
use crate::window::{self, Eye, Options};
use crate::wire::PageAddress;

/// Shows the window until it is closed.
pub(super) fn run(
    args: &WindowArgs,
    global: &GlobalArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    if let Some(file) = &global.practice {
        // A wrong file name is reported on the terminal where it was typed.
        PracticeStore::open(file)?;
        console.note(&console.text("practice-mode"));
    }
    let page = args.page.as_deref().map(PageAddress::parse).transpose()?;
    let eye = match (&args.camera, &args.camera_folder) {
        _ if args.no_camera => Eye::Shut,
        (Some(name), _) => Eye::Named(name.clone()),
        (None, Some(folder)) => Eye::Folder(folder.clone()),
        (None, None) => Eye::Any,
    };
    window::run(Options {
        lang: console.messages.lang(),
        practice: global.practice.clone(),
        memory: inputs::memory_path(global),
        page,
        eye,
        size: args.size,
    })?;
    Ok(Exit::Done)
}
