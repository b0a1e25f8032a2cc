//! A long random walk over trips: requests new and old, PCs with the same name,
//! clones, placeholder serial numbers, changing hardware, wrong clocks, and
//! several technicians who exchange their records in any order. Nothing that
//! was acknowledged is lost, nothing is undone except by a person, every export
//! can be imported, and the same facts give the same trip.
//!
//! `HIKYAKU_TRIP_WALK` sets the number of steps, `HIKYAKU_TRIP_SEED` the seed.

mod invariants;

use chrono::DateTime;
use hikyaku::activation::{
    ActivationId, ConfirmationDigits, HResult, InstallationId, Label, LicenseStatus, MachineId,
    PcIdentity, ProductReceipt, ProductRequest, Receipt, Reply, Request, Tag, TripMessage,
    practice_confirmation_id, practice_installation_id,
};
use hikyaku::trip::Time;
use hikyaku::trip::facts::NumberFacts;
use hikyaku::trip::file::TripFile;
use hikyaku::trip::{About, Attribution, ListedPc, NumberDetails, Progress, Trip, TripError};
use invariants::{numbers, through_a_file};
use std::collections::{BTreeMap, BTreeSet};

/// Steps of one walk; after that everything starts again with other PCs.
const LENGTH: usize = 120;
/// Number of technicians, each with a record of their own.
const TECHNICIANS: usize = 3;

fn label(text: &str) -> Label {
    Label::cleaned(text).unwrap()
}

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(default, |value| value.parse().unwrap())
}

/// `SplitMix64`: the same walk for the same seed on every machine.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 33) as usize
    }

    fn pick(&mut self, of: usize) -> usize {
        self.next() % of.max(1)
    }
}

/// The true state of a PC.
struct Machine {
    name: String,
    serial: Option<&'static str>,
    identity: Option<MachineId>,
    products: usize,
    /// How often its hardware changed. When a change is reverted, the old
    /// numbers come back.
    hardware: usize,
    /// Error of its clock, in seconds.
    clock: i64,
    number: usize,
}

impl Machine {
    fn iid(&self, product: usize, hardware: usize) -> InstallationId {
        practice_installation_id(&format!("{}/{product}/{hardware}", self.number))
    }

    fn request(&self, now: u64, products: usize) -> Request {
        let taken_at = i64::try_from(now).unwrap() + self.clock;
        Request {
            pc: PcIdentity {
                name: label(&self.name),
                serial: self.serial.map(label),
                machine: self.identity,
            },
            taken_at: DateTime::from_timestamp(taken_at.max(0), 0).unwrap(),
            products: (0..products.clamp(1, self.products))
                .map(|product| ProductRequest {
                    activation_id: ActivationId::from_bytes([product as u8 + 1; 16]),
                    name: label(&format!("Product {product}")),
                    key_tail: None,
                    installation_id: self.iid(product, self.hardware),
                })
                .collect(),
        }
    }
}

struct Walk {
    random: SplitMix64,
    now: u64,
    machines: Vec<Machine>,
    records: Vec<Trip>,
    /// What was photographed or written, and may arrive again.
    requests: Vec<Request>,
    receipts: Vec<Receipt>,
    packets: Vec<TripMessage>,
    files: Vec<Trip>,
    /// Confirmation IDs that each record acknowledged, with their tag.
    kept: Vec<BTreeSet<(Tag, String)>>,
    /// Numbers that a receipt closed.
    closed: Vec<BTreeSet<Tag>>,
    counts: BTreeMap<&'static str, usize>,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut random = SplitMix64(seed);
        let serials = [
            None,
            Some("12345678"),
            Some("To be filled by O.E.M."),
            Some("Default string"),
            Some("PF3ABCDE"),
        ];
        let pcs = 3 + random.next() % 6;
        let machines = (0..pcs)
            .map(|number| {
                let mut pick = |of: usize| random.next() % of;
                let serial = serials[pick(serials.len())];
                let identity = match pick(4) {
                    // Clones of one image, such as a virtual machine's.
                    0 => MachineId::of(None, Some("one of the clones")),
                    1 => None,
                    _ => MachineId::of(None, Some(&format!("machine {number}"))),
                };
                Machine {
                    name: ["PC-A", "PC-B", "PC-C", "PC-D"][pick(4)].to_owned(),
                    // A real serial number belongs to one machine.
                    serial: serial.filter(|&one| one != "PF3ABCDE" || number == 0),
                    identity,
                    products: 1 + pick(3),
                    hardware: 0,
                    clock: [0, 0, 0, -400_000_000, 86_400, 3][pick(6)],
                    number: seed as usize * 100 + number,
                }
            })
            .collect();
        let begun = Time::try_from(1_790_000_000).unwrap();
        let trip = Trip::new(About::named(label("walk"), begun));
        Self {
            random,
            now: 1_790_000_000,
            machines,
            records: vec![trip; TECHNICIANS],
            requests: Vec::new(),
            receipts: Vec::new(),
            packets: Vec::new(),
            files: Vec::new(),
            kept: vec![BTreeSet::new(); TECHNICIANS],
            closed: vec![BTreeSet::new(); TECHNICIANS],
            counts: BTreeMap::new(),
        }
    }

    fn pick(&mut self, of: usize) -> usize {
        self.random.pick(of)
    }

    /// The time by a technician's clock, which may be wrong too.
    fn by(&mut self, who: usize) -> Attribution {
        let at = self.now + [0, 7, 900_000][who % 3];
        // Once in a while it is set back.
        let back = if self.pick(20) == 0 { 5_000 } else { 0 };
        Attribution {
            at: Time::try_from(at - back).unwrap(),
            actor: (who > 0).then(|| label(&format!("technician {who}"))),
        }
    }

    /// A number of a record, current or not.
    fn any_number(&mut self, who: usize) -> Option<(Tag, InstallationId)> {
        let trip = &self.records[who];
        let all: Vec<(Tag, InstallationId)> = numbers(trip)
            .map(|one| (one.iid.tag(), (*one.iid).clone()))
            .collect();
        (!all.is_empty()).then(|| {
            let at = self.random.next() % all.len();
            all[at].clone()
        })
    }

    fn step(&mut self) {
        self.now += 1 + self.pick(90) as u64;
        let who = self.pick(TECHNICIANS);
        let before = self.records[who].clone();
        let what = match self.pick(20) {
            0..=3 => self.collect(who),
            4 => self.collect_again(who),
            5 => self.bare(who),
            6..=8 => self.answer(who),
            9 => self.withdraw(who),
            10 => self.deliver(who),
            11 | 12 => self.receipt(who),
            13 => self.receipt_again(who),
            14 => self.packet(who),
            15 => self.file(who),
            16 | 17 => self.merge(who),
            18 => self.word(who),
            _ => self.hardware(who),
        };
        *self.counts.entry(what).or_default() += 1;
        self.check(who, &before, what);
    }

    fn collect(&mut self, who: usize) -> &'static str {
        let (at, products, now) = (self.pick(self.machines.len()), 1 + self.pick(3), self.now);
        let request = self.machines[at].request(now, products);
        self.requests.push(request.clone());
        let by = self.by(who);
        self.records[who].collect(&request, &by).unwrap();
        "collect"
    }

    /// Collects an earlier photograph again, or a whole folder of them.
    fn collect_again(&mut self, who: usize) -> &'static str {
        let some = 1 + self.pick(6);
        for _ in 0..some {
            let at = self.pick(self.requests.len());
            if let Some(request) = self.requests.get(at).cloned() {
                let by = self.by(who);
                self.records[who].collect(&request, &by).unwrap();
            }
        }
        "collect again"
    }

    fn bare(&mut self, who: usize) -> &'static str {
        let at = self.pick(self.machines.len());
        let machine = &self.machines[at];
        let iid = machine.iid(0, machine.hardware);
        let facts = NumberDetails {
            pc: at.is_multiple_of(2).then(|| label(&machine.name)),
            ..NumberDetails::default()
        };
        let by = self.by(who);
        self.records[who].collect_number(&iid, &facts, &by).unwrap();
        "bare number"
    }

    fn answer(&mut self, who: usize) -> &'static str {
        let Some((tag, iid)) = self.any_number(who) else {
            return "nothing";
        };
        let (own, confirmed) = (self.pick(4) > 0, self.pick(6) == 0);
        let cid: ConfirmationDigits = if own {
            practice_confirmation_id(&iid).into()
        } else {
            // For another PC's number, or for nobody's.
            let foreign = self.any_number(who).map(|(_, iid)| iid);
            let foreign = foreign.filter(|_| self.random.next().is_multiple_of(2));
            let foreign = foreign.unwrap_or_else(|| practice_installation_id("nobody"));
            practice_confirmation_id(&foreign).into()
        };
        let by = self.by(who);
        match self.records[who].keep_cid(tag, &cid, confirmed, &by) {
            Ok(()) => {
                self.kept[who].insert((tag, cid.digits().to_owned()));
                "answer"
            }
            Err(
                TripError::CidOfOther { .. }
                | TripError::CidVoid { .. }
                | TripError::CidReplaces { .. },
            ) => {
                assert!(!confirmed);
                "answer refused"
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn withdraw(&mut self, who: usize) -> &'static str {
        if let Some((tag, _)) = self.any_number(who) {
            let by = self.by(who);
            let _ = self.records[who].take_back_cid(tag, &by);
        }
        "withdraw"
    }

    fn deliver(&mut self, who: usize) -> &'static str {
        let shown: Vec<Tag> = self.records[who]
            .replies()
            .map(|(.., reply)| reply.tag)
            .collect();
        if let Some(&tag) = shown.get(self.pick(shown.len())) {
            let by = self.by(who);
            self.records[who].deliver(tag, &by).unwrap();
        }
        "deliver"
    }

    fn receipt(&mut self, who: usize) -> &'static str {
        let Some((tag, _)) = self.any_number(who) else {
            return "nothing";
        };
        let ok = self.pick(3) == 0;
        let clock = self.machines[0].clock;
        let issued_at = i64::try_from(self.now).unwrap() + clock;
        let codes = [0xC004_F031, 0xC004_F04D];
        let code = codes[self.pick(2)];
        let receipt = Receipt {
            pc: PcIdentity {
                name: label("whatever"),
                serial: None,
                machine: None,
            },
            issued_at: DateTime::from_timestamp(issued_at, 0).unwrap(),
            products: vec![ProductReceipt {
                tag,
                status: LicenseStatus::from(if ok { 1 } else { 5 }),
                refusal: (!ok).then_some(HResult(code)),
            }],
        };
        self.receipts.push(receipt.clone());
        self.close(who, &receipt);
        "receipt"
    }

    fn receipt_again(&mut self, who: usize) -> &'static str {
        let at = self.pick(self.receipts.len());
        if let Some(receipt) = self.receipts.get(at).cloned() {
            self.close(who, &receipt);
        }
        "receipt again"
    }

    fn close(&mut self, who: usize, receipt: &Receipt) {
        let by = self.by(who);
        if self.records[who].close(receipt, &by).is_some() {
            let activated = receipt.products.iter().filter(|one| one.is_activated());
            self.closed[who].extend(activated.map(|one| one.tag));
        }
    }

    /// Takes in somebody's packet, current or old.
    fn packet(&mut self, who: usize) -> &'static str {
        if self.packets.is_empty() || self.pick(2) == 0 {
            let from = self.pick(TECHNICIANS);
            let replies: Vec<Reply> = self.records[from]
                .replies()
                .map(|(.., reply)| reply)
                .collect();
            let some = self.requests.len().min(8);
            self.packets.push(TripMessage {
                name: label("phone"),
                written_at: DateTime::from_timestamp(i64::try_from(self.now).unwrap(), 0).unwrap(),
                requests: self.requests[self.requests.len() - some..].to_vec(),
                replies,
                receipts: self.receipts.iter().rev().take(3).cloned().collect(),
            });
        }
        let at = self.pick(self.packets.len());
        let packet = self.packets[at].clone();
        let by = self.by(who);
        self.records[who].take_packet(&packet, &by).unwrap();
        "packet"
    }

    /// Exports a file; some of these are imported later.
    fn file(&mut self, who: usize) -> &'static str {
        let back = through_a_file(&self.records[who], self.now);
        self.files.push(back);
        "file"
    }

    fn merge(&mut self, who: usize) -> &'static str {
        let at = self.pick(TECHNICIANS + self.files.len());
        let (other, kept, closed) = match at.checked_sub(TECHNICIANS) {
            Some(file) => (self.files[file].clone(), BTreeSet::new(), BTreeSet::new()),
            None => (
                self.records[at].clone(),
                self.kept[at].clone(),
                self.closed[at].clone(),
            ),
        };
        self.records[who].merge(&other).unwrap();
        self.kept[who].extend(kept);
        self.closed[who].extend(closed);
        let once = self.records[who].clone();
        let again = self.records[who].merge(&other).unwrap();
        assert!(self.records[who] == once, "merging again changed something");
        assert!(again.conflicts.is_empty() && again.numbers.is_empty());
        "merge"
    }

    fn word(&mut self, who: usize) -> &'static str {
        let by = self.by(who);
        let ids: Vec<u32> = self.records[who].pcs.iter().map(|pc| pc.id).collect();
        let (Some(&one), Some(&other)) =
            (ids.get(self.pick(ids.len())), ids.get(self.pick(ids.len())))
        else {
            return "nothing";
        };
        match self.pick(4) {
            0 => drop(self.records[who].join_pcs(one, other, &by)),
            1 => drop(self.records[who].split_pc(one, &by)),
            2 => {
                if let Some((tag, _)) = self.any_number(who) {
                    self.records[who].use_number(tag, &by).unwrap();
                }
            }
            _ => {
                let listed = ListedPc {
                    name: label(["PC-A", "PC-B", "PC-E"][self.pick(3)]),
                    serial: (self.pick(3) == 0).then(|| label("PF3ABCDE")),
                    place: (self.pick(2) == 0).then(|| label("reception")),
                };
                self.records[who].add_listed(&[listed], &by).unwrap();
            }
        }
        "word"
    }

    fn hardware(&mut self, _who: usize) -> &'static str {
        let at = self.pick(self.machines.len());
        let back = self.pick(3) == 0;
        let machine = &mut self.machines[at];
        machine.hardware = if back {
            machine.hardware.saturating_sub(1)
        } else {
            machine.hardware + 1
        };
        "hardware"
    }
}

#[test]
fn nothing_acknowledged_is_lost_on_a_long_walk() {
    let steps = variable("HIKYAKU_TRIP_WALK", 2000) as usize;
    let seed = variable("HIKYAKU_TRIP_SEED", 1);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut left = steps;
    for walk in 0.. {
        if left == 0 {
            break;
        }
        let mut one = Walk::new(seed * 1_000_000 + walk);
        for _ in 0..left.min(LENGTH) {
            one.step();
        }
        left -= left.min(LENGTH);
        one.end();
        for (what, count) in one.counts {
            *counts.entry(what).or_default() += count;
        }
    }
    println!("{steps} steps from seed {seed}: {counts:?}");
    assert_eq!(counts.values().sum::<usize>(), steps);
}
