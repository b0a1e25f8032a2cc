//! Phone and PCs, and the three rounds that they go through.

use super::optics::{OpticalPath, ShownScreen};
use super::pc::{RehearsalPc, ReplyOutcome};
use super::phone::{RehearsalPhone, ScannedRequest, receipt_in, request_in};
use super::{
    MIX_UP_EVERY, PcSummary, Rehearsal, RehearsalError, RehearsalProgress, ShotPurpose, Summary,
};
use crate::activation::{Answer, Label, Reply};
use crate::ground::locked;
use crate::trip::Time;
use crate::wire::{PageAddress, Trust, parse_answer, reply_to_digits};
use chrono::DateTime;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Page address of the rehearsal, on a reserved domain.
const PAGE: &str = "https://hikyaku.example/";

/// Name of the trip.
const NAME: &str = "practice run";

/// Time of the rehearsal, in seconds since 1970.
const NOW: i64 = 1_764_720_000;

/// A rehearsal in progress.
pub(super) struct RehearsalRun<'a> {
    rehearsal: &'a Rehearsal,
    watch: &'a (dyn Fn(RehearsalProgress) + Sync),
    optics: OpticalPath,
    phone: Mutex<RehearsalPhone>,
    pcs: Vec<Mutex<RehearsalPc>>,
    turned_away: Vec<AtomicUsize>,
    mixups: AtomicUsize,
    mixups_refused: AtomicUsize,
}

impl<'a> RehearsalRun<'a> {
    /// Creates the practice PCs and the phone.
    pub(super) fn new(
        rehearsal: &'a Rehearsal,
        watch: &'a (dyn Fn(RehearsalProgress) + Sync),
    ) -> Result<Self, RehearsalError> {
        let page = PageAddress::parse(PAGE).expect("a valid constant");
        let now = DateTime::from_timestamp(NOW, 0).expect("a valid constant");
        let time = Time::try_from(NOW.unsigned_abs()).expect("a valid constant");
        let name = Label::cleaned(NAME).expect("a valid constant");
        let count = rehearsal.pcs as usize;
        let mut pcs = Vec::with_capacity(count);
        for number in 0..count {
            let mut rng = rng(rehearsal.seed, number, 0);
            let pc = RehearsalPc::install(number, &rehearsal.files, &page, now, &mut rng)?;
            pcs.push(Mutex::new(pc));
        }
        Ok(Self {
            rehearsal,
            watch,
            optics: OpticalPath::new(&rehearsal.photographs),
            phone: Mutex::new(RehearsalPhone::new(name, time)),
            turned_away: (0..count).map(|_| AtomicUsize::new(0)).collect(),
            pcs,
            mixups: AtomicUsize::new(0),
            mixups_refused: AtomicUsize::new(0),
        })
    }

    /// First round: the phone photographs every PC's requests.
    pub(super) fn collect(&self) -> Result<(), RehearsalError> {
        let mut expected = 0;
        for pc in &self.pcs {
            let mut pc = locked(pc);
            let screens = pc.request_screens()?.len();
            // Requests twice (collected, recognised), a reply per product, a receipt.
            expected += 2 * screens + pc.count()?.0 + 1;
        }
        (self.watch)(RehearsalProgress::Expected(expected));
        self.for_each_pc(|number| {
            let mut rng = rng(self.rehearsal.seed, number, 1);
            let screens = locked(&self.pcs[number]).request_screens()?;
            for text in screens {
                let shown = ShownScreen {
                    pc: number,
                    purpose: ShotPurpose::Request,
                    text: &text,
                };
                if let Some(request) = self.optics.transmit(&shown, &mut rng, request_in)? {
                    locked(&self.phone).collect(&request)?;
                }
                (self.watch)(RehearsalProgress::Shown);
            }
            Ok(())
        })
    }

    /// Second round: the phone visits the portal.
    pub(super) fn visit_portal(&self) -> Result<(), RehearsalError> {
        locked(&self.phone).visit_portal()
    }

    /// Third round: the phone recognises every PC and shows it its replies, some of
    /// them to a wrong PC first.
    pub(super) fn deliver(&self) -> Result<(), RehearsalError> {
        self.for_each_pc(|number| {
            let mut rng = rng(self.rehearsal.seed, number, 2);
            let screens = locked(&self.pcs[number]).request_screens()?;
            for text in screens {
                let shown = ShownScreen {
                    pc: number,
                    purpose: ShotPurpose::Recognise,
                    text: &text,
                };
                let recognised = self.optics.transmit(&shown, &mut rng, request_in)?;
                (self.watch)(RehearsalProgress::Shown);
                if let Some(recognised) = recognised {
                    self.deliver_replies(number, &recognised, &mut rng)?;
                }
            }
            self.take_receipt(number, &mut rng)
        })
    }

    fn deliver_replies(
        &self,
        number: usize,
        recognised: &ScannedRequest,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), RehearsalError> {
        let replies = locked(&self.phone).replies_for(recognised);
        for reply in replies {
            let position = locked(&self.phone).position(reply.tag);
            if position.is_multiple_of(MIX_UP_EVERY) && self.pcs.len() > 1 {
                let others = self.pcs.len() - 1;
                let wrong = (number + 1 + rng.random_range(0..others)) % self.pcs.len();
                self.mix_up(wrong, &reply, rng)?;
            }
            locked(&self.phone).deliver(reply.tag)?;
            if let Some(answer) = self.show_reply(number, ShotPurpose::Reply, &reply, rng)? {
                locked(&self.pcs[number]).receive(&answer)?;
            }
            (self.watch)(RehearsalProgress::Shown);
        }
        Ok(())
    }

    /// Shows a reply to the wrong PC. It counts as refused only if it was read.
    fn mix_up(
        &self,
        wrong: usize,
        reply: &Reply,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), RehearsalError> {
        self.mixups.fetch_add(1, Ordering::Relaxed);
        let Some(answer) = self.show_reply(wrong, ShotPurpose::MixUp, reply, rng)? else {
            return Ok(());
        };
        if locked(&self.pcs[wrong]).receive(&answer)? == ReplyOutcome::TurnedAway {
            self.mixups_refused.fetch_add(1, Ordering::Relaxed);
            self.turned_away[wrong].fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    fn show_reply(
        &self,
        number: usize,
        purpose: ShotPurpose,
        reply: &Reply,
        rng: &mut ChaCha8Rng,
    ) -> Result<Option<Answer>, RehearsalError> {
        let shown = ShownScreen {
            pc: number,
            purpose,
            text: &reply_to_digits(reply),
        };
        let read = |text: &str| parse_answer(text, Trust::CheckDigits).ok();
        self.optics.transmit(&shown, rng, read)
    }

    fn take_receipt(&self, number: usize, rng: &mut ChaCha8Rng) -> Result<(), RehearsalError> {
        if let Some(text) = locked(&self.pcs[number]).receipt_screen()? {
            let shown = ShownScreen {
                pc: number,
                purpose: ShotPurpose::Receipt,
                text: &text,
            };
            if let Some(receipt) = self.optics.transmit(&shown, rng, receipt_in)? {
                locked(&self.phone).close(&receipt);
            }
        }
        (self.watch)(RehearsalProgress::Shown);
        Ok(())
    }

    /// The result.
    pub(super) fn summary(self, took: Duration) -> Result<Summary, RehearsalError> {
        let mut pcs = Vec::with_capacity(self.pcs.len());
        let mut wrong_deposits = 0;
        for (pc, turned_away) in self.pcs.iter().zip(&self.turned_away) {
            let pc = locked(pc);
            let (products, activated) = pc.count()?;
            wrong_deposits += pc.wrong_deposits();
            pcs.push(PcSummary {
                name: pc.identity.name.to_string(),
                products,
                activated,
                turned_away: turned_away.load(Ordering::Relaxed),
            });
        }
        let in_stores = pcs.iter().map(|pc| pc.activated).sum::<usize>();
        let on_phone = locked(&self.phone).activated();
        let trip = self
            .phone
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .into_trip();
        Ok(Summary {
            trip,
            products: pcs.iter().map(|pc| pc.products).sum(),
            // An activation without a receipt is not done.
            activated: in_stores.min(on_phone),
            pcs,
            mixups: self.mixups.load(Ordering::Relaxed),
            mixups_refused: self.mixups_refused.load(Ordering::Relaxed),
            wrong_deposits,
            shots: self.optics.into_shots(),
            took,
        })
    }

    /// Visits all PCs, with a thread per core. Each PC has its own random number
    /// generator, so that the order does not matter.
    fn for_each_pc(
        &self,
        visit: impl Fn(usize) -> Result<(), RehearsalError> + Sync,
    ) -> Result<(), RehearsalError> {
        let next = AtomicUsize::new(0);
        let failed: Mutex<Option<RehearsalError>> = Mutex::new(None);
        let hands = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            for _ in 0..hands.min(self.pcs.len()) {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= self.pcs.len() || locked(&failed).is_some() {
                            break;
                        }
                        if let Err(error) = visit(number) {
                            locked(&failed).get_or_insert(error);
                        }
                    }
                });
            }
        });
        failed
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .map_or(Ok(()), Err)
    }
}

fn rng(seed: u64, pc: usize, round: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(pc as u64 * 4 + round);
    rng
}
