//! Which characters go into a symbol in which mode.
//!
//! The `qrcode` crate's own segmentation joins greedily, and takes pairs of
//! UTF-8 bytes for Shift JIS kanji where they happen to look like them, which
//! readers then turn into other characters. Here the cheapest split is found
//! exactly, over the three modes that read back alike everywhere.

use qrcode::bits::Bits;
use qrcode::optimize::Segment;
use qrcode::types::{Mode, QrResult, Version};

/// Digits that version 40-L holds: the longest text of any symbol.
pub(super) const MOST_DIGITS: usize = 7089;

const MODES: [Mode; 3] = [Mode::Numeric, Mode::Alphanumeric, Mode::Byte];

/// Sixths of a bit, in which every mode's characters cost a whole number:
/// digits 10/3, alphanumerics 11/2, bytes 8 bits.
const SIXTHS: usize = 6;
const CHARACTER_COST: [usize; 3] = [20, 33, 48];

/// A text split into segments, for versions of one class.
#[derive(Debug)]
pub(super) struct Plan {
    segments: Vec<Segment>,
    bits: usize,
}

impl Plan {
    /// Bits of all segments with their headers.
    pub(super) fn bits(&self) -> usize {
        self.bits
    }

    /// Writes the segments.
    pub(super) fn push(&self, data: &[u8], bits: &mut Bits) -> QrResult<()> {
        bits.push_segments(data, self.segments.iter().copied())
    }
}

/// The cheapest split of this data for versions with length fields like
/// `version`'s.
pub(super) fn plan(data: &[u8], version: Version) -> Plan {
    let headers =
        MODES.map(|mode| (version.mode_bits_count() + mode.length_bits_count(version)) * SIXTHS);
    // Dynamic programming over the characters: the cost of everything so far if the last
    // character is in each mode, and, for each character and mode, the mode before.
    let mut costs = headers;
    let mut before: Vec<[usize; 3]> = Vec::with_capacity(data.len());
    for &byte in data {
        let mut extended = [usize::MAX; 3];
        for mode in 0..3 {
            if can_hold(MODES[mode], byte) && costs[mode] != usize::MAX {
                extended[mode] = costs[mode] + CHARACTER_COST[mode];
            }
        }
        let mut from = [0, 1, 2];
        let mut switched = extended;
        // A segment may end after this character and another mode begin: its
        // header is paid in advance, and a begun bit counts as a whole one.
        for to in 0..3 {
            for (end, &cost) in extended.iter().enumerate() {
                if cost == usize::MAX {
                    continue;
                }
                let begun = cost.next_multiple_of(SIXTHS) + headers[to];
                if end != to && begun < switched[to] {
                    switched[to] = begun;
                    from[to] = end;
                }
            }
        }
        before.push(from);
        costs = switched;
    }
    let last = (0..3).min_by_key(|&mode| costs[mode]).unwrap_or(2);
    segments_of(&before, last, version)
}

/// Walks the choices back from the last character.
fn segments_of(before: &[[usize; 3]], last: usize, version: Version) -> Plan {
    let mut segments: Vec<Segment> = Vec::new();
    let mut mode = last;
    for (index, from) in before.iter().enumerate().rev() {
        // `from` tells in which mode this character itself stands.
        mode = from[mode];
        match segments.last_mut() {
            Some(segment) if segment.mode == MODES[mode] => segment.begin = index,
            _ => segments.push(Segment {
                mode: MODES[mode],
                begin: index,
                end: index + 1,
            }),
        }
    }
    segments.reverse();
    let bits = segments
        .iter()
        .map(|segment| segment.encoded_len(version))
        .sum();
    Plan { segments, bits }
}

fn can_hold(mode: Mode, byte: u8) -> bool {
    match mode {
        Mode::Numeric => byte.is_ascii_digit(),
        Mode::Alphanumeric => {
            byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" $%*+-./:".contains(&byte)
        }
        Mode::Byte => true,
        Mode::Kanji => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::EcLevel;
    use qrcode::optimize::Parser;

    fn modes(text: &str) -> Vec<(Mode, usize)> {
        plan(text.as_bytes(), Version::Normal(1))
            .segments
            .iter()
            .map(|segment| (segment.mode, segment.end - segment.begin))
            .collect()
    }

    #[test]
    fn digits_are_one_numeric_segment() {
        assert_eq!(modes(&"5".repeat(63)), [(Mode::Numeric, 63)]);
    }

    #[test]
    fn a_switch_is_made_only_where_it_pays() {
        assert_eq!(modes("abc12def"), [(Mode::Byte, 8)]);
        assert_eq!(
            modes("https://example.jp#012345678901234567890123456789"),
            [(Mode::Byte, 19), (Mode::Numeric, 30)]
        );
        assert_eq!(modes("ABC-123"), [(Mode::Alphanumeric, 7)]);
    }

    #[test]
    fn japanese_is_never_taken_for_shift_jis() {
        let text = "病棟3-PC12 の返信";
        assert!(
            Parser::new(text.as_bytes()).any(|segment| segment.mode == Mode::Kanji),
            "the crate's own parser does take it so"
        );
        assert_eq!(modes(text), [(Mode::Byte, text.len())]);
    }

    #[test]
    fn the_plan_is_never_longer_than_the_crates_own() {
        let mut state = 1_u32;
        for length in 1..120 {
            let text: String = (0..length)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let alphabet = [&b"0123456789"[..], b"ABCDEF0123", b"abc/:#012345"]
                        [(state >> 30) as usize % 3];
                    char::from(alphabet[(state >> 16) as usize % alphabet.len()])
                })
                .collect();
            let mut bits = Bits::new(Version::Normal(40));
            bits.push_optimal_data(text.as_bytes()).unwrap();
            let ours = plan(text.as_bytes(), Version::Normal(40));
            assert!(ours.bits() <= bits.len(), "{text}");
            let mut own = Bits::new(Version::Normal(40));
            ours.push(text.as_bytes(), &mut own).unwrap();
            assert_eq!(own.len(), ours.bits(), "{text}");
            own.push_terminator(EcLevel::H).unwrap();
        }
    }
}
