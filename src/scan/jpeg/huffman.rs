//! Huffman tables: look up one coefficient, or skip several, at a time.

use super::bits::Bits;

/// A code that is not in the table, or a coefficient beyond its block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Corrupt;

/// A table as stored in a file.
#[derive(Clone, Copy)]
pub(super) struct Definition<'a> {
    /// The number of codes of each length, 1 to 16 bits.
    pub(super) counts: &'a [u8; 16],
    /// The symbols of the codes, shortest code first.
    pub(super) symbols: &'a [u8],
}

/// Bits used to look up a coefficient. With 10, the table is 4 KB.
const VALUE_BITS: u32 = 10;

/// Bits used to skip coefficients. With 12, the table is 8 KB: larger ones skip more
/// at a time, but crowd the processor's first cache and come out slower.
const SKIP_BITS: u32 = 12;

/// A Huffman table. Each symbol tells how many coefficients are zero and how many
/// bits the next one has; those for DC never have zeros in front.
pub(super) struct Table {
    values: Box<[Value; 1 << VALUE_BITS]>,
    skips: Box<[Skip; 1 << SKIP_BITS]>,
    /// For each length, the upper limit of codes up to that length, extended to
    /// 16 bits.
    limits: [u32; 17],
    /// For each length, the index of its first symbol minus its first code.
    offsets: [i32; 17],
    symbols: [u8; 256],
}

/// What [`VALUE_BITS`] bits begin with: a coefficient.
#[derive(Clone, Copy, Default)]
struct Value {
    level: i16,
    /// Bits of the code and the value; 0 if they are longer than the lookup.
    bits: u8,
    /// Distance from the previous coefficient, or [`END`].
    step: u8,
}

/// The rest of the block is zero.
const END: u8 = 64;

/// What can be skipped given the next [`SKIP_BITS`] bits: the number of bits (5
/// bits), the number of coefficients (6 bits), and whether the block ends there (1
/// bit). 0 if the first code is longer than the lookup.
#[derive(Clone, Copy, Default)]
struct Skip(u16);

impl Skip {
    fn new(bits: u32, step: u32, ends: bool) -> Self {
        Self((bits | step << 5 | u32::from(ends) << 11) as u16)
    }

    fn bits(self) -> u32 {
        u32::from(self.0) & 31
    }

    fn step(self) -> usize {
        usize::from(self.0 >> 5) & 63
    }

    fn ends(self) -> bool {
        self.0 & 1 << 11 != 0
    }
}

impl Table {
    /// `None` if there can be no such set of codes.
    pub(super) fn new(definition: Definition<'_>) -> Option<Self> {
        let mut table = Self {
            values: vec![Value::default(); 1 << VALUE_BITS].try_into().ok()?,
            skips: vec![Skip::default(); 1 << SKIP_BITS].try_into().ok()?,
            limits: [0; 17],
            offsets: [0; 17],
            symbols: [0; 256],
        };
        table
            .symbols
            .get_mut(..definition.symbols.len())?
            .copy_from_slice(definition.symbols);
        let (mut code, mut place) = (0_u32, 0_i32);
        for (length, &count) in (1..).zip(definition.counts) {
            table.offsets[length] = place - code as i32;
            code += u32::from(count);
            place += i32::from(count);
            // No code is all ones.
            if code >= 1 << length {
                return None;
            }
            table.limits[length] = code << (16 - length);
            code *= 2;
        }
        if place as usize != definition.symbols.len() {
            return None;
        }
        for prefix in 0..1 << VALUE_BITS {
            table.values[prefix as usize] = table.value(prefix);
        }
        for prefix in 0..1 << SKIP_BITS {
            table.skips[prefix as usize] = table.skip_of(prefix);
        }
        Some(table)
    }

    /// Length and symbol of the code that these 16 bits begin with.
    fn symbol(&self, bits: u32) -> Option<(u32, u8)> {
        let length = (1..=16).find(|&length| bits < self.limits[length])?;
        let place = (bits >> (16 - length)) as i32 + self.offsets[length];
        Some((length as u32, self.symbols[place as usize & 255]))
    }

    /// The entry for `prefix`, [`VALUE_BITS`] bits.
    fn value(&self, prefix: u32) -> Value {
        let Some((length, symbol)) = self.symbol(prefix << (16 - VALUE_BITS)) else {
            return Value::default();
        };
        let size = u32::from(symbol & 15);
        if length + size > VALUE_BITS {
            return Value::default();
        }
        let left = VALUE_BITS - length - size;
        Value {
            level: signed(prefix >> left & ((1 << size) - 1), size),
            bits: (length + size) as u8,
            step: step(symbol),
        }
    }

    /// The entry for `prefix`, [`SKIP_BITS`] bits.
    fn skip_of(&self, prefix: u32) -> Skip {
        let (mut bits, mut steps) = (0, 0);
        while bits < SKIP_BITS {
            let rest = prefix << bits & ((1 << SKIP_BITS) - 1);
            let Some((length, symbol)) = self.symbol(rest << (16 - SKIP_BITS)) else {
                break;
            };
            let whole = length + u32::from(symbol & 15);
            // A value may reach beyond the prefix: its bits do not matter.
            if bits + length > SKIP_BITS || bits + whole > 31 {
                break;
            }
            let step = step(symbol);
            if step == END {
                return Skip::new(bits + length, steps, true);
            }
            if steps + u32::from(step) > 63 {
                break;
            }
            bits += whole;
            steps += u32::from(step);
        }
        Skip::new(bits, steps, false)
    }

    /// The next coefficient: its distance from the previous one, and its value.
    /// See [`ends`].
    #[inline]
    pub(super) fn next(&self, bits: &mut Bits<'_>) -> Result<(usize, i32), Corrupt> {
        bits.refill();
        let found = self.values[bits.peek(VALUE_BITS) as usize];
        if found.bits > 0 {
            bits.pass(u32::from(found.bits));
            return Ok((usize::from(found.step), i32::from(found.level)));
        }
        self.next_long(bits)
    }

    #[inline(never)]
    fn next_long(&self, bits: &mut Bits<'_>) -> Result<(usize, i32), Corrupt> {
        let (length, symbol) = self.symbol(bits.peek(16)).ok_or(Corrupt)?;
        bits.pass(length);
        let size = u32::from(symbol & 15);
        if size == 0 {
            return Ok((usize::from(step(symbol)), 0));
        }
        let level = signed(bits.peek(size), size);
        bits.pass(size);
        Ok((usize::from(step(symbol)), i32::from(level)))
    }

    /// Skips the rest of a block, whose next coefficient has index `at`.
    #[inline]
    pub(super) fn skip(&self, bits: &mut Bits<'_>, mut at: usize) -> Result<(), Corrupt> {
        while at < 64 {
            bits.refill();
            let skip = self.skips[bits.peek(SKIP_BITS) as usize];
            let then = at + skip.step();
            if skip.bits() > 0 && then < 64 {
                bits.pass(skip.bits());
                if skip.ends() {
                    return Ok(());
                }
                at = then;
            } else {
                // Near its end, the block may end between two of several codes.
                let (step, _) = self.next(bits)?;
                if step == usize::from(END) {
                    return Ok(());
                }
                at += step;
            }
        }
        if at == 64 { Ok(()) } else { Err(Corrupt) }
    }
}

/// Whether a step from [`Table::next`] means the end of the block.
pub(super) const fn ends(step: usize) -> bool {
    step == END as usize
}

/// The distance of a symbol's coefficient from the previous one.
fn step(symbol: u8) -> u8 {
    match symbol {
        // Sixteen zeros.
        0xf0 => 16,
        // End of block. Runs of such ends exist in progressive files only.
        _ if symbol.is_multiple_of(16) => END,
        _ => 1 + (symbol >> 4),
    }
}

/// The value coded by `size` bits: a leading zero means negative (T.81, F.2.2.1).
fn signed(bits: u32, size: u32) -> i16 {
    let bits = bits as i32;
    let negative = size > 0 && bits >> (size - 1) == 0;
    (bits - if negative { (1 << size) - 1 } else { 0 }) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes 0, 10, 110: end, a value of one bit, one of two after a zero.
    fn table() -> Table {
        let mut counts = [0; 16];
        counts[..3].fill(1);
        let definition = Definition {
            counts: &counts,
            symbols: &[0x00, 0x01, 0x12],
        };
        Table::new(definition).unwrap()
    }

    #[test]
    fn values_and_their_places() {
        // 10 1, 110 01, 0, 111
        let data = [0b1011_1001, 0b0111_0000];
        let mut bits = Bits::new(&data);
        let table = table();
        assert_eq!(table.next(&mut bits), Ok((1, 1)));
        assert_eq!(table.next(&mut bits), Ok((2, -2)));
        assert_eq!(table.next(&mut bits), Ok((END.into(), 0)));
        assert_eq!(table.next(&mut bits), Err(Corrupt));
    }

    #[test]
    fn what_is_passed_over_ends_where_the_block_does() {
        // 10 1, 110 01, 0, then the next block: 10 0
        let data = [0b1011_1001, 0b0100_0000];
        for at in [1, 40, 61, 62, 63] {
            let mut bits = Bits::new(&data);
            let end = table().skip(&mut bits, at);
            match at {
                // The third coefficient would lie behind the block.
                63 => assert_eq!((end, bits.peek(2)), (Ok(()), 0b11)),
                62 => assert_eq!(end, Err(Corrupt)),
                // Its last one is the block's, and no end is said.
                61 => assert_eq!((end, bits.peek(3)), (Ok(()), 0b010)),
                _ => assert_eq!((end, bits.peek(3)), (Ok(()), 0b100)),
            }
        }
    }

    #[test]
    fn codes_that_cannot_be_are_refused() {
        let made = |counts: [u8; 16], symbols: &[u8]| {
            Table::new(Definition {
                counts: &counts,
                symbols,
            })
            .is_some()
        };
        let mut counts = [0; 16];
        counts[0] = 1;
        assert!(made(counts, &[0]));
        assert!(!made(counts, &[0, 1]), "a symbol without a code");
        counts[0] = 2;
        assert!(!made(counts, &[0, 1]), "one of them all ones");
        assert!(!made([255; 16], &[0; 256]));
        assert!(made([0; 16], &[]), "no code at all");
    }

    #[test]
    fn signs() {
        assert_eq!(signed(0, 0), 0);
        assert_eq!([signed(0, 1), signed(1, 1)], [-1, 1]);
        assert_eq!([signed(0, 3), signed(3, 3), signed(4, 3)], [-7, -4, 4]);
        assert_eq!(signed(0, 15), -32767);
    }
}
