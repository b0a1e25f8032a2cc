//! The bits of a scan, without the zero bytes stuffed in after each 0xFF.

/// Reads the bits of a scan up to the next marker.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    /// Index of the next byte in `data`.
    at: usize,
    /// The next bits, the first one on top. Below the valid ones there may
    /// already be bits of the byte at `at`.
    buffer: u64,
    /// Valid bits in `buffer`.
    count: u32,
    /// Zero bits that were appended after the end of the data.
    invented: u64,
}

/// There are at least this many bits after a refill: enough for a code and its
/// value, each at most 16 bits long.
const ENOUGH: u32 = 32;

impl<'a> Bits<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self {
            data,
            at: 0,
            buffer: 0,
            count: 0,
            invented: 0,
        }
    }

    /// Makes [`ENOUGH`] bits available; after the end of the data, zeros follow.
    #[inline]
    pub(super) fn refill(&mut self) {
        if self.count >= ENOUGH {
            return;
        }
        if let Some(&bytes) = self.data.get(self.at..).and_then(|rest| rest.first_chunk()) {
            let word = u64::from_be_bytes(bytes);
            if !has_ff(word) {
                let whole = (63 - self.count) / 8;
                self.buffer |= word >> self.count;
                self.at += whole as usize;
                self.count += 8 * whole;
                return;
            }
        }
        self.refill_bytewise();
    }

    #[cold]
    fn refill_bytewise(&mut self) {
        self.buffer &= !(u64::MAX >> self.count);
        while self.count <= 56 {
            let byte = match self.data.get(self.at..).unwrap_or_default() {
                [0xff, 0, ..] => {
                    self.at += 2;
                    0xff
                }
                // A fill byte in front of a marker.
                [0xff, 0xff, ..] => {
                    self.at += 1;
                    continue;
                }
                [byte, ..] if *byte != 0xff => {
                    self.at += 1;
                    *byte
                }
                _ => {
                    self.invented += 8;
                    0
                }
            };
            self.buffer |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// The next `count` bits, 1 to 32, without consuming them.
    #[inline]
    pub(super) fn peek(&self, count: u32) -> u32 {
        (self.buffer >> (64 - count)) as u32
    }

    /// Consumes `count` bits, at most as many as are available.
    #[inline]
    pub(super) fn pass(&mut self, count: u32) {
        debug_assert!(count <= self.count);
        self.buffer <<= count;
        self.count = self.count.saturating_sub(count);
    }

    /// Whether more bits were consumed than the data holds.
    pub(super) fn overran(&self) -> bool {
        u64::from(self.count) < self.invented
    }

    /// Consumes the rest of the current byte and the marker after it, and returns
    /// the marker's code. `None` unless a marker comes next.
    pub(super) fn marker(&mut self) -> Option<u8> {
        // A whole byte that is still unread belongs to the data.
        let ahead = u64::from(self.count).checked_sub(self.invented)?;
        if ahead >= 8 {
            return None;
        }
        let mut rest = self.data.get(self.at..)?;
        while let [0xff, 0xff, ..] = rest {
            rest = &rest[1..];
            self.at += 1;
        }
        let &[0xff, marker, ..] = rest else {
            return None;
        };
        *self = Self {
            at: self.at + 2,
            ..Self::new(self.data)
        };
        Some(marker)
    }
}

/// Whether one of the eight bytes is 0xFF.
fn has_ff(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    // The usual test for a byte of zero, on the inverted word.
    (!word).wrapping_sub(ONES) & word & (ONES << 7) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stuffed_bytes_are_left_out_and_markers_end_the_data() {
        let mut bits = Bits::new(&[0xab, 0xff, 0, 0xcd, 0xff, 0xff, 0xd9, 7]);
        bits.refill();
        assert_eq!(bits.peek(24), 0x00ab_ffcd);
        bits.pass(20);
        assert!(!bits.overran());
        assert_eq!(bits.marker(), Some(0xd9));
        // What stands behind the marker comes next.
        bits.refill();
        assert_eq!(bits.peek(8), 7);
        bits.pass(8);
        assert!(!bits.overran());
        bits.pass(1);
        assert!(bits.overran());
    }

    #[test]
    fn a_marker_must_come_next() {
        let mut bits = Bits::new(&[1, 2, 0xff, 0xd0]);
        bits.refill();
        bits.pass(7);
        assert_eq!(bits.marker(), None, "a byte is left");
        bits.pass(1);
        assert_eq!(bits.marker(), None);
        bits.pass(1);
        assert_eq!(bits.marker(), Some(0xd0));
    }

    #[test]
    fn every_bit_comes_once() {
        let bytes: Vec<u8> = (0..200_u8).collect();
        let mut bits = Bits::new(&bytes);
        let mut read = Vec::new();
        let mut taken = 0;
        while taken < 1600 {
            let count = (1 + taken % 13).min(1600 - taken);
            bits.refill();
            let value = bits.peek(count);
            read.extend((0..count).rev().map(|bit| value >> bit & 1));
            bits.pass(count);
            taken += count;
        }
        let expected = bytes
            .iter()
            .flat_map(|&byte| (0..8).rev().map(move |bit| u32::from(byte >> bit & 1)));
        assert!(read.into_iter().eq(expected));
        assert!(!bits.overran());
    }

    #[test]
    fn ff_is_found_in_every_place() {
        assert!(!has_ff(0xfe01_0080_7ffe_00fe));
        for place in 0..8 {
            assert!(has_ff(0x0102_0304_0506_0708 | 0xff << (8 * place)));
        }
    }
}
