//! `hikyaku window`: the window on the offline PC.

use super::args::{Global, WindowArgs};
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use super::source;
use crate::licensing::PracticeStore;
use crate::window::{self, CameraSource, WindowOptions};
use crate::wire::PageAddress;

/// Shows the window until it is closed.
pub(super) fn run(args: &WindowArgs, global: &Global, face: &Face) -> Result<Exit, Failure> {
    if let Some(file) = &global.practice {
        // A wrong file name is a matter for the terminal it was typed into.
        PracticeStore::open(file)?;
        face.note(&face.say("practice-mode"));
    }
    let page = args.page.as_deref().map(PageAddress::parse).transpose()?;
    let camera = match (&args.camera, &args.camera_folder) {
        _ if args.no_camera => CameraSource::Off,
        (Some(name), _) => CameraSource::Named(name.clone()),
        (None, Some(folder)) => CameraSource::Folder(folder.clone()),
        (None, None) => CameraSource::Any,
    };
    window::run(WindowOptions {
        lang: face.messages.lang(),
        practice: global.practice.clone(),
        history: source::memory_path(global),
        page,
        camera,
        size: args.size,
    })?;
    Ok(Exit::Done)
}
