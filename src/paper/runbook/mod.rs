//! The work instruction (手順書): what to do at the PCs, step by step, with boxes
//! to tick, and what to do if something fails.

use super::symbols::drawing;
use super::{DocumentHead, Issuer, PORTAL, PaperError, day};
use crate::activation::Label;
use crate::activation::hresult::MEANINGS;
use crate::activation::{HResult, MAX_ENTRIES};
use crate::i18n::Messages;
use crate::trip::Way;
use chrono::NaiveDate;

/// What a work instruction is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runbook {
    /// The agreed way.
    pub way: Way,
    /// Names of the PCs and where they are; an empty name is a line to fill in
    /// by hand.
    pub pcs: Vec<(String, String)>,
    /// The customer.
    pub customer: Option<Label>,
    /// Where they are.
    pub site: Option<Label>,
    /// Date of the visit.
    pub visit: Option<NaiveDate>,
    /// Which account signs in at the portal, in the company's own words. Never
    /// a password.
    pub account: Option<Label>,
    /// Edition of this document.
    pub edition: Label,
    /// Date of this edition.
    pub date: NaiveDate,
    /// Who issues it.
    pub issuer: Issuer,
}

bilingual_template!(
    RunbookPage,
    "runbook/runbook.ja.html",
    "runbook/runbook.en.html"
);

struct RunbookPage {
    head: DocumentHead,
    way: Way,
    way_name: String,
    customer: Option<String>,
    site: Option<String>,
    visit: Option<String>,
    account: Option<String>,
    edition: String,
    date: String,
    portal: &'static str,
    portal_symbol: String,
    pcs: Vec<(String, String)>,
    /// On which keyboards a scanner types the command, and whose it must be.
    keyed: Vec<String>,
    codes: Vec<CodeMeaning>,
}

/// Codes that share a meaning.
struct CodeMeaning {
    codes: String,
    what: String,
    next: String,
}

/// Makes the work instruction.
///
/// # Errors
/// [`PaperError`] if a template or a symbol cannot be made.
pub fn runbook(plan: &Runbook, messages: &Messages) -> Result<String, PaperError> {
    let text = |label: &Option<Label>| label.as_ref().map(ToString::to_string);
    let date = day(plan.date, messages);
    let edition = messages.say_with(
        "runbook-edition",
        &[("edition", plan.edition.to_string().into())],
    );
    let title = messages.say("runbook-title");
    let contents = RunbookPage {
        head: DocumentHead::new(title, &format!("{edition} · {date}"), false, messages)
            .issued_by(&plan.issuer),
        way: plan.way,
        way_name: messages.say(plan.way.message_id()),
        customer: text(&plan.customer),
        site: text(&plan.site),
        visit: plan.visit.map(|visit| day(visit, messages)),
        account: text(&plan.account),
        edition,
        date,
        portal: PORTAL,
        portal_symbol: drawing(PORTAL, PORTAL)?,
        pcs: plan.pcs.iter().take(MAX_ENTRIES).cloned().collect(),
        keyed: ["keyed-layouts", "keyed-not-this-pc"]
            .map(|id| messages.say(id))
            .to_vec(),
        codes: codes(messages),
    };
    Ok(rendered(contents, messages.lang())?)
}

/// How many codes are listed for one meaning; of more, the first and the last.
const MOST_CODES: usize = 4;

fn codes(messages: &Messages) -> Vec<CodeMeaning> {
    MEANINGS
        .iter()
        .map(|(codes, id)| {
            let pair = messages.pair(id, &[]);
            let named = |code: &u32| HResult(*code).to_string();
            let codes = match codes {
                [first, .., last] if codes.len() > MOST_CODES => {
                    format!("{} … {}", named(first), named(last))
                }
                few => few.iter().map(named).collect::<Vec<_>>().join(" "),
            };
            CodeMeaning {
                codes,
                what: pair.what,
                next: pair.next,
            }
        })
        .collect()
}
