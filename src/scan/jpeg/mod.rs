//! The luma of a JPEG, at an eighth to four eighths of its size.
//!
//! A photograph of 12 megapixels is looked at in 1.4 first, and opening it took
//! ten times as long as reading it. Nearly all of that goes into the Huffman
//! codes: hundreds of bits for every block of 8 × 8 pixels, of which a smaller
//! picture needs the first few. So this decoder
//!
//! - decodes of a block of luma only the lowest frequencies, which *are* the
//!   block in a smaller size, and transforms no more than those;
//! - passes over everything else, all of the colours included, several codes at a
//!   time: whoever does not want the values needs to know their lengths only, and
//!   a table tells those of all codes in the next twelve bits at once.
//!
//! No library does the second, and it is what counts. Processor time per
//! photograph of 12 megapixels, MEASURED:
//!
//! TABLE
//!
//! It is for the usual JPEG only: one scan, Huffman codes, eight bits, luma and
//! chroma in any sampling, or grey. At anything else, and at the first thing that
//! is wrong, it gives up, and the file goes to [`Whole`] (`zune-jpeg`), which at
//! full size is as fast. What it returns was decoded to the last bit.
//!
//! The work is bounded by the length of the file, the memory by a quarter of its
//! pixels, and those by the file's length again: every block has two codes.

mod bits;
mod header;
mod huffman;
mod transform;
mod whole;

use bits::Bits;
use header::Header;
use huffman::{Corrupt, Table, ends};
use transform::{Transform, ZIGZAG, needed};

use super::luma::Luma;

pub(crate) use whole::Whole;

/// A baseline JPEG whose luma can be had in a smaller size.
pub struct Jpeg<'a> {
    header: Header<'a>,
}

/// A component with its tables laid out.
struct Lane {
    is_luma: bool,
    across: u32,
    down: u32,
    dc: Table,
    ac: Table,
}

impl<'a> Jpeg<'a> {
    /// The JPEG in a file, whose scan is not looked at yet. `None` if it is
    /// broken, or coded in a way that this decoder is not for.
    pub fn open(file: &'a [u8]) -> Option<Self> {
        let header = Header::parse(file)?;
        Some(Self { header })
    }

    /// Width and height, in pixels.
    pub fn size(&self) -> [u32; 2] {
        [self.header.width, self.header.height]
    }

    /// The content of the file's Exif segment.
    pub fn exif(&self) -> Option<&'a [u8]> {
        self.header.exif
    }

    /// The picture with its sides `eighths` / 8 as long, rounded up; `eighths`
    /// is 1 to 4.
    ///
    /// `None` if anything is wrong with the file, were it the last bit. Then
    /// somebody has to look who knows what to make of it.
    pub fn luma(&self, eighths: u32) -> Option<Luma> {
        match eighths {
            1 => self.decode::<1>(),
            2 => self.decode::<2>(),
            3 => self.decode::<3>(),
            4 => self.decode::<4>(),
            // To be compared with others. For whom the whole picture is needed,
            // there is `Whole`, which is as fast.
            #[cfg(test)]
            8 => self.decode::<8>(),
            _ => None,
        }
    }

    fn decode<const N: usize>(&self) -> Option<Luma> {
        let Header { width, height, .. } = self.header;
        let luma = self.header.components.iter().find(|one| one.is_luma)?;
        let groups = [
            width.div_ceil(8 * luma.across),
            height.div_ceil(8 * luma.down),
        ];
        let blocks: u32 = self
            .header
            .components
            .iter()
            .map(|one| one.across * one.down)
            .sum();
        // Every block has two codes, of a bit at least: a short file with a large
        // picture is told at once.
        let least = u64::from(groups[0]) * u64::from(groups[1]) * u64::from(blocks) * 2;
        if 8 * (self.header.scan.len() as u64) < least {
            return None;
        }
        let lanes: Vec<Lane> = self
            .header
            .components
            .iter()
            .map(|one| {
                Some(Lane {
                    is_luma: one.is_luma,
                    across: one.across,
                    down: one.down,
                    dc: Table::new(one.dc)?,
                    ac: Table::new(one.ac)?,
                })
            })
            .collect::<Option<_>>()?;
        let stride = groups[0] as usize * luma.across as usize * N;
        let band = stride * luma.down as usize * N;
        let mut pixels = vec![0; band * groups[1] as usize];
        let transform = Transform::<N>::new();
        let factors = self.header.factors.map(i32::from);
        let mut bits = Bits::new(self.header.scan);
        let mut mean = 0;
        let mut coefficients = [0_i32; 64];
        let mut until_restart = self.header.restart;
        let mut restarts = 0;
        for band in pixels.chunks_exact_mut(band) {
            for group in 0..groups[0] {
                if self.header.restart > 0 {
                    if until_restart == 0 {
                        if bits.marker()? != 0xd0 + restarts {
                            return None;
                        }
                        restarts = (restarts + 1) % 8;
                        until_restart = self.header.restart;
                        mean = 0;
                    }
                    until_restart -= 1;
                }
                for lane in &lanes {
                    if !lane.is_luma {
                        for _ in 0..lane.across * lane.down {
                            lane.skip(&mut bits).ok()?;
                        }
                        continue;
                    }
                    for down in 0..lane.down {
                        for across in 0..lane.across {
                            lane.block::<N>(&mut bits, &factors, &mut mean, &mut coefficients)
                                .ok()?;
                            let column = (group * lane.across + across) as usize * N;
                            let place = down as usize * N * stride + column;
                            transform.paint(&coefficients, band.get_mut(place..)?, stride);
                        }
                    }
                }
                if bits.overran() {
                    return None;
                }
            }
        }
        // Behind the only scan, the file ends.
        if bits.marker()? != 0xd9 {
            return None;
        }
        let side = |full: u32| (full * N as u32).div_ceil(8);
        let luma = Luma::new(stride as u32, (pixels.len() / stride) as u32, pixels)?;
        luma.cut_to(side(width), side(height))
    }
}

impl Lane {
    /// Passes over a block.
    #[inline(always)]
    fn skip(&self, bits: &mut Bits<'_>) -> Result<(), Corrupt> {
        self.dc.next(bits)?;
        self.ac.skip(bits, 1)
    }

    /// The coefficients of a block that `N` × `N` pixels need, in rows of eight.
    #[inline(always)]
    fn block<const N: usize>(
        &self,
        bits: &mut Bits<'_>,
        factors: &[i32; 64],
        mean: &mut i32,
        coefficients: &mut [i32; 64],
    ) -> Result<(), Corrupt> {
        coefficients.fill(0);
        let (_, change) = self.dc.next(bits)?;
        // Sixteen bits are enough for any mean that there is.
        *mean = (*mean + change).clamp(-(1 << 15), 1 << 15);
        coefficients[0] = *mean * factors[0];
        let mut at = 1;
        while at < const { needed(N) } {
            let (step, level) = self.ac.next(bits)?;
            if ends(step) {
                return Ok(());
            }
            at += step;
            let (Some(&place), Some(factor)) = (ZIGZAG.get(at - 1), factors.get(at - 1)) else {
                return Err(Corrupt);
            };
            coefficients[usize::from(place & 63)] = level * factor;
        }
        self.ac.skip(bits, at)
    }
}

#[cfg(test)]
mod tests;
