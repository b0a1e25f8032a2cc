//! What the screens of the page show.

use crate::session::CallFault;
use hikyaku::activation::{
    ConfirmationDigits, Defect, GroupView, KeyedAnswer, KeyedForm, Label, PORTAL_PRODUCTS, Reply,
    Tag, practice_confirmation_id,
};
use hikyaku::symbol::Symbol;
use hikyaku::trip::Time;
use hikyaku::trip::{About, AnswerFieldState, Facing, Pc, Progress, Trip, TripEntry};
use hikyaku::wire::reply_to_digits;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The placeholder before a trip is opened.
pub(crate) fn unnamed_trip() -> About {
    let name = Label::cleaned("—").expect("a printable character is a label");
    About::named(name, Time::default())
}

/// The progress as the page's styles and words name it.
fn progress_id(progress: Progress) -> &'static str {
    match progress {
        Progress::Wanted => "wanted",
        Progress::Failed => "failed",
        Progress::Contested => "contested",
        Progress::Requested => "open",
        Progress::CidInHand => "cid",
        Progress::Delivered => "delivered",
        Progress::Activated => "activated",
    }
}

/// The whole trip, for lists.
pub(crate) fn whole_trip(trip: &Trip) -> Value {
    changed(None, trip)
}

/// What differs from `known`: always the head, and the PCs that changed.
pub(crate) fn changed(known: Option<&Trip>, trip: &Trip) -> Value {
    let former: HashMap<u32, &Pc> = known
        .iter()
        .flat_map(|known| &known.pcs)
        .map(|pc| (pc.id, pc))
        .collect();
    let news = trip.pcs.iter();
    let news = news.filter(|pc| former.get(&pc.id) != Some(pc)).map(row);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, entry) in trip.entries() {
        *counts.entry(progress_id(entry.progress())).or_default() += 1;
    }
    let open = trip.open_requests().map(|(_, entry)| entry.tag());
    let contested = trip.contested().map(|(_, entry)| entry.tag());
    json!({
        "name": trip.about.name,
        "started_at": trip.about.started_at,
        "practice": trip.entries().any(|(_, entry)| entry.iid.is_practice()),
        "products": trip.entries().count(),
        "counts": counts,
        "open": open.collect::<Vec<_>>(),
        "contested": contested.collect::<Vec<_>>(),
        "order": trip.pcs.iter().map(|pc| pc.id).collect::<Vec<_>>(),
        "pcs": news.collect::<Vec<_>>(),
    })
}

/// A PC as a row of a list.
fn row(pc: &Pc) -> Value {
    let entries = pc.entries.iter().map(|entry| {
        json!({
            "tag": entry.tag(),
            "product": entry.product,
            "state": progress_id(entry.progress()),
            "code": entry.hresult,
            "deliverable": entry.is_deliverable(),
            "refused": entry.is_refused(),
        })
    });
    json!({
        "id": pc.id,
        "name": pc.called(),
        "bare": pc.bare,
        "state": progress_id(pc.progress()),
        "entries": entries.collect::<Vec<_>>(),
    })
}

/// All details of a PC; null if there is none.
pub(crate) fn detail(trip: &Trip, id: u32) -> Value {
    let Some(pc) = trip.pcs.iter().find(|pc| pc.id == id) else {
        return Value::Null;
    };
    let twins = trip
        .pcs
        .iter()
        .filter(|other| other.id != pc.id && other.name == pc.name && !other.entries.is_empty());
    json!({
        "id": pc.id,
        "name": pc.called(),
        "own_name": pc.name,
        "serial": pc.serial,
        "place": pc.place,
        "entries": pc.entries.iter().map(product).collect::<Vec<_>>(),
        "twins": twins.map(|twin| json!({
            "id": twin.id,
            "name": twin.called(),
        })).collect::<Vec<_>>(),
    })
}

/// All details of a product.
fn product(entry: &TripEntry) -> Value {
    let rivals = entry.rivals.iter().map(number);
    let steps = entry.steps().into_iter();
    json!({
        "tag": entry.tag(),
        "product": entry.product,
        "key_tail": entry.key_tail,
        "practice": entry.iid.is_practice(),
        "state": progress_id(entry.progress()),
        "iid": { "digits": entry.iid.digits(), "groups": entry.iid.groups() },
        "former": entry.former().len(),
        "cid": entry.cid.as_ref().map(number),
        "rivals": rivals.collect::<Vec<_>>(),
        "reply": reply(entry),
        "code": entry.hresult,
        "meaning": entry.hresult.map(|code| code.0.message_id()),
        "steps": steps.map(|step| json!({
            "kind": step.kind,
            "at": step.at,
            "code": step.code,
        })).collect::<Vec<_>>(),
    })
}

fn number(cid: &ConfirmationDigits) -> Value {
    json!({
        "digits": cid.digits(),
        "groups": cid.groups(),
        "insisted": cid.checked().is_none(),
    })
}

/// What the PC reads. A reply vouches for its check digits, so digits that a
/// person insisted on are shown bare.
fn reply(entry: &TripEntry) -> Value {
    let Some(cid) = entry.cid.as_ref().filter(|_| entry.is_deliverable()) else {
        return Value::Null;
    };
    let tag = entry.tag();
    let reply = cid.checked().map(|cid| Reply { cid, tag });
    json!({
        "digits": reply.as_ref().map_or_else(|| cid.digits().to_owned(), reply_to_digits),
        "boxes": cid.groups(),
        "check": reply.map(|reply| reply.check()),
        "keyed": keyed(&KeyedAnswer::new(cid.clone(), entry.activation_id)),
    })
}

/// What is typed into a PC on which Hikyaku does not run, and the keys of the
/// messages beside it.
fn keyed(answer: &KeyedAnswer) -> Value {
    let form = |form| {
        json!({
            "name": KeyedForm::name(form),
            "text": answer.text(form),
            "how": answer.how(form),
        })
    };
    json!({
        "forms": KeyedForm::ALL.map(form),
        "command": answer.to_string(),
        "closing": KeyedAnswer::closing(),
        "check": answer.check(),
    })
}

/// What to show to a PC.
pub(crate) fn facing(facing: &Facing<'_>) -> Value {
    let tags = |entries: &[&TripEntry]| entries.iter().map(|one| one.tag()).collect::<Vec<_>>();
    match facing {
        Facing::Replies {
            pc,
            entries,
            changed,
        } => json!({
            "kind": "replies",
            "pc": pc.id,
            "tags": tags(entries),
            "changed": changed,
        }),
        Facing::Waiting { pc, entries } => json!({
            "kind": "waiting",
            "pc": pc.id,
            "tags": tags(entries),
        }),
        Facing::Refused { pc, entry } => json!({
            "kind": "refused",
            "pc": pc.id,
            "tags": [entry.tag()],
        }),
        Facing::Activated { pc } => json!({ "kind": "activated", "pc": pc.id }),
        Facing::Changed { pc } => json!({ "kind": "changed", "pc": pc.id }),
        Facing::Older { pc } => json!({ "kind": "older", "pc": pc.id }),
        Facing::Unknown { name } => json!({ "kind": "unknown", "name": name }),
    }
}

/// What the field beside a request contains.
pub(crate) fn pasted(pasted: &AnswerFieldState) -> Value {
    match pasted {
        AnswerFieldState::Empty => json!({ "kind": "empty" }),
        AnswerFieldState::Nothing => json!({ "kind": "nothing" }),
        AnswerFieldState::InstallationId => json!({ "kind": "iid" }),
        AnswerFieldState::Several(count) => json!({ "kind": "several", "count": count }),
        AnswerFieldState::Foreign => json!({ "kind": "foreign" }),
        AnswerFieldState::Whole {
            cid,
            tag,
            at_once,
            boxes,
        } => json!({
            "kind": "whole",
            "cid": cid.digits(),
            "tag": tag,
            "at_once": at_once,
            "boxes": groups(boxes),
        }),
        AnswerFieldState::Incomplete(boxes) => {
            json!({ "kind": "incomplete", "boxes": groups(boxes) })
        }
        AnswerFieldState::Damaged {
            error,
            boxes,
            insist,
        } => json!({
            "kind": "damaged",
            "fault": CallFault::from(error.clone()),
            "boxes": groups(boxes),
            "insist": insist.as_ref().map(ConfirmationDigits::digits),
        }),
    }
}

pub(crate) fn groups(boxes: &[GroupView]) -> Vec<Value> {
    let one = |group: &GroupView| {
        json!({
            "label": group.label,
            "digits": group.digits,
            "defect": group.defect.map(|defect| match defect {
                Defect::Missing(_) => "missing",
                Defect::Extra(_) => "extra",
                Defect::WrongCheckDigit => "check",
            }),
        })
    };
    boxes.iter().map(one).collect()
}

/// Names that a person may mean: of planned PCs that were not met yet, and of products, those of
/// this trip first.
pub(crate) fn offers(trip: &Trip) -> Value {
    let planned = trip.pcs.iter().filter(|pc| pc.entries.is_empty());
    let mut products: Vec<&str> = Vec::new();
    let known = trip
        .entries()
        .filter_map(|(_, entry)| entry.product.as_ref());
    for product in known.map(Label::as_str).chain(PORTAL_PRODUCTS) {
        if !products.contains(&product) {
            products.push(product);
        }
    }
    json!({
        "pcs": planned.map(|pc| &pc.name).collect::<Vec<_>>(),
        "products": products,
    })
}

/// What the practice portal answers; null for a real request.
pub(crate) fn practised(trip: &Trip, tag: Tag) -> Value {
    let found = trip.entry(tag).filter(|(_, entry)| entry.iid.is_practice());
    found.map_or(Value::Null, |(_, entry)| {
        json!(practice_confirmation_id(&entry.iid).groups())
    })
}

/// The modules of a symbol, row by row, with `1` for dark ones.
pub(crate) fn symbol(text: &str) -> Result<Value, CallFault> {
    let symbol = Symbol::encode(text).map_err(|error| CallFault::of(&error))?;
    let side = symbol.modules();
    let dark = (0..side * side).map(|at| symbol.is_dark(at % side, at / side));
    let text: String = dark.map(|dark| if dark { '1' } else { '0' }).collect();
    Ok(json!({ "side": side, "dark": text }))
}
