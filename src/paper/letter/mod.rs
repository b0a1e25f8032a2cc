//! The letter that asks the customer's IT department for a connected PC on
//! site, or for permission to bring in a connected device; and for a scanner at
//! PCs on which no program may be run.

use super::{DocumentHead, Issuer, PORTAL, PaperError, day};
use crate::activation::Label;
use crate::i18n::Messages;
use crate::trip::Way;
use chrono::NaiveDate;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// A connected PC is asked for (way 1), leave to carry a device in (way 2),
    /// or neither.
    pub way: Way,
    /// No program may be run on the PCs: a scanner is asked for instead.
    pub without_hikyaku: bool,
    /// Who gets it.
    pub customer: Option<Label>,
    /// Where the PCs are.
    pub site: Option<Label>,
    /// Date of the visit.
    pub visit: Option<NaiveDate>,
    /// Who comes.
    pub technician: Option<Label>,
    /// How many PCs.
    pub pcs: Option<u32>,
    /// Date of the letter.
    pub date: NaiveDate,
    /// Who asks.
    pub issuer: Issuer,
}

bilingual_template!(LetterPage, "letter/letter.ja.html", "letter/letter.en.html");

struct LetterPage {
    head: DocumentHead,
    way: Way,
    without_hikyaku: bool,
    customer: Option<String>,
    site: Option<String>,
    visit: Option<String>,
    technician: Option<String>,
    pcs: Option<u32>,
    date: String,
    portal: &'static str,
}

/// Makes the letter.
///
/// # Errors
/// [`PaperError`] if the template cannot be filled.
pub fn letter(request: &Letter, messages: &Messages) -> Result<String, PaperError> {
    let text = |label: &Option<Label>| label.as_ref().map(ToString::to_string);
    let date = day(request.date, messages);
    let title = messages.say(match request.way {
        Way::Lend => "letter-title-lend",
        Way::CarryIn => "letter-title-carry-in",
        Way::CarryOut => "letter-title-scanner",
    });
    let contents = LetterPage {
        head: DocumentHead::new(title, &date, false, messages).issued_by(&request.issuer),
        way: request.way,
        without_hikyaku: request.without_hikyaku,
        customer: text(&request.customer),
        site: text(&request.site),
        visit: request.visit.map(|visit| day(visit, messages)),
        technician: text(&request.technician),
        pcs: request.pcs,
        date,
        portal: PORTAL,
    };
    Ok(rendered(contents, messages.lang())?)
}
