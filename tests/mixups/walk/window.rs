//! The walk at the window: keys, scanners, the clipboard and the camera.

use super::forms::{self, Form};
use super::world::{Given, World};
use chrono::{DateTime, FixedOffset};
use hikyaku::activation::{Product, Tag, practice_confirmation_id};
use hikyaku::i18n::{Lang, Messages};
use hikyaku::licensing::{Deposited, LicenseStore, deposit_and_verify, known_from_deposit};
use hikyaku::window::journey::{
    Action, DepositResult, Journey, JourneyCommand, JourneyEvent, Key, PcSnapshot, SidePanel, Start,
};
use std::collections::HashSet;
use std::time::Duration;

thread_local! {
    static MESSAGES: Messages = Messages::new(Lang::En);
}

struct WindowSession {
    journey: Journey,
    now: Duration,
    /// There were digits after box H since the field was last cleared.
    tainted: bool,
    /// What the products asked for at the last reading.
    tags: Vec<Option<Tag>>,
    /// A typed reply was given.
    typed: bool,
    /// There was a check of two digits after box H at the last Enter.
    by_check: bool,
    /// Confirmation IDs that were submitted with something damaged after them.
    spoiled: HashSet<String>,
    /// What may have been in the boxes with digits after it.
    behind: Vec<String>,
}

fn snapshot(world: &mut World) -> PcSnapshot {
    world.memory.catch_up();
    PcSnapshot {
        pc: world.store.pc().unwrap(),
        practice: true,
        products: world.store.products().unwrap(),
        shown: world.memory.shown().to_vec(),
        known: world.memory.known().to_vec(),
        receipt: None,
        history_trouble: None,
        at: DateTime::UNIX_EPOCH,
    }
}

/// Somebody works at the window for a while.
pub(super) fn work(world: &mut World) {
    let (journey, commands) = Journey::begin(Start {
        lang: Lang::En,
        page: None,
        mirrored: false,
        camera: false,
        practice: true,
        zone: FixedOffset::east_opt(0).unwrap(),
    });
    let mut session = WindowSession {
        journey,
        now: Duration::ZERO,
        tainted: false,
        tags: Vec::new(),
        typed: false,
        by_check: false,
        spoiled: HashSet::new(),
        behind: Vec::new(),
    };
    world.trace.push("window".to_owned());
    session.obey(commands, Given::Found, world);
    for _ in 0..2 + world.random.below(6) {
        session.now += Duration::from_secs(1);
        session.act(world);
        session.look();
        if !world.wrong.is_empty() {
            return;
        }
    }
}

impl WindowSession {
    fn act(&mut self, world: &mut World) {
        match world.random.below(16) {
            0..=6 => {
                self.write(world);
                if !world.random.once_in(4) {
                    self.enter(world);
                }
            }
            7 | 8 => self.enter(world),
            9 => {
                let place = world.random.below(9);
                self.tell(
                    JourneyEvent::Action(Action::Box(place)),
                    Given::Found,
                    world,
                );
                let digits = *world.random.one_of(&["000000", "123456", "7"]);
                world.trace.push(format!("  box {place}: {digits}"));
                self.keys(digits, Duration::from_millis(300), world);
                // After box H it is a made-up tag, or its end.
                self.tainted |= place == 8 && digits.len() > 1;
            }
            10 => {
                self.tell(JourneyEvent::Action(Action::Clear), Given::Found, world);
                self.begin_anew();
            }
            11 | 12 => {
                let iid = world.somebodys();
                let form = forms::form(&mut world.random);
                let text = forms::digits(&iid, form);
                world.trace.push(format!("  sees {text}"));
                let given = match form {
                    Form::Reply => Given::Tagged,
                    Form::Typed => Given::Typed,
                    Form::Bare => Given::Found,
                };
                self.tell(JourneyEvent::Seen(text), given, world);
            }
            13 => {
                // From the list that asks which product a number is for, if it
                // is open.
                let pick = world.random.below(3);
                let given = self.by_hand();
                world.trace.push(format!("  picks {pick}"));
                self.tell(JourneyEvent::Action(Action::Pick(pick)), given, world);
            }
            14 => {
                world.change_hardware();
                if world.random.once_in(2) {
                    let read = snapshot(world);
                    self.tell(JourneyEvent::Read(Ok(read)), Given::Found, world);
                }
                self.look();
            }
            _ => {
                self.now += Duration::from_secs(10);
                self.tell(JourneyEvent::Tick, Given::Found, world);
                self.look();
            }
        }
    }

    /// Digits arrive in the field.
    fn write(&mut self, world: &mut World) {
        let iid = world.somebodys();
        let form = forms::form(&mut world.random);
        let whole = forms::digits(&iid, form);
        let is_damaged = world.random.once_in(3);
        let text = if is_damaged {
            forms::damaged(&whole, &mut world.random)
        } else {
            whole.clone()
        };
        // A cut reply may look like a typed one.
        if form == Form::Typed || text.len() == 50 {
            self.typed = true;
        }
        // Fewer than two digits of it are a typing slip.
        if form != Form::Bare && text.len() >= 50 {
            self.tainted = true;
        }
        world.trace.push(format!("  writes {text}"));
        let way = world.random.below(4);
        world.trace.push(format!("  way {way}"));
        match way {
            0 => self.keys(&text, Duration::from_millis(6), world),
            1 => self.keys(&text, Duration::from_millis(300), world),
            2 => self.tell(JourneyEvent::Pasted(text), Given::Found, world),
            _ => {
                // A scanner that sends line by line.
                for line in forms::lines(&text, &mut world.random) {
                    let pace = Duration::from_millis(6);
                    self.keys(&line.text, pace, world);
                    self.now += pace;
                    let given = self.by_hand();
                    world.trace.push(format!("  {:?}, Enter", line.text));
                    self.tell(JourneyEvent::Enter, given, world);
                }
            }
        }
        let cid = practice_confirmation_id(&iid);
        if let Some((boxes, rest)) = self.field()
            && boxes == cid.digits()
            && rest.len() > 1
        {
            self.behind.push(boxes);
        }
    }

    fn keys(&mut self, text: &str, pace: Duration, world: &mut World) {
        for character in text.chars() {
            self.now += pace;
            self.tell(
                JourneyEvent::Key(Key::Character(character)),
                Given::Found,
                world,
            );
        }
    }

    fn by_hand(&self) -> Given {
        if self.typed {
            Given::Typed
        } else {
            Given::Bare {
                tainted: self.tainted,
            }
        }
    }

    fn enter(&mut self, world: &mut World) {
        self.now += Duration::from_millis(*world.random.one_of(&[6, 900]));
        world.trace.push("  Enter".to_owned());
        let given = self.by_hand();
        self.tell(JourneyEvent::Enter, given, world);
        self.spoiled.extend(self.behind.iter().cloned());
        self.look();
    }

    /// The digits in the boxes and after them, as the screen shows them.
    fn field(&self) -> Option<(String, String)> {
        let view = MESSAGES.with(|messages| self.journey.view(messages));
        let SidePanel::Scan(scan) = view.right else {
            return None;
        };
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect();
        Some((digits(&scan.field.value), digits(&scan.field.rest)))
    }

    /// Updates what is known about the field, which may have been cleared.
    fn look(&mut self) {
        if let Some((boxes, rest)) = self.field()
            && boxes.is_empty()
            && rest.is_empty()
        {
            self.begin_anew();
        }
    }

    fn begin_anew(&mut self) {
        self.tainted = false;
        self.typed = false;
        self.behind.clear();
    }

    fn tell(&mut self, event: JourneyEvent, given: Given, world: &mut World) {
        if matches!(event, JourneyEvent::Enter) {
            self.by_check = self.field().is_some_and(|(_, rest)| rest.len() == 2);
        }
        if let JourneyEvent::Read(Ok(snapshot)) = &event {
            let tags: Vec<_> = snapshot.products.iter().map(Product::tag).collect();
            // Typed digits answer what was shown before, and go with it,
            // whatever the screen shows.
            if !self.tags.is_empty() && self.tags != tags {
                self.begin_anew();
            }
            self.tags = tags;
        }
        let commands = self.journey.handle(event, self.now);
        self.obey(commands, given, world);
    }

    fn obey(&mut self, commands: Vec<JourneyCommand>, given: Given, world: &mut World) {
        for command in commands {
            match command {
                JourneyCommand::Read => {
                    world.trace.push("  reads".to_owned());
                    if world.random.once_in(15) {
                        world.change_hardware();
                    }
                    let read = snapshot(world);
                    self.tell(JourneyEvent::Read(Ok(read)), given, world);
                }
                JourneyCommand::Remember(known) => {
                    world.trace.push(format!("  remembers {:?}", known.tag));
                    world.counts.turned_away += 1;
                    for cid in Self::refused_now(&known, world) {
                        world.refused.insert(cid);
                    }
                    let _ = world.memory.record_known(&known);
                    // A refusal has cleared the field.
                    self.begin_anew();
                }
                JourneyCommand::Deposit {
                    product,
                    expected,
                    digits,
                } => {
                    if world.random.once_in(15) {
                        world.change_hardware();
                    }
                    let id = product.activation_id;
                    world
                        .trace
                        .push(format!("  deposits {} for {id}", digits.digits()));
                    let outcome = deposit_and_verify(&mut world.store, id, expected, &digits);
                    self.judge(given, world);
                    self.begin_anew();
                    if outcome.as_ref().is_ok_and(Deposited::is_activated) {
                        let pc = world.store.pc().unwrap();
                        let known = known_from_deposit(
                            &digits,
                            &product,
                            expected,
                            &pc,
                            DateTime::UNIX_EPOCH,
                        );
                        let _ = world.memory.record_known(&known);
                    }
                    let snapshot = Ok(snapshot(world));
                    let handed = DepositResult { outcome, snapshot };
                    self.now += Duration::from_secs(1);
                    self.tell(JourneyEvent::DepositEnded(handed), Given::Found, world);
                    self.now += Duration::from_secs(1);
                    self.tell(JourneyEvent::Tick, Given::Found, world);
                    self.now += Duration::from_secs(20);
                    self.tell(JourneyEvent::Action(Action::Back), Given::Found, world);
                }
                _ => {}
            }
        }
    }

    /// Which Confirmation ID was refused: the one with that fingerprint.
    fn refused_now(known: &hikyaku::activation::KnownAnswer, world: &World) -> Vec<String> {
        let is_it = |cid: &&String| {
            let digits = hikyaku::activation::ConfirmationDigits::despite_check_digits(cid);
            digits.is_ok_and(|it| hikyaku::activation::Fingerprint::of(&it) == known.cid)
        };
        world.truth.keys().filter(is_it).cloned().collect()
    }

    fn judge(&mut self, given: Given, world: &mut World) {
        for (_, iid, cid) in &world.store.handed {
            let right = practice_confirmation_id(iid).digits() == cid;
            // The check of a typed reply may match by chance, and that of a
            // damaged one too.
            let by_chance = self.by_check || world.fits_by_chance(cid, iid);
            if !right && !by_chance && self.spoiled.contains(cid) {
                world
                    .wrong
                    .push(format!("was damaged, and handed over bare: {cid}"));
            }
        }
        world.judge(given);
    }
}
