//! Invariants that must hold after every step, and at the end.

use super::*;
use hikyaku::trip::facts::RemovalReason;

impl Walk {
    /// Checks what must hold after every step.
    pub(super) fn check(&self, who: usize, before: &Trip, what: &str) {
        let trip = &self.records[who];
        // Nothing acknowledged is lost.
        let known: BTreeMap<Tag, &NumberFacts> = numbers(trip)
            .map(|number| (number.iid.tag(), number))
            .collect();
        for (tag, cid) in &self.kept[who] {
            let number = known
                .get(tag)
                .unwrap_or_else(|| panic!("{what}: number {tag} is lost"));
            assert!(
                number.kept.iter().any(|kept| kept.cid.digits() == cid),
                "{what}: {cid} is lost"
            );
        }
        for tag in &self.closed[who] {
            let number = known[tag];
            let told = number
                .receipts
                .iter()
                .any(|one| one.status == LicenseStatus::Licensed);
            assert!(told, "{what}: {tag} is no longer activated");
        }
        let count = numbers(trip).count();
        assert_eq!(count, known.len(), "{what}: a number occurs twice");
        for old in numbers(before) {
            let number = known[&old.iid.tag()];
            for kept in &old.kept {
                assert!(
                    number.kept.contains(kept),
                    "{what}: a Confirmation ID is lost"
                );
            }
            for gone in &old.gone {
                let same = |one: &&hikyaku::trip::facts::RemovedCid| {
                    one.cid == gone.cid && one.kept_at == gone.kept_at
                };
                assert!(number.gone.iter().find(same).is_some(), "{what}: came back");
            }
        }
        // Nothing is undone except by a person, and a merge brings what persons
        // did.
        let mechanical = [
            "collect",
            "collect again",
            "bare number",
            "receipt again",
            "deliver",
            "file",
        ];
        let persons = |trip: &Trip| -> BTreeMap<Tag, Vec<String>> {
            let live = |number: &NumberFacts| live_cids(number).into_iter().collect();
            numbers(trip)
                .map(|number| (number.iid.tag(), live(number)))
                .collect()
        };
        if mechanical.contains(&what) {
            let after = persons(trip);
            for (tag, cids) in persons(before) {
                assert_eq!(
                    after[&tag], cids,
                    "{what}: {tag} has other Confirmation IDs"
                );
            }
        }
        if what == "collect again" || what == "receipt again" || what == "packet" {
            for (_, entry) in before.entries() {
                let now = trip.number(entry.tag()).unwrap().1;
                if now.tag() == entry.tag() && entry.progress() == Progress::Activated {
                    assert_eq!(now.progress(), Progress::Activated, "{what}");
                }
            }
        }
        self.check_what_is_shown(trip, what);
    }

    /// Whatever is offered, exported and stored follows from the facts.
    fn check_what_is_shown(&self, trip: &Trip, what: &str) {
        // The Confirmation ID in hand follows from the facts, for every current
        // number; and no Confirmation ID is offered under two tags.
        let mut offered: BTreeMap<String, Tag> = BTreeMap::new();
        for (_, entry, reply) in trip.replies() {
            assert_eq!(entry.tag(), reply.tag);
            let live = live_cids(entry.number());
            assert_eq!(
                live,
                [reply.cid.digits()],
                "{what}: offered while contested"
            );
            let other = offered.insert(reply.cid.digits().to_owned(), reply.tag);
            assert_eq!(other, None, "{what}: offered under two tags");
            let owners = numbers(trip)
                .filter(|one| live_cids(one).iter().any(|cid| *cid == reply.cid.digits()));
            assert_eq!(owners.count(), 1, "{what}: another number's");
        }
        for (_, entry) in trip.entries() {
            let is_closed = entry.progress() == Progress::Activated;
            let live = live_cids(entry.number()).len();
            if !is_closed && live > 1 {
                assert_eq!(entry.progress(), Progress::Contested, "{what}");
            }
        }
        // Every export can be imported, and gives the same trip.
        let back = through_a_file(trip, self.now);
        assert_eq!(
            canonical(&back),
            canonical(trip),
            "{what}: a file changes the trip"
        );
        // The rows of a ledger hold all of it.
        let rows: Vec<hikyaku::trip::Pc> = trip
            .pcs
            .iter()
            .map(|pc| serde_json::from_str(&serde_json::to_string(pc).unwrap()).unwrap())
            .collect();
        assert!(
            Trip::of(trip.about.clone(), rows) == *trip,
            "{what}: the rows lose something"
        );
    }

    /// At the end everybody gets everything, in different orders, and all must
    /// have the same trip.
    pub(super) fn end(&mut self) {
        let orders = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]];
        let mut ends: Vec<Trip> = Vec::new();
        for order in orders {
            let mut trip = self.records[order[0]].clone();
            for at in order {
                trip.merge(&self.records[at]).unwrap();
                trip.merge(&through_a_file(&self.records[at], self.now))
                    .unwrap();
            }
            for file in &self.files {
                let twice = trip.clone();
                trip.merge(file).unwrap();
                trip.merge(&twice).unwrap();
            }
            ends.push(trip);
        }
        for trip in &ends[1..] {
            assert_eq!(canonical(trip), canonical(&ends[0]));
        }
        // The same photographs in any order, starting from nothing.
        let mut made: Vec<Trip> = Vec::new();
        let mut order: Vec<usize> = (0..self.requests.len()).collect();
        for turn in 0..3 {
            let mut trip = Trip::new(self.records[0].about.clone());
            for &at in &order {
                // The time at which a photograph is read goes with it.
                let by = Attribution {
                    at: Time::try_from(1_790_000_000 + at as u64).unwrap(),
                    actor: None,
                };
                trip.collect(&self.requests[at], &by).unwrap();
                if self.random.next().is_multiple_of(4) {
                    trip.collect(&self.requests[at], &by).unwrap();
                }
            }
            made.push(trip);
            if turn == 0 {
                order.reverse();
            } else {
                for at in (1..order.len()).rev() {
                    order.swap(at, self.random.next() % (at + 1));
                }
            }
        }
        for trip in &made[1..] {
            assert_eq!(canonical(trip), canonical(&made[0]));
        }
    }
}

pub(super) fn numbers(trip: &Trip) -> impl Iterator<Item = &NumberFacts> {
    let entries = trip.entries().map(|(_, entry)| entry);
    entries.flat_map(|entry| entry.former().iter().chain([entry.number()]))
}

/// Confirmation IDs of a number that nothing removed, computed independently.
pub(super) fn live_cids(number: &NumberFacts) -> Vec<String> {
    let mut live: Vec<String> = Vec::new();
    for kept in &number.kept {
        let gone = number.gone.iter().any(|gone| {
            let taken_back = gone.why == RemovalReason::Withdrawn && kept.at <= gone.at;
            gone.cid == kept.cid && (taken_back || gone.kept_at == kept.at)
        });
        if !gone && !live.contains(&kept.cid.digits().to_owned()) {
            live.push(kept.cid.digits().to_owned());
        }
    }
    live
}

pub(super) fn through_a_file(trip: &Trip, now: u64) -> Trip {
    let text = trip.to_file(Time::try_from(now).unwrap()).to_text();
    Trip::from_file(&TripFile::parse(&text).unwrap()).unwrap()
}

/// A trip without anything that depends on the order of events: ids, places,
/// and the suffixes of equal names.
fn canonical(trip: &Trip) -> String {
    let mut pcs: Vec<String> = trip
        .pcs
        .iter()
        .map(|pc| {
            let mut entries: Vec<String> = pc
                .entries
                .iter()
                .map(|entry| format!("{entry:?} {:?}", entry.progress()))
                .collect();
            entries.sort();
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {entries:#?}",
                pc.name, pc.bare, pc.serial, pc.machine, pc.place, pc.taken_at, pc.seen_at
            )
        })
        .collect();
    pcs.sort();
    pcs.join("\n")
}
