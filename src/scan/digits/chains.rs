//! Which parts of which rows make up a number: lines that a dialog or a console broke, or rows of
//! boxes.
//!
//! Check digits hold group by group, so they say nothing of the order of groups, of a group that
//! came twice, or of where a number begins: a window slid over a longer run passes all of them one
//! time in seven. The layout has to say it. A number is made of whole pieces: digits without a gap
//! or other text between them, one below the other with a common left edge, or groups in boxes.

use super::lattice::Lattice;
use super::row::{GROUPS, Piece, ReadRow};
use crate::activation::NumberKind;

/// Digits that may be missing or too many in a plain reading of a number.
const TOLERANCE: usize = 3;

/// Rows of a number, at most: nine groups in a column.
const MOST_ROWS: usize = 9;

/// Chains that are kept, at most: the best fitting ones. A bound on what a hostile picture costs.
const MOST_CHAINS: usize = 400;

/// Pieces of rows that may be a number of this kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chain {
    pub(super) kind: NumberKind,
    /// From the top to the bottom.
    pub(super) pieces: Vec<Piece>,
    /// Digits of a plain reading.
    pub(super) plain: Vec<u8>,
    /// The first frame of each part in the number's own lattice.
    offsets: Vec<usize>,
}

impl Chain {
    /// How many digits a plain reading has too many or too few.
    fn misfit(&self) -> usize {
        self.plain.len().abs_diff(self.kind.digits())
    }

    /// Its pieces as one line of frames, out of the lattices of the rows.
    pub(super) fn lattice<'a>(&mut self, row: impl Fn(usize) -> &'a Lattice) -> Lattice {
        let mut whole = Lattice::default();
        self.offsets.clear();
        for (index, [from, to]) in parts(&self.pieces) {
            let part = row(index).part(from, to);
            whole.append(part);
            self.offsets.push(whole.frames() - part.len());
        }
        whole
    }

    /// Which row, and which frame of it, a frame of the number's lattice is.
    pub(super) fn place(&self, frame: usize) -> (usize, usize) {
        let before = self.offsets.partition_point(|&first| first <= frame);
        let index = before.saturating_sub(1);
        let part = parts(&self.pieces).nth(index);
        part.map_or((0, 0), |(row, [from, _])| {
            (row, frame - self.offsets[index] + from)
        })
    }
}

/// The rows of pieces and the frames of their parts.
fn parts(pieces: &[Piece]) -> impl Iterator<Item = (usize, [usize; 2])> {
    let rows = pieces.iter().map(|piece| (piece.row, &piece.parts));
    rows.flat_map(|(row, parts)| parts.iter().map(move |&frames| (row, frames)))
}

/// The kinds of numbers that screens show. A Confirmation ID is shown in boxes: without gaps
/// between its groups it may be the beginning of an Installation ID of 54 digits, whose groups are
/// as long.
fn kinds(piece: &Piece) -> &'static [NumberKind] {
    match piece.group {
        None => &[NumberKind::InstallationId63, NumberKind::InstallationId54],
        Some(7) => &[NumberKind::InstallationId63],
        Some(_) => &[NumberKind::InstallationId54, NumberKind::ConfirmationId],
    }
}

/// All chains of pieces that may be a number, the best fitting first.
pub(super) fn chains(read: &[ReadRow]) -> Vec<Chain> {
    let each = read.iter().enumerate();
    let mut pieces: Vec<Piece> = each.flat_map(|(index, row)| row.pieces(index)).collect();
    let unseen = without_seen_gaps(&pieces);
    pieces.extend(unseen);
    let mut chains = Vec::new();
    for first in &pieces {
        extend(&pieces, first, &mut chains);
        if chains.len() > MOST_CHAINS {
            break;
        }
    }
    chains.sort_by_key(Chain::misfit);
    chains
}

/// Lines of digits that may be rows of boxes whose gaps are too narrow to be seen: no longer than
/// a row of boxes elsewhere. Where they stand decides it.
fn without_seen_gaps(pieces: &[Piece]) -> Vec<Piece> {
    let boxes = |group: usize| {
        let like = move |piece: &&Piece| piece.group == Some(group);
        let digits = pieces.iter().filter(like).map(|piece| piece.digits.len());
        (group, digits.max().unwrap_or(0))
    };
    let longest = GROUPS.map(boxes);
    let lines = pieces.iter().filter(|piece| piece.group.is_none());
    lines
        .flat_map(|line| {
            let digits = line.digits.len();
            let fits = move |&(group, most): &(usize, usize)| {
                digits > group && digits <= most && digits.is_multiple_of(group)
            };
            let as_boxes = |(group, _)| Piece {
                group: Some(group),
                ..line.clone()
            };
            longest.into_iter().filter(fits).map(as_boxes)
        })
        .collect()
}

/// Chains that begin with this piece.
fn extend(pieces: &[Piece], first: &Piece, chains: &mut Vec<Chain>) {
    let mut open = vec![vec![first]];
    while let Some(chain) = open.pop() {
        let plain: Vec<u8> = chain
            .iter()
            .flat_map(|piece| piece.digits.clone())
            .collect();
        for &kind in kinds(first) {
            if plain.len().abs_diff(kind.digits()) <= TOLERANCE {
                chains.push(Chain {
                    kind,
                    pieces: chain.iter().map(|&piece| piece.clone()).collect(),
                    plain: plain.clone(),
                    offsets: Vec::new(),
                });
            }
        }
        let longest = NumberKind::InstallationId63.digits() + TOLERANCE;
        if plain.len() < longest && chain.len() < MOST_ROWS && chains.len() <= MOST_CHAINS {
            let below = below(pieces, &chain);
            open.extend(below.into_iter().map(|next| [&chain[..], &[next]].concat()));
        }
    }
}

/// Rows of a number lie at least and at most so many heights of a digit below each other: lines of
/// text closely, boxes with their headings far.
const NEAREST: f64 = 0.8;
const DEEPEST_LINE: f64 = 4.0;
const DEEPEST_BOX: f64 = 10.0;

/// Distances between rows differ by less than this share, and so much of a height.
const UNEVEN: f64 = 0.25;

/// How far left edges may lie apart, in heights, and for each pixel that one lies below the other
/// (the picture may be turned and tilted).
const EDGE: f64 = 1.2;
const EDGE_PER_DEPTH: f64 = 0.4;

/// Pieces that may go on below a chain, at most.
const MOST_BELOW: usize = 3;

/// The pieces that may go on below the last one of these, the nearest first.
fn below<'a>(pieces: &'a [Piece], chain: &[&Piece]) -> Vec<&'a Piece> {
    let (Some(&last), Some(&first)) = (chain.last(), chain.first()) else {
        return Vec::new();
    };
    let mut below: Vec<(f64, &Piece)> = pieces
        .iter()
        .filter_map(|piece| Some((follows(chain, first, last, piece)?, piece)))
        .collect();
    below.sort_by(|a, b| a.0.total_cmp(&b.0));
    below.truncate(MOST_BELOW);
    below.into_iter().map(|(_, piece)| piece).collect()
}

/// How deep below the last piece another one lies, if it may go on there.
fn follows(chain: &[&Piece], first: &Piece, last: &Piece, next: &Piece) -> Option<f64> {
    let size = last.size.max(next.size);
    let depth = next.below(last);
    let deepest = if next.group.is_some() {
        DEEPEST_BOX
    } else {
        DEEPEST_LINE
    };
    let alike = size < 1.4 * last.size.min(next.size) && next.group == last.group;
    if !alike || !(NEAREST * size..deepest * size).contains(&depth) {
        return None;
    }
    // Even distances.
    if let [.., before, _] = chain {
        let pitch = last.below(before);
        if (depth - pitch).abs() > UNEVEN * pitch + 0.25 * size {
            return None;
        }
    }
    let slack = |below: f64| EDGE * size + EDGE_PER_DEPTH * below;
    // Boxes, and lines from the second one on, have a common left edge; the first line may stand
    // behind a label.
    let apart = next.left[0] - last.left[0];
    let edges = if chain.len() > 1 || next.group.is_some() {
        apart.abs() < slack(depth)
    } else {
        apart < slack(depth)
    };
    // Lines end at a common right edge, but for the last one.
    let over = next.right[0] - last.right[0];
    let ends = if next.group.is_none() && chain.len() > 1 {
        over < slack(depth) && (last.right[0] - first.right[0]).abs() < slack(last.below(first))
    } else {
        over < slack(depth)
    };
    (edges && ends).then_some(depth)
}

/// How many slips lie between two strings of digits: wrong, missing or doubled ones.
pub(super) fn slips(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let wrong = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = wrong.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests;
