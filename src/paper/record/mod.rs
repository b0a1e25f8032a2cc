//! The record for the customer, for print and signature.

use super::{DocumentHead, Issuer, PaperError, day};
use crate::activation::LicenseStatus;
use crate::i18n::Messages;
use crate::trip::Time;
use crate::trip::{Progress, Report, ReportRow};
use askama::Template;

#[derive(Template)]
#[template(path = "record/record.html", config = "src/paper/askama.toml")]
struct RecordPage {
    head: DocumentHead,
    facts: Vec<(String, String)>,
    totals: String,
    all_done: bool,
    open_heading: String,
    open: Vec<OpenItem>,
    columns: Vec<String>,
    rows: Vec<RecordRow>,
    privacy: String,
    signatures: [String; 2],
}

/// What is open for one reason, and what to do about it.
struct OpenItem {
    state: String,
    next: String,
    pcs: Vec<String>,
}

struct RecordRow {
    pc: String,
    place: String,
    product: String,
    key: String,
    iid: String,
    done: bool,
    state: String,
    status: String,
    times: [String; 4],
    by: String,
}

/// Makes the record; `time` formats a time for people.
///
/// # Errors
/// [`PaperError::NothingToPrint`] for a trip without PCs.
pub fn record(
    report: &Report,
    issuer: &Issuer,
    messages: &Messages,
    time: impl Fn(Time) -> String,
) -> Result<String, PaperError> {
    if report.rows.is_empty() {
        return Err(PaperError::NothingToPrint);
    }
    let about = &report.about;
    let say = |id: &str| messages.say(id);
    let way = about.way.map(|way| say(way.message_id()));
    let facts = [
        ("paper-fact-trip", Some(about.name.to_string())),
        (
            "paper-fact-customer",
            about.customer.as_ref().map(ToString::to_string),
        ),
        (
            "paper-fact-site",
            about.site.as_ref().map(ToString::to_string),
        ),
        (
            "paper-fact-date",
            about.date.map(|date| day(date, messages)),
        ),
        (
            "paper-fact-technician",
            about.technician.as_ref().map(ToString::to_string),
        ),
        ("paper-fact-way", way),
    ];
    let totals = &report.totals;
    let title = say("record-title");
    let made = time(report.made_at);
    let page = RecordPage {
        head: DocumentHead::new(
            format!("{title} · {}", about.name),
            &made,
            report.practice,
            messages,
        )
        .issued_by(issuer),
        facts: facts
            .into_iter()
            .filter_map(|(id, value)| Some((say(id), value?)))
            .collect(),
        totals: messages.say_with("trip-totals", &totals.facts()),
        all_done: totals.pcs_done == totals.pcs,
        open_heading: say("record-open"),
        open: open(&report.rows, messages),
        columns: [
            "trip-column-pc",
            "trip-column-product",
            "trip-column-iid",
            "trip-column-progress",
            "record-column-times",
            "trip-column-by",
        ]
        .map(say)
        .to_vec(),
        rows: report
            .rows
            .iter()
            .map(|row| view(row, messages, &time))
            .collect(),
        privacy: say("record-privacy"),
        signatures: [say("record-sign-technician"), say("record-sign-customer")],
    };
    Ok(page.render()?)
}

/// What is open: each reason once, with the PCs that share it. Dozens of PCs
/// may wait for the same step, and nobody reads the same line dozens of times.
fn open(rows: &[ReportRow], messages: &Messages) -> Vec<OpenItem> {
    let mut reasons: Vec<OpenItem> = Vec::new();
    for row in rows {
        if row.progress == Progress::Activated {
            continue;
        }
        let (state, next) = reason(row, messages);
        let pc = match &row.product {
            Some(product) if rows.iter().filter(|other| other.pc == row.pc).count() > 1 => {
                format!("{} ({product})", row.pc)
            }
            _ => row.pc.clone(),
        };
        match reasons.iter_mut().find(|open| open.state == state) {
            Some(open) => open.pcs.push(pc),
            None => reasons.push(OpenItem {
                state,
                next,
                pcs: vec![pc],
            }),
        }
    }
    reasons
}

/// Why a product is open, and what to do about it.
fn reason(row: &ReportRow, messages: &Messages) -> (String, String) {
    let state = messages.say(row.progress.message_id());
    let refusal = row
        .hresult
        .as_deref()
        .and_then(crate::activation::HResult::parse);
    if let Some(code) = refusal {
        let pair = messages.explain_code(code);
        (format!("{state} ({code}): {}", pair.what), pair.next)
    } else {
        let next = format!("{}-next", row.progress.message_id());
        (state, messages.say(&next))
    }
}

fn view(row: &ReportRow, messages: &Messages, time: &impl Fn(Time) -> String) -> RecordRow {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let step = |id: &str, at: Option<Time>| {
        at.map_or_else(String::new, |at| {
            format!("{} {}", messages.say(id), time(at))
        })
    };
    let state = messages.say(row.progress.message_id());
    RecordRow {
        pc: row.pc.clone(),
        place: [&row.place, &row.serial]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(" · "),
        product: text(&row.product),
        key: row.key_tail.as_ref().map_or_else(String::new, |tail| {
            messages.say_with("word-key-tail", &[("tail", tail.as_str().into())])
        }),
        iid: text(&row.installation_id),
        done: row.progress == Progress::Activated,
        state: match &row.hresult {
            Some(code) => format!("{state} ({code})"),
            None => state,
        },
        // An activated product needs no further status.
        status: row
            .status
            .filter(|_| row.progress != Progress::Activated)
            .map(|status| messages.say(LicenseStatus::from(status).message_id()))
            .unwrap_or_default(),
        times: [
            step("trip-column-requested", row.requested_at),
            step("trip-column-confirmed", row.confirmed_at),
            step("trip-column-delivered", row.delivered_at),
            step("trip-column-closed", row.closed_at),
        ],
        by: text(&row.by),
    }
}
