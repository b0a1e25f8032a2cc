//! Reed-Solomon codes of QR symbols, with erasures.
//!
//! No crate that corrects erasures is maintained, and the code that comes with the other
//! decoders corrects errors only. The field and the two polynomials fit on a page.

use std::sync::LazyLock;

/// Powers of 2 in GF(256) modulo x⁸ + x⁴ + x³ + x² + 1, and their logarithms.
struct GaloisField {
    /// Twice over, so that sums of two logarithms need no modulo.
    powers: [u8; 510],
    logs: [u8; 256],
}

static GF256: LazyLock<GaloisField> = LazyLock::new(|| {
    let mut field = GaloisField {
        powers: [0; 510],
        logs: [0; 256],
    };
    let mut power = 1_u16;
    for exponent in 0..255 {
        field.powers[exponent] = power as u8;
        field.powers[exponent + 255] = power as u8;
        field.logs[usize::from(power)] = exponent as u8;
        power <<= 1;
        if power > 255 {
            power ^= 0x11d;
        }
    }
    field
});

impl GaloisField {
    fn times(&self, a: u8, b: u8) -> u8 {
        if a == 0 || b == 0 {
            return 0;
        }
        self.powers[usize::from(self.logs[usize::from(a)]) + usize::from(self.logs[usize::from(b)])]
    }

    /// `a` / `b`; `b` is not zero.
    fn over(&self, a: u8, b: u8) -> u8 {
        if a == 0 {
            return 0;
        }
        let log = 255 + usize::from(self.logs[usize::from(a)]);
        self.powers[log - usize::from(self.logs[usize::from(b)])]
    }

    /// The value of a polynomial, lowest coefficient first.
    fn value(&self, polynomial: &[u8], at: u8) -> u8 {
        polynomial
            .iter()
            .rev()
            .fold(0, |sum, &coefficient| self.times(sum, at) ^ coefficient)
    }
}

/// Corrects a block in place: its last `parity` bytes are parity. `erased` are positions that
/// may be wrong, each once. Returns the number of errors outside of them; `None`, with the
/// block unchanged, if there are too many.
///
/// With e erasures, (`parity` − e) / 2 errors can be corrected.
pub(super) fn correct(block: &mut [u8], parity: usize, erased: &[usize]) -> Option<usize> {
    let length = block.len();
    if length > 255 || parity >= length || erased.len() > parity {
        return None;
    }
    if erased.iter().any(|&position| position >= length) {
        return None;
    }
    let field = &*GF256;
    let syndromes = syndromes(block, parity);
    if syndromes.iter().all(|&s| s == 0) {
        return Some(0);
    }
    let locator = locator(&syndromes, length, erased)?;
    let degree = locator.iter().rposition(|&c| c != 0)?;
    let errors = degree.checked_sub(erased.len())?;
    if 2 * errors + erased.len() > parity {
        return None;
    }
    // Ω = S Λ modulo x^parity; the derivative of Λ keeps its odd terms.
    let evaluator: Vec<u8> = (0..parity)
        .map(|i| {
            (0..=i.min(degree)).fold(0, |sum, j| sum ^ field.times(locator[j], syndromes[i - j]))
        })
        .collect();
    let derivative: Vec<u8> = (1..=degree)
        .map(|i| if i % 2 == 1 { locator[i] } else { 0 })
        .collect();
    let mut corrections = Vec::with_capacity(degree);
    for position in 0..length {
        let power = length - 1 - position;
        let inverse = field.powers[(255 - power) % 255];
        if field.value(&locator[..=degree], inverse) != 0 {
            continue;
        }
        let slope = field.value(&derivative, inverse);
        if slope == 0 {
            return None;
        }
        let ratio = field.over(field.value(&evaluator, inverse), slope);
        corrections.push((position, field.times(field.powers[power], ratio)));
    }
    if corrections.len() != degree {
        return None;
    }
    let apply = |block: &mut [u8]| {
        for &(position, correction) in &corrections {
            block[position] ^= correction;
        }
    };
    apply(block);
    if self::syndromes(block, parity).iter().any(|&s| s != 0) {
        apply(block);
        return None;
    }
    Some(errors)
}

/// The syndromes of a block in which only the codeword before `power` others is
/// not 0.
pub(super) fn single_syndromes(power: usize, parity: usize, byte: u8) -> impl Iterator<Item = u8> {
    let field = &*GF256;
    (0..parity).map(move |order| field.times(field.powers[power * order % 255], byte))
}

fn syndromes(block: &[u8], parity: usize) -> Vec<u8> {
    let field = &*GF256;
    (0..parity)
        .map(|i| {
            block
                .iter()
                .fold(0, |sum, &byte| field.times(sum, field.powers[i]) ^ byte)
        })
        .collect()
}

/// The polynomial whose roots are the inverse positions of errors and erasures, by the
/// algorithm of Berlekamp and Massey, started with the erasures.
fn locator(syndromes: &[u8], length: usize, erased: &[usize]) -> Option<Vec<u8>> {
    let field = &*GF256;
    let parity = syndromes.len();
    let mut locator = vec![0_u8; parity + 1];
    locator[0] = 1;
    for (count, &position) in erased.iter().enumerate() {
        let place = field.powers[length - 1 - position];
        for i in (1..=count + 1).rev() {
            locator[i] ^= field.times(place, locator[i - 1]);
        }
    }
    let mut shifted = locator.clone();
    let mut order = erased.len();
    for round in erased.len() + 1..=parity {
        let discrepancy = (0..round).fold(0, |sum, j| {
            sum ^ field.times(locator[j], syndromes[round - 1 - j])
        });
        // x B; what falls off the end lies beyond any correctable number.
        shifted.rotate_right(1);
        shifted[0] = 0;
        if discrepancy == 0 {
            continue;
        }
        let next: Vec<u8> = locator
            .iter()
            .zip(&shifted)
            .map(|(&l, &s)| l ^ field.times(discrepancy, s))
            .collect();
        if 2 * order < round + erased.len() {
            shifted = locator
                .iter()
                .map(|&l| field.over(l, discrepancy))
                .collect();
            order = round + erased.len() - order;
        }
        locator = next;
    }
    (locator.iter().rposition(|&c| c != 0)? == order).then_some(locator)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The parity of a message, by long division.
    fn encoded(message: &[u8], parity: usize) -> Vec<u8> {
        let field = &*GF256;
        let mut generator = vec![1_u8];
        for i in 0..parity {
            let mut next = vec![0; generator.len() + 1];
            for (j, &g) in generator.iter().enumerate() {
                next[j] ^= g;
                next[j + 1] ^= field.times(g, field.powers[i]);
            }
            generator = next;
        }
        let mut rest = message.to_vec();
        rest.resize(message.len() + parity, 0);
        for i in 0..message.len() {
            let lead = rest[i];
            for (j, &g) in generator.iter().enumerate() {
                rest[i + j] ^= field.times(lead, g);
            }
        }
        [message, &rest[message.len()..]].concat()
    }

    #[test]
    fn the_example_of_the_standard_is_right() {
        // ISO/IEC 18004, annex I: version 1-M, "01234567".
        let data = [
            0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11,
            0xec, 0x11,
        ];
        let parity = [0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55];
        assert_eq!(encoded(&data, 10)[16..], parity);
    }

    proptest! {
        /// Whatever lies within the bound is corrected, wherever it lies.
        #[test]
        fn errors_and_erasures_within_the_bound_are_corrected(
            message in prop::collection::vec(any::<u8>(), 1..120),
            parity in 2_usize..31,
            seed in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..), 0..40),
            share in 0_usize..31,
        ) {
            let whole = encoded(&message, parity);
            let mut places: Vec<(usize, u8)> = Vec::new();
            for (index, change) in seed {
                let place = index.index(whole.len());
                if places.iter().all(|&(p, _)| p != place) {
                    places.push((place, change));
                }
            }
            let erasures = share.min(parity).min(places.len());
            let errors = ((parity - erasures) / 2).min(places.len() - erasures);
            places.truncate(erasures + errors);
            let mut block = whole.clone();
            for &(place, change) in &places {
                block[place] ^= change;
            }
            let erased: Vec<usize> = places[..erasures].iter().map(|p| p.0).collect();
            prop_assert_eq!(correct(&mut block, parity, &erased), Some(errors));
            prop_assert_eq!(block, whole);
        }

        /// Anything else is refused untouched or becomes a code word.
        #[test]
        fn hostile_blocks_are_survived(
            block in prop::collection::vec(any::<u8>(), 0..300),
            parity in 0_usize..300,
            erased in prop::collection::btree_set(0_usize..300, 0..40),
        ) {
            let erased: Vec<usize> = erased.into_iter().collect();
            let mut after = block.clone();
            if correct(&mut after, parity, &erased).is_some() {
                prop_assert!(syndromes(&after, parity).iter().all(|&s| s == 0));
            } else {
                prop_assert_eq!(after, block);
            }
        }
    }
}
