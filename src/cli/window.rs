//! `hikyaku window`: the window on the offline PC.

use super::args::{GlobalArgs, WindowArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::inputs;
use crate::licensing::PracticeStore;
use crate::window::{self, CameraSource, WindowOptions};
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
    let camera = match (&args.camera, &args.camera_folder) {
        _ if args.no_camera => CameraSource::Off,
        (Some(name), _) => CameraSource::Named(name.clone()),
        (None, Some(folder)) => CameraSource::Folder(folder.clone()),
        (None, None) => CameraSource::Any,
    };
    window::run(WindowOptions {
        lang: console.messages.lang(),
        practice: global.practice.clone(),
        history: inputs::memory_path(global),
        page,
        camera,
        size: args.size,
    })?;
    Ok(Exit::Done)
}
