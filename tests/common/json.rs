//! Converts messages to and from the plain JSON of the fixtures.

use chrono::{DateTime, Utc};
use hikyaku::activation::{
    ActivationId, ConfirmationId, HResult, InstallationId, KeyTail, Label, LicenseStatus,
    MachineId, PcIdentity, ProductReceipt, ProductRequest, Receipt, Reply, Request, Tag,
    TripMessage,
};
use hikyaku::wire::{Number, Packet, WireMessage};
use serde_json::{Map, Value, json};

/// Kind and value of a message.
pub(crate) fn value(message: &WireMessage) -> (&'static str, Value) {
    match message {
        WireMessage::Number(Number::InstallationId(iid)) => (
            "iid",
            json!({
                "digits": iid.digits(),
                "groups": iid.groups(),
                "tag": iid.tag().to_string(),
                "practice": iid.is_practice(),
            }),
        ),
        WireMessage::Number(Number::ConfirmationId(cid)) => (
            "cid",
            json!({
                "digits": cid.digits(),
                "groups": cid.groups(),
                "practice": cid.is_practice(),
            }),
        ),
        WireMessage::Number(Number::Reply(reply)) => (
            "reply",
            json!({
                "digits": hikyaku::wire::reply_to_digits(reply),
                "cid": reply.cid.digits(),
                "tag": reply.tag.to_string(),
                "groups": reply.cid.groups(),
                "practice": reply.cid.is_practice(),
            }),
        ),
        WireMessage::Number(Number::TypedReply(typed)) => (
            "typed-reply",
            json!({
                "cid": typed.cid.digits(),
                "check": typed.check.to_string(),
                "groups": typed.cid.groups(),
                "practice": typed.cid.is_practice(),
            }),
        ),
        WireMessage::Packet(Packet::Request(request)) => ("request", request_value(request)),
        WireMessage::Packet(Packet::Receipt(receipt)) => ("receipt", receipt_value(receipt)),
        WireMessage::Packet(Packet::Trip(trip)) => (
            "trip",
            json!({
                "name": trip.name.as_str(),
                "time": trip.written_at.timestamp(),
                "requests": trip.requests.iter().map(request_value).collect::<Vec<_>>(),
                "replies": trip.replies.iter().map(|reply| json!({
                    "cid": reply.cid.digits(),
                    "tag": reply.tag.to_string(),
                })).collect::<Vec<_>>(),
                "receipts": trip.receipts.iter().map(receipt_value).collect::<Vec<_>>(),
            }),
        ),
    }
}

fn pc_value(pc: &PcIdentity, time: DateTime<Utc>, products: Vec<Value>) -> Value {
    let mut value = Map::new();
    value.insert("pc".into(), pc.name.as_str().into());
    if let Some(serial) = &pc.serial {
        value.insert("serial".into(), serial.as_str().into());
    }
    if let Some(machine) = &pc.machine {
        value.insert("machine".into(), machine.to_string().into());
    }
    value.insert("time".into(), time.timestamp().into());
    value.insert("products".into(), products.into());
    value.into()
}

fn request_value(request: &Request) -> Value {
    let product = |product: &ProductRequest| {
        let mut value = json!({
            "activation_id": product.activation_id.to_string(),
            "name": product.name.as_str(),
            "installation_id": product.installation_id.digits(),
            "tag": product.installation_id.tag().to_string(),
        });
        if let Some(tail) = &product.key_tail {
            value["key_tail"] = tail.as_str().into();
        }
        value
    };
    let products = request.products.iter().map(product).collect();
    pc_value(&request.pc, request.taken_at, products)
}

fn receipt_value(receipt: &Receipt) -> Value {
    let product = |product: &ProductReceipt| {
        let mut value = json!({
            "tag": product.tag.to_string(),
            "status": u32::from(product.status),
        });
        if let Some(code) = product.refusal {
            value["hresult"] = code.to_string().into();
        }
        value
    };
    let products = receipt.products.iter().map(product).collect();
    pc_value(&receipt.pc, receipt.issued_at, products)
}

/// The message of a kind and a value.
pub(crate) fn message(kind: &str, value: &Value) -> WireMessage {
    match kind {
        "iid" => WireMessage::Number(Number::InstallationId(iid(&value["digits"]))),
        "cid" => WireMessage::Number(Number::ConfirmationId(cid(&value["digits"]))),
        "reply" => WireMessage::Number(Number::Reply(reply(value))),
        "request" => WireMessage::Packet(Packet::Request(request(value))),
        "receipt" => WireMessage::Packet(Packet::Receipt(receipt(value))),
        "trip" => WireMessage::Packet(Packet::Trip(TripMessage {
            name: label(&value["name"]),
            written_at: time(value),
            requests: list(&value["requests"], request),
            replies: list(&value["replies"], reply),
            receipts: list(&value["receipts"], receipt),
        })),
        other => panic!("no kind {other}"),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn label(value: &Value) -> Label {
    Label::exact(text(value)).unwrap()
}

fn iid(value: &Value) -> InstallationId {
    InstallationId::parse(text(value)).unwrap()
}

fn cid(value: &Value) -> ConfirmationId {
    ConfirmationId::parse(text(value)).unwrap()
}

fn tag(value: &Value) -> Tag {
    Tag::parse(text(&value["tag"])).unwrap()
}

fn time(value: &Value) -> DateTime<Utc> {
    DateTime::from_timestamp(value["time"].as_i64().unwrap(), 0).unwrap()
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().unwrap().iter().map(read).collect()
}

fn reply(value: &Value) -> Reply {
    Reply {
        cid: cid(&value["cid"]),
        tag: tag(value),
    }
}

fn pc(value: &Value) -> PcIdentity {
    PcIdentity {
        name: label(&value["pc"]),
        serial: value.get("serial").map(label),
        machine: value
            .get("machine")
            .map(|machine| MachineId::parse(text(machine)).unwrap()),
    }
}

fn request(value: &Value) -> Request {
    Request {
        pc: pc(value),
        taken_at: time(value),
        products: list(&value["products"], |product| ProductRequest {
            activation_id: ActivationId::parse(text(&product["activation_id"])).unwrap(),
            name: label(&product["name"]),
            key_tail: product
                .get("key_tail")
                .map(|tail| KeyTail::parse(text(tail)).unwrap()),
            installation_id: iid(&product["installation_id"]),
        }),
    }
}

fn receipt(value: &Value) -> Receipt {
    Receipt {
        pc: pc(value),
        issued_at: time(value),
        products: list(&value["products"], |product| ProductReceipt {
            tag: tag(product),
            status: LicenseStatus::from(
                u32::try_from(product["status"].as_u64().unwrap()).unwrap(),
            ),
            refusal: product
                .get("hresult")
                .map(|code| HResult::parse(text(code)).unwrap()),
        }),
    }
}
