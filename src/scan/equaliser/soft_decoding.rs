//! Soft-decision decoding of Reed-Solomon codes, for blocks with too many errors
//! for algebra alone.
//!
//! The method is that of J. Jiang and K. R. Narayanan, "Iterative soft-input
//! soft-output decoding of Reed-Solomon codes by adapting the parity-check
//! matrix", IEEE Transactions on Information Theory 52 (2006), 3746-3756. Every
//! round adapts the binary parity-check matrix so that each of the least reliable
//! bits stands in one check only, computes the extrinsic information of every bit
//! by the sum-product rule, adds a damped share of it to the bit's log-likelihood
//! ratio (LLR), and tries to correct the hard decisions algebraically.

use super::reed_solomon::{correct, single_syndromes};

/// Rounds after which a block is given up. More rounds correct few blocks more,
/// and each costs an elimination. Chosen by eye, not measured.
const ROUNDS: usize = 12;

/// Soft values are clipped to ± this before they become LLRs, in units of a
/// certain bit (with the default scale an LLR of ±12). Without a clip a single
/// overshooting module outvotes its checks; at 1 the reliable bits could no longer
/// be told from the doubtful. Chosen by eye, not measured.
const LLR_CLIP: f32 = 2.0;

/// The parameters of soft decoding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SoftDecoder {
    /// Share (0 to 1) of the extrinsic information that is added to a bit's LLR in
    /// one round; Jiang and Narayanan's damping coefficient α. Of shares between
    /// 0.05 and 0.5, this one with the scale below read most blurred grids. Lower:
    /// the rounds run out. Higher: wrong bits confirm each other.
    pub damping: f32,
    /// The LLR of a soft value of ±1, which stands for a certain bit. Found
    /// together with the damping. Lower: the checks outvote what was seen. Higher:
    /// a wrong bit that looks certain is never turned.
    pub llr_scale: f32,
}

impl Default for SoftDecoder {
    fn default() -> Self {
        Self {
            damping: 0.25,
            llr_scale: 6.0,
        }
    }
}

impl SoftDecoder {
    /// Corrects a block whose bits are `soft`: positive for 0, about ±1 where they
    /// are certain. The last `parity` bytes of it are parity.
    ///
    /// Some code word lies near most noise: only the [`evidence`] tells whether
    /// the one found is meant.
    pub(super) fn correct(self, soft: &[f32], parity: usize) -> Option<Vec<u8>> {
        let mut checks = ParityChecks::of(soft.len() / 8, parity);
        let mut llrs: Vec<f32> = soft
            .iter()
            .map(|value| self.llr_scale * value.clamp(-LLR_CLIP, LLR_CLIP))
            .collect();
        let mut order: Vec<usize> = (0..llrs.len()).collect();
        (0..ROUNDS).find_map(|_| {
            order.sort_by(|&a, &b| llrs[a].abs().total_cmp(&llrs[b].abs()));
            checks.adapt(&order);
            let extrinsic = checks.extrinsic(&llrs);
            for (llr, extrinsic) in llrs.iter_mut().zip(extrinsic) {
                *llr += self.damping * extrinsic;
            }
            let mut bytes = hard_decisions(&llrs);
            correct(&mut bytes, parity, &[]).map(|_| bytes)
        })
    }
}

/// How much better than chance it is that a code word lies this near, in bits.
///
/// The bits that the code word changes have a total weight: each weighs as much as
/// it was certain. We count all ways to change bits of no more weight; each of
/// them turns noise into a code word with a probability of one in 2 to the number
/// of parity bits.
pub(super) fn evidence(soft: &[f32], bytes: &[u8], parity: usize) -> f32 {
    /// Steps into which the weight of a certain bit is divided. Fewer blur the
    /// count, more take time and memory in proportion. Chosen by eye, not measured.
    const STEPS: f32 = 12.0;
    let weight = |value: &f32| (STEPS * value.abs().min(LLR_CLIP)).round() as usize;
    let changed = soft.iter().enumerate().filter(|(bit, soft)| {
        let one = bytes[bit / 8] >> (7 - bit % 8) & 1 == 1;
        one != (**soft < 0.0)
    });
    let most: usize = changed.map(|(_, soft)| weight(soft)).sum();
    // For every weight, the number of ways in which it comes about.
    let mut ways = vec![0.0_f64; most + 1];
    ways[0] = 1.0;
    for step in soft.iter().map(weight).filter(|&step| step <= most) {
        for total in (step..=most).rev() {
            ways[total] += ways[total - step];
        }
    }
    (8 * parity) as f32 - ways.iter().sum::<f64>().log2() as f32
}

fn hard_decisions(llrs: &[f32]) -> Vec<u8> {
    let byte = |bits: &[f32]| {
        bits.iter()
            .fold(0, |byte, &bit| byte << 1 | u8::from(bit < 0.0))
    };
    llrs.chunks_exact(8).map(byte).collect()
}

/// The binary parity-check matrix of one code.
struct ParityChecks {
    /// For every check, the bits whose sum is even; 64 to a word.
    rows: Vec<Vec<u64>>,
    bits: usize,
}

impl ParityChecks {
    /// The checks of blocks of `length` bytes.
    fn of(length: usize, parity: usize) -> Self {
        let bits = 8 * length;
        let mut rows = vec![vec![0; bits.div_ceil(64)]; 8 * parity];
        for column in 0..bits {
            // The syndromes of a word in which only this bit is set.
            let byte = 1 << (7 - column % 8);
            let syndromes = single_syndromes(length - 1 - column / 8, parity, byte);
            for (order, syndrome) in syndromes.enumerate() {
                for bit in (0..8).filter(|bit| syndrome >> bit & 1 == 1) {
                    rows[8 * order + bit][column / 64] |= 1 << (column % 64);
                }
            }
        }
        Self { rows, bits }
    }

    /// Gaussian elimination: afterwards as many bits as there are checks stand in
    /// one check each, the first in `order` where possible.
    fn adapt(&mut self, order: &[usize]) {
        let mut done = 0;
        for &column in order {
            let (word, bit) = (column / 64, column % 64);
            let has = |row: &[u64]| row[word] >> bit & 1 == 1;
            let Some(pivot) = (done..self.rows.len()).find(|&row| has(&self.rows[row])) else {
                continue;
            };
            self.rows.swap(done, pivot);
            let (before, rest) = self.rows.split_at_mut(done);
            if let Some((pivot, after)) = rest.split_first_mut() {
                for row in before.iter_mut().chain(after).filter(|row| has(row)) {
                    for (value, other) in row.iter_mut().zip(pivot.iter()) {
                        *value ^= other;
                    }
                }
            }
            done += 1;
            if done == self.rows.len() {
                break;
            }
        }
    }

    /// The extrinsic information of every bit, as an LLR: positive for 0.
    fn extrinsic(&self, llrs: &[f32]) -> Vec<f32> {
        /// The logarithm of a product of tangents below which a check says nothing
        /// (the product is 6e-6). It only saves time. Chosen by eye, not measured.
        const NEGLIGIBLE: f32 = -12.0;
        // The sum-product rule multiplies hyperbolic tangents. The bounds keep the
        // logarithms finite.
        let tangents = llrs
            .iter()
            .map(|llr| (llr.abs() / 2.0).tanh().clamp(1e-3, 0.9999));
        let (logs, inverses): (Vec<f32>, Vec<f32>) = tangents
            .zip(llrs)
            .map(|(tangent, llr)| (tangent.ln(), llr.signum() / tangent))
            .unzip();
        let mut extrinsic = vec![0.0; self.bits];
        let mut members = Vec::with_capacity(self.bits);
        for row in &self.rows {
            members.clear();
            members.extend(set_bits(row));
            let sum: f32 = members.iter().map(|&bit| logs[bit]).sum();
            if sum < NEGLIGIBLE {
                continue;
            }
            let odd = members.iter().filter(|&&bit| llrs[bit] < 0.0).count() % 2 == 1;
            let product = if odd { -sum.exp() } else { sum.exp() };
            for &bit in &members {
                extrinsic[bit] += llr_of((product * inverses[bit]).clamp(-0.9999, 0.9999));
            }
        }
        extrinsic
    }
}

/// The LLR whose half has this hyperbolic tangent.
fn llr_of(tangent: f32) -> f32 {
    if tangent.abs() < 0.3 {
        // Most are small. Two terms of the series are within 0.2 % of them.
        tangent * (2.0 + 0.667 * tangent * tangent)
    } else {
        ((1.0 + tangent) / (1.0 - tangent)).ln()
    }
}

fn set_bits(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(index, &word)| {
        std::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)))
            .take_while(|&word| word != 0)
            .map(move |word| 64 * index + word.trailing_zeros() as usize)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use qrcode::bits::Bits;
    use qrcode::ec::construct_codewords;
    use qrcode::{EcLevel, Version};

    use super::*;

    /// Parity of a version 2-M, a single block of 44 bytes.
    const PARITY: usize = 16;

    /// Noise of a normal distribution with this deviation.
    fn noise(state: &mut u64, deviation: f32) -> f32 {
        let mut uniform = || {
            *state ^= *state << 13;
            *state ^= *state >> 7;
            *state ^= *state << 17;
            (*state >> 40) as f32 / (1_u64 << 24) as f32
        };
        let (a, b) = (uniform().max(1e-7), uniform());
        deviation * (-2.0 * a.ln()).sqrt() * (std::f32::consts::TAU * b).cos()
    }

    /// A block as a symbol of version 2-M has it.
    fn block() -> Vec<u8> {
        let version = Version::Normal(2);
        let mut bits = Bits::new(version);
        bits.push_numeric_data(b"092914273902996432764863869585514303965545262473442102583639")
            .unwrap();
        bits.push_terminator(EcLevel::M).unwrap();
        let (data, parity) = construct_codewords(&bits.into_bytes(), version, EcLevel::M).unwrap();
        [data, parity].concat()
    }

    fn softened(block: &[u8], state: &mut u64, deviation: f32) -> Vec<f32> {
        let bits = block
            .iter()
            .flat_map(|byte| (0..8).map(move |bit| byte >> (7 - bit) & 1 == 1));
        bits.map(|one| if one { -1.0 } else { 1.0 } + noise(state, deviation))
            .collect()
    }

    #[test]
    fn every_code_word_meets_every_check() {
        let word = softened(&block(), &mut 1, 0.0);
        let mut checks = ParityChecks::of(44, PARITY);
        for turn in 0..3_usize {
            for row in &checks.rows {
                let ones = set_bits(row).filter(|&bit| word[bit] < 0.0).count();
                assert_eq!(ones % 2, 0);
            }
            let order: Vec<usize> = (0..352).map(|i| (i * 97 + turn * 5) % 352).collect();
            checks.adapt(&order);
        }
    }

    #[test]
    fn adapting_leaves_the_first_bits_in_one_check_each() {
        let mut checks = ParityChecks::of(44, PARITY);
        let order: Vec<usize> = (0..352).rev().collect();
        checks.adapt(&order);
        for bit in &order[..8 * PARITY] {
            let checked = checks
                .rows
                .iter()
                .filter(|row| set_bits(row).any(|b| b == *bit));
            assert_eq!(checked.count(), 1, "bit {bit}");
        }
    }

    /// Algebra corrects 8 bytes at most; here some 15 of 44 are wrong.
    #[test]
    fn soft_bits_correct_more_than_algebra() {
        let block = block();
        let (mut softly, mut by_algebra) = (0, 0);
        for round in 0..60_u64 {
            let soft = softened(&block, &mut (round * 7919 + 1), 0.62);
            if correct(&mut hard_decisions(&soft), PARITY, &[]).is_some() {
                by_algebra += 1;
            }
            if let Some(bytes) = SoftDecoder::default().correct(&soft, PARITY) {
                let evidence = evidence(&soft, &bytes, PARITY);
                assert_eq!(bytes == block, evidence > 24.0, "{evidence}");
                softly += u32::from(bytes == block);
            }
        }
        assert!(by_algebra < 5 && softly > 45, "{by_algebra}, {softly}");
    }

    /// With much parity, nearly all noise lies near some code word. That must not
    /// count.
    #[test]
    fn code_words_near_to_noise_have_no_evidence() {
        let mut found = 0;
        for (length, parity) in [(44, 28), (35, 18), (26, 10), (43, 22), (25, 15)] {
            for round in 0..40_u64 {
                let mut state = round * 104_729 + 17;
                let soft: Vec<f32> = (0..8 * length).map(|_| noise(&mut state, 1.0)).collect();
                if let Some(bytes) = SoftDecoder::default().correct(&soft, parity) {
                    found += 1;
                    let evidence = evidence(&soft, &bytes, parity);
                    assert!(evidence < 15.0, "{length} {parity}: {evidence}");
                }
            }
        }
        assert!(found > 20, "{found}");
    }

    proptest! {
        #[test]
        fn any_values_are_survived(
            values in prop::collection::vec(any::<f32>(), 0..40),
            length in 0_usize..60,
            parity in 0_usize..31,
        ) {
            let soft: Vec<f32> = (0..8 * length)
                .map(|i| values.get(i % 40).copied().unwrap_or(f32::NAN))
                .collect();
            if let Some(bytes) = SoftDecoder::default().correct(&soft, parity) {
                prop_assert_eq!(bytes.len(), length);
                prop_assert!(evidence(&soft, &bytes, parity) <= (8 * parity) as f32);
            }
        }
    }
}
