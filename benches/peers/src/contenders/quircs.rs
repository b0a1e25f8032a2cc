//! quircs, as its documentation uses it.

use super::Contender;
use ::quircs::Quirc;
use hikyaku::scan::Luma;

pub(super) struct Quircs;

impl Contender for Quircs {
    fn read(&mut self, picture: &Luma) -> Vec<String> {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        Quirc::new()
            .identify(width, height, picture.pixels())
            .filter_map(|code| {
                let bytes = code.ok()?.decode().ok()?.payload;
                // It reports some symbols that it could not read as empty.
                (!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned())
            })
            .collect()
    }
}
