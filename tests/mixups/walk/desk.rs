//! The portal of the walk: what is copied or typed there is kept for the request
//! that it answers.

use super::forms::{self, Form};
use super::world::{HOME, OTHERS, World};
use hikyaku::activation::{
    ConfirmationDigits, InstallationId, Label, Tag, practice_confirmation_id,
};
use hikyaku::trip::{About, By, Deed, Desk, Facts, Heard, Trip, TripError};
use hikyaku::wire::trip_file::Time;
use std::collections::HashSet;
use std::time::Duration;

struct Sitting {
    desk: Desk,
    trip: Trip,
    by: By,
    /// What was said was a number without anything behind box H.
    bare: bool,
    /// A typed reply was given.
    typed: bool,
    /// Something stood behind box H since the last number was decided.
    tainted: bool,
    /// Confirmation IDs that came with a tag.
    told: HashSet<String>,
}

/// Somebody answers requests at the portal for a while.
pub(super) fn work(world: &mut World) {
    let by = By {
        at: Time::try_from(1_800_000_000).unwrap(),
        actor: None,
    };
    let mut trip = Trip::new(About::named(Label::cleaned("walk").unwrap(), by.at));
    for pc in HOME..=OTHERS {
        for product in 0..2 {
            if pc == HOME || world.dice.once_in(2) {
                let iid = world.request_of(pc, product);
                let facts = Facts {
                    pc: Label::cleaned(&format!("PC{pc}-{product}")),
                    ..Facts::default()
                };
                trip.collect_number(&iid, &facts, &by).unwrap();
            }
        }
    }
    let open: Vec<Tag> = trip.open_requests().map(|(_, entry)| entry.tag()).collect();
    let mut sitting = Sitting {
        desk: Desk::new(open, Duration::ZERO),
        trip,
        by,
        bare: true,
        typed: false,
        tainted: false,
        told: HashSet::new(),
    };
    world.trace.push("portal".to_owned());
    for _ in 0..1 + world.dice.below(5) {
        sitting.act(world);
        if !world.wrong.is_empty() {
            return;
        }
    }
}

impl Sitting {
    fn act(&mut self, world: &mut World) {
        let iid = world.somebodys();
        if world.dice.once_in(2) {
            let form = forms::form(&mut world.dice);
            let mut text = forms::digits(&iid, form);
            let whole = text.clone();
            if world.dice.once_in(3) {
                text = forms::damaged(&text, &mut world.dice);
            }
            let lines: Vec<String> = forms::lines(&text, &mut world.dice)
                .into_iter()
                .map(|line| line.text)
                .collect();
            let text = lines.join("\n");
            // A copy that was cut is what it says it is.
            let cut = form != Form::Bare && whole.starts_with(&text) && text.len() <= 49;
            (self.bare, self.typed) = (form == Form::Bare || cut, form == Form::Typed);
            world.trace.push(format!("  copies {text:?}"));
            self.hear(Heard::Clipboard(&text), &iid, form, world);
            return;
        }
        let other = world.somebodys();
        let mut behind = 0;
        self.typed = false;
        for line in forms::script(&iid, &other, &mut world.dice) {
            behind += line.behind;
            self.tainted |= behind > 2;
            self.bare = !self.tainted;
            self.typed |= line.behind > 0;
            world.trace.push(format!("  {line:?}"));
            let heard = Heard::Line(&line.text);
            if let Some(deed) = self.desk.before(heard) {
                self.obey(deed, world);
            }
            self.hear(heard, &iid, Form::Reply, world);
        }
    }

    fn hear(&mut self, heard: Heard<'_>, _: &InstallationId, _: Form, world: &mut World) {
        let deed = self.desk.hear(heard);
        self.obey(deed, world);
    }

    fn obey(&mut self, deed: Deed, world: &mut World) {
        match deed {
            Deed::Keep {
                tag,
                cid,
                confirmed,
            } => self.keep(tag, &cid, confirmed, world),
            Deed::Foreign(_) => {
                world.counts.turned_away += 1;
                self.desk.was_foreign();
                self.tainted = false;
            }
            _ => {}
        }
    }

    fn keep(&mut self, tag: Tag, cid: &ConfirmationDigits, confirmed: bool, world: &mut World) {
        let digits = cid.digits().to_owned();
        let own = world.truth.get(&digits).map(InstallationId::tag);
        let right = own == Some(tag);
        world
            .trace
            .push(format!("  keeps {digits} for {tag}, its own is {own:?}"));
        let chance = self.typed
            && self
                .trip
                .entry(tag)
                .is_some_and(|(_, entry)| world.fits_by_chance(&digits, &entry.iid));
        if right {
            if !self.bare {
                self.told.insert(digits.clone());
            }
        } else if !chance && (!self.bare || self.told.contains(&digits)) {
            world.wrong.push(format!("kept for {tag}: {digits}"));
        }
        self.tainted = false;
        if self.trip.entry(tag).is_none() {
            self.desk.was_foreign();
            return;
        }
        match self.trip.keep_cid(tag, cid, confirmed, &self.by) {
            Ok(()) => {
                world.counts.kept += u64::from(right);
                self.desk.was_kept(tag, Duration::ZERO);
            }
            Err(TripError::CidReplaces { .. }) => {
                self.desk.was_doubted(tag, cid.clone());
            }
            Err(_) => {}
        }
        // What a reply makes of it is right wherever a tag was told.
        for (_, entry, reply) in self.trip.replies() {
            let is_right = practice_confirmation_id(&entry.iid) == reply.cid;
            let told = self.told.contains(reply.cid.digits());
            if !is_right && told && !chance {
                world
                    .wrong
                    .push(format!("a reply for {}: {:?}", entry.tag(), reply.cid));
            }
        }
    }
}
