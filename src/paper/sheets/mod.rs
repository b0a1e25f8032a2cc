//! Reply sheet and request sheet: the trip on paper, for sites that do not
//! admit phones.
//!
//! The symbol of a reply has 25 modules and a quiet zone of four on each side,
//! 33 in all. At [`SYMBOL_MM`] a module is 1.15 mm. A webcam of 1280 pixels and
//! 60° sees 3.7 pixels per millimetre at 30 cm, which is 4.2 per module; the
//! reader needs 2. A handheld scanner needs 0.3 mm; the command for a PC on which
//! Hikyaku does not run has 33 modules, 41 with its quiet zone, of 0.93 mm, and its
//! digits 33 in all, of 0.9 mm.

use super::symbols::drawings;
use super::{DocumentHead, PaperError};
use crate::activation::{KeyedAnswer, KeyedForm, Label, NumberKind};
use crate::i18n::Messages;
use crate::symbol::{Caption, LabelledGroup};
use crate::trip::{Pc, Trip, TripEntry};
use crate::wire::reply_to_digits;
use askama::Template;

/// Width of a symbol with its quiet zone, in millimetres.
const SYMBOL_MM: u32 = 38;

#[derive(Template)]
#[template(path = "sheets/sheet.html", config = "src/paper/askama.toml")]
struct SheetPage {
    head: DocumentHead,
    trip: String,
    lead: String,
    symbol_mm: u32,
    done: String,
    remark: String,
    /// How to use what the strips show; empty where the lead says it.
    notes: Vec<String>,
    strips: Vec<Strip>,
}

/// One product of a PC. No page break cuts a strip.
struct Strip {
    pc: String,
    place: String,
    product: String,
    symbol: String,
    /// What the symbol holds, and a second one with its caption, on the sheet
    /// for PCs on which Hikyaku does not run.
    symbol_caption: String,
    second: Option<(String, String)>,
    /// The command in text.
    command: String,
    groups: Vec<LabelledGroup>,
    columns: usize,
    /// Labels of the boxes to fill in by hand.
    blanks: Vec<String>,
    blanks_label: String,
}

/// Makes the reply sheet of a trip: a strip for every product, to be shown to a
/// scanner or a webcam, or typed from.
///
/// # Errors
/// [`PaperError::NothingToPrint`] if no Confirmation ID is in hand.
pub fn reply_sheet(trip: &Trip, made: &str, messages: &Messages) -> Result<String, PaperError> {
    let replies: Vec<_> = trip.replies().collect();
    let wanted: Vec<_> = replies
        .iter()
        .map(|(pc, _, reply)| (reply_to_digits(reply), pc.name.as_str()))
        .collect();
    let strips = replies
        .iter()
        .zip(drawings(&wanted)?)
        .map(|((pc, entry, reply), symbol)| {
            strip(pc, entry, symbol, &Caption::of_reply(reply), messages)
        })
        .collect();
    sheet("reply-sheet", strips, Vec::new(), trip, made, messages)
}

/// Makes the reply sheet for PCs on which Hikyaku does not run: on every strip
/// the command, and the digits in this form (the digits alone if it is the
/// command), as symbols and in text.
///
/// # Errors
/// [`PaperError::NothingToPrint`] if no Confirmation ID is in hand.
pub fn keyed_sheet(
    trip: &Trip,
    form: KeyedForm,
    made: &str,
    messages: &Messages,
) -> Result<String, PaperError> {
    let second = match form {
        KeyedForm::Command | KeyedForm::Digits => KeyedForm::Digits,
        KeyedForm::TabbedBoxes => form,
    };
    let name = |form: KeyedForm| messages.say(&format!("keyed-form-{}", form.name()));
    let replies: Vec<_> = trip.replies().collect();
    let answers: Vec<_> = replies
        .iter()
        .map(|(_, entry, reply)| KeyedAnswer::new(reply.cid.clone(), entry.activation_id))
        .collect();
    let drawn = |form: KeyedForm| {
        let wanted: Vec<_> = answers
            .iter()
            .zip(&replies)
            .map(|(answer, (pc, ..))| (answer.text(form), pc.name.as_str()))
            .collect();
        drawings(&wanted)
    };
    let symbols = drawn(KeyedForm::Command)?.into_iter().zip(drawn(second)?);
    let strips = replies
        .iter()
        .zip(&answers)
        .zip(symbols)
        .map(|(((pc, entry, reply), answer), (command, digits))| {
            let caption = Caption::of_typed(reply, messages.say("keyed-check"));
            let mut strip = Strip {
                symbol_caption: name(KeyedForm::Command),
                second: Some((digits, name(second))),
                command: answer.to_string(),
                ..strip(pc, entry, command, &caption, messages)
            };
            strip
                .groups
                .extend(caption.check().map(|(label, check)| LabelledGroup {
                    label: label.to_owned(),
                    digits: check.to_string(),
                }));
            strip
        })
        .collect();
    // Said once for all: for one without a product, where any lacks it.
    let said = answers
        .iter()
        .find(|answer| answer.product().is_none())
        .or_else(|| answers.first());
    let notes = said.map_or_else(Vec::new, |answer| {
        // Each product has its own; this one is that of Windows itself.
        let facts = [("check", "slmgr /xpr".into())];
        let how = [KeyedForm::Command, second].map(|form| {
            let how: Vec<String> = answer
                .how(form)
                .into_iter()
                .map(|id| messages.say(id))
                .collect();
            let facts = [("form", name(form).into()), ("how", how.join(" ").into())];
            messages.say_with("keyed-of-form", &facts)
        });
        how.into_iter()
            .chain(KeyedAnswer::closing().map(|id| messages.say_with(id, &facts)))
            .collect()
    });
    sheet("keyed-sheet", strips, notes, trip, made, messages)
}

/// Makes the request sheet of a trip: a strip for every open request, with
/// boxes to write the answer into.
///
/// # Errors
/// [`PaperError::NothingToPrint`] if no request is open.
pub fn request_sheet(trip: &Trip, made: &str, messages: &Messages) -> Result<String, PaperError> {
    let boxes = NumberKind::ConfirmationId;
    let requests: Vec<_> = trip.open_requests().collect();
    let wanted: Vec<_> = requests
        .iter()
        .map(|(pc, entry)| (entry.iid.digits().to_owned(), pc.name.as_str()))
        .collect();
    let strips = requests
        .iter()
        .zip(drawings(&wanted)?)
        .map(|((pc, entry), symbol)| {
            let caption = Caption::of_installation_id(&entry.iid);
            Strip {
                blanks: (0..boxes.groups()).map(|box_| boxes.label(box_)).collect(),
                blanks_label: messages.say("request-sheet-boxes"),
                ..strip(pc, entry, symbol, &caption, messages)
            }
        })
        .collect();
    sheet("request-sheet", strips, Vec::new(), trip, made, messages)
}

fn sheet(
    kind: &str,
    strips: Vec<Strip>,
    notes: Vec<String>,
    trip: &Trip,
    made: &str,
    messages: &Messages,
) -> Result<String, PaperError> {
    if strips.is_empty() {
        return Err(PaperError::NothingToPrint);
    }
    let practice = trip.is_practice() == Some(true);
    let title = messages.say(&format!("{kind}-title"));
    let about = &trip.about;
    let of = [
        Some(&about.name),
        about.site.as_ref(),
        about.customer.as_ref(),
    ];
    let of: Vec<&str> = of.into_iter().flatten().map(Label::as_str).collect();
    let sheet = SheetPage {
        head: DocumentHead::new(
            format!("{title} · {}", about.name),
            made,
            practice,
            messages,
        ),
        trip: of.join(" · "),
        lead: messages.say_with(&format!("{kind}-lead"), &[("count", strips.len().into())]),
        symbol_mm: SYMBOL_MM,
        done: messages.say("sheet-done"),
        remark: messages.say("sheet-remark"),
        notes,
        strips,
    };
    Ok(sheet.render()?)
}

fn strip(
    pc: &Pc,
    entry: &TripEntry,
    symbol: String,
    caption: &Caption,
    messages: &Messages,
) -> Strip {
    let product = messages.product_name(entry.product.as_ref());
    let product = match &entry.key_tail {
        Some(tail) => {
            let tail = messages.say_with("word-key-tail", &[("tail", tail.as_str().into())]);
            format!("{product} · {tail}")
        }
        None => product,
    };
    Strip {
        pc: pc.called(),
        place: pc
            .place
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        symbol,
        symbol_caption: String::new(),
        second: None,
        command: String::new(),
        product,
        groups: caption.groups().to_vec(),
        columns: caption.columns(),
        blanks: Vec::new(),
        blanks_label: String::new(),
    }
}
