//! What happened to a product, as steps: for people to read, and for programs
//! that do not know facts. Converts facts to steps, and steps to facts.

use super::facts::{NumberFacts, NumberReading, RemovalReason, TaggedIid};
use super::model::{Attribution, TripEntry};
use super::number::unite;
use super::values::{HResultText, ProductState, StepKind, Time};
use crate::activation::{ActivationId, ConfirmationDigits, KeyTail, Label, LicenseStatus};
use serde::{Deserialize, Deserializer};

/// Something that happened to a product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TripStep {
    /// What.
    pub kind: StepKind,
    /// When.
    pub at: Time,
    /// Who did it, if known.
    #[serde(default)]
    pub actor: Option<Label>,
    /// What the licence store said, if it refused.
    #[serde(default)]
    pub code: Option<HResultText>,
}

impl TripEntry {
    /// Everything that happened, in order.
    pub fn steps(&self) -> Vec<TripStep> {
        let numbers: Vec<&NumberFacts> = self.numbers().collect();
        steps_of(&numbers)
    }

    /// The last step of this kind.
    pub fn last(&self, kind: StepKind) -> Option<TripStep> {
        self.steps().into_iter().rfind(|step| step.kind == kind)
    }
}

fn steps_of(numbers: &[&NumberFacts]) -> Vec<TripStep> {
    let mut steps = Vec::new();
    let mut add = |kind, at, actor: &Option<Label>, code| {
        steps.push(TripStep {
            kind,
            at,
            actor: actor.clone(),
            code,
        });
    };
    let mut order = numbers.to_vec();
    order.sort_by_key(|number| number.first_seen);
    for (place, number) in order.into_iter().enumerate() {
        let read = if place == 0 {
            StepKind::Collected
        } else {
            StepKind::Changed
        };
        add(read, number.first_seen, &number.seen_by, None);
        for kept in &number.kept {
            add(StepKind::Cid, kept.at, &kept.actor, None);
        }
        for gone in number
            .gone
            .iter()
            .filter(|gone| gone.why == RemovalReason::Withdrawn)
        {
            add(StepKind::CidTakenBack, gone.at, &gone.actor, None);
        }
        for shown in &number.shown {
            add(StepKind::Delivered, shown.first, &shown.actor, None);
            if shown.last != shown.first {
                add(StepKind::Delivered, shown.last, &None, None);
            }
        }
        for receipt in &number.receipts {
            let kind = if receipt.status == LicenseStatus::Licensed {
                StepKind::Activated
            } else {
                StepKind::Failed
            };
            add(kind, receipt.read_at, &receipt.actor, receipt.hresult);
        }
    }
    steps.sort_by_key(|step| step.at);
    steps
}

/// A product as it was written before there were facts, and as programs without
/// facts still write it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct History {
    #[serde(default)]
    pub(super) activation_id: Option<ActivationId>,
    #[serde(default)]
    pub(super) product: Option<Label>,
    #[serde(default)]
    pub(super) key_tail: Option<KeyTail>,
    pub(super) iid: TaggedIid,
    pub(super) state: ProductState,
    #[serde(default, deserialize_with = "digits")]
    pub(super) cid: Option<ConfirmationDigits>,
    #[serde(default)]
    pub(super) status: Option<LicenseStatus>,
    #[serde(default)]
    pub(super) hresult: Option<HResultText>,
    #[serde(default)]
    pub(super) superseded: Vec<FormerNumber>,
    pub(super) steps: Vec<TripStep>,
}

/// A number that a product had before, or a Confirmation ID that was replaced.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FormerNumber {
    pub(super) iid: TaggedIid,
    #[serde(default, deserialize_with = "digits")]
    pub(super) cid: Option<ConfirmationDigits>,
    pub(super) at: Time,
}

fn digits<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<ConfirmationDigits>, D::Error> {
    let text = Option::<String>::deserialize(reader)?;
    text.map(|text| ConfirmationDigits::despite_check_digits(&text))
        .transpose()
        .map_err(serde::de::Error::custom)
}

impl History {
    /// The facts that it implies and that are not among those that came with
    /// it. `reader` is its PC.
    pub(super) fn facts(
        &self,
        reader: &NumberReading,
        seen_at: Time,
        known: &[NumberFacts],
    ) -> Vec<NumberFacts> {
        let news = self.unknown_steps(known);
        let is_read =
            |step: &&TripStep| matches!(step.kind, StepKind::Collected | StepKind::Changed);
        let first = self
            .steps
            .iter()
            .find(is_read)
            .map_or(seen_at, |step| step.at);
        let last = self
            .steps
            .iter()
            .rfind(is_read)
            .map_or(seen_at, |step| step.at);
        let with = |taken_at| NumberReading {
            activation_id: self.activation_id,
            product: self.product.clone(),
            key_tail: self.key_tail.clone(),
            taken_at,
            ..reader.clone()
        };
        // Steps before the last change of the number belong to the previous
        // number.
        let changed = news.iter().rposition(|step| step.kind == StepKind::Changed);
        let (earlier, here) = news.split_at(changed.unwrap_or(0));
        let before = earlier
            .iter()
            .rposition(|step| step.kind == StepKind::Changed);
        let earlier = &earlier[before.unwrap_or(0)..];
        let mut facts = Vec::new();
        let former = self.superseded.iter().filter(|old| old.iid != self.iid);
        let newest = former.clone().next_back().map(|old| old.iid.tag());
        for old in former {
            let mut number = find(known, &old.iid).unwrap_or_else(|| {
                let mut number = NumberFacts::bare((*old.iid).clone(), time_before(first, last));
                number.readings.push(with(None));
                number
            });
            if newest == Some(number.tag()) {
                self.replay(&mut number, earlier, old.cid.as_ref());
            }
            if let Some(cid) = &old.cid
                && !number.kept.iter().any(|kept| kept.cid == *cid)
            {
                number.add_cid(cid, &by(old.at, None));
            }
            unite(&mut facts, vec![number]);
        }
        let current = TripEntry::of(known.to_vec()).map(|entry| entry.tag());
        let mut number = find(known, &self.iid).unwrap_or_else(|| {
            let mut number = NumberFacts::bare((*self.iid).clone(), last);
            number.last_seen = seen_at.max(last);
            let read = self.steps.iter().rfind(is_read);
            number.seen_by = read.and_then(|step| step.actor.clone());
            number
        });
        if current != Some(number.tag()) {
            let taken_at = reader.taken_at.filter(|_| self.activation_id.is_some());
            number.readings.push(with(taken_at));
            number = number.ordered();
        }
        for old in self.superseded.iter().filter(|old| old.iid == self.iid) {
            if let Some(cid) = &old.cid
                && !number.kept.iter().any(|kept| kept.cid == *cid)
            {
                number.add_cid(cid, &by(old.at, None));
                number.remove_cids(|one| one == cid, RemovalReason::Replaced, &by(old.at, None));
            }
        }
        self.replay(&mut number, here, self.cid.as_ref());
        self.apply_state(&mut number, last);
        unite(&mut facts, vec![number]);
        facts
    }

    /// Steps that the facts do not account for.
    fn unknown_steps(&self, known: &[NumberFacts]) -> Vec<TripStep> {
        let known: Vec<&NumberFacts> = known.iter().collect();
        let mut told = steps_of(&known);
        let mut news = self.steps.clone();
        news.retain(|step| {
            let same = |one: &TripStep| one.kind == step.kind && one.at == step.at;
            match told.iter().position(same) {
                Some(at) => {
                    told.swap_remove(at);
                    false
                }
                None => true,
            }
        });
        news
    }

    /// Applies steps to a number; the last Confirmation ID that came in is the
    /// one that was in hand at the end.
    fn replay(
        &self,
        number: &mut NumberFacts,
        steps: &[TripStep],
        in_hand: Option<&ConfirmationDigits>,
    ) {
        let last = steps.iter().rposition(|step| step.kind == StepKind::Cid);
        for (place, step) in steps.iter().enumerate() {
            let by = by(step.at, step.actor.clone());
            match step.kind {
                StepKind::Cid => {
                    let this = in_hand.filter(|_| last == Some(place));
                    // Programs that knew only one Confirmation ID replaced the
                    // previous one.
                    number.remove_cids(|one| Some(one) != this, RemovalReason::Replaced, &by);
                    if let Some(cid) = this {
                        number.add_cid(cid, &by);
                    }
                }
                StepKind::CidTakenBack => {
                    number.remove_cids(|_| true, RemovalReason::Withdrawn, &by);
                    // Drop what the PC said about one that nobody knows any
                    // more.
                    number.receipts.retain(|heard| heard.cid.is_some());
                }
                StepKind::Delivered => {
                    if let Some(cid) = number.in_hand().cloned() {
                        number.add_shown(&cid, &by);
                    }
                }
                StepKind::Activated => {
                    number.add_receipt(LicenseStatus::Licensed, None, step.at, &by);
                }
                StepKind::Failed => number.add_receipt(self.refusal(), step.code, step.at, &by),
                StepKind::Collected
                | StepKind::SeenAgain
                | StepKind::Changed
                | StepKind::Imported => {}
            }
        }
    }

    /// Applies what its state implies and no step has recorded.
    fn apply_state(&self, number: &mut NumberFacts, read_at: Time) {
        let at = self.steps.iter().map(|step| step.at).max();
        let by = by(at.unwrap_or(read_at), None);
        if let Some(cid) = &self.cid
            && !number.kept.iter().any(|kept| kept.cid == *cid)
        {
            number.add_cid(cid, &by);
        }
        match self.state {
            ProductState::Activated if number.activated().is_none() => {
                number.add_receipt(LicenseStatus::Licensed, None, by.at, &by);
            }
            ProductState::Failed if number.refused().is_none() => {
                number.add_receipt(self.refusal(), self.hresult, by.at, &by);
            }
            ProductState::Delivered => {
                if let Some(cid) = number.in_hand().cloned()
                    && number.shown(&cid).is_none()
                {
                    number.add_shown(&cid, &by);
                }
            }
            _ => {}
        }
    }

    /// The licence status of a refusal.
    fn refusal(&self) -> LicenseStatus {
        let licensed = |status: &LicenseStatus| *status == LicenseStatus::Licensed;
        let status = self.status.filter(|status| !licensed(status));
        status.unwrap_or(LicenseStatus::Notification)
    }
}

fn by(at: Time, actor: Option<Label>) -> Attribution {
    Attribution { at, actor }
}

fn find(known: &[NumberFacts], iid: &TaggedIid) -> Option<NumberFacts> {
    known.iter().find(|number| number.iid == *iid).cloned()
}

/// A time before the last number was read.
fn time_before(first: Time, last: Time) -> Time {
    let before = Time::try_from(u64::from(last).saturating_sub(1)).unwrap_or(first);
    first.min(before)
}
