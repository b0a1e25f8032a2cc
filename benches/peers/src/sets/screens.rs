//! A folder of screens made elsewhere: pictures, and a `truth.json` with a list
//! of `{"p": path, "text": …, "m": pixels per module, "hard": …, …}`; a sequence
//! has `"frames": [paths]` instead of the one path.

use super::{Conditions, PictureStore};
use crate::manifest::TestItem;
use hikyaku::scan::{Luma, luma_from_bytes};
use serde::Deserialize;
use std::path::Path;
use std::{fs, io};

#[derive(Deserialize)]
struct Screen {
    #[serde(default)]
    p: Option<String>,
    #[serde(default)]
    frames: Vec<String>,
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

/// Adds all screens of a folder to the store, by pixels per module.
pub(crate) fn put(store: &mut PictureStore, folder: &Path, most: usize) -> io::Result<()> {
    let truth = fs::read(folder.join("truth.json"))?;
    let mut screens: Vec<Screen> = serde_json::from_slice(&truth)?;
    screens.truncate(most);
    screens.sort_by(|one, other| one.m.total_cmp(&other.m).then(one.hard.cmp(&other.hard)));
    for screen in screens {
        let paths = screen.p.iter().chain(&screen.frames);
        let frames: Vec<Luma> = paths
            .map(|path| opened(folder, path))
            .collect::<io::Result<_>>()?;
        let conditions = Conditions {
            glare: screen.glare,
            defocus: screen.defocus,
            motion: screen.motion,
            noise: screen.noise,
            tilt: screen.tilt,
        };
        let difficulty = if screen.hard { "hard" } else { "mild" };
        let item = TestItem {
            set: if screen.frames.is_empty() {
                "Screens from a folder".to_owned()
            } else {
                "Live sequences from a folder".to_owned()
            },
            row: format!("{} px/module, {difficulty}", screen.m),
            defects: conditions.defects(),
            frames: Vec::new(),
            truth: Some(screen.text),
            also: Vec::new(),
        };
        store.put(item, &frames)?;
    }
    Ok(())
}

/// A picture of the folder. The paths are those where the pictures were made; now they lie beside
/// the list.
fn opened(folder: &Path, path: &str) -> io::Result<Luma> {
    let name = Path::new(path).file_name().unwrap_or_default();
    let bytes = fs::read(folder.join(name))?;
    luma_from_bytes(&bytes).map_err(io::Error::other)
}
