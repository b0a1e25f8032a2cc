//! One Installation ID: merges its facts, and answers questions about them.

use super::facts::{
    GivenName, KeptCid, Newer, NumberFacts, NumberReading, ReceiptRead, RemovalReason, RemovedCid,
    ShownReply, Tie,
};
use super::model::Attribution;
use super::values::{HResultText, Time};
use crate::activation::{
    ActivationId, ConfirmationDigits, InstallationId, KeyTail, Label, LicenseStatus, MachineId,
    PcIdentity, Tag,
};
use std::cmp::Ordering;

/// Most readings that are kept per number; the oldest are dropped.
const MAX_READINGS: usize = 32;

impl NumberFacts {
    /// A number that was just collected.
    pub(super) fn collected(iid: InstallationId, reading: NumberReading, by: &Attribution) -> Self {
        Self {
            readings: vec![reading],
            seen_by: by.actor.clone(),
            ..Self::bare(iid, by.at)
        }
    }

    /// A number of which nothing else is known.
    pub(super) fn bare(iid: InstallationId, at: Time) -> Self {
        Self {
            iid: iid.into(),
            first_seen: at,
            last_seen: at,
            seen_by: None,
            readings: Vec::new(),
            named: None,
            beside: Vec::new(),
            kept: Vec::new(),
            gone: Vec::new(),
            shown: Vec::new(),
            receipts: Vec::new(),
            ties: Vec::new(),
            newer: Vec::new(),
        }
    }

    /// Its tag.
    pub(super) fn tag(&self) -> Tag {
        self.iid.tag()
    }

    /// Unites the facts of two records of one number. The operation is
    /// commutative, associative and idempotent, so neither the order of merges
    /// nor repetitions matter.
    pub(super) fn join(&mut self, other: &Self) {
        let first = |one: &Self| (one.first_seen, one.seen_by.is_none(), one.seen_by.clone());
        if first(other) < first(self) {
            self.first_seen = other.first_seen;
            self.seen_by.clone_from(&other.seen_by);
        }
        self.last_seen = self.last_seen.max(other.last_seen);
        for one in &other.readings {
            put(&mut self.readings, one, by_reader, join_reading);
        }
        if self.readings.len() > MAX_READINGS {
            self.readings
                .sort_by(|a, b| b.taken_at.cmp(&a.taken_at).then_with(|| by_reader(a, b)));
            self.readings.truncate(MAX_READINGS);
            self.readings.sort_by(by_reader);
        }
        self.named = self.named.take().max(other.named.clone());
        for one in &other.beside {
            put(&mut self.beside, one, Tag::cmp, |_, _| {});
        }
        for one in &other.kept {
            put(&mut self.kept, one, by_keep, |mine, other| {
                mine.actor = mine.actor.take().max(other.actor.clone());
            });
        }
        for one in &other.gone {
            put(&mut self.gone, one, by_gone, |mine, other| {
                let key = |gone: &RemovedCid| (gone.at, gone.why, gone.actor.clone());
                if key(other) < key(mine) {
                    *mine = other.clone();
                }
            });
        }
        for one in &other.shown {
            put(&mut self.shown, one, by_shown, |mine, other| {
                let last = mine.last.max(other.last);
                if (other.first, &other.actor) < (mine.first, &mine.actor) {
                    *mine = other.clone();
                }
                mine.last = last;
            });
        }
        for one in &other.receipts {
            put(&mut self.receipts, one, by_receipt, |mine, other| {
                mine.first = mine.first.min(other.first);
                mine.last = mine.last.max(other.last);
                if (other.read_at, &other.actor) < (mine.read_at, &mine.actor) {
                    mine.read_at = other.read_at;
                    mine.actor.clone_from(&other.actor);
                }
            });
        }
        for one in &other.ties {
            put(
                &mut self.ties,
                one,
                |a, b| a.tag.cmp(&b.tag),
                |mine, other| {
                    let key = |tie: &Tie| (tie.at, tie.one, tie.actor.clone());
                    if key(other) > key(mine) {
                        *mine = other.clone();
                    }
                },
            );
        }
        for one in &other.newer {
            put(
                &mut self.newer,
                one,
                |a, b| a.than.cmp(&b.than),
                |mine, other| {
                    let key = |newer: &Newer| (newer.at, newer.actor.clone());
                    if key(other) > key(mine) {
                        *mine = other.clone();
                    }
                },
            );
        }
    }

    /// The same facts, sorted and without duplicates.
    pub(super) fn ordered(&self) -> Self {
        let mut ordered = Self::bare((*self.iid).clone(), self.first_seen);
        ordered.seen_by.clone_from(&self.seen_by);
        ordered.join(self);
        ordered.last_seen = self.last_seen.max(self.first_seen);
        ordered
    }

    /// When it was read off its PC, by the PC's clock.
    pub(super) fn taken_at(&self) -> Option<Time> {
        self.readings.iter().filter_map(|one| one.taken_at).max()
    }

    /// Sort key for the numbers of one product: the one read off later is
    /// newer; if that does not decide, the one collected later is; ties are
    /// broken by the number.
    pub(super) fn age(&self) -> (Option<Time>, Time, &InstallationId) {
        (self.taken_at(), self.first_seen, &self.iid)
    }

    /// The readings, latest first.
    fn newest(&self) -> impl Iterator<Item = &NumberReading> {
        let mut readings: Vec<&NumberReading> = self.readings.iter().collect();
        readings.sort_by(|a, b| b.taken_at.cmp(&a.taken_at).then_with(|| by_reader(b, a)));
        readings.into_iter()
    }

    /// Activation ID of its product.
    pub(super) fn activation_id(&self) -> Option<ActivationId> {
        self.newest().find_map(|one| one.activation_id)
    }

    /// Name of its product.
    pub(super) fn product(&self) -> Option<Label> {
        self.newest().find_map(|one| one.product.clone())
    }

    /// Last five of its product's key.
    pub(super) fn key_tail(&self) -> Option<KeyTail> {
        self.newest().find_map(|one| one.key_tail.clone())
    }

    /// Identities of the machines on which it was read.
    pub(super) fn machines(&self) -> impl Iterator<Item = MachineId> {
        self.readings.iter().filter_map(machine_of)
    }

    /// Whether this Confirmation ID was not removed. One that was taken back
    /// never answers this number, even if it had come in otherwise before: by a
    /// packet, which does not say when, or on another device.
    fn is_live(&self, kept: &KeptCid) -> bool {
        !self.gone.iter().any(|gone| {
            let before = gone.why == RemovalReason::Withdrawn && kept.at <= gone.at;
            gone.cid == kept.cid && (before || gone.kept_at == kept.at)
        })
    }

    /// What came in and was not removed, oldest first.
    pub(super) fn live(&self) -> impl Iterator<Item = &KeptCid> {
        self.kept.iter().filter(|kept| self.is_live(kept))
    }

    /// The distinct Confirmation IDs among these.
    pub(super) fn live_cids(&self) -> Vec<&ConfirmationDigits> {
        let mut cids: Vec<&ConfirmationDigits> = Vec::new();
        for kept in self.live() {
            if !cids.contains(&&kept.cid) {
                cids.push(&kept.cid);
            }
        }
        cids
    }

    /// The one in hand; none while several contradict each other.
    pub(super) fn in_hand(&self) -> Option<&ConfirmationDigits> {
        match self.live_cids()[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The receipt that reported it as activated, if any.
    pub(super) fn activated(&self) -> Option<&ReceiptRead> {
        let licensed = |one: &&ReceiptRead| one.status == LicenseStatus::Licensed;
        self.receipts.iter().find(licensed)
    }

    /// The last refusal of the Confirmation ID in hand.
    pub(super) fn refused(&self) -> Option<&ReceiptRead> {
        let in_hand = self.in_hand();
        let this = |one: &&ReceiptRead| {
            one.status != LicenseStatus::Licensed && one.cid.as_ref() == in_hand
        };
        self.receipts.iter().filter(this).max_by_key(|one| one.last)
    }

    /// When the reply with this Confirmation ID was shown.
    pub(super) fn shown(&self, cid: &ConfirmationDigits) -> Option<&ShownReply> {
        self.shown.iter().find(|one| one.cid == *cid)
    }

    /// Stores a Confirmation ID from now on, again if it was removed before.
    pub(super) fn add_cid(&mut self, cid: &ConfirmationDigits, by: &Attribution) {
        if self.live().any(|kept| kept.cid == *cid) {
            return;
        }
        // A repetition within the same second counts as one second later,
        // because a removal refers to the second.
        let is_free = |at: &Time| {
            !self
                .kept
                .iter()
                .any(|kept| kept.at == *at && kept.cid == *cid)
        };
        // One that was taken back counts only after that.
        let withdrawn = (self.gone.iter())
            .filter(|gone| gone.why == RemovalReason::Withdrawn && gone.cid == *cid)
            .map(|gone| u64::from(after(gone.at)));
        let from = withdrawn.max().unwrap_or_default().max(u64::from(by.at));
        let later = (from..).map_while(|at| Time::try_from(at).ok());
        let earlier = (0..from).rev().map_while(|at| Time::try_from(at).ok());
        let at = later.chain(earlier).find(is_free).unwrap_or(by.at);
        let kept = KeptCid {
            cid: cid.clone(),
            at,
            actor: by.actor.clone(),
        };
        put(&mut self.kept, &kept, by_keep, |_, _| {});
    }

    /// Removes the stored Confirmation IDs that are `meant`.
    pub(super) fn remove_cids(
        &mut self,
        meant: impl Fn(&ConfirmationDigits) -> bool,
        why: RemovalReason,
        by: &Attribution,
    ) {
        let gone: Vec<RemovedCid> = self
            .live()
            .filter(|kept| meant(&kept.cid))
            .map(|kept| RemovedCid {
                cid: kept.cid.clone(),
                kept_at: kept.at,
                at: by.at,
                actor: by.actor.clone(),
                why,
            })
            .collect();
        for one in gone {
            put(&mut self.gone, &one, by_gone, |_, _| {});
        }
    }

    /// Records that the reply with this Confirmation ID was shown to its PC.
    pub(super) fn add_shown(&mut self, cid: &ConfirmationDigits, by: &Attribution) {
        let shown = ShownReply {
            cid: cid.clone(),
            first: by.at,
            last: by.at,
            actor: by.actor.clone(),
        };
        self.join(&Self {
            shown: vec![shown],
            ..Self::bare((*self.iid).clone(), self.first_seen)
        });
    }

    /// Records what the licence store said at `said` by the PC's clock.
    pub(super) fn add_receipt(
        &mut self,
        status: LicenseStatus,
        hresult: Option<HResultText>,
        said: Time,
        by: &Attribution,
    ) {
        // A receipt that is no newer than a known one refers to the same
        // Confirmation ID, whatever is in hand by now.
        let before =
            |one: &&ReceiptRead| one.status == status && one.hresult == hresult && said <= one.last;
        let earlier = self
            .receipts
            .iter()
            .filter(before)
            .min_by_key(|one| one.last);
        let cid = match earlier {
            Some(earlier) => earlier.cid.clone(),
            None => self.in_hand().cloned(),
        };
        let heard = ReceiptRead {
            status,
            hresult,
            cid,
            first: said,
            last: said,
            read_at: by.at,
            actor: by.actor.clone(),
        };
        self.join(&Self {
            receipts: vec![heard],
            ..Self::bare((*self.iid).clone(), self.first_seen)
        });
    }

    /// Upper bound for its size in a trip file, in bytes: as facts, and as
    /// steps for programs that do not know facts.
    pub(super) fn weight(&self) -> usize {
        // A quotation mark or a backslash takes two bytes.
        let label = |label: &Option<Label>| label.as_ref().map_or(0, |one| 2 * one.as_str().len());
        let readings: usize = self
            .readings
            .iter()
            .map(|one| 420 + label(&one.pc) + label(&one.serial) + label(&one.product))
            .sum();
        let named = |one: &GivenName| 70 + 2 * one.name.as_str().len() + label(&one.actor);
        let actors: usize = (self.kept.iter().map(|one| label(&one.actor)))
            .chain(self.gone.iter().map(|one| label(&one.actor)))
            .chain(self.shown.iter().map(|one| label(&one.actor)))
            .chain(self.receipts.iter().map(|one| label(&one.actor)))
            .chain(self.ties.iter().map(|one| label(&one.actor)))
            .chain(self.newer.iter().map(|one| label(&one.actor)))
            .sum();
        // What came in will be shown, and its receipt will be read.
        let kept = self.kept.len();
        350 + label(&self.seen_by)
            + readings
            + self.named.as_ref().map_or(0, named)
            + actors
            + 40 * self.beside.len()
            + 500 * kept
            + 360 * self.gone.len()
            + 440 * self.shown.len().max(kept)
            + 480 * self.receipts.len().max(kept + 1)
            + 170 * self.ties.len()
            + 150 * self.newer.len()
    }
}

/// Identity of the machine of a reading, derived from the serial number if an
/// older program wrote nothing else.
fn machine_of(reading: &NumberReading) -> Option<MachineId> {
    if reading.bare {
        return None;
    }
    reading.machine.or_else(|| {
        let serial = reading.serial.as_ref().map(Label::as_str);
        MachineId::of(None, serial)
    })
}

/// Adds numbers to a list; facts of a known number are joined.
pub(super) fn unite(numbers: &mut Vec<NumberFacts>, arriving: Vec<NumberFacts>) {
    for number in arriving {
        match numbers.iter_mut().find(|known| known.tag() == number.tag()) {
            Some(known) => known.join(&number),
            None => numbers.push(number),
        }
    }
}

/// The reading of a request from this PC.
pub(super) fn reading_of(pc: &PcIdentity, taken_at: Option<Time>) -> NumberReading {
    NumberReading {
        pc: Some(pc.name.clone()),
        bare: false,
        made_up: false,
        serial: pc.serial.clone(),
        machine: pc.machine,
        taken_at,
        activation_id: None,
        product: None,
        key_tail: None,
    }
}

/// Inserts a value into a sorted list, or joins it with the equal one.
fn put<T: Clone>(
    list: &mut Vec<T>,
    one: &T,
    order: impl Fn(&T, &T) -> Ordering,
    join: impl FnOnce(&mut T, &T),
) {
    match list.binary_search_by(|mine| order(mine, one)) {
        Ok(at) => join(&mut list[at], one),
        Err(at) => list.insert(at, one.clone()),
    }
}

/// Adds what a person says now. It counts as later than what was said before,
/// whatever the clock says.
pub(super) fn put_tie(ties: &mut Vec<Tie>, tie: &Tie) {
    put(
        ties,
        tie,
        |a, b| a.tag.cmp(&b.tag),
        |mine, other| {
            let at = other.at.max(after(mine.at));
            *mine = Tie {
                at,
                ..other.clone()
            };
        },
    );
}

/// The next second.
pub(super) fn after(time: Time) -> Time {
    Time::try_from(u64::from(time) + 1).unwrap_or(time)
}

fn by_reader(a: &NumberReading, b: &NumberReading) -> Ordering {
    let key = |one: &NumberReading| {
        (
            one.pc.clone(),
            one.bare,
            one.made_up,
            one.serial.clone(),
            one.machine,
        )
    };
    key(a).cmp(&key(b))
}

/// The later reading wins; readings of the same moment are combined.
fn join_reading(mine: &mut NumberReading, other: &NumberReading) {
    match other.taken_at.cmp(&mine.taken_at) {
        Ordering::Less => {}
        Ordering::Greater => *mine = other.clone(),
        Ordering::Equal => {
            mine.activation_id = mine.activation_id.max(other.activation_id);
            mine.product = mine.product.take().max(other.product.clone());
            let tail =
                |one: &NumberReading| one.key_tail.as_ref().map(|tail| tail.as_str().to_owned());
            if tail(other) > tail(mine) {
                mine.key_tail.clone_from(&other.key_tail);
            }
        }
    }
}

fn by_keep(a: &KeptCid, b: &KeptCid) -> Ordering {
    (a.at, a.cid.digits()).cmp(&(b.at, b.cid.digits()))
}

fn by_gone(a: &RemovedCid, b: &RemovedCid) -> Ordering {
    (a.kept_at, a.cid.digits()).cmp(&(b.kept_at, b.cid.digits()))
}

fn by_shown(a: &ShownReply, b: &ShownReply) -> Ordering {
    a.cid.digits().cmp(b.cid.digits())
}

fn by_receipt(a: &ReceiptRead, b: &ReceiptRead) -> Ordering {
    let key = |one: &ReceiptRead| {
        (
            u32::from(one.status),
            one.hresult.map(|code| code.0.0),
            one.cid.as_ref().map(|cid| cid.digits().to_owned()),
        )
    };
    key(a).cmp(&key(b))
}
