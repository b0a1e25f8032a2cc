//! Which numbers belong to one PC.
//!
//! Two numbers belong to one PC only on evidence: they were in one request, a
//! person said so, or they were read on the same machine. A person's word that
//! they are two PCs outweighs the identity of the machine, which clones may
//! share. All of this depends on the facts alone, and is decided in an order
//! that the numbers determine, so that every record of the same facts comes to
//! the same result.

use super::facts::NumberFacts;
use crate::activation::{MachineId, Tag};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Groups the numbers by PC; the values are indices into the slice.
pub(super) fn numbers_by_pc(numbers: &[NumberFacts]) -> Vec<Vec<usize>> {
    let places: HashMap<Tag, usize> = numbers
        .iter()
        .enumerate()
        .map(|(place, number)| (number.tag(), place))
        .collect();
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|&a, &b| numbers[a].iid.cmp(&numbers[b].iid));
    let mut sets = DisjointSets::of(numbers, &places);
    for &one in &order {
        for tag in &numbers[one].beside {
            if let Some(&other) = places.get(tag) {
                sets.unite(one, other);
            }
        }
    }
    for &one in &order {
        for other in told_same(&numbers[one], &places, true) {
            sets.unite_if_allowed(one, other);
        }
    }
    let mut machines: BTreeMap<MachineId, Vec<usize>> = BTreeMap::new();
    for &one in &order {
        for machine in numbers[one].machines() {
            machines.entry(machine).or_default().push(one);
        }
    }
    for same in machines.into_values() {
        // A person separated two of them, so clones share this identity: it
        // proves nothing.
        let members: HashSet<usize> = same.iter().copied().collect();
        if same
            .iter()
            .any(|&one| sets.parted[one].iter().any(|other| members.contains(other)))
        {
            continue;
        }
        for pair in same.windows(2) {
            sets.unite_if_allowed(pair[0], pair[1]);
        }
    }
    sets.into_groups()
}

/// Groups the numbers that are connected by common requests; nobody can
/// separate these.
pub(super) fn numbers_by_request(numbers: &[&NumberFacts]) -> Vec<Vec<usize>> {
    let places: HashMap<Tag, usize> = numbers
        .iter()
        .enumerate()
        .map(|(place, number)| (number.tag(), place))
        .collect();
    let mut sets = DisjointSets::new(numbers.len());
    for (one, number) in numbers.iter().enumerate() {
        for tag in &number.beside {
            if let Some(&other) = places.get(tag) {
                sets.unite(one, other);
            }
        }
    }
    sets.into_groups()
}

/// Other numbers of which a person said whether they belong to the same PC.
fn told_same<'a>(
    number: &'a NumberFacts,
    places: &'a HashMap<Tag, usize>,
    one: bool,
) -> impl Iterator<Item = usize> + 'a {
    let said = number.ties.iter().filter(move |tie| tie.one == one);
    said.filter_map(|tie| places.get(&tie.tag).copied())
}

/// Disjoint sets (union-find), some of which must not be united.
struct DisjointSets {
    parents: Vec<usize>,
    /// The members of every set, under its representative.
    members: Vec<Vec<usize>>,
    /// For every number, those that belong to another PC.
    parted: Vec<Vec<usize>>,
}

impl DisjointSets {
    /// This many sets of one number each.
    fn new(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
            members: (0..count).map(|one| vec![one]).collect(),
            parted: vec![Vec::new(); count],
        }
    }

    fn of(numbers: &[NumberFacts], places: &HashMap<Tag, usize>) -> Self {
        let mut sets = Self::new(numbers.len());
        for (one, number) in numbers.iter().enumerate() {
            for other in told_same(number, places, false) {
                sets.parted[one].push(other);
                sets.parted[other].push(one);
            }
        }
        sets
    }

    fn into_groups(self) -> Vec<Vec<usize>> {
        self.members
            .into_iter()
            .filter(|set| !set.is_empty())
            .collect()
    }

    fn find(&mut self, one: usize) -> usize {
        let mut head = one;
        while self.parents[head] != head {
            self.parents[head] = self.parents[self.parents[head]];
            head = self.parents[head];
        }
        head
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        if one == other {
            return;
        }
        let (large, small) = if self.members[one].len() < self.members[other].len() {
            (other, one)
        } else {
            (one, other)
        };
        self.parents[small] = large;
        let moved = std::mem::take(&mut self.members[small]);
        self.members[large].extend(moved);
    }

    /// Unites two sets, unless a person separated a number of one from a number
    /// of the other.
    fn unite_if_allowed(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        let (large, small) = if self.members[one].len() < self.members[other].len() {
            (other, one)
        } else {
            (one, other)
        };
        let against: Vec<usize> = self.members[small]
            .iter()
            .flat_map(|&member| self.parted[member].iter().copied())
            .collect();
        if !against
            .into_iter()
            .any(|stranger| self.find(stranger) == large)
        {
            self.unite(one, other);
        }
    }
}
