//! Finds the numbers in a chain of digit runs.

use super::runs::{DigitRun, RunChain, TextPosition};
use crate::activation::{
    Answer, ConfirmationId, InstallationId, NumberError, NumberKind, Tag, Trust, check_digit,
};

/// What was read in a stretch of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ChainReading {
    Installation {
        iid: InstallationId,
        at: TextPosition,
    },
    Confirmation {
        cid: ConfirmationId,
        at: TextPosition,
    },
    /// A Confirmation ID whose digits after box H say which PC it is for.
    Reply { answer: Answer, at: TextPosition },
    Damaged {
        error: NumberError,
        at: TextPosition,
    },
}

const KINDS: [NumberKind; 4] = [
    NumberKind::Reply,
    NumberKind::ConfirmationId,
    NumberKind::InstallationId54,
    NumberKind::InstallationId63,
];

/// Counts of digits that are an Installation ID (54 or 63) with a slip in it,
/// or a Confirmation ID (48) with one.
const NEARLY_INSTALLATION: std::ops::RangeInclusive<usize> = 50..=66;
const NEARLY_CONFIRMATION: std::ops::RangeInclusive<usize> = 46..=49;

/// What is read in all chains, in the order of the text.
pub(super) fn read(chains: &[RunChain]) -> Vec<ChainReading> {
    chains.iter().flat_map(|chain| read_chain(chain)).collect()
}

/// Consecutive runs that together are a number with valid check digits in every
/// group.
#[derive(Debug, Clone, Copy)]
struct NumberCandidate {
    start: usize,
    end: usize,
    kind: NumberKind,
    /// How many of its two ends are at the end of the chain or of a line.
    clean_ends: usize,
}

fn read_chain(chain: &[DigitRun]) -> Vec<ChainReading> {
    let candidates = candidates(chain);
    let parts: Vec<Stretch> = clusters(&candidates)
        .into_iter()
        .flat_map(|cluster| match choose(cluster) {
            Some(chosen) => chosen.into_iter().map(Stretch::sound).collect(),
            None => vec![Stretch::ambiguous(cluster)],
        })
        .collect();
    let mut readings = Vec::new();
    let mut rest = 0;
    for (index, part) in parts.iter().enumerate() {
        let next = parts.get(index + 1).map_or(chain.len(), |next| next.start);
        let stretch = if part.ambiguous {
            part.start..part.end
        } else {
            part.extended(chain, rest, next)
        };
        damaged_in(&chain[rest..stretch.start], &mut readings);
        let runs = &chain[stretch.clone()];
        let goes_on = &chain[stretch.end..next];
        if !part.ambiguous && stretch == (part.start..part.end) {
            match sound(part.kind, runs) {
                Some(ChainReading::Confirmation { .. }) if stands_behind(goes_on, runs) => {
                    readings.push(reply_or_damaged(runs, goes_on));
                    rest = next;
                    continue;
                }
                reading => readings.extend(reading),
            }
        } else if !damaged(runs, &mut readings) {
            readings.extend(too_long(part.kind, runs));
        }
        rest = stretch.end;
    }
    damaged_in(&chain[rest..], &mut readings);
    readings
}

/// A stretch of a chain whose groups are valid.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: usize,
    end: usize,
    kind: NumberKind,
    /// It could be read as several different numbers.
    ambiguous: bool,
}

impl Stretch {
    fn sound(candidate: NumberCandidate) -> Self {
        Self {
            start: candidate.start,
            end: candidate.end,
            kind: candidate.kind,
            ambiguous: false,
        }
    }

    fn ambiguous(cluster: &[NumberCandidate]) -> Self {
        let (start, end) = span(cluster);
        Self {
            start,
            end,
            kind: cluster
                .first()
                .map_or(NumberKind::InstallationId63, |candidate| candidate.kind),
            ambiguous: true,
        }
    }

    /// The stretch, extended by whatever precedes or follows it (between `from`
    /// and `to`) and looks like more of the same.
    ///
    /// Eight sound groups of six and a ninth that fails are a damaged
    /// Installation ID, not a Confirmation ID with digits after it.
    fn extended(&self, chain: &[DigitRun], from: usize, to: usize) -> std::ops::Range<usize> {
        let grouped = self.end - self.start > 1;
        let goes_on = |one: usize, other: usize| {
            grouped
                && chain[one].at.line == chain[other].at.line
                && chain[one].digits.len() == chain[other].digits.len()
        };
        let is_ninth_group = |runs: &[DigitRun]| {
            self.kind == NumberKind::ConfirmationId
                && matches!(runs, [run] if run.digits.len() == self.kind.group_digits())
        };
        let mut stretch = self.start..self.end;
        if is_ninth_group(&chain[from..self.start]) {
            stretch.start = from;
        }
        while stretch.start > from && goes_on(stretch.start - 1, stretch.start) {
            stretch.start -= 1;
        }
        if is_ninth_group(&chain[self.end..to]) {
            stretch.end = to;
        }
        while stretch.end < to && goes_on(stretch.end, stretch.end - 1) {
            stretch.end += 1;
        }
        stretch
    }
}

fn candidates(chain: &[DigitRun]) -> Vec<NumberCandidate> {
    let mut candidates = Vec::new();
    for start in 0..chain.len() {
        let mut digits = 0;
        for (offset, run) in chain[start..].iter().enumerate() {
            digits += run.digits.len();
            if digits > NumberKind::InstallationId63.digits() {
                break;
            }
            let end = start + offset + 1;
            let kind = KINDS.into_iter().find(|kind| kind.digits() == digits);
            if let Some(kind) = kind
                && holds(kind, &chain[start..end])
            {
                candidates.push(NumberCandidate {
                    start,
                    end,
                    kind,
                    clean_ends: usize::from(is_clean(chain, start))
                        + usize::from(is_clean(chain, end)),
                });
            }
        }
    }
    candidates
}

/// Whether every group is valid. A row of zeros has valid groups, but is part
/// of a table or a dump and not a number.
fn holds(kind: NumberKind, runs: &[DigitRun]) -> bool {
    let mut group = [0_u8; 8];
    let length = kind.group_digits();
    let mut any = false;
    for (index, digit) in runs.iter().flat_map(|run| run.digits.bytes()).enumerate() {
        any |= digit != b'0';
        // The digits after box H have no groups.
        if index >= kind.groups() * length {
            break;
        }
        group[index % length] = digit;
        if index % length == length - 1 && check_digit(&group[..length - 1]) != digit {
            return false;
        }
    }
    any && (kind != NumberKind::Reply || as_answer(runs, &[]).is_ok())
}

/// Parses a Confirmation ID together with the digits after its box H.
fn as_answer(runs: &[DigitRun], behind: &[DigitRun]) -> Result<Answer, NumberError> {
    let digits =
        |runs: &[DigitRun]| -> String { runs.iter().map(|run| run.digits.as_str()).collect() };
    let mark = match behind {
        [first, ..] if first.marked => " # ",
        _ => "",
    };
    Answer::read(
        &format!("{}{mark}{}", digits(runs), digits(behind)),
        Trust::CheckDigits,
    )
}

/// Whether the runs after a Confirmation ID belong to it. On the same line they
/// always do; on a line of their own they do unless they are a date or the
/// start of something else.
fn stands_behind(behind: &[DigitRun], cid: &[DigitRun]) -> bool {
    let (Some(last), Some(first)) = (cid.last(), behind.first()) else {
        return false;
    };
    if first.marked || first.at.line == last.at.line {
        return true;
    }
    let line = behind.chunk_by(|one, next| one.at.line == next.at.line);
    let line = line.into_iter().next().unwrap_or_default();
    let lengths: Vec<usize> = line.iter().map(|run| run.digits.len()).collect();
    let is_date = matches!(lengths[..], [4, 1 | 2, 1 | 2, ..]) && line[1].hyphened;
    let goes_on_in_words = line.last().is_some_and(|run| run.in_text);
    digits_of(behind) > 1 && !is_date && !(goes_on_in_words && digits_of(line) < Tag::DIGITS)
}

/// A Confirmation ID with digits after box H: a reply, or damaged.
fn reply_or_damaged(cid: &[DigitRun], behind: &[DigitRun]) -> ChainReading {
    let at = cid
        .first()
        .map_or(TextPosition { line: 0, byte: 0 }, |run| run.at);
    match as_answer(cid, behind) {
        Ok(answer @ (Answer::Tagged(_) | Answer::Typed(_))) => ChainReading::Reply { answer, at },
        Ok(Answer::Bare(_)) => ChainReading::Damaged {
            error: NumberError::WrongReplyCheck,
            at,
        },
        Err(error) => ChainReading::Damaged { error, at },
    }
}

/// Whether this run is at the start of the chain or of a line.
fn is_clean(chain: &[DigitRun], index: usize) -> bool {
    index == 0 || index == chain.len() || chain[index - 1].at.line != chain[index].at.line
}

/// Candidates grouped by overlap, direct or through others.
fn clusters(candidates: &[NumberCandidate]) -> Vec<&[NumberCandidate]> {
    let mut clusters = Vec::new();
    let mut first = 0;
    let mut end = 0;
    for (index, candidate) in candidates.iter().enumerate() {
        if index > first && candidate.start >= end {
            clusters.push(&candidates[first..index]);
            first = index;
        }
        end = end.max(candidate.end);
    }
    if first < candidates.len() {
        clusters.push(&candidates[first..]);
    }
    clusters
}

fn span(cluster: &[NumberCandidate]) -> (usize, usize) {
    let start = cluster.first().map_or(0, |candidate| candidate.start);
    let end = cluster.iter().map(|candidate| candidate.end).max();
    (start, end.unwrap_or(start))
}

/// The one set of candidates that covers the most digits and, among those, has
/// the most ends at line ends; `None` if two sets are equally good.
///
/// With groups of equal length, every window over two adjoining numbers is
/// valid; only the readings taken together tell which one is meant.
fn choose(cluster: &[NumberCandidate]) -> Option<Vec<NumberCandidate>> {
    #[derive(Clone, Copy, Default)]
    struct Best {
        digits: usize,
        clean_ends: usize,
        /// How many sets are equally good; counting stops at two.
        ways: u8,
        taken: Option<usize>,
    }
    let (start, end) = span(cluster);
    let mut best = vec![Best::default(); end - start + 1];
    best[end - start].ways = 1;
    let mut last = cluster.len();
    for position in (start..end).rev() {
        let mut here = Best {
            taken: None,
            ..best[position - start + 1]
        };
        // Candidates are sorted by their start.
        while last > 0 && cluster[last - 1].start == position {
            last -= 1;
            let candidate = cluster[last];
            let after = best[candidate.end - start];
            let digits = after.digits + candidate.kind.digits();
            let clean_ends = after.clean_ends + candidate.clean_ends;
            match (digits, clean_ends).cmp(&(here.digits, here.clean_ends)) {
                std::cmp::Ordering::Greater => {
                    here = Best {
                        digits,
                        clean_ends,
                        ways: after.ways,
                        taken: Some(last),
                    };
                }
                std::cmp::Ordering::Equal => here.ways = (here.ways + after.ways).min(2),
                std::cmp::Ordering::Less => {}
            }
        }
        best[position - start] = here;
    }
    if best[0].ways != 1 {
        return None;
    }
    let mut chosen = Vec::new();
    let mut position = start;
    while position < end {
        position = match best[position - start].taken {
            Some(index) => {
                chosen.push(cluster[index]);
                cluster[index].end
            }
            None => position + 1,
        };
    }
    Some(chosen)
}

fn sound(kind: NumberKind, runs: &[DigitRun]) -> Option<ChainReading> {
    let at = runs.first()?.at;
    let digits: String = runs.iter().map(|run| run.digits.as_str()).collect();
    if kind == NumberKind::ConfirmationId {
        let cid = ConfirmationId::parse(&digits).ok()?;
        return Some(ChainReading::Confirmation { cid, at });
    }
    if kind == NumberKind::Reply {
        let answer = as_answer(runs, &[]).ok()?;
        return Some(ChainReading::Reply { answer, at });
    }
    let iid = InstallationId::parse(&digits).ok()?;
    Some(ChainReading::Installation { iid, at })
}

/// More digits than one number has, and nothing tells where it begins.
fn too_long(kind: NumberKind, runs: &[DigitRun]) -> Option<ChainReading> {
    Some(ChainReading::Damaged {
        error: NumberError::WrongLength {
            kind,
            expected: kind.digits(),
            found: digits_of(runs),
            suspects: Vec::new(),
        },
        at: runs.first()?.at,
    })
}

fn digits_of(runs: &[DigitRun]) -> usize {
    runs.iter().map(|run| run.digits.len()).sum()
}

/// Reports anything in a leftover stretch that looks like a number.
fn damaged_in(runs: &[DigitRun], readings: &mut Vec<ChainReading>) {
    // A long run is a number of its own, whatever surrounds it.
    let is_long = |run: &DigitRun| {
        let digits = run.digits.len();
        NEARLY_INSTALLATION.contains(&digits) || NEARLY_CONFIRMATION.contains(&digits)
    };
    let mut rest = runs;
    while let Some(index) = rest.iter().position(is_long) {
        // Unless a line wrap cut it, and the whole stretch is the number.
        if damaged_whole(rest, readings) {
            return;
        }
        damaged_stretch(&rest[..index], readings);
        damaged(&rest[index..=index], readings);
        rest = &rest[index + 1..];
    }
    damaged_stretch(rest, readings);
}

fn damaged_stretch(runs: &[DigitRun], readings: &mut Vec<ChainReading>) {
    if damaged_whole(runs, readings) {
        return;
    }
    for line in runs.chunk_by(|one, next| one.at.line == next.at.line) {
        if line.len() < runs.len() {
            damaged_whole(line, readings);
        }
    }
}

/// Reports the runs if together they look like a number. Returns whether they
/// do.
fn damaged_whole(runs: &[DigitRun], readings: &mut Vec<ChainReading>) -> bool {
    // Every run has at least one digit: a cheap test for long stretches.
    runs.len() <= *NEARLY_INSTALLATION.end() && has_shape(runs) && damaged(runs, readings)
}

/// Whether the runs look like one number split by groups or by line wraps, and
/// not like a table of dates or a list of telephone numbers.
fn has_shape(runs: &[DigitRun]) -> bool {
    let of_length = |length| runs.iter().filter(|run| run.digits.len() == length).count();
    let grouped = [6, 7]
        .iter()
        .any(|&length| of_length(length) * 2 > runs.len());
    if grouped || runs.len() == 1 {
        return true;
    }
    let one_a_line = runs
        .windows(2)
        .all(|pair| pair[0].at.line != pair[1].at.line);
    let longest = runs.iter().map(|run| run.digits.len()).max().unwrap_or(0);
    let inner = runs
        .get(1..runs.len().saturating_sub(1))
        .unwrap_or_default();
    one_a_line && longest >= 20 && inner.iter().all(|run| run.digits.len() == longest)
}

/// Reports the runs if they have nearly as many digits as a number. Returns
/// whether they do.
fn damaged(runs: &[DigitRun], readings: &mut Vec<ChainReading>) -> bool {
    let Some(first) = runs.first() else {
        return false;
    };
    // Separators tell which group lacks a digit; line wraps tell nothing.
    let mut text = String::new();
    let mut line = first.at.line;
    for run in runs {
        if run.at.line == line && !text.is_empty() {
            text.push(' ');
        }
        line = run.at.line;
        text.push_str(&run.digits);
    }
    let digits = digits_of(runs);
    let error = if digits == NumberKind::Reply.digits() {
        as_answer(runs, &[]).err()
    } else if NEARLY_INSTALLATION.contains(&digits) {
        InstallationId::parse(&text).err()
    } else if NEARLY_CONFIRMATION.contains(&digits) {
        ConfirmationId::parse(&text).err()
    } else {
        return false;
    };
    // No error means all zeros, which is not damage either.
    readings.extend(error.map(|error| ChainReading::Damaged {
        error,
        at: first.at,
    }));
    true
}
