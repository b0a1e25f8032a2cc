//! The letter that asks the customer's IT department for a connected PC on
//! site, or for permission to bring in a connected device.

use super::{DocumentHead, Issuer, PORTAL, PaperError, day};
use crate::activation::Label;
use crate::i18n::Messages;
use chrono::NaiveDate;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whether a device is carried in (way 2); else a connected PC is asked for
    /// (way 1).
    pub carry_in: bool,
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
    carry_in: bool,
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
    let title = messages.say(if request.carry_in {
        "letter-title-carry-in"
    } else {
        "letter-title-lend"
    });
    let contents = LetterPage {
        head: DocumentHead::new(title, &date, false, messages).issued_by(&request.issuer),
        carry_in: request.carry_in,
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
