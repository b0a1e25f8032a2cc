//! The luma of a JPEG of any kind, at full size, by `zune-jpeg`.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::super::luma::Luma;

/// A JPEG whose headers were read.
pub(crate) struct Whole<'a> {
    decoder: JpegDecoder<ZCursor<&'a [u8]>>,
    size: [u32; 2],
}

impl<'a> Whole<'a> {
    /// `None` where the headers are broken, or where a side is longer than
    /// `longest` pixels.
    ///
    /// # Panics
    /// Perhaps: the decoder is not ours.
    pub(crate) fn open(file: &'a [u8], longest: u32) -> Option<Self> {
        let options = DecoderOptions::default()
            .set_strict_mode(false)
            .set_max_width(longest as usize)
            .set_max_height(longest as usize)
            .jpeg_set_out_colorspace(ColorSpace::Luma);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
        decoder.decode_headers().ok()?;
        let (width, height) = decoder.dimensions()?;
        Some(Self {
            decoder,
            size: [u32::try_from(width).ok()?, u32::try_from(height).ok()?],
        })
    }

    /// Width and height, in pixels.
    pub(crate) fn size(&self) -> [u32; 2] {
        self.size
    }

    /// Whether luma is a component of its own, as it nearly always is.
    pub(crate) fn has_luma(&self) -> bool {
        let colours = self.decoder.input_colorspace();
        matches!(colours, Some(ColorSpace::YCbCr | ColorSpace::Luma))
    }

    /// The content of the file's Exif segment.
    pub(crate) fn exif(&self) -> Option<&[u8]> {
        self.decoder.exif().map(Vec::as_slice)
    }

    /// The picture; of one that is cut off, what is there. Its colours are not
    /// even decoded.
    ///
    /// # Panics
    /// Perhaps: the decoder is not ours.
    pub(crate) fn luma(mut self) -> Option<Luma> {
        let pixels = self.decoder.decode().ok()?;
        let [width, height] = self.size;
        Luma::new(width, height, pixels)
    }
}
