//! What a frame looks like: light, sharpness, motion. Numbers for the choice of
//! the next step and for the hint that the person gets.

use super::super::finders::Located;
use super::super::luma::Luma;

/// A pixel at or above this level is clipped: whatever was there is lost. Below 255,
/// because noise and JPEG spread clipped areas over a few levels. Chosen by eye, not
/// measured.
const CLIPPED: u8 = 250;

/// Levels of contrast that a block must have to tell anything about sharpness: in
/// flatter ones the steepest edge is noise. Chosen by eye, not measured.
const TELLING: u8 = 50;

/// Side of a block in which edges are measured, in pixels: several modules, so that
/// most blocks on a symbol hold an edge. Chosen by eye, not measured.
const BLOCK: u32 = 24;

/// Edges wider than this, in pixels, no longer show as edges.
pub const WIDEST: f32 = BLOCK as f32;

/// Blocks measured across and down: enough for a symbol that fills a tenth of the
/// frame, at under a millisecond. Chosen by eye, not measured.
const BLOCKS: [u32; 2] = [20, 12];

/// Long side in pixels of the thumbnails that show motion. Larger ones see
/// the tremor of any hand, smaller ones no hand at all. Chosen by eye, not measured.
const THUMBNAIL: u32 = 64;

/// Share of the pixels that are darker than "dark", and brighter than "bright". Less: single
/// specks decide. More: a small symbol on a grey wall has no contrast. Chosen by eye, not
/// measured.
const TAIL: f32 = 0.05;

/// One pixel of so many across and down is counted, to save time.
const SAMPLED: usize = 4;

/// The share of the blocks whose edges are the narrowest, by which sharpness is judged: the
/// others may lie on something that is blurred by itself. Chosen by eye, not measured.
const SHARPEST: usize = 4;

/// Places across and down at which a symbol is probed for glare, and how far from the middle of a
/// place, in modules. Five modules without a dark one do not occur in a symbol: its masks break up
/// areas of one colour. Chosen by eye, not measured.
const PLACES: u32 = 9;
const PROBE: f32 = 2.5;

/// Modules from the centre of a finder pattern to where data begins: 3.5, the separator, and a half
/// for error.
const BEYOND_FINDER: f32 = 5.0;

/// What a frame, or a part of it, looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct Appearance {
    /// Share of pixels that are clipped, 0 to 1.
    pub clipped: f32,
    /// The level below which 5 % of the pixels are.
    pub dark: u8,
    /// The median level.
    pub middle: u8,
    /// The level above which 5 % of the pixels are.
    pub bright: u8,
    /// Width of the steepest edges, in pixels: about 1 where every edge falls
    /// between two pixels, 2.5 σ under a blur of σ. `None` where nothing has
    /// enough contrast to tell.
    pub edge: Option<f32>,
    /// How alike edges of all directions are in width, 0 to 1: motion widens
    /// those of one direction only.
    pub isotropy: f32,
}

impl Appearance {
    /// That of a whole frame.
    pub fn of(frame: &Luma) -> Self {
        Self::within(frame, [0, 0, frame.width(), frame.height()])
    }

    /// That of a part: left, top, right and bottom, in pixels.
    fn within(frame: &Luma, [left, top, right, bottom]: [u32; 4]) -> Self {
        let levels = Levels::of(frame, [left, top, right, bottom]);
        let mut blocks = Vec::new();
        let steps = [
            ((right - left) / BLOCKS[0]).max(BLOCK),
            ((bottom - top) / BLOCKS[1]).max(BLOCK),
        ];
        let mut y = top;
        while y + BLOCK < bottom {
            let mut x = left;
            while x + BLOCK < right {
                blocks.extend(edge_widths(frame, x, y));
                x += steps[0];
            }
            y += steps[1];
        }
        let widths = steepest(&blocks);
        Self {
            clipped: levels.share_from(CLIPPED),
            dark: levels.quantile(TAIL),
            middle: levels.quantile(0.5),
            bright: levels.quantile(1.0 - TAIL),
            edge: widths.and_then(|widths| widths.into_iter().reduce(f32::min)),
            isotropy: widths.map_or(1.0, isotropy),
        }
    }

    /// Levels from dark to bright.
    pub fn contrast(&self) -> u8 {
        self.bright - self.dark
    }

    /// That of the symbol that was located, as far as it lies within the frame.
    pub fn of_symbol(frame: &Luma, located: &Located) -> Self {
        Self::within(frame, clamped(frame, located.bounds()))
    }

    /// That of what lies between the first two finder patterns and the third, without the first
    /// two.
    pub fn of_data(frame: &Luma, located: &Located) -> Self {
        let [corner, one, other] = located.finders;
        let away = [other[0] - corner[0], other[1] - corner[1]];
        let share = BEYOND_FINDER * located.module / away[0].hypot(away[1]).max(1.0);
        let shifted = |[x, y]: [f32; 2]| [x + share * away[0], y + share * away[1]];
        let points = [shifted(corner), shifted(one), other, located.fourth()];
        let of = |axis: usize, pick: fn(f32, f32) -> f32, start: f32| {
            points.iter().map(|point| point[axis]).fold(start, pick)
        };
        let (least, most) = (f32::INFINITY, f32::NEG_INFINITY);
        let bounds = [
            of(0, f32::min, least),
            of(1, f32::min, least),
            of(0, f32::max, most),
            of(1, f32::max, most),
        ];
        Self::within(frame, clamped(frame, bounds))
    }
}

/// The part of these bounds that lies within the frame: left, top, right, bottom.
pub(super) fn clamped(frame: &Luma, [left, top, right, bottom]: [f32; 4]) -> [u32; 4] {
    let clamp = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
    let (left, top) = (clamp(left, frame.width()), clamp(top, frame.height()));
    let (right, bottom) = (clamp(right, frame.width()), clamp(bottom, frame.height()));
    [left, top, right.max(left), bottom.max(top)]
}

/// How often each level occurs.
struct Levels {
    counts: [u32; 256],
    total: u32,
}

impl Levels {
    /// The levels of a sample of the pixels.
    fn of(frame: &Luma, [left, top, right, bottom]: [u32; 4]) -> Self {
        let mut counts = [0_u32; 256];
        for y in (top..bottom).step_by(SAMPLED) {
            let row = &frame.row(y)[left as usize..right as usize];
            for &pixel in row.iter().step_by(SAMPLED) {
                counts[usize::from(pixel)] += 1;
            }
        }
        Self {
            total: counts.iter().sum(),
            counts,
        }
    }

    fn share_from(&self, level: u8) -> f32 {
        let above: u32 = self.counts[usize::from(level)..].iter().sum();
        above as f32 / self.total.max(1) as f32
    }

    fn quantile(&self, share: f32) -> u8 {
        let wanted = (self.total as f32 * share) as u32;
        let mut seen = 0;
        for (level, &count) in self.counts.iter().enumerate() {
            seen += count;
            if seen > wanted {
                return level as u8;
            }
        }
        0
    }
}

/// Width of the steepest edges of one block, in pixels, by the direction in
/// which the level changes: across, down, and both diagonals. `None` where
/// there is too little contrast to tell.
fn edge_widths(frame: &Luma, x: u32, y: u32) -> Option<[f32; 4]> {
    let (mut least, mut most) = (255_u8, 0_u8);
    let mut steepest = [1_u8; 4];
    for row in y..y + BLOCK {
        let columns = x as usize..(x + BLOCK) as usize + 1;
        let here = &frame.row(row)[columns.clone()];
        let below = &frame.row(row + 1)[columns];
        for (here, below) in here.windows(2).zip(below.windows(2)) {
            least = least.min(here[0]);
            most = most.max(here[0]);
            let changes = [
                here[0].abs_diff(here[1]),
                here[0].abs_diff(below[0]),
                here[0].abs_diff(below[1]),
                here[1].abs_diff(below[0]),
            ];
            for (steepest, change) in steepest.iter_mut().zip(changes) {
                *steepest = (*steepest).max(change);
            }
        }
    }
    let range = most - least;
    (range >= TELLING).then(|| {
        let width = |direction: usize| f32::from(range) / f32::from(steepest[direction]);
        let diagonal = std::f32::consts::SQRT_2;
        [width(0), width(1), diagonal * width(2), diagonal * width(3)].map(|w| w.min(WIDEST))
    })
}

/// For each direction, the width that a quarter of the blocks fall below.
fn steepest(blocks: &[[f32; 4]]) -> Option<[f32; 4]> {
    (!blocks.is_empty()).then(|| {
        [0, 1, 2, 3].map(|direction| {
            let mut widths: Vec<f32> = blocks.iter().map(|block| block[direction]).collect();
            widths.sort_by(f32::total_cmp);
            widths[widths.len() / SHARPEST]
        })
    })
}

/// How alike the widths of directions at right angles are.
fn isotropy([across, down, falling, rising]: [f32; 4]) -> f32 {
    let alike = |a: f32, b: f32| a.min(b) / a.max(b);
    alike(across, down).min(alike(falling, rising))
}

/// Share of the symbol that glare has washed out, 0 to 1: places several modules wide in which
/// nothing is dark, which no symbol has by itself.
///
/// Only the square between the finder patterns is probed.
pub fn washed_out(frame: &Luma, located: &Located) -> f32 {
    let [corner, one, other] = located.finders;
    let reach = (located.module * PROBE).max(2.0) as i64;
    let seen = Appearance::of_symbol(frame, located);
    let dark_below = u16::midpoint(seen.dark.into(), seen.bright.into()) as u8;
    let mut washed = 0;
    for row in 0..PLACES {
        for column in 0..PLACES {
            let share = |place: u32| (place as f32 + 0.5) / PLACES as f32;
            let at = |axis: usize| {
                corner[axis]
                    + share(column) * (one[axis] - corner[axis])
                    + share(row) * (other[axis] - corner[axis])
            };
            let (x, y) = (at(0) as i64, at(1) as i64);
            let darkest = (-reach..=reach)
                .flat_map(|v| (-reach..=reach).map(move |u| (u, v)))
                .map(|(u, v)| frame.at_clamped(x + u, y + v))
                .min();
            washed += u32::from(darkest.is_some_and(|level| level > dark_below));
        }
    }
    washed as f32 / (PLACES * PLACES) as f32
}

/// A small copy of a frame, in which motion shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Thumbnail(Luma);

impl Thumbnail {
    /// That of a frame.
    pub fn of(frame: &Luma) -> Self {
        Self(frame.shrunk_to(THUMBNAIL))
    }

    /// How much of the light moved between two frames: the mean difference
    /// beyond what exposure explains, as a share of the contrast.
    pub fn moved_since(&self, before: &Self) -> f32 {
        let (a, b) = (self.0.pixels(), before.0.pixels());
        if a.len() != b.len() {
            return 0.0;
        }
        let mean =
            |pixels: &[u8]| pixels.iter().map(|&p| f32::from(p)).sum::<f32>() / pixels.len() as f32;
        let (mean_a, mean_b) = (mean(a), mean(b));
        let (mut apart, mut contrast) = (0.0, 0.0);
        for (&p, &q) in a.iter().zip(b) {
            let (p, q) = (f32::from(p) - mean_a, f32::from(q) - mean_b);
            apart += (p - q).abs();
            contrast += p.abs().max(q.abs());
        }
        if contrast > a.len() as f32 {
            apart / contrast
        } else {
            0.0
        }
    }
}
