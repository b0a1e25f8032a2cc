//! Rows that were read, and the pieces of them that may belong to a number.

use super::lattice::{Lattice, OTHER};
use super::runs::{Row, Run};
use super::strip::{self, Strip};

/// A row that was read.
#[derive(Debug)]
pub(super) struct ReadRow {
    pub(super) row: Row,
    /// All of it as the finder saw it: more may have been read.
    pub(super) seen: Run,
    pub(super) strip: Strip,
    pub(super) lattice: Lattice,
    /// What stands there: class and frame.
    pub(super) symbols: Vec<(usize, usize)>,
}

/// Part of a row that belongs to a number as a whole or not at all.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) row: usize,
    pub(super) digits: Vec<u8>,
    /// Digits of each of its groups, if it is a row of boxes: 6 or 7.
    pub(super) group: Option<usize>,
    /// Frames of the row, each part from its first one to behind its last one: other text between
    /// boxes belongs to none.
    pub(super) parts: Vec<[usize; 2]>,
    /// Middles of its first and last digit, in the picture.
    pub(super) left: [f64; 2],
    pub(super) right: [f64; 2],
    /// Height of the digits.
    pub(super) size: f64,
}

impl Piece {
    /// How far it lies below another one, in pixels.
    pub(super) fn below(&self, other: &Self) -> f64 {
        let middle = |piece: &Self, x: f64| {
            let span = (piece.right[0] - piece.left[0]).max(1.0);
            let steep = (piece.right[1] - piece.left[1]) / span;
            let steep = if span > 3.0 * piece.size { steep } else { 0.0 };
            piece.left[1] + steep * (x - piece.left[0])
        };
        // Where both are, or between them.
        let from = self.left[0].max(other.left[0]);
        let to = self.right[0].min(other.right[0]);
        let x = f64::midpoint(from, to);
        middle(self, x) - middle(other, x)
    }
}

/// A gap between digits is a gap between groups where it is so many times the usual one.
const WIDE_STEP: f64 = 1.8;

/// Symbols on each side that tell the usual distance: the digits of a group and a half.
const NEIGHBOURS: usize = 10;

/// Other text within a piece, at most: dirt, a cursor.
const MOST_DIRT: usize = 2;

/// Digits of a piece from which on dirt within it is forgiven.
const DIRTY_PIECE: usize = 10;

/// A strip ends among digits if the last of them is nearer to its end than this many times the
/// usual distance, and so many digits stand together there; a digit that the end cuts is other
/// text. Chosen by eye.
const OPEN_STEPS: f64 = 1.5;
const FEWEST_AT_END: usize = 3;

/// Frames from other text to digits that stand alone in their line: more than a height of a digit.
const APART: usize = 8;

/// Digits of a group in a box, of the numbers that are shown in boxes; boxes of a row of them.
pub(super) const GROUPS: [usize; 2] = [6, 7];
const FEWEST_BOXES: usize = 2;

/// Digits that stand together, between gaps and other text: their symbols.
type Field = std::ops::Range<usize>;

impl ReadRow {
    pub(super) fn new(row: Row, strip: Strip, lattice: Lattice) -> Self {
        let symbols = lattice.greedy();
        Self {
            seen: row.whole.clone(),
            row,
            strip,
            lattice,
            symbols,
        }
    }

    /// The y coordinate of its middle.
    pub(super) fn middle(&self) -> f64 {
        self.row.whole.line.at(self.row.whole.middle())
    }

    /// Most digits without other text between.
    pub(super) fn longest(&self) -> usize {
        let runs = self.symbols.split(|(class, _)| *class == OTHER);
        runs.map(<[_]>::len).max().unwrap_or(0)
    }

    /// The middle of a frame, in the picture.
    fn place(&self, frame: usize) -> [f64; 2] {
        let [a, b, c, d] = self.strip.corners(frame as f64, frame as f64 + 1.0);
        std::array::from_fn(|axis| (a[axis] + b[axis] + c[axis] + d[axis]) / 4.0)
    }

    fn is_digit(&self, symbol: usize) -> bool {
        self.symbols[symbol].0 != OTHER
    }

    /// Whether there is a gap before a symbol that is wider than between the digits around it. In
    /// perspective, digits grow along a row.
    fn is_after_gap(&self, symbol: usize) -> bool {
        symbol > 0
            && (self.symbols[symbol].1 - self.symbols[symbol - 1].1) as f64
                > WIDE_STEP * self.usual_step(symbol) as f64
    }

    /// The usual distance between digits around a symbol, in frames.
    fn usual_step(&self, symbol: usize) -> usize {
        let from = symbol.saturating_sub(NEIGHBOURS);
        let to = (symbol + NEIGHBOURS).min(self.symbols.len());
        let pairs = self.symbols[from..to].windows(2);
        let digits = pairs.filter(|pair| pair.iter().all(|(class, _)| *class != OTHER));
        let mut steps: Vec<usize> = digits.map(|pair| pair[1].1 - pair[0].1).collect();
        steps.sort_unstable();
        steps.get(steps.len() / 2).copied().unwrap_or(4).max(2)
    }

    /// Digits that stand together.
    pub(super) fn fields(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for symbol in (0..self.symbols.len()).filter(|&symbol| self.is_digit(symbol)) {
            match fields.last_mut() {
                Some(field) if field.end == symbol && !self.is_after_gap(symbol) => {
                    field.end += 1;
                }
                _ => fields.push(symbol..symbol + 1),
            }
        }
        fields
    }

    /// Whether digits reach the strip's left and right end, so that more may stand beyond it.
    pub(super) fn open_ends(&self) -> [bool; 2] {
        let frames = self.lattice.frames();
        let from_left = self.symbols.iter().copied();
        let from_right = self.symbols.iter().rev();
        let from_right = from_right.map(|&(class, at)| (class, frames.saturating_sub(at + 1)));
        let reach = |symbol: usize| (OPEN_STEPS * self.usual_step(symbol) as f64) as usize;
        [
            is_open(from_left, reach(0)),
            is_open(from_right, reach(self.symbols.len())),
        ]
    }

    /// Whether digits stand there and nothing else.
    pub(super) fn is_only_digits(&self) -> bool {
        !self.symbols.is_empty() && self.digits() == self.symbols.len()
    }

    /// Whether the last thing in it are so many digits at most, apart from everything before them.
    pub(super) fn ends_in_few(&self, most: usize) -> bool {
        let fields = self.fields();
        let last = fields.last().filter(|last| last.end == self.symbols.len());
        last.is_some_and(|last| {
            let before = last.start.checked_sub(1).map(|before| self.symbols[before]);
            let apart = before.is_none_or(|(_, at)| self.symbols[last.start].1 - at > APART);
            last.len() <= most && apart
        })
    }

    /// The digits that stand together last.
    pub(super) fn last_field(&self) -> Vec<usize> {
        let last = self.fields().pop().unwrap_or_default();
        self.symbols[last].iter().map(|&(class, _)| class).collect()
    }

    /// How many digits were read.
    pub(super) fn digits(&self) -> usize {
        let digit = |&&(class, _): &&(usize, usize)| class != OTHER;
        self.symbols.iter().filter(digit).count()
    }

    /// The pieces of the row, which is number `index`.
    pub(super) fn pieces(&self, index: usize) -> Vec<Piece> {
        let fields = self.fields();
        let mut pieces: Vec<Piece> = fields
            .iter()
            .map(|field| self.piece(index, vec![field.clone()], None))
            .collect();
        for group in GROUPS {
            for boxes in boxes(&fields, group) {
                pieces.push(self.piece(index, parts(boxes, group), Some(group)));
            }
        }
        for dirty in self.dirty(&fields) {
            pieces.push(self.piece(index, vec![dirty], None));
        }
        pieces
    }

    /// Fields with a little other text between them, but no gap.
    fn dirty(&self, fields: &[Field]) -> Vec<Field> {
        let mut joined: Vec<(Field, usize)> = Vec::new();
        for field in fields {
            match joined.last_mut() {
                Some((last, dirt))
                    if (last.end..=field.start).all(|symbol| !self.is_after_gap(symbol)) =>
                {
                    *dirt += field.start - last.end;
                    last.end = field.end;
                }
                _ => joined.push((field.clone(), 0)),
            }
        }
        joined.retain(|(field, dirt)| (1..=MOST_DIRT).contains(dirt) && field.len() >= DIRTY_PIECE);
        joined.into_iter().map(|(field, _)| field).collect()
    }

    /// Whether the same stands there, wherever.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let classes =
            |row: &Self| -> Vec<usize> { row.symbols.iter().map(|&(class, _)| class).collect() };
        classes(self) == classes(other)
    }

    /// Whether at least two whole boxes stand in it.
    pub(super) fn has_boxes(&self) -> bool {
        let fields = self.fields();
        GROUPS.iter().any(|&group| {
            let whole = fields.iter().filter(|field| field.len() == group);
            whole.count() >= FEWEST_BOXES
        })
    }

    /// The frames of some symbols: halfway to what stands beside them.
    fn frames(&self, symbols: Field) -> [usize; 2] {
        let frame = |symbol: usize| self.symbols[symbol].1;
        let (first, last) = (frame(symbols.start), frame(symbols.end - 1));
        let from = symbols
            .start
            .checked_sub(1)
            .map_or(0, |before| (frame(before) + first).div_ceil(2));
        let after = self.symbols.get(symbols.end);
        let to = after.map_or(self.lattice.frames(), |&(_, after)| {
            usize::midpoint(last, after) + 1
        });
        [from, to.max(last + 1)]
    }

    /// The piece of these parts, of which there is one at least, none of them empty.
    fn piece(&self, index: usize, parts: Vec<Field>, group: Option<usize>) -> Piece {
        let frame = |symbol: usize| self.symbols[symbol].1;
        let first = frame(parts[0].start);
        let last = frame(parts[parts.len() - 1].end - 1);
        let symbols = parts.iter().flat_map(|part| &self.symbols[part.clone()]);
        let digits = symbols.filter(|(class, _)| *class != OTHER);
        Piece {
            row: index,
            digits: digits.map(|&(class, _)| class as u8).collect(),
            group,
            parts: parts.into_iter().map(|part| self.frames(part)).collect(),
            left: self.place(first),
            right: self.place(last),
            size: self.row.whole.size(),
        }
    }
}

/// Whether symbols, from an end of a strip on, say that it ends among digits: each its class and
/// how far it is from the end.
fn is_open(symbols: impl Iterator<Item = (usize, usize)>, reach: usize) -> bool {
    let mut symbols = symbols.peekable();
    let cut = symbols.next_if(|&(class, at)| class == OTHER && at < reach);
    let mut last = cut.map_or(0, |(_, at)| at);
    let mut together = 0;
    for (class, at) in symbols.take(FEWEST_AT_END) {
        if class == OTHER || at > last + reach {
            break;
        }
        last = at;
        together += 1;
    }
    together == FEWEST_AT_END
}

/// The corners of a row's strip: its digits with some room around them.
pub(super) fn strip_corners(run: &Run, beside: f64) -> [[f64; 2]; 4] {
    let beside = beside * run.size();
    let steep = run.line.steepness();
    let long = steep.hypot(1.0);
    let (along, up) = ([1.0 / long, steep / long], [steep / long, -1.0 / long]);
    let corner = |x: f64, way: f64, side: f64| {
        let half = (run.height.at(x).max(2.0)) * (0.5 + strip::AROUND);
        std::array::from_fn(|axis| {
            let middle = [x, run.line.at(x)][axis] + way * beside * along[axis];
            middle + side * half * up[axis]
        })
    };
    [
        corner(run.from, -1.0, 1.0),
        corner(run.to, 1.0, 1.0),
        corner(run.to, 1.0, -1.0),
        corner(run.from, -1.0, -1.0),
    ]
}

/// Rows of boxes: fields side by side that are whole groups; one digit missed or doubled is
/// forgiven if most are right, and so are gaps between groups that are too narrow to be seen. Where
/// the first or the last one is not right, the row without it is one as well: it may be other text.
fn boxes(fields: &[Field], group: usize) -> Vec<&[Field]> {
    let one = |field: &Field| field.len() == group;
    let right = |field: &&Field| field.len().is_multiple_of(group);
    let near = |field: &Field| field.len().abs_diff(group) <= 1 || right(&field);
    let parts = fields.split(|field| !near(field));
    let whole = |part: &&[Field]| {
        part.iter().any(one) && 2 * part.iter().filter(right).count() > part.len()
    };
    let inner = |part: &[Field]| {
        let from = part.iter().position(|field| right(&field))?;
        let to = part.iter().rposition(|field| right(&field))?;
        (to + 1 - from < part.len()).then_some(from..to + 1)
    };
    parts
        .filter(whole)
        .flat_map(|part| [Some(part), inner(part).map(|range| &part[range])])
        .flatten()
        .collect()
}

/// Parts of a row of boxes: divided where other text stands between boxes that lack nothing.
fn parts(boxes: &[Field], group: usize) -> Vec<Field> {
    let whole = |field: &Field| field.len().is_multiple_of(group);
    let divided =
        |before: &Field, field: &Field| before.end < field.start && whole(before) && whole(field);
    let joined = |part: &[Field]| part[0].start..part[part.len() - 1].end;
    boxes.chunk_by(|a, b| !divided(a, b)).map(joined).collect()
}

#[cfg(test)]
mod tests;
