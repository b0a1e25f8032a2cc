//! Several pictures of one screen, taken together: what one picture does not tell, two do.
//!
//! The exact log-likelihoods of whole numbers are summed over the pictures. (Summing what each
//! picture says of each place was worse when it was tried, and accepted a wrong number.)

use super::lattice::{Decoding, Lattice, text_of};
use crate::activation::{NumberKind, is_valid_group};

/// What one picture says of a number.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub(super) lattice: Lattice,
    pub(super) decoding: Decoding,
}

/// A number that several pictures agree on, or the best that they say together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Joined {
    pub(super) digits: Vec<u8>,
    /// How much likelier it is than the best other one, in nats.
    pub(super) margin: f64,
    /// Places at which another number differs that is nearly as likely.
    pub(super) doubtful: Vec<usize>,
}

/// One ruined picture must not rule out what all others say: it speaks against a number no more
/// than this, in nats, against its own best. From the prototype.
const VETO: f64 = 60.0;

/// A digit that no frame of its place shows with more than this is no alternative.
const UNSEEN: f64 = 1e-4;

/// Other digits that are tried at a place, at most.
const MOST_OTHERS: usize = 2;

/// Log-likelihoods nearer than this are near: about one in a thousand.
const NEAR: f64 = 7.0;

/// Rounds of exchanging groups: each improves the number or is the last.
const ROUNDS: usize = 4;

/// The number that all of these pictures together most likely show.
pub(super) fn joined(kind: NumberKind, pictures: &[&Evidence]) -> Option<Joined> {
    let group = kind.group_digits();
    let mut alternatives: Vec<Vec<Vec<u8>>> = vec![Vec::new(); kind.digits() / group];
    for evidence in pictures {
        for (at, some) in alternatives.iter_mut().enumerate() {
            for other in evidence.groups(at * group, group) {
                if !some.contains(&other) {
                    some.push(other);
                }
            }
        }
    }
    let score = |digits: &[u8]| -> f64 {
        let one = |evidence: &&Evidence| {
            let own = evidence.decoding.score;
            evidence.lattice.score(digits).max(own - VETO)
        };
        pictures.iter().map(one).sum()
    };
    let starts = pictures.iter().map(|evidence| &evidence.decoding.digits);
    let best = starts.max_by(|a, b| score(a).total_cmp(&score(b)))?;
    let mut best = (best.clone(), score(best));
    let mut others: Vec<(Vec<u8>, f64)> = Vec::new();
    for _ in 0..ROUNDS {
        let before = best.1;
        others.clear();
        for (at, some) in alternatives.iter().enumerate() {
            for other in some {
                let mut digits = best.0.clone();
                digits[at * group..(at + 1) * group].copy_from_slice(other);
                if digits == best.0 {
                    continue;
                }
                let likelihood = score(&digits);
                if likelihood > best.1 {
                    others.push(std::mem::replace(&mut best, (digits, likelihood)));
                } else {
                    others.push((digits, likelihood));
                }
            }
        }
        if best.1 <= before {
            break;
        }
    }
    let margin = others
        .iter()
        .map(|(_, other)| best.1 - other)
        .fold(f64::MAX, f64::min);
    let doubtful = |place: &usize| {
        let near = |(digits, likelihood): &(Vec<u8>, f64)| {
            digits[*place] != best.0[*place] && best.1 - likelihood < NEAR
        };
        others.iter().any(near)
    };
    Some(Joined {
        margin,
        doubtful: (0..kind.digits()).filter(doubtful).collect(),
        digits: best.0,
    })
}

impl Evidence {
    /// What the group from this digit on may be: as decoded, and with one or two other digits
    /// that its frames show a trace of, as long as its check holds.
    fn groups(&self, first: usize, size: usize) -> Vec<Vec<u8>> {
        let own = &self.decoding.digits[first..first + size];
        let traces: Vec<Vec<u8>> = (first..first + size)
            .map(|place| self.traces(place))
            .collect();
        let mut groups = vec![own.to_vec()];
        let mut keep = |group: Vec<u8>| {
            if is_valid_group(&text_of(&group)) && !groups.contains(&group) {
                groups.push(group);
            }
        };
        for a in 0..size {
            for &digit in &traces[a] {
                let mut group = own.to_vec();
                group[a] = digit;
                keep(group.clone());
                for b in a + 1..size {
                    for &second in &traces[b] {
                        let mut group = group.clone();
                        group[b] = second;
                        keep(group);
                    }
                }
            }
        }
        groups
    }

    /// Other digits that may stand at a place, the likeliest first.
    fn traces(&self, place: usize) -> Vec<u8> {
        let [from, to] = self.decoding.frames[place];
        let frames = self.lattice.part(from, to);
        let own = self.decoding.digits[place];
        let mut seen: Vec<(f64, u8)> = (0..10_u8)
            .filter(|&digit| digit != own)
            .map(|digit| {
                let most = frames.iter().map(|frame| frame[usize::from(digit)]);
                (most.fold(0.0, f64::max), digit)
            })
            .filter(|&(most, _)| most > UNSEEN)
            .collect();
        seen.sort_by(|a, b| b.0.total_cmp(&a.0));
        seen.truncate(MOST_OTHERS);
        seen.into_iter().map(|(_, digit)| digit).collect()
    }
}

#[cfg(test)]
mod tests;
