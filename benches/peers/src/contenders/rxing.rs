//! rxing with `TryHarder`, plain or inside its pyramid of sizes.

use super::Contender;
use ::rxing::common::HybridBinarizer;
use ::rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHints, FilteredImageReader, Luma8Source, MultiFormatReader,
    Reader,
};
use hikyaku::scan::Luma;

pub(super) struct Rxing {
    pub(super) filtered: bool,
}

impl Contender for Rxing {
    fn read(&mut self, picture: &Luma) -> Vec<String> {
        let (width, height) = (picture.width(), picture.height());
        let Ok(source) = Luma8Source::new_with_slice(picture.pixels(), width, height) else {
            return Vec::new();
        };
        let hints = DecodeHints {
            TryHarder: Some(true),
            PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
            ..DecodeHints::default()
        };
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let mut plain = MultiFormatReader::default();
        let read = if self.filtered {
            FilteredImageReader::new(plain).decode_with_hints(&mut bitmap, &hints)
        } else {
            plain.decode_with_hints(&mut bitmap, &hints)
        };
        read.map(|result| result.getText().to_owned())
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect()
    }
}
