//! Real photographs: a folder of sets, each picture with its text beside it
//! (`NAME.txt`, or `NAME.bin` for bytes), and a set `nothing-to-read`; and the same, shrunk.

use super::PictureStore;
use crate::manifest::TestItem;
use hikyaku::scan::{Luma, luma_from_bytes};
use image::GrayImage;
use image::imageops::{self, FilterType};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Photographs whose symbol says something else than the text beside them: in `13` the symbol spells
/// a word differently; `16` shows a symbol within a symbol, and either may be read.
const SAYS_MORE: [(&str, &str); 2] = [
    ("qrcode-2/13", "The 2005 USGS aerial photography of"),
    ("qrcode-2/16", "[内側QRコード]"),
];

const EXTENSIONS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "bmp", "gif"];

/// Adds at most `most` pictures of every set to the store.
pub(crate) fn put(store: &mut PictureStore, folder: &Path, most: usize) -> io::Result<()> {
    let sets = entries(folder)?;
    let mut photographs = Vec::new();
    for set in sets.into_iter().filter(|path| path.is_dir()) {
        let row = name_of(&set);
        let pictures = entries(&set)?.into_iter().filter(|path| {
            let extension = path.extension().and_then(|e| e.to_str());
            extension.is_some_and(|e| EXTENSIONS.contains(&e))
        });
        for path in pictures.take(most) {
            let luma = match luma_from_bytes(&fs::read(&path)?) {
                Ok(luma) => luma,
                Err(error) => {
                    eprintln!(
                        "left out, for it is no picture: {row}/{}: {error}",
                        name_of(&path)
                    );
                    continue;
                }
            };
            let name = format!("{row}/{}", name_of(&path.with_extension("")));
            let item = TestItem {
                set: "Real photographs".to_owned(),
                row: row.clone(),
                defects: Vec::new(),
                frames: Vec::new(),
                truth: truth(&path),
                also: SAYS_MORE
                    .iter()
                    .filter(|(of, _)| *of == name)
                    .map(|&(_, more)| more.to_owned())
                    .collect(),
            };
            let shrunk = SHARES.map(|share| (shrunk(&luma, share), of_shrunk(&item, share)));
            store.put(item, &[luma])?;
            photographs.extend(shrunk);
        }
    }
    for (luma, item) in photographs {
        if item.truth.is_some() {
            store.put(item, &[luma])?;
        }
    }
    Ok(())
}

/// Small modules that no model of a camera has made: light, paper and lens are real, and shrinking
/// adds the sensor of a camera farther away.
const SHARES: [f32; 4] = [0.75, 0.5, 0.375, 0.25];

fn shrunk(photograph: &Luma, share: f32) -> Luma {
    let grey = GrayImage::from_raw(
        photograph.width(),
        photograph.height(),
        photograph.pixels().to_vec(),
    )
    .unwrap_or_default();
    let side = |pixels: u32| ((pixels as f32 * share).round() as u32).max(1);
    let (width, height) = (side(grey.width()), side(grey.height()));
    // A triangle as wide as the step: every pixel of the photograph counts once.
    let small = imageops::resize(&grey, width, height, FilterType::Triangle);
    Luma::from_fn(width, height, |x, y| small.get_pixel(x, y).0[0])
}

fn of_shrunk(photograph: &TestItem, share: f32) -> TestItem {
    TestItem {
        set: "Real photographs, shrunk".to_owned(),
        row: format!("to {} %", share * 100.0),
        defects: Vec::new(),
        frames: Vec::new(),
        truth: photograph.truth.clone(),
        also: photograph.also.clone(),
    }
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The text beside a picture, `None` if there is nothing to read.
fn truth(picture: &Path) -> Option<String> {
    if let Ok(text) = fs::read_to_string(picture.with_extension("txt")) {
        return Some(text);
    }
    let bytes = fs::read(picture.with_extension("bin")).ok()?;
    Some(bytes.iter().map(|&byte| char::from(byte)).collect())
}
