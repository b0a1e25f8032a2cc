//! Runs the files of `fixtures/wire` and `fixtures/numbers`: text to value,
//! value to text, defect to error id, answer to keys.
//!
//! With `HIKYAKU_BLESS=1` the texts of canonical fixtures are rewritten from
//! their values; a fixture for a new value needs only a placeholder.

mod common;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use common::{assert_named, fixtures, json};
use hikyaku::activation::{
    ActivationId, Answer, ConfirmationId, KeyedAnswer, KeyedForm, NumberError, fold,
};
use hikyaku::advice::Advice;
use hikyaku::symbol::Symbol;
use hikyaku::wire::{
    Number, PacketError, PageAddress, Trust, WireError, WireMessage, link, parse_answer,
    parse_message, parse_number, reply_to_digits,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Good {
    name: String,
    about: String,
    text: String,
    kind: String,
    value: serde_json::Value,
    canonical: bool,
    page: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bad {
    name: String,
    about: String,
    text: String,
    error: String,
    groups: Option<Vec<String>>,
    cbor: Option<String>,
}

fn write(message: &WireMessage, page: Option<&str>) -> String {
    let text = match message {
        WireMessage::Number(Number::InstallationId(iid)) => iid.to_string(),
        WireMessage::Number(Number::ConfirmationId(cid)) => cid.to_string(),
        WireMessage::Number(Number::Reply(reply)) => reply_to_digits(reply),
        WireMessage::Number(Number::TypedReply(typed)) => {
            format!("{}{}", typed.cid.digits(), typed.check)
        }
        WireMessage::Packet(packet) => packet.to_text().unwrap(),
    };
    match page {
        Some(page) => link(&PageAddress::parse(page).unwrap(), &text),
        None => text,
    }
}

fn run_good(folder: &str) {
    let bless = std::env::var_os("HIKYAKU_BLESS").is_some();
    for (file, good) in fixtures::<Good>(folder) {
        let name = &good.name;
        assert_named(&file, name, &good.about);
        if good.canonical {
            let text = write(
                &json::message(&good.kind, &good.value),
                good.page.as_deref(),
            );
            if bless && text != good.text {
                let quoted = |text: &str| serde_json::to_string(text).unwrap();
                let content = fs::read_to_string(&file).unwrap();
                fs::write(&file, content.replace(&quoted(&good.text), &quoted(&text))).unwrap();
                continue;
            }
            assert_eq!(text, good.text, "{name}: value to text");
        }
        let message = parse_message(&good.text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (kind, value) = json::value(&message);
        assert_eq!(kind, good.kind, "{name}: kind");
        assert_eq!(value, good.value, "{name}: text to value");
        let rewritten = write(&message, good.page.as_deref());
        assert_eq!(rewritten == good.text, good.canonical, "{name}: canonical");
        assert_eq!(
            parse_message(&rewritten).as_ref(),
            Ok(&message),
            "{name}: rewritten"
        );
    }
}

fn groups_of(error: &WireError) -> Vec<String> {
    match error {
        WireError::Number(NumberError::WrongLength { suspects, .. }) => suspects.clone(),
        WireError::Number(error) => error
            .faults()
            .iter()
            .map(|fault| fault.label.clone())
            .collect(),
        WireError::Packet(PacketError::WrongGroups { groups, .. }) => groups.clone(),
        _ => Vec::new(),
    }
}

/// The CBOR of a packet, in hexadecimal.
fn cbor_hex(packet: &str) -> String {
    let encoded = packet.split_once('.').unwrap().1;
    let bytes = URL_SAFE_NO_PAD.decode(encoded).unwrap();
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn run_bad(folder: &str) {
    for (file, bad) in fixtures::<Bad>(folder) {
        let name = &bad.name;
        assert_named(&file, name, &bad.about);
        let Err(error) = parse_message(&bad.text) else {
            panic!("{name} is read");
        };
        assert_eq!(error.id(), bad.error, "{name}");
        match &bad.groups {
            Some(groups) => assert_eq!(&groups_of(&error), groups, "{name}"),
            None => assert!(
                !error.id().ends_with("-wrong-groups"),
                "{name} names no groups"
            ),
        }
        if let Some(cbor) = &bad.cbor {
            assert_eq!(&cbor_hex(&bad.text), cbor, "{name}");
        }
    }
}

#[test]
fn good_messages_are_read_and_written() {
    run_good("wire/good");
}

#[test]
fn bad_messages_are_refused_for_their_defect() {
    run_bad("wire/bad");
}

#[test]
fn good_numbers_are_read_and_written() {
    run_good("numbers/good");
}

#[test]
fn bad_numbers_are_refused_for_their_defect() {
    run_bad("numbers/bad");
}

#[test]
fn answers_are_what_they_say_and_nothing_else_is_one() {
    for (_, good) in fixtures::<Good>("numbers/good") {
        let answer = parse_answer(&good.text, Trust::CheckDigits);
        match parse_number(&good.text).unwrap() {
            Number::InstallationId(_) => {
                assert_eq!(
                    answer.unwrap_err().id(),
                    "number-other-kind",
                    "{}",
                    good.name
                );
            }
            Number::ConfirmationId(cid) => {
                let answer = answer.unwrap();
                assert_eq!(answer.tag(), None, "{}", good.name);
                assert_eq!(answer.digits().digits(), cid.digits(), "{}", good.name);
            }
            Number::TypedReply(typed) => {
                assert_eq!(answer.unwrap(), Answer::Typed(typed), "{}", good.name);
            }
            Number::Reply(reply) => {
                let answer = answer.unwrap();
                assert_eq!(answer.tag(), Some(reply.tag), "{}", good.name);
                assert_eq!(
                    answer.digits().digits(),
                    reply.cid.digits(),
                    "{}",
                    good.name
                );
            }
        }
    }
    for (_, bad) in fixtures::<Bad>("numbers/bad") {
        assert!(
            parse_answer(&bad.text, Trust::CheckDigits).is_err(),
            "{}",
            bad.name
        );
        let is_cid_shaped = fold(&bad.text).is_ok_and(|folded| folded.digits().len() == 48);
        let insisted = parse_answer(&bad.text, Trust::Override);
        assert_eq!(insisted.is_ok(), is_cid_shaped, "{}", bad.name);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keyed {
    name: String,
    about: String,
    cid: String,
    activation_id: Option<String>,
    forms: BTreeMap<String, String>,
    symbols: BTreeMap<String, String>,
}

#[test]
fn what_a_scanner_types_into_windows_is_what_the_vectors_say() {
    for (file, keyed) in fixtures::<Keyed>("numbers/keyed") {
        let name = &keyed.name;
        assert_named(&file, name, &keyed.about);
        let product = keyed.activation_id.as_deref();
        let answer = KeyedAnswer::new(
            ConfirmationId::parse(&keyed.cid).unwrap(),
            product.map(|product| ActivationId::parse(product).unwrap()),
        );
        let forms: BTreeMap<String, String> = KeyedForm::ALL
            .iter()
            .map(|form| (form.name().to_owned(), answer.text(*form)))
            .collect();
        assert_eq!(forms, keyed.forms, "{name}");
        for (form, text) in forms {
            let symbol = Symbol::encode(&text).unwrap();
            let size = format!("{}-{}", symbol.version(), symbol.level());
            assert_eq!(size, keyed.symbols[&form], "{name}: {form}");
            // What a face shows is read, and as nothing but the bare number.
            let read = parse_answer(&text, Trust::CheckDigits).unwrap();
            assert!(matches!(read, Answer::Bare(_)), "{name}: {form}");
            assert_eq!(read.digits().digits(), keyed.cid, "{name}: {form}");
        }
    }
}
