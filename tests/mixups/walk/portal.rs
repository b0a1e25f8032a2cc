//! The walk at the portal: what is copied or typed there is stored for the
//! request that it answers.

use super::forms::{self, Form};
use super::world::{HOME, OTHERS, World};
use hikyaku::activation::{
    ConfirmationDigits, InstallationId, Label, Tag, practice_confirmation_id,
};
use hikyaku::trip::{
    About, Attribution, NumberDetails, PortalAction, PortalQueue, Time, Trip, TripError,
};
use std::collections::HashSet;
use std::time::Duration;

struct PortalSession {
    queue: PortalQueue,
    trip: Trip,
    by: Attribution,
    /// Everything given so far was a number without digits after box H.
    bare: bool,
    /// A typed reply was given; and it was damaged, so that its check matches
    /// nothing.
    typed: bool,
    damaged: bool,
    /// The request that was current then.
    at_hand: Option<Tag>,
    /// For each of the two numbers: how many of its digits came after box H
    /// since the last decision.
    behind: [usize; 2],
    /// For each of the two numbers: how many of its digits before box H came
    /// since then. Digits after an incomplete number say nothing.
    begun: [usize; 2],
    cids: [String; 2],
    /// Confirmation IDs that came with a tag.
    told: HashSet<String>,
}

/// Somebody answers requests at the portal for a while.
pub(super) fn work(world: &mut World) {
    let by = Attribution {
        at: Time::try_from(1_800_000_000).unwrap(),
        actor: None,
    };
    let mut trip = Trip::new(About::named(Label::cleaned("walk").unwrap(), by.at));
    for pc in HOME..=OTHERS {
        for product in 0..2 {
            if pc == HOME || world.random.once_in(2) {
                let iid = world.request_of(pc, product);
                let facts = NumberDetails {
                    pc: Label::cleaned(&format!("PC{pc}-{product}")),
                    ..NumberDetails::default()
                };
                trip.collect_number(&iid, &facts, &by).unwrap();
            }
        }
    }
    let open: Vec<Tag> = trip.open_requests().map(|(_, entry)| entry.tag()).collect();
    let mut session = PortalSession {
        queue: PortalQueue::new(open, Duration::ZERO),
        trip,
        by,
        bare: true,
        typed: false,
        damaged: false,
        at_hand: None,
        behind: [0; 2],
        begun: [0; 2],
        cids: Default::default(),
        told: HashSet::new(),
    };
    world.trace.push("portal".to_owned());
    for _ in 0..=world.random.below(5) {
        session.act(world);
        if !world.wrong.is_empty() {
            return;
        }
    }
}

impl PortalSession {
    fn act(&mut self, world: &mut World) {
        let iid = world.somebodys();
        if world.random.once_in(2) {
            self.decided();
            let form = forms::form(&mut world.random);
            let mut text = forms::digits(&iid, form);
            self.damaged = world.random.once_in(3);
            if self.damaged {
                text = forms::damaged(&text, &mut world.random);
            }
            self.at_hand = self.queue.at_hand();
            // A copy that was cut at box H looks like a bare number.
            let cut = form != Form::Bare && text.len() <= 49;
            // A cut reply may look like a typed one.
            let typed = form == Form::Typed || text.len() == 50;
            let lines: Vec<String> = forms::lines(&text, &mut world.random)
                .into_iter()
                .map(|line| line.text)
                .collect();
            let text = lines.join("\n");
            (self.bare, self.typed) = (form == Form::Bare || cut, typed);
            world.trace.push(format!("  copies {text:?}"));
            let action = self.queue.copied(&text);
            self.obey(action, world);
            return;
        }
        let other = world.somebodys();
        (self.typed, self.damaged) = (false, false);
        self.decided();
        self.cids = [&iid, &other].map(|iid| practice_confirmation_id(iid).digits().to_owned());
        let mut lines = forms::script(&iid, &other, &mut world.random)
            .into_iter()
            .peekable();
        while let Some(line) = lines.next() {
            if line.text.is_empty()
                && self.queue.is_undecided()
                && lines.peek().is_some_and(|next| next.waits)
            {
                continue;
            }
            world.trace.push(format!("  {line:?}"));
            self.at_hand = self.queue.at_hand();
            self.bare = true;
            if let Some(action) = self.queue.before(Some(&line.text)) {
                self.obey(action, world);
            }
            let number = usize::from(line.other);
            self.begun[number] += forms::digits_in(&line.text).saturating_sub(line.behind);
            if self.begun[number] >= 48 {
                self.behind[number] += line.behind;
            }
            self.bare = true;
            self.typed |= line.behind > 0;
            // A single digit is a key of the terminal: it never reaches the
            // queue.
            if line.text.len() != 1 {
                let action = self.queue.typed(&line.text);
                self.obey(action, world);
            }
        }
    }

    /// From here on it is another number, or the rest of this one.
    fn decided(&mut self) {
        (self.behind, self.begun) = ([0; 2], [0; 2]);
    }

    fn obey(&mut self, action: PortalAction, world: &mut World) {
        match action {
            PortalAction::Keep {
                tag,
                cid,
                confirmed,
            } => self.keep(tag, &cid, confirmed, world),
            PortalAction::Foreign => {
                world.counts.turned_away += 1;
                self.queue.was_foreign();
                self.decided();
            }
            _ => {}
        }
    }

    fn keep(&mut self, tag: Tag, cid: &ConfirmationDigits, confirmed: bool, world: &mut World) {
        let digits = cid.digits().to_owned();
        let told_now = |(cid, behind): (&String, &usize)| *cid == digits && *behind > 2;
        self.bare &= !self.cids.iter().zip(&self.behind).any(told_now);
        let own = world.truth.get(&digits).map(InstallationId::tag);
        let right = own == Some(tag);
        world
            .trace
            .push(format!("  keeps {digits} for {tag}, its own is {own:?}"));
        // Two digits of a tag alone look like a check; a damaged number is
        // given again, and the counts add up.
        let cut = self.behind.iter().any(|behind| behind % 12 == 2);
        let chance = self.typed
            && self.at_hand == Some(tag)
            && self.trip.entry(tag).is_some_and(|(_, entry)| {
                self.damaged || cut || world.fits_by_chance(&digits, &entry.iid)
            });
        if chance && !right && own.is_some() {
            world.counts.kept_by_chance += 1;
        }
        if self.trip.entry(tag).is_none() {
            self.queue.was_foreign();
            self.decided();
            return;
        }
        if right && !self.bare {
            self.told.insert(digits.clone());
        }
        // A caption has no check: a slip in it belongs to nobody's number.
        let slip = own.is_none();
        let accepted = right || chance || slip || self.bare && !self.told.contains(&digits);
        self.decided();
        match self.trip.keep_cid(tag, cid, confirmed, &self.by) {
            Ok(()) => {
                if !accepted {
                    world.wrong.push(format!("kept for {tag}: {digits}"));
                }
                world.counts.kept += u64::from(right);
                self.queue.was_kept(tag, Duration::ZERO);
            }
            Err(TripError::CidReplaces { .. }) => {
                self.queue.was_doubted(tag, cid.clone());
            }
            Err(_) => {}
        }
    }
}
