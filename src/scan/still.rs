//! Reads symbols from picture files, decoding no more than it takes.
//!
//! The first step of [`Cascade::still`] reads most photographs, and it looks at
//! half of [`Bounds::long_side`], that is at 1280 pixels. A large JPEG can be
//! decoded straight to about that size ([`super::jpeg`]) in a third of the time.
//! If this glance does not settle the picture, the file is decoded whole and goes
//! through all steps, the first one included, so nothing that was read before goes
//! unread.

use std::sync::Arc;

use super::cascade::{Bounds, Cascade, ScanReport, SearchOutcome};
use super::digits::{DigitReader, PrintedNumber};
use super::live::Hint;
use super::luma::Luma;
use super::picture::{PictureError, luma_from_bytes, reduced_jpeg};
use super::steps;

/// Reads files of pictures.
#[derive(Debug, Clone)]
pub struct StillReader {
    /// Looks at a JPEG decoded at a smaller size.
    glance: Cascade,
    /// Looks at the whole picture.
    cascade: Cascade,
    /// Looks for printed numbers where no text is accepted.
    digits: Option<&'static DigitReader>,
}

/// What was found in a picture file.
#[derive(Debug, Clone, PartialEq)]
pub struct StillReport {
    /// What was read. Corners are in pixels of the picture in the file, upright.
    pub reading: ScanReport,
    /// Numbers that the picture shows in digits, if they were looked for.
    pub numbers: Vec<PrintedNumber>,
    /// What to change, where nothing was read.
    pub hint: Option<Hint>,
}

impl StillReader {
    /// With [`Cascade::still`].
    pub fn new() -> Self {
        let bounds = Bounds {
            long_side: u32::MAX,
            ..Bounds::default()
        };
        Self {
            glance: Cascade::new([Arc::new(steps::glance()) as _], bounds),
            cascade: Cascade::still(),
            digits: None,
        }
    }

    /// Where no text is accepted, looks for numbers in digits too.
    #[must_use]
    pub fn and_digits(self, digits: &'static DigitReader) -> Self {
        Self {
            digits: Some(digits),
            ..self
        }
    }

    /// Reads the picture in a PNG, JPEG, WebP, BMP or GIF file. The search ends
    /// with a text that `accept` approves, as in [`Cascade::read`].
    ///
    /// # Errors
    /// [`PictureError`], as from [`luma_from_bytes`].
    pub fn read(
        &self,
        bytes: &[u8],
        accept: &dyn Fn(&str) -> bool,
    ) -> Result<StillReport, PictureError> {
        match self.glance(bytes, accept) {
            Some(still) => Ok(still),
            None => Ok(self.read_whole(&luma_from_bytes(bytes)?, accept)),
        }
    }

    /// Reads a picture's texts and, where `needed` says so of them, lets `beside` look at the
    /// picture itself, which is decoded once for both where that can be.
    ///
    /// # Errors
    /// [`PictureError`], as from [`luma_from_bytes`].
    pub fn read_beside<T>(
        &self,
        bytes: &[u8],
        accept: &dyn Fn(&str) -> bool,
        needed: &dyn Fn(&StillReport) -> bool,
        beside: impl FnOnce(&Luma) -> T,
    ) -> Result<(StillReport, Option<T>), PictureError> {
        match self.glance(bytes, accept) {
            Some(still) if !needed(&still) => Ok((still, None)),
            glance => {
                let luma = luma_from_bytes(bytes)?;
                let still = glance.unwrap_or_else(|| self.read_whole(&luma, accept));
                let seen = needed(&still).then(|| beside(&luma));
                Ok((still, seen))
            }
        }
    }

    fn read_whole(&self, luma: &Luma, accept: &dyn Fn(&str) -> bool) -> StillReport {
        let reading = self.cascade.read(luma, accept);
        let digits = self
            .digits
            .filter(|_| reading.outcome != SearchOutcome::Accepted);
        let numbers = digits.map_or_else(Vec::new, |digits| digits.read(luma));
        StillReport {
            hint: reading.hint(luma).filter(|_| numbers.is_empty()),
            reading,
            numbers,
        }
    }

    /// Reads a JPEG at a smaller size; `None` if that does not end the search.
    fn glance(&self, bytes: &[u8], accept: &dyn Fn(&str) -> bool) -> Option<StillReport> {
        let (luma, scale) = reduced_jpeg(bytes, Bounds::default().long_side / 2)?;
        let mut reading = self.glance.read(&luma, accept);
        // Symbols that were seen but not read may be readable at full size.
        if reading.outcome != SearchOutcome::Accepted || reading.more {
            return None;
        }
        let texts = reading.sightings.iter_mut().map(|seen| &mut seen.corners);
        let parts = reading.parts.iter_mut().map(|seen| &mut seen.corners);
        for corner in texts.chain(parts).flatten() {
            *corner = corner.map(|along| along * scale);
        }
        Some(StillReport {
            reading,
            numbers: Vec::new(),
            hint: None,
        })
    }
}

impl Default for StillReader {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
