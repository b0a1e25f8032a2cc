//! Printed numbers in the frames of a camera.

use super::super::luma::Luma;
use super::{DigitReader, DigitsError, JoinedReader, PrintedNumber};
use crate::ground::moment::Instant;
use std::time::Duration;

/// Looks for printed numbers in the frames of one camera.
#[derive(Debug)]
pub struct LiveDigits {
    reader: &'static DigitReader,
    joined: JoinedReader<'static>,
    /// How many times as long as a look took no other one follows.
    rest: u32,
    /// When frames are looked at again.
    next: Duration,
    /// When a number was seen last.
    seen: Duration,
}

/// After so long without a number the camera may look at another screen, and what was seen before
/// says nothing of it. Longer than a few looks take, shorter than the way to the
/// next PC. Chosen by eye, not measured.
const MEMORY: Duration = Duration::from_secs(2);

impl LiveDigits {
    /// Nothing seen yet. After a look, `rest` times as long as it took is left for other work:
    /// frames that come meanwhile are passed over.
    ///
    /// # Errors
    /// [`DigitsError`] if the program is damaged.
    pub fn new(rest: u32) -> Result<Self, DigitsError> {
        let reader = DigitReader::shared()?;
        Ok(Self {
            reader,
            joined: JoinedReader::new(reader),
            rest,
            next: Duration::ZERO,
            seen: Duration::ZERO,
        })
    }

    /// The numbers that a frame shows and that hold by it and those before it. `at` is when it was
    /// taken, since any fixed moment.
    pub fn look(&mut self, frame: &Luma, at: Duration) -> Vec<PrintedNumber> {
        if at < self.next {
            return Vec::new();
        }
        if at.saturating_sub(self.seen) > MEMORY {
            self.joined = JoinedReader::new(self.reader);
        }
        let began = Instant::now();
        let numbers = self.joined.add(frame);
        if self.joined.saw_something() {
            self.seen = at;
        }
        self.next = at + (1 + self.rest) * began.elapsed();
        numbers
    }
}

#[cfg(test)]
mod tests;
