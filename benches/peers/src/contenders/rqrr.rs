//! rqrr, as its documentation uses it.

use super::Contender;
use hikyaku::scan::Luma;
use rqrr::PreparedImage;

pub(super) struct Rqrr;

impl Contender for Rqrr {
    fn read(&mut self, picture: &Luma) -> Vec<String> {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let pixels = picture.pixels();
        let mut prepared =
            PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
        let grids = prepared.detect_grids();
        let texts = grids.iter().filter_map(|grid| grid.decode().ok());
        texts
            .map(|(_, text)| text)
            .filter(|text| !text.is_empty())
            .collect()
    }
}
