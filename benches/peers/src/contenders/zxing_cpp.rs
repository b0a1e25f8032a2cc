//! zxing-cpp with everything that it can try.

use super::Contender;
use hikyaku::scan::Luma;
use zxingcpp::{BarcodeFormat, BarcodeReader, ImageFormat, ImageView, TextMode};

pub(super) struct ZxingCpp(BarcodeReader);

impl ZxingCpp {
    pub(super) fn new() -> Self {
        Self(
            BarcodeReader::new()
                .formats(BarcodeFormat::QRCode)
                .try_harder(true)
                .try_rotate(true)
                .try_invert(true)
                .try_downscale(true)
                .text_mode(TextMode::Plain),
        )
    }
}

impl Contender for ZxingCpp {
    fn read(&mut self, picture: &Luma) -> Vec<String> {
        let (width, height) = (picture.width(), picture.height());
        let Ok(view) = ImageView::from_slice(picture.pixels(), width, height, ImageFormat::Lum)
        else {
            return Vec::new();
        };
        let found = self.0.from(&view).unwrap_or_default();
        found
            .iter()
            .filter(|code| code.is_valid())
            .map(|code| code.text())
            .filter(|text| !text.is_empty())
            .collect()
    }
}
