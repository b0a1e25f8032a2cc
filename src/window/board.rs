//! The board: shows the replies of a trip on a laptop's screen, one at a time and
//! as large as possible, for a PC's camera or a handheld scanner.

use super::{WindowError, binding, paint, ui};
use crate::activation::{KeyedAnswer, KeyedForm, Tag};
use crate::advice::Advice;
use crate::i18n::{Explanation, Lang, Messages};
use crate::symbol::Caption;
use crate::trip::{Delivery, DeliveryList};
use crate::wire::reply_to_digits;
use slint::{ComponentHandle, SharedString, Timer, TimerMode, Weak};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// A reply counts as shown after this time; before, it was only passed by.
const SHOWN_AFTER: Duration = Duration::from_secs(2);

/// How the board is opened.
#[derive(Debug, Clone)]
pub struct BoardOptions {
    /// The initial language.
    pub lang: Lang,
    /// Name of the trip.
    pub trip: String,
    /// Whether this is a rehearsal.
    pub practice: bool,
    /// What is shown first: this form for PCs on which Hikyaku does not run, or
    /// the reply.
    pub keyed: Option<KeyedForm>,
}

/// Records that a reply was shown.
type OnShown = Box<dyn FnMut(Tag) -> Result<(), Box<dyn Advice>>>;

/// Shows the replies until the window is closed. Calls `keep` for every reply that
/// was shown long enough to be read.
///
/// # Errors
/// [`WindowError`] if there is no screen.
pub fn deliver(
    options: BoardOptions,
    parcels: DeliveryList,
    keep: impl FnMut(Tag) -> Result<(), Box<dyn Advice>> + 'static,
) -> Result<(), WindowError> {
    let window = ui::BoardWindow::new()?;
    window.window().set_maximized(true);
    let _board = Board::open(&window, options, parcels, Box::new(keep));
    window.run()?;
    Ok(())
}

/// The state of the board, on the user interface's thread.
pub(super) struct Board {
    window: Weak<ui::BoardWindow>,
    parcels: DeliveryList,
    messages: Messages,
    keep: OnShown,
    /// The form for PCs on which Hikyaku does not run, while they are served.
    keyed: Option<KeyedForm>,
    /// The form to return to.
    form: KeyedForm,
    /// Why the last reply could not be recorded as shown.
    trouble: Option<Box<dyn Advice>>,
    shown_timer: Timer,
}

impl Board {
    /// Connects the window to the replies, and shows the first one.
    pub(super) fn open(
        window: &ui::BoardWindow,
        options: BoardOptions,
        parcels: DeliveryList,
        keep: OnShown,
    ) -> Rc<RefCell<Self>> {
        let (family, digits) = binding::fonts();
        window.set_family(family.into());
        window.global::<ui::Theme>().set_digits(digits.into());
        let to = window.global::<ui::Board>();
        to.set_trip(options.trip.into());
        to.set_practice(options.practice);
        to.on_symbol(|text, most| paint::symbol(&text, most.max(0) as u32));
        let board = Rc::new(RefCell::new(Self {
            window: window.as_weak(),
            parcels,
            messages: Messages::new(options.lang),
            keep,
            keyed: options.keyed,
            form: options.keyed.unwrap_or(KeyedForm::Command),
            trouble: None,
            shown_timer: Timer::default(),
        }));
        connect(window, &board);
        board.borrow().set_words();
        Self::show_current(&board);
        board
    }

    /// Shows the current reply, and starts the timer by which it counts as shown.
    fn show_current(board: &Rc<RefCell<Self>>) {
        board.borrow().show();
        let later = Rc::downgrade(board);
        board
            .borrow()
            .shown_timer
            .start(TimerMode::SingleShot, SHOWN_AFTER, move || {
                if let Some(board) = later.upgrade() {
                    board.borrow_mut().mark_shown();
                }
            });
    }

    /// Records the current reply as shown.
    pub(super) fn mark_shown(&mut self) {
        let Some(parcel) = self.parcels.at_hand() else {
            return;
        };
        let tag = parcel.reply.tag;
        self.trouble = (self.keep)(tag).err();
        if self.trouble.is_none() {
            self.parcels.was_shown(tag);
        }
        self.show();
    }

    /// Sets the texts that depend only on the language.
    fn set_words(&self) {
        let Some(window) = self.window.upgrade() else {
            return;
        };
        let say = |id: &str| SharedString::from(self.messages.say(id));
        window.global::<ui::Board>().set_words(ui::BoardWords {
            title: say("board-title"),
            hint: say("board-hint"),
            previous: say("board-previous"),
            next: say("board-next"),
            search: say("board-search"),
            language: say("window-language"),
            practice: say("window-practice"),
            shown: say("board-shown"),
            switch: say("keyed-switch"),
            switch_back: say("keyed-switch-back"),
        });
    }

    fn show(&self) {
        let Some(window) = self.window.upgrade() else {
            return;
        };
        let to = window.global::<ui::Board>();
        let product =
            |name: &Option<_>| SharedString::from(self.messages.product_name(name.as_ref()));
        let at_hand = self.parcels.at_hand();
        let name = at_hand.map_or("", |parcel| parcel.pc.as_str());
        to.set_name(name.into());
        to.set_describes(
            self.messages
                .say_with("board-describes", &[("pc", name.into())])
                .into(),
        );
        let text = at_hand.map(|it| match self.keyed {
            Some(form) => it.keyed().text(form),
            None => reply_to_digits(&it.reply),
        });
        to.set_text(text.unwrap_or_default().into());
        self.show_keyed(at_hand, &to);
        to.set_product(at_hand.map_or_else(SharedString::new, |it| product(&it.product)));
        let caption = at_hand.map(|it| {
            let label = self.messages.say("keyed-check");
            Caption::of_typed(&it.reply, label)
        });
        let groups = caption.iter().flat_map(Caption::groups);
        let groups = groups.map(|group| ui::Group {
            label: (&group.label).into(),
            digits: (&group.digits).into(),
        });
        let check = caption.as_ref().and_then(Caption::check);
        let check = check.map(|(label, check)| ui::Group {
            label: label.into(),
            digits: check.to_string().into(),
        });
        let groups = groups.chain(check);
        to.set_groups(binding::model(groups));
        let (place, count) = (self.parcels.place(), self.parcels.found().len());
        to.set_place(match at_hand {
            Some(_) => format!("{} / {count}", place + 1).into(),
            None => SharedString::new(),
        });
        let lines = self
            .parcels
            .found()
            .enumerate()
            .map(|(at, it)| ui::ParcelView {
                name: it.pc.as_str().into(),
                product: product(&it.product),
                shown: it.was_shown,
                current: at == place,
            });
        to.set_parcels(binding::model(lines));
        to.set_current(place as i32);
        let (trouble, tone) = match (&self.trouble, at_hand) {
            (Some(error), _) => (self.messages.explain(error.as_ref()), ui::Tone::Red),
            (None, None) => (self.messages.pair("board-nobody", &[]), ui::Tone::Amber),
            (None, Some(_)) => (Explanation::default(), ui::Tone::Plain),
        };
        to.set_trouble(binding::pair(&trouble));
        to.set_tone(tone);
    }
}

impl Board {
    /// Sets what a PC on which Hikyaku does not run needs beside its symbol.
    fn show_keyed(&self, at_hand: Option<&Delivery>, to: &ui::Board<'_>) {
        let shown = self.keyed.zip(at_hand.map(Delivery::keyed));
        to.set_keyed(self.keyed.is_some());
        let Some((form, answer)) = shown else {
            return;
        };
        let name = self.messages.say(&format!("keyed-form-{}", form.name()));
        to.set_form(name.into());
        to.set_command(answer.to_string().into());
        let facts = [("check", answer.check().into())];
        let notes: Vec<String> = answer
            .how(form)
            .into_iter()
            .chain(KeyedAnswer::closing())
            .map(|note| format!("• {}", self.messages.say_with(note, &facts)))
            .collect();
        to.set_notes(notes.join("\n").into());
    }
}

/// Connects the layout's callbacks to the board.
fn connect(window: &ui::BoardWindow, board: &Rc<RefCell<Board>>) {
    let on = window.global::<ui::Board>();
    on.on_turn({
        let board = Rc::downgrade(board);
        move |turn| {
            let Some(board) = board.upgrade() else { return };
            let turned = match turn {
                ui::Turn::Previous => board.borrow_mut().parcels.back(),
                ui::Turn::Next => board.borrow_mut().parcels.forward(),
                ui::Turn::Language => {
                    let mut board = board.borrow_mut();
                    board.messages = Messages::new(board.messages.lang().other());
                    board.set_words();
                    board.show();
                    false
                }
                ui::Turn::Keyed => {
                    let mut board = board.borrow_mut();
                    board.keyed = match board.keyed {
                        Some(_) => None,
                        None => Some(board.form),
                    };
                    true
                }
                ui::Turn::Form => {
                    let mut board = board.borrow_mut();
                    board.form = board.form.next();
                    board.keyed = board.keyed.map(|_| board.form);
                    true
                }
            };
            if turned {
                Board::show_current(&board);
            }
        }
    });
    on.on_choose({
        let board = Rc::downgrade(board);
        move |at| {
            let Some(board) = board.upgrade() else { return };
            let chosen = usize::try_from(at).is_ok_and(|at| board.borrow_mut().parcels.choose(at));
            if chosen {
                Board::show_current(&board);
            }
        }
    });
    on.on_search({
        let board = Rc::downgrade(board);
        move |wanted| {
            let Some(board) = board.upgrade() else { return };
            board.borrow_mut().parcels.narrow(&wanted);
            Board::show_current(&board);
        }
    });
}
