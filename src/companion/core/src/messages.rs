//! Parses texts: messages (as JSON values like those in the fixtures), numbers
//! in pasted text, trips from other devices.

use crate::session::{CallFault, groups_of};
use hikyaku::activation::{NumberKind, Receipt, Request, fold, group_views};
use hikyaku::trip::ImportedTrip;
use hikyaku::wire::pasted::find_numbers;
use hikyaku::wire::{Number, Packet, WireMessage, parse_message, reply_to_digits};
use serde_json::{Value, json};

/// What a text is, as `{"kind", "value"}`.
pub(crate) fn read(text: &str) -> Result<Value, CallFault> {
    let (kind, value) = match parse_message(text)? {
        WireMessage::Number(number) => number_value(&number),
        WireMessage::Packet(Packet::Request(request)) => ("request", request_value(&request)),
        WireMessage::Packet(Packet::Receipt(receipt)) => ("receipt", receipt_value(&receipt)),
        WireMessage::Packet(Packet::Trip(trip)) => (
            "trip",
            json!({
                "name": trip.name,
                "time": trip.written_at.timestamp(),
                "requests": trip.requests.iter().map(request_value).collect::<Vec<_>>(),
                "replies": trip.replies.iter().map(|reply| json!({
                    "cid": reply.cid.digits(),
                    "tag": reply.tag,
                })).collect::<Vec<_>>(),
                "receipts": trip.receipts.iter().map(receipt_value).collect::<Vec<_>>(),
            }),
        ),
    };
    Ok(json!({ "kind": kind, "value": value }))
}

fn number_value(number: &Number) -> (&'static str, Value) {
    match number {
        Number::InstallationId(iid) => (
            "iid",
            json!({
                "digits": iid.digits(),
                "groups": iid.groups(),
                "tag": iid.tag(),
                "practice": iid.is_practice(),
            }),
        ),
        Number::ConfirmationId(cid) => (
            "cid",
            json!({
                "digits": cid.digits(),
                "groups": cid.groups(),
                "practice": cid.is_practice(),
            }),
        ),
        Number::Reply(reply) => (
            "reply",
            json!({
                "digits": reply_to_digits(reply),
                "groups": reply.cid.groups(),
                "practice": reply.cid.is_practice(),
                "cid": reply.cid.digits(),
                "tag": reply.tag,
            }),
        ),
        Number::TypedReply(typed) => (
            "typed-reply",
            json!({
                "digits": format!("{}{}", typed.cid.digits(), typed.check),
                "groups": typed.cid.groups(),
                "practice": typed.cid.is_practice(),
                "cid": typed.cid.digits(),
                "check": typed.check,
            }),
        ),
    }
}

/// The object without its null values.
pub(crate) fn without_nulls(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.retain(|_, one| !one.is_null());
    }
    value
}

fn request_value(request: &Request) -> Value {
    let products = request.products.iter().map(|product| {
        without_nulls(json!({
            "activation_id": product.activation_id.to_string(),
            "name": product.name,
            "installation_id": product.installation_id.digits(),
            "tag": product.installation_id.tag(),
            "key_tail": product.key_tail,
        }))
    });
    without_nulls(json!({
        "pc": request.pc.name,
        "serial": request.pc.serial,
        "machine": request.pc.machine,
        "time": request.taken_at.timestamp(),
        "products": products.collect::<Vec<_>>(),
    }))
}

fn receipt_value(receipt: &Receipt) -> Value {
    let products = receipt.products.iter().map(|product| {
        without_nulls(json!({
            "tag": product.tag,
            "status": u32::from(product.status),
            "hresult": product.refusal.map(|code| code.to_string()),
        }))
    });
    without_nulls(json!({
        "pc": receipt.pc.name,
        "serial": receipt.pc.serial,
        "machine": receipt.pc.machine,
        "time": receipt.issued_at.timestamp(),
        "products": products.collect::<Vec<_>>(),
    }))
}

/// The numbers in a text.
pub(crate) fn find(text: &str) -> Value {
    let found = find_numbers(text);
    let iids = found.installation_ids.iter();
    let cids = found.confirmation_ids.iter();
    let damaged = found.damaged.iter();
    json!({
        "installation_ids": iids.map(|one| json!({
            "digits": one.iid.digits(),
            "line": one.line,
        })).collect::<Vec<_>>(),
        "confirmation_ids": cids.map(|one| json!({
            "digits": one.cid.digits(),
            "line": one.line,
        })).collect::<Vec<_>>(),
        "replies": found.replies.len(),
        "damaged": damaged.map(|one| json!({
            "line": one.line,
            "groups": groups_of(&one.error),
        })).collect::<Vec<_>>(),
    })
}

/// Labels of the groups that fail in an Installation ID that is being typed;
/// none for other texts.
pub(crate) fn slips(text: &str) -> Value {
    let Ok(folded) = fold(text) else {
        return json!([]);
    };
    let kind = match NumberKind::guess(&folded) {
        NumberKind::InstallationId54 => NumberKind::InstallationId54,
        _ => NumberKind::InstallationId63,
    };
    let groups = group_views(kind, &folded).into_iter();
    let wrong = groups.filter(|group| group.defect.is_some());
    json!(wrong.map(|group| group.label).collect::<Vec<_>>())
}

/// The groups of a number of so many digits as they stand now, each with what is wrong; none if
/// they are no groups of digits.
pub(crate) fn groups(length: usize, groups: &[String]) -> Value {
    let kinds = [NumberKind::InstallationId63, NumberKind::InstallationId54];
    let kind = kinds.into_iter().find(|kind| kind.digits() == length);
    let kind = kind.unwrap_or(NumberKind::ConfirmationId);
    let folded = fold(&groups.join(" "));
    json!(folded.map_or_else(
        |_| Vec::new(),
        |it| { crate::view::groups(&group_views(kind, &it)) }
    ))
}

/// Name of a trip from another device, and how much it contains.
pub(crate) fn look(text: &str) -> Result<Value, CallFault> {
    let imported = ImportedTrip::of(text)?;
    let (name, pcs, entries) = imported.about();
    Ok(json!({ "name": name, "pcs": pcs, "entries": entries }))
}
