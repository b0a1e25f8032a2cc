//! The luma of a JPEG at 1/8 to 4/8 of its size.
//!
//! The first look at a photograph of 12 megapixels needs 1.7 of them, yet opening
//! the file took ten times as long as reading the symbol. Nearly all of that time
//! goes into Huffman codes, hundreds of bits per block of 8 × 8 pixels, of which
//! the smaller picture needs only the first few. This decoder therefore
//!
//! - decodes only the lowest frequencies of luma, which are the block at the
//!   smaller size, and transforms no more than those;
//! - skips everything else, chroma included, several codes at a time: without the
//!   values, only the lengths matter, and a table gives the total length of all
//!   codes in the next twelve bits at once.
//!
//! No Rust library that we know of skips codes like this, and that is where the
//! time is: those that can scale still decode every code. Median processor time
//! for ten photographs of 12 megapixels (2.5 to 7.7 MB, 4:4:4), the decoders
//! taking turns on one core of a busy machine:
//!
//! | decoder | ms |
//! | --- | ---: |
//! | `zune-jpeg` 0.5.15, RGB (as before) | 90 |
//! | `zune-jpeg` 0.5.15, luma | 57 |
//! | `jpeg-decoder` 0.3.2, RGB at 8/8, 4/8, 1/8 | 89, 56, 59 |
//! | `libjpeg-turbo-rs` 0.9.0, luma at 8/8, 4/8 | 79, 92 |
//! | `rusty_jpeg` 0.3.3, planes at 8/8 | 110 |
//! | this decoder at 8/8 | 66 |
//! | this decoder at 4/8, 3/8, 2/8, 1/8 | 32, 28, 24, 19 |
//!
//! It handles only the usual JPEG: one scan, Huffman codes, 8 bits, luma and
//! chroma in any sampling, or grey. It gives up on anything else and at the first
//! defect; `zune-jpeg`, which is faster at full size, then decodes the file
//! (`Whole`).
//!
//! Time is bounded by the length of the file, memory by a quarter of the picture's
//! pixels. A file that is too short for its pixels is refused before anything is
//! allocated: every block takes at least two bits.

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

/// A baseline JPEG file, ready to be decoded at a smaller size.
pub struct Jpeg<'a> {
    header: Header<'a>,
}

/// Where the restart markers are, at which decoding begins anew.
struct Restarts {
    /// In groups of blocks; 0 for no markers.
    interval: u32,
    /// Groups that are left until the next marker.
    left: u32,
    /// The markers are numbered from 0 to 7, over and over.
    next: u8,
}

impl Restarts {
    fn every(interval: u32) -> Self {
        Self {
            interval,
            left: interval,
            next: 0,
        }
    }

    /// Whether a marker comes before the next group, which is counted by this.
    fn are_due(&mut self) -> bool {
        if self.interval == 0 {
            return false;
        }
        let due = self.left == 0;
        self.left = if due { self.interval } else { self.left } - 1;
        due
    }

    /// Skips the marker; `None` if it is not the one that is due.
    fn pass(&mut self, bits: &mut Bits<'_>) -> Option<()> {
        let is_due = bits.marker()? == 0xd0 + self.next;
        self.next = (self.next + 1) % 8;
        is_due.then_some(())
    }
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
    /// Reads the headers of a JPEG file. `None` if they are damaged, or if the
    /// file is coded in a way that this decoder does not handle.
    pub fn open(file: &'a [u8]) -> Option<Self> {
        let header = Header::parse(file)?;
        Some(Self { header })
    }

    /// Width and height, in pixels.
    pub fn size(&self) -> [u32; 2] {
        [self.header.width, self.header.height]
    }

    /// The content of the file's Exif segment, without its `Exif` label.
    pub fn exif(&self) -> Option<&'a [u8]> {
        self.header.exif
    }

    /// The picture with its sides `eighths` / 8 as long, rounded up; `eighths`
    /// is 1 to 4.
    ///
    /// `None` for other sizes, and if anything is wrong with the file, up to its
    /// last bit: what to make of a damaged file is decided elsewhere.
    pub fn luma(&self, eighths: u32) -> Option<Luma> {
        match eighths {
            1 => self.decode::<1>(),
            2 => self.decode::<2>(),
            3 => self.decode::<3>(),
            4 => self.decode::<4>(),
            // For tests alone: at full size, `Whole` is faster.
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
        // Every block has two codes of at least one bit.
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
        let mut restarts = Restarts::every(self.header.restart);
        for band in pixels.chunks_exact_mut(band) {
            for group in 0..groups[0] {
                if restarts.are_due() {
                    restarts.pass(&mut bits)?;
                    mean = 0;
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
    /// Skips a block.
    #[inline]
    fn skip(&self, bits: &mut Bits<'_>) -> Result<(), Corrupt> {
        self.dc.next(bits)?;
        self.ac.skip(bits, 1)
    }

    /// The coefficients of a block that `N` × `N` pixels need, in rows of eight.
    #[inline]
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
