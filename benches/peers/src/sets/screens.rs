//! A folder of screens made elsewhere: pictures, and a `truth.json` with a list
//! of `{"p": path, "text": …, "m": pixels per module, "hard": …, …}`.

use super::{Shelf, Strain};
use crate::manifest::Item;
use hikyaku::scan::luma_from_bytes;
use serde::Deserialize;
use std::path::Path;
use std::{fs, io};

#[derive(Deserialize)]
struct Screen {
    p: String,
    text: String,
    m: f32,
    hard: bool,
    #[serde(default)]
    glare: bool,
    #[serde(default)]
    defocus: f32,
    #[serde(default)]
    motion: f32,
    #[serde(default)]
    noise: f32,
    #[serde(default)]
    tilt: f32,
}

/// Puts all of a folder on the shelf, by pixels per module.
pub(crate) fn put(shelf: &mut Shelf, folder: &Path, most: usize) -> io::Result<()> {
    let truth = fs::read(folder.join("truth.json"))?;
    let mut screens: Vec<Screen> = serde_json::from_slice(&truth)?;
    screens.truncate(most);
    screens.sort_by(|one, other| one.m.total_cmp(&other.m).then(one.hard.cmp(&other.hard)));
    for screen in screens {
        // The paths are as of where they were made; the pictures lie beside.
        let name = Path::new(&screen.p).file_name().unwrap_or_default();
        let bytes = fs::read(folder.join(name))?;
        let luma = luma_from_bytes(&bytes).map_err(io::Error::other)?;
        let strain = Strain {
            glare: screen.glare,
            defocus: screen.defocus,
            motion: screen.motion,
            noise: screen.noise,
            tilt: screen.tilt,
        };
        let difficulty = if screen.hard { "hard" } else { "mild" };
        let item = Item {
            set: "Screens from a folder".to_owned(),
            row: format!("{} px/module, {difficulty}", screen.m),
            defects: strain.defects(),
            frames: Vec::new(),
            truth: Some(screen.text),
            also: Vec::new(),
        };
        shelf.put(item, &[luma])?;
    }
    Ok(())
}
