use super::super::number::tests::{any_cid, any_iid, any_reply, any_tag};
use super::super::{LinkError, Number, PageAddress, WireError, WireMessage, link, parse_message};
use super::*;
use crate::activation::{
    ActivationId, HResult, KeyTail, Label, LicenseStatus, MAX_PRODUCTS, MachineId, PcIdentity,
    ProductReceipt, ProductRequest,
};
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn any_label() -> impl Strategy<Value = Label> {
    prop_oneof!["[ -~]{1,20}", "[ぁ-んァ-ヶ一-龥０-９ ]{1,20}", "\\PC{1,24}"]
        .prop_filter_map("not a label", |text| Label::cleaned(&text))
}

fn any_pc() -> impl Strategy<Value = PcIdentity> {
    let machine = prop::option::of(any::<[u8; 8]>().prop_map(MachineId::from_bytes));
    (any_label(), prop::option::of(any_label()), machine).prop_map(|(name, serial, machine)| {
        PcIdentity {
            name,
            serial,
            machine,
        }
    })
}

fn any_time() -> impl Strategy<Value = DateTime<Utc>> {
    prop_oneof![
        Just(0),
        Just(253_402_300_799),
        0..4_294_967_296_i64,
        0..=253_402_300_799_i64
    ]
    .prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

fn any_product() -> impl Strategy<Value = ProductRequest> {
    let tail = "[A-Z0-9]{5}".prop_map(|text| KeyTail::parse(&text).unwrap());
    (
        any::<[u8; 16]>(),
        any_label(),
        prop::option::of(tail),
        any_iid(),
    )
        .prop_map(|(id, name, key_tail, installation_id)| ProductRequest {
            activation_id: ActivationId::from_bytes(id),
            name,
            key_tail,
            installation_id,
        })
}

fn any_request() -> impl Strategy<Value = Request> {
    let products = prop::collection::vec(any_product(), 1..=MAX_PRODUCTS);
    (any_pc(), any_time(), products).prop_map(|(pc, taken_at, products)| Request {
        pc,
        taken_at,
        products,
    })
}

fn any_receipt() -> impl Strategy<Value = Receipt> {
    let product = (any_tag(), any::<u32>(), prop::option::of(any::<u32>())).prop_map(
        |(tag, status, refusal)| ProductReceipt {
            tag,
            status: LicenseStatus::from(status),
            refusal: refusal.map(HResult),
        },
    );
    let products = prop::collection::vec(product, 1..=MAX_PRODUCTS);
    (any_pc(), any_time(), products).prop_map(|(pc, issued_at, products)| Receipt {
        pc,
        issued_at,
        products,
    })
}

fn any_trip() -> impl Strategy<Value = TripMessage> {
    (
        any_label(),
        any_time(),
        prop::collection::vec(any_request(), 0..4),
        prop::collection::vec(any_reply(), 0..20),
        prop::collection::vec(any_receipt(), 0..4),
    )
        .prop_map(
            |(name, written_at, requests, replies, receipts)| TripMessage {
                name,
                written_at,
                requests,
                replies,
                receipts,
            },
        )
}

fn any_packet() -> impl Strategy<Value = Packet> {
    prop_oneof![
        any_request().prop_map(Packet::Request),
        any_receipt().prop_map(Packet::Receipt),
        any_trip().prop_map(Packet::Trip),
    ]
}

fn small_request() -> Request {
    Request {
        pc: PcIdentity {
            name: Label::exact("WARD3-PC12").unwrap(),
            serial: None,
            machine: None,
        },
        taken_at: DateTime::from_timestamp(1_764_720_000, 999_999_999).unwrap(),
        products: vec![ProductRequest {
            activation_id: ActivationId::from_bytes([7; 16]),
            name: Label::exact("Windows").unwrap(),
            key_tail: None,
            installation_id: crate::activation::InstallationId::parse(&"0".repeat(63)).unwrap(),
        }],
    }
}

fn packet_of(kind: char, cbor: &[u8]) -> String {
    format!("{kind}1.{}", URL_SAFE_NO_PAD.encode(cbor))
}

#[test]
fn what_would_be_refused_is_not_written() {
    let mut request = small_request();
    request.products.clear();
    let wrong_count = |result: Result<String, PacketError>| {
        matches!(result, Err(PacketError::WrongCount { field: "p", .. }))
    };
    assert!(wrong_count(Packet::Request(request.clone()).to_text()));
    let product = small_request().products.remove(0);
    request.products = vec![product.clone(); 17];
    assert!(wrong_count(Packet::Request(request.clone()).to_text()));
    request.products.truncate(2);
    assert!(matches!(
        Packet::Request(request.clone()).to_text(),
        Err(PacketError::SameProductTwice { .. })
    ));
    request.products.truncate(1);
    request.taken_at = DateTime::from_timestamp(-1, 0).unwrap();
    assert_eq!(
        Packet::Request(request.clone()).to_text(),
        Err(PacketError::Malformed { field: "t" })
    );
    request.taken_at = DateTime::<Utc>::MAX_UTC;
    assert!(Packet::Request(request).to_text().is_err());
    let trip = TripMessage {
        name: Label::exact("T").unwrap(),
        written_at: DateTime::UNIX_EPOCH,
        requests: vec![small_request(); 1001],
        replies: Vec::new(),
        receipts: Vec::new(),
    };
    assert!(matches!(
        Packet::Trip(trip).to_text(),
        Err(PacketError::WrongCount { field: "r", .. })
    ));
}

#[test]
fn a_message_too_large_for_its_packet_is_not_written() {
    let mut request = small_request();
    let product = request.products.remove(0);
    request.products = (0..16)
        .map(|index| ProductRequest {
            activation_id: ActivationId::from_bytes([index; 16]),
            name: Label::exact(&"製".repeat(96)).unwrap(),
            ..product.clone()
        })
        .collect();
    assert_eq!(
        Packet::Request(request.clone()).to_text(),
        Err(PacketError::TooLarge {
            limit: MAX_PACKET_CHARS
        })
    );
    let trip = TripMessage {
        name: Label::exact("T").unwrap(),
        written_at: DateTime::UNIX_EPOCH,
        requests: vec![request; 1000],
        replies: Vec::new(),
        receipts: Vec::new(),
    };
    assert_eq!(
        Packet::Trip(trip).to_text(),
        Err(PacketError::TooLarge {
            limit: MAX_TRIP_CHARS
        })
    );
}

#[test]
fn times_are_written_to_the_second() {
    let text = Packet::Request(small_request()).to_text().unwrap();
    let Packet::Request(read) = Packet::parse(&text).unwrap() else {
        panic!("a request");
    };
    assert_eq!(read.taken_at.timestamp_subsec_nanos(), 0);
    assert_eq!(
        read.taken_at.timestamp(),
        small_request().taken_at.timestamp()
    );
}

#[test]
fn claims_cost_nothing() {
    let started = Instant::now();
    let claims: [&[u8]; 6] = [
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x61p\x9a\xff\xff\xff\xff",
        b"\xa1\x61n\x7b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x61x\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x61x\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x61x\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
    ];
    for claim in claims {
        for kind in ['r', 'c', 't'] {
            assert!(Packet::parse(&packet_of(kind, claim)).is_err());
        }
    }
    // A trip that consists only of the starts of unknown values.
    let mut openings = b"\xa1\x61x".to_vec();
    openings.resize(MAX_TRIP_CHARS / 4 * 3 - 8, 0x81);
    assert_eq!(
        Packet::parse(&packet_of('t', &openings)),
        Err(PacketError::TooDeep { limit: 8 })
    );
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn limits_are_held_before_anything_is_decoded() {
    let limit = MAX_PACKET_CHARS;
    let long = format!("r1.{}", "A".repeat(limit));
    assert_eq!(Packet::parse(&long), Err(PacketError::TooLarge { limit }));
    let limit = MAX_TRIP_CHARS;
    let long = format!("t1.{}", "A".repeat(limit));
    assert_eq!(Packet::parse(&long), Err(PacketError::TooLarge { limit }));
}

#[test]
fn every_cut_of_a_packet_is_refused() {
    let text = Packet::Request(small_request()).to_text().unwrap();
    for end in 0..text.len() {
        assert!(Packet::parse(&text[..end]).is_err(), "{end}");
    }
}

#[test]
fn the_place_of_a_foreign_character_is_told_in_characters() {
    assert_eq!(
        Packet::parse("r1.AAAAあ"),
        Err(PacketError::NotBase64 { position: 8 })
    );
    assert_eq!(
        Packet::parse("r1.AAAA="),
        Err(PacketError::NotBase64 { position: 8 })
    );
}

proptest! {
    #[test]
    fn packets_survive_a_round_trip(packet in any_packet()) {
        match packet.to_text() {
            Ok(text) => {
                prop_assert_eq!(Packet::parse(&text), Ok(packet.clone()));
                let page = PageAddress::parse("https://example.org/h/?p=1").unwrap();
                prop_assert_eq!(
                    parse_message(&format!(" {}\r\n", link(&page, &text))),
                    Ok(WireMessage::Packet(packet))
                );
            }
            Err(error) => prop_assert!(
                matches!(error, PacketError::TooLarge { .. }),
                "{error:?}"
            ),
        }
    }

    #[test]
    fn what_is_read_can_be_written_and_read_again(
        packet in any_packet(),
        position in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let Ok(text) = packet.to_text() else { return Ok(()) };
        let (head, encoded) = text.split_once('.').unwrap();
        let mut bytes = URL_SAFE_NO_PAD.decode(encoded).unwrap();
        let position = position.index(bytes.len());
        bytes[position] = byte;
        let damaged = format!("{head}.{}", URL_SAFE_NO_PAD.encode(bytes));
        if let Ok(read) = Packet::parse(&damaged) {
            let rewritten = read.to_text().unwrap();
            prop_assert_eq!(Packet::parse(&rewritten), Ok(read));
        }
    }

    #[test]
    fn no_bytes_panic(kind in "[rct]", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = format!("{kind}1.{}", URL_SAFE_NO_PAD.encode(bytes));
        Packet::parse(&text).ok();
    }

    #[test]
    fn no_text_panics(text in any::<String>(), close in "[rctA1-3.#ahttps:/ _=-]{0,40}") {
        for text in [text, close] {
            Packet::parse(&text).ok();
            parse_message(&text).ok();
            PageAddress::parse(&text).ok();
        }
    }

    #[test]
    fn numbers_are_read_among_messages(iid in any_iid(), cid in any_cid()) {
        prop_assert_eq!(
            parse_message(iid.digits()),
            Ok(WireMessage::Number(Number::InstallationId(iid)))
        );
        prop_assert_eq!(
            parse_message(cid.digits()),
            Ok(WireMessage::Number(Number::ConfirmationId(cid)))
        );
    }
}

#[test]
fn a_link_to_something_else_holds_no_message() {
    for text in ["https://example.org/", "http://x#y", "https://"] {
        assert_eq!(
            parse_message(text),
            Err(WireError::Link(LinkError::NoMessage)),
            "{text}"
        );
    }
}
