//! The replies that still have to be shown to their PCs: browsed one by one,
//! and searched by name.

use super::model::{Progress, Trip};
use crate::activation::{ActivationId, KeyedAnswer, Label, Reply, Tag};

/// A reply, and the PC it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Display name of the PC that it is for.
    pub pc: String,
    /// The product, if the request said it.
    pub product: Option<Label>,
    /// The Activation ID of the product, if the request said it.
    pub activation_id: Option<ActivationId>,
    /// What the PC reads.
    pub reply: Reply,
    /// It was shown before, but no receipt has come yet.
    pub was_shown: bool,
}

impl Delivery {
    /// Whether one of the names contains this text, ignoring case.
    pub fn matches(&self, wanted: &str) -> bool {
        let wanted = wanted.to_lowercase();
        let has = |name: &str| name.to_lowercase().contains(&wanted);
        has(&self.pc) || self.product.as_ref().is_some_and(|name| has(name.as_str()))
    }

    /// What is typed into the PC if Hikyaku does not run there.
    pub fn keyed(&self) -> KeyedAnswer {
        KeyedAnswer::new(self.reply.cid.clone(), self.activation_id)
    }
}

/// The replies of a trip that are still worth showing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryList {
    all: Vec<Delivery>,
    /// Indices into `all` of the current selection.
    found: Vec<usize>,
    /// Index into `found` of the current one.
    at: usize,
}

impl DeliveryList {
    /// The replies of a trip whose names contain `wanted`, or all of them.
    pub fn of(trip: &Trip, wanted: Option<&str>) -> Self {
        let mut all: Vec<Delivery> = trip
            .replies()
            .map(|(pc, entry, reply)| Delivery {
                pc: pc.called(),
                product: entry.product.clone(),
                activation_id: entry.activation_id,
                reply,
                was_shown: Progress::from(entry.state) != Progress::CidInHand,
            })
            .collect();
        if let Some(wanted) = wanted {
            all.retain(|delivery| delivery.matches(wanted));
        }
        let found = (0..all.len()).collect();
        Self { all, found, at: 0 }
    }

    /// The current one; `None` if the selection is empty.
    pub fn at_hand(&self) -> Option<&Delivery> {
        self.found.get(self.at).map(|&index| &self.all[index])
    }

    /// Its position in the selection, from 0.
    pub fn place(&self) -> usize {
        self.at
    }

    /// The current selection, in order.
    pub fn found(&self) -> impl ExactSizeIterator<Item = &Delivery> {
        self.found.iter().map(|&index| &self.all[index])
    }

    /// Moves to the next one. Returns whether there is one.
    pub fn forward(&mut self) -> bool {
        self.choose(self.at + 1)
    }

    /// Moves to the previous one. Returns whether there is one.
    pub fn back(&mut self) -> bool {
        self.at.checked_sub(1).is_some_and(|at| self.choose(at))
    }

    /// Moves to one of [`Self::found`], counted from 0. Returns whether it
    /// exists.
    pub fn choose(&mut self, at: usize) -> bool {
        let known = at < self.found.len();
        if known {
            self.at = at;
        }
        known
    }

    /// Moves to the next one that matches, wrapping around. Returns whether
    /// there is one.
    pub fn seek(&mut self, wanted: &str) -> bool {
        let count = self.found.len();
        let matching = (1..=count)
            .map(|step| (self.at + step) % count)
            .find(|&at| self.all[self.found[at]].matches(wanted));
        matching.is_some_and(|at| self.choose(at))
    }

    /// Restricts the selection to those that match; an empty text selects all.
    /// The current one stays current if it is among them.
    pub fn narrow(&mut self, wanted: &str) {
        let before = self.found.get(self.at).copied();
        self.found = (0..self.all.len())
            .filter(|&index| self.all[index].matches(wanted.trim()))
            .collect();
        let same = self.found.iter().position(|&index| Some(index) == before);
        self.at = same.unwrap_or(0);
    }

    /// Records that this reply was shown.
    pub fn was_shown(&mut self, tag: Tag) {
        for delivery in &mut self.all {
            delivery.was_shown |= delivery.reply.tag == tag;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trip::samples;

    /// `WARD3-PC1` to `WARD3-PC12`.
    fn deliveries() -> DeliveryList {
        DeliveryList::of(&samples::answered(12), None)
    }

    fn at_hand(deliveries: &DeliveryList) -> &str {
        deliveries
            .at_hand()
            .map_or("", |delivery| delivery.pc.as_str())
    }

    #[test]
    fn one_after_the_other_and_back_and_no_further() {
        let mut deliveries = deliveries();
        assert!(!deliveries.back());
        assert_eq!(at_hand(&deliveries), "WARD3-PC1");
        assert!(deliveries.forward() && deliveries.forward());
        assert_eq!(at_hand(&deliveries), "WARD3-PC3");
        assert!(deliveries.back());
        assert_eq!(at_hand(&deliveries), "WARD3-PC2");
        assert!(!deliveries.choose(12) && deliveries.choose(11) && !deliveries.forward());
        assert_eq!(at_hand(&deliveries), "WARD3-PC12");
    }

    #[test]
    fn seeking_goes_round_and_narrowing_keeps_what_is_at_hand() {
        let mut deliveries = deliveries();
        assert!(deliveries.seek("pc1"));
        assert_eq!(at_hand(&deliveries), "WARD3-PC10");
        assert!(deliveries.seek("PC2"));
        assert_eq!(at_hand(&deliveries), "WARD3-PC2");
        assert!(!deliveries.seek("West"));
        deliveries.choose(11);
        deliveries.narrow(" pc1 ");
        assert_eq!(
            (at_hand(&deliveries), deliveries.place()),
            ("WARD3-PC12", 3)
        );
        assert_eq!(deliveries.found().len(), 4);
        deliveries.narrow("nobody");
        assert!(deliveries.at_hand().is_none() && !deliveries.seek("x"));
        deliveries.narrow("");
        assert_eq!(at_hand(&deliveries), "WARD3-PC1");
    }

    #[test]
    fn what_was_shown_is_marked_and_stays() {
        let mut deliveries = deliveries();
        let tag = deliveries.at_hand().unwrap().reply.tag;
        deliveries.was_shown(tag);
        let shown: Vec<_> = deliveries
            .found()
            .map(|delivery| delivery.was_shown)
            .collect();
        assert!(shown[0] && shown[1..].iter().all(|shown| !shown));
    }
}
