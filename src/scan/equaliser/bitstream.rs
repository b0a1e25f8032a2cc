//! From data codewords to text (the data bit stream of ISO/IEC 18004), strictly.
//!
//! Other decoders stop reading at the terminator. Here what follows must be the prescribed
//! padding, too: chance words that pass Reed-Solomon do not have it.

use super::super::content::{Content, Part};

/// A text, and how many bits of the codewords tell it from chance.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded {
    /// What the symbol says; never an empty text.
    pub(super) content: Content,
    /// Bits of terminator and padding, all as prescribed.
    pub(super) checked_bits: usize,
}

const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Reads numeric, alphanumeric and byte segments, and whether they are a part of a longer
/// text. `None` for anything else, for bytes that are not UTF-8, and for padding that is not
/// as prescribed.
pub(super) fn decode(data: &[u8], version: u8) -> Option<Decoded> {
    let mut bits = BitReader { data, next: 0 };
    let mut text = Vec::new();
    let mut part = None;
    let wide = version >= 10;
    while bits.left() >= 4 {
        match bits.take(4)? {
            0 => {
                bits.next -= 4;
                break;
            }
            1 => {
                let count = bits.take(if wide { 12 } else { 10 })?;
                digits(&mut bits, count, &mut text)?;
            }
            2 => {
                let count = bits.take(if wide { 11 } else { 9 })?;
                alphanumerics(&mut bits, count, &mut text)?;
            }
            3 => {
                let (place, last) = (bits.take(4)?, bits.take(4)?);
                // The parity of the whole text, for those who join parts.
                bits.take(8)?;
                part = Some(Part::at(place as u8, last as u8));
            }
            4 => {
                let count = bits.take(if wide { 16 } else { 8 })?;
                if count == 0 {
                    return None;
                }
                for _ in 0..count {
                    text.push(bits.take(8)? as u8);
                }
            }
            _ => return None,
        }
    }
    let checked_bits = bits.left();
    padding(&mut bits)?;
    let text = String::from_utf8(text).ok()?;
    (!text.is_empty()).then_some(Decoded {
        content: part.map_or(Content::Text(text), Content::Part),
        checked_bits,
    })
}

fn digits(bits: &mut BitReader<'_>, count: u32, text: &mut Vec<u8>) -> Option<()> {
    if count == 0 {
        return None;
    }
    let mut left = count;
    while left > 0 {
        let group = left.min(3);
        let value = bits.take([4, 7, 10][group as usize - 1])?;
        if value >= 10_u32.pow(group) {
            return None;
        }
        for place in (0..group).rev() {
            text.push(b'0' + (value / 10_u32.pow(place) % 10) as u8);
        }
        left -= group;
    }
    Some(())
}

fn alphanumerics(bits: &mut BitReader<'_>, count: u32, text: &mut Vec<u8>) -> Option<()> {
    if count == 0 {
        return None;
    }
    for _ in 0..count / 2 {
        let value = bits.take(11)? as usize;
        text.push(*ALPHANUMERIC.get(value / 45)?);
        text.push(ALPHANUMERIC[value % 45]);
    }
    if count % 2 == 1 {
        text.push(*ALPHANUMERIC.get(bits.take(6)? as usize)?);
    }
    Some(())
}

/// Up to four bits of terminator, zeros up to the byte, then 0xec and 0x11 in turn. Where the
/// terminator ends with a byte, the encoder `segno` puts a byte of zeros before the padding:
/// one such byte passes.
fn padding(bits: &mut BitReader<'_>) -> Option<()> {
    let terminator = bits.left().min(4);
    let to_byte = (8 - (bits.next + terminator) % 8) % 8;
    for _ in 0..terminator + to_byte {
        if bits.take(1)? != 0 {
            return None;
        }
    }
    if to_byte == 0 && bits.left() >= 8 {
        let start = bits.next;
        if bits.take(8)? != 0 {
            bits.next = start;
        }
    }
    for expected in [0xec, 0x11].into_iter().cycle() {
        if bits.left() == 0 {
            break;
        }
        if bits.take(8)? != expected {
            return None;
        }
    }
    Some(())
}

struct BitReader<'a> {
    data: &'a [u8],
    next: usize,
}

impl BitReader<'_> {
    fn left(&self) -> usize {
        8 * self.data.len() - self.next
    }

    fn take(&mut self, count: usize) -> Option<u32> {
        if count > self.left() {
            return None;
        }
        let value = (self.next..self.next + count).fold(0, |value, bit| {
            value << 1 | u32::from(self.data[bit / 8] >> (7 - bit % 8) & 1)
        });
        self.next += count;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EXAMPLE: [u8; 16] = [
        0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec,
        0x11,
    ];

    #[test]
    fn the_example_of_the_standard_is_read() {
        let read = decode(&EXAMPLE, 1).unwrap();
        assert_eq!(read.content.text(), Some("01234567"));
        assert_eq!(read.checked_bits, 128 - 41);
    }

    /// Reed-Solomon lets chance pass now and then; the padding does not.
    #[test]
    fn padding_must_be_as_prescribed() {
        for bit in 41..128 {
            let mut data = EXAMPLE;
            data[bit / 8] ^= 0x80 >> (bit % 8);
            assert_eq!(decode(&data, 1), None, "bit {bit}");
        }
    }

    #[test]
    fn one_byte_of_zeros_may_come_before_the_padding() {
        // One letter in byte mode ends its terminator with a byte.
        assert!(decode(&[0x40, 0x14, 0x10, 0xec, 0x11], 1).is_some());
        assert!(decode(&[0x40, 0x14, 0x10, 0x00, 0xec], 1).is_some());
        assert_eq!(decode(&[0x40, 0x14, 0x10, 0x00, 0x00], 1), None);
        assert_eq!(decode(&[0x40, 0x14, 0x10, 0x11, 0xec], 1), None);
    }

    /// The header of a structured append, before or behind the digits.
    #[test]
    fn a_part_is_told_from_a_whole() {
        // 0011, place 1 of 0 to 4, parity 0xa5; then "01234567".
        let first = [0x31, 0x4a, 0x51, 0x02, 0x00, 0xc5, 0x66, 0x18, 0x00, 0xec];
        let read = decode(&first, 1).unwrap();
        assert_eq!(read.content, Content::Part(Part { number: 2, of: 5 }));
        // Strict as ever: no padding, no part.
        let mut chance = first;
        chance[9] = 0xed;
        assert_eq!(decode(&chance, 1), None);
        // A header alone says nothing, and one that is cut off is chance.
        assert_eq!(decode(&[0x31, 0x4a, 0x50, 0xec, 0x11], 1), None);
        assert_eq!(decode(&[0x31, 0x4a], 1), None);
    }

    #[test]
    fn empty_and_cut_off_segments_are_refused() {
        assert_eq!(decode(&[], 1), None);
        assert_eq!(decode(&[0x00, 0xec], 1), None);
        assert_eq!(decode(&EXAMPLE[..4], 1), None);
        // A numeric segment of no digits.
        assert_eq!(decode(&[0x10, 0x00, 0x00, 0xec], 1), None);
    }

    proptest! {
        #[test]
        fn hostile_codewords_are_survived(
            data in prop::collection::vec(any::<u8>(), 0..400),
            version in 1_u8..13,
        ) {
            let _ = decode(&data, version);
        }
    }
}
