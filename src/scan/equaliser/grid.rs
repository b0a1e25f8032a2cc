//! From a soft grid of modules to a text: by errors and erasures, then by soft decoding, and
//! never by a guess.

use super::super::content::Content;
use super::bitstream;
use super::function_patterns::{BlockLayout, FunctionPatterns, block_layout, masks};
use super::reed_solomon::correct;
use super::soft_decoding::{self, SoftDecoder};

/// How much may be done for a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Effort {
    /// Errors and erasures alone: some hundredths of a millisecond.
    Quick,
    /// Soft decoding where that fails: some milliseconds.
    Thorough(SoftDecoder),
}

/// A grid that was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DecodedGrid {
    /// What the symbol says.
    pub(super) content: Content,
    /// All modules as its maker drew them, +1 light and −1 dark.
    pub(super) modules: Vec<f32>,
    /// Whether the grid was a symbol seen in a mirror.
    pub(super) mirrored: bool,
}

/// Bits by which a corrected block must be better than chance: of 2²⁴ grids of noise, one
/// may give a block that passes. Reckoned, not measured. Lower: false reads. Higher:
/// blocks with many errors are refused although they are right.
const BLOCK_EVIDENCE: f32 = 24.0;

/// The same for all blocks and the padding together.
const EVIDENCE: f32 = 40.0;

/// Share (0 to 1) of the best format word's fit below which another is not tried. Lower:
/// more attempts per grid. Higher: a wrong word that fits best by chance costs the symbol.
/// Chosen by eye, not measured.
const SECOND_FORMAT: f32 = 0.6;

/// Soft values are clipped to ± this before the bits of a format word are summed, so that
/// no module outvotes the other copy. Chosen by eye, not measured.
const FORMAT_CLIP: f32 = 1.5;

/// A soft value v makes a codeword doubtful by ln(1 + e^(−3 |v|)): the logarithm of odds of
/// 3 for a certain bit, up to v = 8. Only the order of the codewords counts. Chosen by eye,
/// not measured.
const DOUBT_SCALE: f32 = 3.0;
const DOUBT_CLIP: f32 = 8.0;

/// Reads a grid of soft modules, positive for light and about ±1 where they are certain,
/// upright or mirrored.
pub(super) fn read(
    patterns: &FunctionPatterns,
    soft: &[f32],
    effort: Effort,
) -> Option<DecodedGrid> {
    if soft.len() != patterns.known.len() {
        return None;
    }
    let upright = formats(patterns, soft);
    let turned = transposed(soft, patterns.side);
    let mirrored = formats(patterns, &turned);
    // What fits the format words better comes first; the others may be tried as well.
    let mut tries: Vec<(f32, u8, bool)> = Vec::new();
    for (formats, mirror) in [(upright, false), (mirrored, true)] {
        tries.extend(formats.map(|(fit, word)| (fit, word, mirror)));
    }
    tries.sort_by(|a, b| b.0.total_cmp(&a.0));
    let least = SECOND_FORMAT * tries[0].0;
    tries.retain(|&(fit, ..)| fit > 0.0 && fit >= least);
    let read = |&(_, format, mirrored): &(f32, u8, bool), effort| {
        let soft = if mirrored { &turned } else { soft };
        let (content, modules) = decode(patterns, soft, format, effort)?;
        Some(DecodedGrid {
            content,
            modules: if mirrored {
                transposed(&modules, patterns.side)
            } else {
                modules
            },
            mirrored,
        })
    };
    let quick = tries.iter().find_map(|try_| read(try_, Effort::Quick));
    if quick.is_some() || effort == Effort::Quick {
        return quick;
    }
    // Where soft decoding is needed, trying the other formats as well read nothing more.
    read(tries.first()?, effort)
}

fn transposed(grid: &[f32], side: usize) -> Vec<f32> {
    (0..side * side)
        .map(|index| grid[index % side * side + index / side])
        .collect()
}

/// The two format words (level and mask) that fit best, with their fit: the sum of the soft
/// values of both copies.
fn formats(patterns: &FunctionPatterns, soft: &[f32]) -> [(f32, u8); 2] {
    let mut sums = [0.0; 15];
    for copy in patterns.format {
        for (sum, place) in sums.iter_mut().zip(copy) {
            *sum -= soft[place].clamp(-FORMAT_CLIP, FORMAT_CLIP);
        }
    }
    let mut best = [(f32::MIN, 0); 2];
    for word in 0..32 {
        let bits = format_bits(word);
        let fit = sums
            .iter()
            .enumerate()
            .map(|(bit, sum)| {
                if bits >> (14 - bit) & 1 == 1 {
                    *sum
                } else {
                    -sum
                }
            })
            .sum();
        if fit > best[0].0 {
            best = [(fit, word), best[0]];
        } else if fit > best[1].0 {
            best[1] = (fit, word);
        }
    }
    best
}

/// How well the best format word, mirrored or not, agrees with what is seen of its two
/// copies: 1 where no bit contradicts it, about a half in noise.
pub(super) fn format_agreement(patterns: &FunctionPatterns, soft: &[f32]) -> f32 {
    let share = |soft: &[f32]| {
        let [(fit, _), _] = formats(patterns, soft);
        let places = patterns.format.iter().flatten();
        let total: f32 = places
            .map(|&place| soft[place].abs().min(FORMAT_CLIP))
            .sum();
        fit / total.max(1e-3)
    };
    share(soft).max(share(&transposed(soft, patterns.side)))
}

/// Five bits of format information with their parity, masked.
fn format_bits(word: u8) -> u16 {
    let data = u16::from(word) << 10;
    let rest = (10..15).rev().fold(data, |rest, bit| {
        if rest >> bit & 1 == 1 {
            rest ^ 0x537 << (bit - 10)
        } else {
            rest
        }
    });
    (data | rest) ^ 0x5412
}

/// A codeword and how little it can be trusted.
#[derive(Clone, Copy)]
struct SoftCodeword {
    byte: u8,
    doubt: f32,
    /// Positive for 0.
    bits: [f32; 8],
}

fn decode(
    patterns: &FunctionPatterns,
    soft: &[f32],
    format: u8,
    effort: Effort,
) -> Option<(Content, Vec<f32>)> {
    let words = words(patterns, soft, format);
    let division = block_layout(patterns, format >> 3);
    let mut corrected: Vec<u8> = words.iter().map(|word| word.byte).collect();
    let mut data = Vec::new();
    let mut evidence = 0.0;
    for block in 0..division.short + division.long {
        let places = block_positions(&division, block);
        let seen: Vec<SoftCodeword> = places.iter().map(|&place| words[place]).collect();
        let (bytes, block_evidence) = correct_block(&seen, division.parity, effort)?;
        evidence += block_evidence;
        data.extend(&bytes[..places.len() - division.parity]);
        for (&place, byte) in places.iter().zip(bytes) {
            corrected[place] = byte;
        }
    }
    let message = bitstream::decode(&data, patterns.version)?;
    if evidence + (message.checked_bits as f32) < EVIDENCE {
        return None;
    }
    Some((message.content, redrawn(patterns, &corrected, format)))
}

/// What is certain in a grid that cannot be read as a whole: the known modules, and those of
/// the blocks that could be corrected. `None` if there is no such block.
pub(super) fn correctable_blocks(
    patterns: &FunctionPatterns,
    soft: &[f32],
    effort: Effort,
) -> Option<Vec<f32>> {
    if soft.len() != patterns.known.len() {
        return None;
    }
    let [(_, format), _] = formats(patterns, soft);
    let words = words(patterns, soft, format);
    let division = block_layout(patterns, format >> 3);
    let count = division.short + division.long;
    if count == 1 {
        // A single block is the whole, which could not be read.
        return None;
    }
    let mut corrected: Vec<Option<u8>> = vec![None; words.len()];
    for block in 0..count {
        let places = block_positions(&division, block);
        let seen: Vec<SoftCodeword> = places.iter().map(|&place| words[place]).collect();
        if let Some((bytes, _)) = correct_block(&seen, division.parity, effort) {
            for (&place, byte) in places.iter().zip(bytes) {
                corrected[place] = Some(byte);
            }
        }
    }
    corrected.iter().any(Option::is_some).then(|| {
        let bytes: Vec<u8> = corrected.iter().map(|byte| byte.unwrap_or(0)).collect();
        let mut modules = redrawn(patterns, &bytes, format);
        for (index, &place) in patterns.data.iter().enumerate() {
            if corrected.get(index / 8).copied().flatten().is_none() {
                modules[place] = 0.0;
            }
        }
        modules
    })
}

/// The codewords in the order in which they are placed.
fn words(patterns: &FunctionPatterns, soft: &[f32], format: u8) -> Vec<SoftCodeword> {
    let side = patterns.side;
    let masked = |place: usize| masks(format & 7, place / side, place % side);
    let word = |places: &[usize]| {
        let mut word = SoftCodeword {
            byte: 0,
            doubt: 0.0,
            bits: [0.0; 8],
        };
        for (bit, &place) in places.iter().enumerate() {
            let light = soft[place];
            word.bits[bit] = if masked(place) { -light } else { light };
            word.byte = word.byte << 1 | u8::from((light < 0.0) != masked(place));
            // Grows with the probability that the bit is wrong.
            word.doubt += (-DOUBT_SCALE * light.abs().min(DOUBT_CLIP)).exp().ln_1p();
        }
        word
    };
    patterns.data.chunks_exact(8).map(word).collect()
}

/// Where the codewords of one block stand: data, then parity.
fn block_positions(division: &BlockLayout, block: usize) -> Vec<usize> {
    let count = division.short + division.long;
    let mut places: Vec<usize> = (0..division.data)
        .map(|index| index * count + block)
        .collect();
    if block >= division.short {
        places.push(division.data * count + block - division.short);
    }
    let parity = division.data * count + division.long;
    places.extend((0..division.parity).map(|index| parity + index * count + block));
    places
}

/// Corrects one block, with as few erasures as it takes, or softly if `effort` allows it;
/// returns it with its evidence in bits.
fn correct_block(seen: &[SoftCodeword], parity: usize, effort: Effort) -> Option<(Vec<u8>, f32)> {
    let mut doubtful: Vec<usize> = (0..seen.len()).collect();
    doubtful.sort_by(|&a, &b| seen[b].doubt.total_cmp(&seen[a].doubt));
    (0..parity - 1)
        .step_by(2)
        .find_map(|erasures| {
            let mut bytes: Vec<u8> = seen.iter().map(|word| word.byte).collect();
            let errors = correct(&mut bytes, parity, &doubtful[..erasures])?;
            let changed: u32 = seen
                .iter()
                .zip(&bytes)
                .map(|(word, byte)| (word.byte ^ byte).count_ones())
                .sum();
            let evidence = evidence(seen.len(), parity, erasures, errors, changed as usize);
            (evidence >= BLOCK_EVIDENCE).then_some((bytes, evidence))
        })
        .or_else(|| {
            let Effort::Thorough(decoder) = effort else {
                return None;
            };
            let soft: Vec<f32> = seen.iter().flat_map(|word| word.bits).collect();
            let bytes = decoder.correct(&soft, parity)?;
            let evidence = soft_decoding::evidence(&soft, &bytes, parity);
            (evidence >= BLOCK_EVIDENCE).then_some((bytes, evidence))
        })
}

/// How much a corrected block is better than chance, in bits.
///
/// There are C(n − e, v) sets of v errors beside e erasures. In the 8 (e + v) bits of these
/// codewords there are so many ways to change no more bits than were changed. Each of these
/// patterns turns noise into a code word with a probability of one in 2 to the number of
/// parity bits.
fn evidence(length: usize, parity: usize, erasures: usize, errors: usize, changed: usize) -> f32 {
    let places = log2_choose(length - erasures, errors);
    let bits = 8 * (erasures + errors);
    let most = (0..=changed.min(bits))
        .map(|count| log2_choose(bits, count))
        .fold(0.0, f32::max);
    let ways: f32 = (0..=changed.min(bits))
        .map(|count| (log2_choose(bits, count) - most).exp2())
        .sum();
    (8 * parity) as f32 - places - most - ways.log2()
}

fn log2_choose(n: usize, k: usize) -> f32 {
    let k = k.min(n - k.min(n));
    (0..k)
        .map(|i| ((n - i) as f32 / (i + 1) as f32).log2())
        .sum()
}

/// All modules of the symbol with these codewords. Remainder bits are zeros.
fn redrawn(patterns: &FunctionPatterns, codewords: &[u8], format: u8) -> Vec<f32> {
    let tone = |dark: bool| if dark { -1.0 } else { 1.0 };
    let mut modules = patterns.known.clone();
    for (index, &place) in patterns.data.iter().enumerate() {
        let bit = codewords
            .get(index / 8)
            .is_some_and(|byte| byte >> (7 - index % 8) & 1 == 1);
        let inverted = masks(format & 7, place / patterns.side, place % patterns.side);
        modules[place] = tone(bit != inverted);
    }
    let bits = format_bits(format);
    for copy in patterns.format {
        for (bit, place) in copy.into_iter().enumerate() {
            modules[place] = tone(bits >> (14 - bit) & 1 == 1);
        }
    }
    modules
}

#[cfg(test)]
mod tests;
