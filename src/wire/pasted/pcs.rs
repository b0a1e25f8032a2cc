//! Which PC each number of a text belongs to.

use super::FoundInstallation;
use crate::activation::Label;
use std::collections::HashSet;

/// The numbers of one PC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPc {
    /// Its name, if the text says it.
    pub name: Option<Label>,
    /// Its numbers, in order of appearance; at least one.
    pub numbers: Vec<FoundInstallation>,
}

/// Groups numbers by PC. Numbers belong together if the text says so: by the
/// PC's name, or as different products of one run of a tool, or of one text. If
/// nothing tells, each number gets a PC of its own.
pub fn pcs_of(found: Vec<FoundInstallation>) -> Vec<TextPc> {
    let mut named: Vec<TextPc> = Vec::new();
    let mut pcs = Vec::new();
    for (name, numbers) in grouped(found, |found| found.pc.clone()) {
        let split = if is_one_pc(&numbers) {
            vec![numbers]
        } else {
            let runs = grouped(numbers, |found| found.run);
            let split = runs.into_iter().flat_map(|(_, run)| {
                if is_one_pc(&run) {
                    vec![run]
                } else {
                    run.into_iter().map(|number| vec![number]).collect()
                }
            });
            split.collect()
        };
        let to = if name.is_some() { &mut named } else { &mut pcs };
        to.extend(split.into_iter().map(|numbers| TextPc {
            name: name.clone(),
            numbers,
        }));
    }
    pcs.append(&mut named);
    pcs.sort_by_key(|pc| pc.numbers.first().map(|number| number.line));
    pcs
}

/// The groups, in the order in which they begin.
fn grouped<K: PartialEq>(
    found: Vec<FoundInstallation>,
    key: impl Fn(&FoundInstallation) -> K,
) -> Vec<(K, Vec<FoundInstallation>)> {
    let mut groups: Vec<(K, Vec<FoundInstallation>)> = Vec::new();
    for one in found {
        let its = key(&one);
        match groups.iter_mut().find(|(known, _)| *known == its) {
            Some((_, group)) => group.push(one),
            None => groups.push((its, vec![one])),
        }
    }
    groups
}

/// Whether the numbers can belong to one PC and the text distinguishes its
/// products: each product occurs once, and Windows at most once, since no PC
/// has two.
fn is_one_pc(numbers: &[FoundInstallation]) -> bool {
    if numbers.len() < 2 {
        return true;
    }
    let mut products = HashSet::new();
    let mut names = HashSet::new();
    let mut systems = 0;
    for number in numbers {
        let is_new = match (number.activation_id, &number.name) {
            (None, None) => return false,
            (Some(id), None) => products.insert(id),
            (None, Some(name)) => names.insert(name),
            (Some(id), Some(name)) => products.insert(id) & names.insert(name),
        };
        systems += usize::from(number.name.as_ref().is_none_or(is_system));
        if !is_new {
            return false;
        }
    }
    systems <= 1
}

/// Whether it is Windows itself, and neither Office nor an add-on to Windows.
fn is_system(name: &Label) -> bool {
    let name = name.as_str();
    !name.starts_with("Office") && !name.contains("ESU") && !name.contains("add-on")
}

#[cfg(test)]
mod tests;
