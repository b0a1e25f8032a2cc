//! `hikyaku window`: the window on the offline PC.

use super::args::{Global, WindowArgs};
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use super::source;
use crate::licensing::PracticeStore;
use crate::window::{self, Eye, Options};
use crate::wire::PageAddress;

/// Shows the window until it is closed.
pub(super) fn run(args: &WindowArgs, global: &Global, face: &Face) -> Result<Exit, Failure> {
    if let Some(file) = &global.practice {
        // A wrong file name is a matter for the terminal it was typed into.
        PracticeStore::open(file)?;
        face.note(&face.say("practice-mode"));
    }
    let page = args.page.as_deref().map(PageAddress::parse).transpose()?;
    let eye = match (&args.camera, &args.camera_folder) {
        _ if args.no_camera => Eye::Shut,
        (Some(name), _) => Eye::Named(name.clone()),
        (None, Some(folder)) => Eye::Folder(folder.clone()),
        (None, None) => Eye::Any,
    };
    window::run(Options {
        lang: face.messages.lang(),
        practice: global.practice.clone(),
        memory: source::memory_path(global),
        page,
        eye,
        size: args.size,
    })?;
    Ok(Exit::Done)
}
