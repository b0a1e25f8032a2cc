//! The PC of the walk, the PCs around it, and the one rule.

use super::random::SplitMix64;
use chrono::DateTime;
use hikyaku::activation::matching::Verdict;
use hikyaku::activation::{
    ActivationId, Answer, Application, Channel, ConfirmationDigits, HResult, InstallationId,
    KeyTail, Label, LicenseStatus, MachineId, PcIdentity, Product, Reply, practice_confirmation_id,
    practice_installation_id,
};
use hikyaku::licensing::{
    AnswerHandler, AnswerOutcome, DepositError, LicenseStore, PcHistory, StoreError,
};
use hikyaku::wire::reply_to_digits;
use std::collections::{HashMap, HashSet};

/// The PC at which the person sits; the others are numbered from 1.
pub(super) const HOME: usize = 0;
pub(super) const OTHERS: usize = 2;

/// A store that counts what it is handed, and answers like Windows.
pub(super) struct Store {
    pub(super) pc: PcIdentity,
    pub(super) products: Vec<Product>,
    /// The product, its Installation ID at that time, and what was handed over.
    pub(super) handed: Vec<(ActivationId, InstallationId, String)>,
}

impl LicenseStore for Store {
    fn pc(&self) -> Result<PcIdentity, StoreError> {
        Ok(self.pc.clone())
    }

    fn products(&self) -> Result<Vec<Product>, StoreError> {
        Ok(self.products.clone())
    }

    fn deposit(
        &mut self,
        product: ActivationId,
        _: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        let mut rows = self.products.iter_mut();
        let row = rows.find(|row| row.activation_id == product).unwrap();
        let iid = row.installation_id.clone().unwrap();
        let right = practice_confirmation_id(&iid).digits() == cid.digits();
        self.handed.push((product, iid, cid.digits().to_owned()));
        if right {
            row.status = LicenseStatus::Licensed;
            Ok(())
        } else {
            Err(StoreError::Refused(HResult::MISMATCH))
        }
    }

    fn refresh(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn is_practice(&self) -> bool {
        true
    }
}

/// Totals over all steps.
#[derive(Debug, Default, Clone)]
pub(super) struct Counts {
    /// Handed over where it belongs, with a tag or bare.
    pub(super) right: u64,
    pub(super) right_bare: u64,
    /// Handed over bare for the wrong product, because a person said so and
    /// nobody could know better.
    pub(super) believed: u64,
    /// Handed over because the check of another PC's reply matches by chance.
    pub(super) by_chance: u64,
    /// This PC's own caption, which has no check, or a typed reply, whose check
    /// is right once in 97 times, with two digits swapped in a way that no box
    /// shows. It is nobody's number, and Windows will refuse it.
    pub(super) slips: u64,
    pub(super) turned_away: u64,
    /// Stored at the portal for the request that it answers.
    pub(super) kept: u64,
    /// Stored because the check of another PC's reply, or of a damaged one,
    /// matches the current request by chance.
    pub(super) kept_by_chance: u64,
}

impl Counts {
    pub(super) fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.right_bare += other.right_bare;
        self.believed += other.believed;
        self.by_chance += other.by_chance;
        self.slips += other.slips;
        self.turned_away += other.turned_away;
        self.kept += other.kept;
        self.kept_by_chance += other.kept_by_chance;
    }
}

/// How a number was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// With a tag.
    Tagged,
    /// With the check of its reply.
    Typed,
    /// Bare, by a person who decided so for one product. `tainted`: digits
    /// followed box H at some point.
    Bare { tainted: bool },
    /// Bare, and nobody said that it is for this PC.
    Found,
}

pub(super) struct World {
    pub(super) random: SplitMix64,
    pub(super) store: Store,
    pub(super) memory: PcHistory,
    /// Makes the numbers of this walk unique.
    own: u64,
    hardware: usize,
    /// Confirmation IDs that this PC has refused by what they said.
    pub(super) refused: HashSet<String>,
    /// The Installation ID that each Confirmation ID answers.
    pub(super) truth: HashMap<String, InstallationId>,
    pub(super) counts: Counts,
    pub(super) wrong: Vec<String>,
    pub(super) trace: Vec<String>,
}

pub(super) enum Failed {
    Store,
    Deposit,
}

impl From<StoreError> for Failed {
    fn from(_: StoreError) -> Self {
        Self::Store
    }
}

impl From<DepositError> for Failed {
    fn from(_: DepositError) -> Self {
        Self::Deposit
    }
}

pub(super) fn identity(pc: usize) -> PcIdentity {
    PcIdentity {
        name: Label::cleaned(&format!("PC{pc}")).unwrap(),
        serial: None,
        machine: MachineId::of(None, Some(&format!("serial of {pc}"))),
    }
}

fn iid(walk: u64, pc: usize, product: usize, hardware: usize) -> InstallationId {
    practice_installation_id(&format!("{walk}/{pc}/{product}/{hardware}"))
}

impl World {
    pub(super) fn new(mut random: SplitMix64) -> Self {
        let own = random.roll();
        let products = (0..=random.below(3)).map(|number| Product {
            activation_id: ActivationId::from_bytes([number as u8 + 1; 16]),
            application: Application::Windows,
            name: Label::cleaned(&format!("Product {number}")).unwrap(),
            channel: Channel::Retail,
            key_tail: KeyTail::parse("3V66T"),
            installation_id: Some(iid(own, HOME, number, 0)),
            status: LicenseStatus::Notification,
            reason: HResult::NOTIFICATION,
            add_on: false,
        });
        let mut world = Self {
            store: Store {
                pc: identity(HOME),
                products: products.collect(),
                handed: Vec::new(),
            },
            memory: PcHistory::in_memory(),
            own,
            hardware: 0,
            refused: HashSet::new(),
            truth: HashMap::new(),
            counts: Counts::default(),
            wrong: Vec::new(),
            trace: vec![format!("own {own}")],
            random,
        };
        world.show();
        if world.random.once_in(3) {
            // The memory is on a stick that another PC has used.
            let mut theirs = world.store.products.clone();
            theirs[0].installation_id = Some(iid(own, 1, 0, 0));
            let _ = world
                .memory
                .record_shown(&identity(1), &theirs, DateTime::UNIX_EPOCH);
        }
        world
    }

    fn show(&mut self) {
        let products = self.store.products.clone();
        let _ = self
            .memory
            .record_shown(&identity(HOME), &products, DateTime::UNIX_EPOCH);
    }

    pub(super) fn change_hardware(&mut self) {
        self.hardware += 1;
        self.trace.push(format!("hardware {}", self.hardware));
        for (number, row) in self.store.products.iter_mut().enumerate() {
            row.installation_id = Some(iid(self.own, HOME, number, self.hardware));
            row.status = LicenseStatus::Notification;
        }
        if !self.random.once_in(3) {
            self.show();
        }
    }

    /// Any Installation ID: mostly this PC's, current or earlier.
    pub(super) fn somebodys(&mut self) -> InstallationId {
        let products = self.store.products.len();
        let product = self.random.below(products);
        let iid = match self.random.below(8) {
            0..=3 => iid(self.own, HOME, product, self.hardware),
            4 if self.hardware > 0 => {
                let before = self.random.below(self.hardware);
                iid(self.own, HOME, product, before)
            }
            _ => {
                let other = 1 + self.random.below(OTHERS);
                let product = self.random.below(2);
                iid(self.own, other, product, 0)
            }
        };
        let cid = practice_confirmation_id(&iid);
        self.truth.insert(cid.digits().to_owned(), iid.clone());
        iid
    }

    /// What a PC asks for now.
    pub(super) fn request_of(&self, pc: usize, product: usize) -> InstallationId {
        let hardware = if pc == HOME { self.hardware } else { 0 };
        iid(self.own, pc, product, hardware)
    }

    pub(super) fn product(&mut self) -> ActivationId {
        let products = &self.store.products;
        let number = self.random.below(products.len());
        products[number].activation_id
    }

    /// Gives an answer to the PC, as `enter` and `scan` do.
    pub(super) fn receive(
        &mut self,
        answer: &Answer,
        given: Given,
        chosen: Option<ActivationId>,
        seen: Vec<Product>,
    ) {
        let dry_run = self.random.once_in(20);
        let mut handler = AnswerHandler {
            store: &mut self.store,
            history: &mut self.memory,
            seen,
            dry_run,
        };
        let received = handler.handle::<Failed>(answer, |_| Ok(chosen), DateTime::UNIX_EPOCH);
        let received = received.map(|(received, _)| received).ok();
        self.trace
            .push(format!("  {given:?} {chosen:?}: {received:?}"));
        match received {
            Some(AnswerOutcome::Deposited(..) | AnswerOutcome::Decided(Verdict::Deposit(..))) => {}
            Some(AnswerOutcome::Decided(
                Verdict::OtherPc(_) | Verdict::OtherProduct(_) | Verdict::Changed(_),
            )) => {
                self.counts.turned_away += 1;
                if !matches!(answer, Answer::Bare(_)) {
                    self.refused.insert(answer.digits().digits().to_owned());
                }
            }
            _ => self.counts.turned_away += 1,
        }
        self.judge(given);
    }

    /// Checks the one rule for everything that was handed over since the last
    /// call.
    pub(super) fn judge(&mut self, given: Given) {
        for (product, iid, cid) in std::mem::take(&mut self.store.handed) {
            let right = practice_confirmation_id(&iid).digits() == cid;
            let what = format!("{cid} for {product}");
            match given {
                Given::Found => self.wrong.push(format!("found, and handed over: {what}")),
                Given::Tagged | Given::Typed if right => self.counts.right += 1,
                Given::Bare { .. } if right => self.counts.right_bare += 1,
                Given::Tagged | Given::Typed | Given::Bare { .. }
                    if !self.truth.contains_key(&cid) =>
                {
                    self.counts.slips += 1;
                }
                // Other tests check that the check matches; here it is only
                // counted.
                Given::Typed => self.counts.by_chance += 1,
                Given::Bare { tainted: false } if !self.refused.contains(&cid) => {
                    self.counts.believed += 1;
                }
                // Seen by the camera, a person may have to say which product it
                // is for.
                Given::Bare { .. } if self.fits_by_chance(&cid, &iid) => {
                    self.counts.by_chance += 1;
                }
                given => self.wrong.push(format!("{given:?}, handed over: {what}")),
            }
        }
    }

    /// Whether the check of the reply to its own Installation ID matches this
    /// one too. Nobody can say that of a number that is nobody's.
    pub(super) fn fits_by_chance(&self, cid: &str, iid: &InstallationId) -> bool {
        self.truth.get(cid).is_none_or(|own| {
            let reply = |iid: &InstallationId| Reply {
                cid: practice_confirmation_id(own),
                tag: iid.tag(),
            };
            reply(own).check() == reply(iid).check()
        })
    }
}

/// The sixty digits that answer an Installation ID.
pub(super) fn reply_to(iid: &InstallationId) -> String {
    reply_to_digits(&Reply {
        cid: practice_confirmation_id(iid),
        tag: iid.tag(),
    })
}
