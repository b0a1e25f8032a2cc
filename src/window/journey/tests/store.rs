//! What the window shows of the licence store before anything is scanned.

use super::*;
use crate::activation::{MAX_PRODUCTS, Request};

#[test]
fn nothing_is_scanned_before_the_store_was_read() {
    let (mut journey, commands) = Journey::begin(Start {
        lang: Lang::Ja,
        page: None,
        mirrored: true,
        camera: true,
        practice: false,
        zone: FixedOffset::east_opt(0).unwrap(),
    });
    assert_eq!(commands, [JourneyCommand::Read]);
    assert!(!journey.wants_texts());
    assert_eq!(
        journey.handle(JourneyEvent::Seen(reply(&windows())), seconds(1)),
        []
    );
    assert!(!halt(&journey).again);
}

#[test]
fn a_store_that_cannot_be_read_says_why_and_can_be_asked_again() {
    let mut journey = journey();
    let gone = StoreError::Unreachable {
        code: Some(HResult(0x8004_1010)),
        reason: "no such class".to_owned(),
    };
    journey.handle(JourneyEvent::Read(Err(gone)), seconds(0));
    let told = halt(&journey);
    assert!(told.again && told.tone == Tone::Red);
    assert_eq!(told.lines, ["0x80041010"]);
    assert_eq!(
        act(&mut journey, Action::Again, seconds(1)),
        [JourneyCommand::Read]
    );
    journey.handle(JourneyEvent::Read(Ok(snapshot(&[windows()]))), seconds(2));
    scan(&journey);
}

#[test]
fn a_reading_that_fails_later_stops_the_scan_until_it_works_again() {
    let mut journey = journey_of(&[windows()]);
    journey.handle(JourneyEvent::Read(Err(not_windows())), seconds(30));
    assert!(halt(&journey).again);
    assert!(!journey.wants_texts());
    journey.handle(JourneyEvent::Read(Ok(snapshot(&[windows()]))), seconds(31));
    assert!(journey.wants_texts());
}

#[test]
fn all_activated_shows_the_receipt_at_once() {
    let journey = journey_of(&[licensed(windows()), visio()]);
    let told = done(&journey);
    assert!(told.product.contains("3V66T") && !told.product.contains("KMSCL"));
    assert!(view(&journey).left.symbol.starts_with("c1."));
    assert!(!journey.wants_texts());
}

#[test]
fn products_that_cannot_use_a_number_say_why() {
    let mut keyless = windows();
    keyless.key_tail = None;
    let journey = journey_of(&[visio(), keyless]);
    let told = halt(&journey);
    assert_eq!(told.tone, Tone::Amber);
    assert!(told.lines[0].contains("KMS") && told.lines[1].contains("プロダクト キー"));
    assert!(view(&journey).left.symbol.is_empty());
}

#[test]
fn the_list_of_products_switches_the_request_and_explains_the_others() {
    let mut journey = journey_of(&[windows(), office(), visio(), licensed(esu())]);
    act(&mut journey, Action::Products, seconds(1));
    let choices = list(&journey).choices;
    let states: Vec<_> = choices
        .iter()
        .map(|it| (it.enabled, it.current, it.done))
        .collect();
    assert_eq!(
        states,
        [
            (true, true, false),
            (true, false, false),
            (false, false, false),
            (false, false, true)
        ]
    );
    assert!(choices[2].detail.contains("KMS"));
    act(&mut journey, Action::Pick(1), seconds(2));
    assert_eq!(view(&journey).left.symbol, iid(&office()).digits());
    // It stays displayed when the store is read again.
    let again = snapshot(&[windows(), office(), visio(), licensed(esu())]);
    journey.handle(JourneyEvent::Read(Ok(again)), seconds(3));
    assert_eq!(view(&journey).left.symbol, iid(&office()).digits());
    // What cannot be picked changes nothing.
    act(&mut journey, Action::Products, seconds(4));
    act(&mut journey, Action::Pick(2), seconds(4));
    assert_eq!(view(&journey).left.symbol, iid(&office()).digits());
}

/// A journey whose symbols are links, on a PC with these products.
fn journey_with_a_page(products: &[Product]) -> Journey {
    let mut journey = Journey::begin(Start {
        lang: Lang::Ja,
        page: Some(PageAddress::parse("https://example.org/h/").unwrap()),
        mirrored: true,
        camera: true,
        practice: true,
        zone: FixedOffset::east_opt(0).unwrap(),
    })
    .0;
    journey.handle(JourneyEvent::Read(Ok(snapshot(products))), seconds(0));
    journey
}

/// The request in the displayed symbol.
fn request(journey: &Journey) -> Request {
    use crate::wire::{Packet, WireMessage, parse_message};
    let symbol = view(journey).left.symbol;
    assert!(symbol.starts_with("https://example.org/h/#r1."));
    let Ok(WireMessage::Packet(Packet::Request(request))) = parse_message(&symbol) else {
        panic!("a request");
    };
    request
}

#[test]
fn with_a_page_the_symbol_opens_it_with_every_product_that_waits() {
    let journey = journey_with_a_page(&[windows(), visio(), office()]);
    assert_eq!(request(&journey).products.len(), 2);
    let left = view(&journey).left;
    assert_eq!(left.groups.len(), 9, "the number stays in sight");
    assert_eq!(left.line, "");
}

#[test]
fn where_more_wait_than_a_request_holds_it_is_said_and_none_is_out_of_reach() {
    let mut products: Vec<Product> = (1..=MAX_PRODUCTS as u8 + 2)
        .map(|number| product(number, &format!("Product {number}"), "PPL21"))
        .collect();
    let last = products[MAX_PRODUCTS + 1].clone();
    let mut journey = journey_with_a_page(&products);
    assert_eq!(request(&journey).products.len(), MAX_PRODUCTS);
    assert!(view(&journey).left.line.contains("2 件"));
    // Picking a product that is left for later shows its number alone.
    act(&mut journey, Action::Products, seconds(1));
    act(&mut journey, Action::Pick(MAX_PRODUCTS + 1), seconds(1));
    let left = view(&journey).left;
    assert_eq!(
        (left.symbol.as_str(), left.line),
        (iid(&last).digits(), String::new())
    );
    // Once two are activated, it is included.
    for product in &mut products[..2] {
        *product = licensed(product.clone());
    }
    journey.handle(JourneyEvent::Read(Ok(snapshot(&products))), seconds(2));
    assert!(request(&journey).is_for(last.activation_id));
    assert_eq!(view(&journey).left.line, "");
}

#[test]
fn that_the_product_chosen_waits_no_more_is_not_said_of_all() {
    let products = [windows(), esu(), office()];
    let mut journey = journey_of(&products);
    journey.handle(JourneyEvent::Pasted(cid(&office())), seconds(1));
    assert_eq!(enter(&mut journey, &products, seconds(1)), []);
    act(&mut journey, Action::Pick(2), seconds(2));
    let after = [windows(), esu(), licensed(office())];
    let commands = journey.handle(JourneyEvent::Read(Ok(snapshot(&after))), seconds(2));
    assert_eq!(deposited(&commands), None);
    assert!(scan(&journey).told.what.contains("選ばれた製品"));
}

#[test]
fn a_memory_that_cannot_be_kept_is_told_once() {
    let mut journey = journey();
    let mut facts = snapshot(&[windows()]);
    facts.history_trouble = Some(MessageRef::with(
        "memory-io",
        vec![("file", "m.json".into()), ("reason", "full".into())],
    ));
    journey.handle(JourneyEvent::Read(Ok(facts.clone())), seconds(0));
    assert!(scan(&journey).told.what.contains("m.json"));
    journey.handle(JourneyEvent::Tick, seconds(20));
    journey.handle(JourneyEvent::Read(Ok(facts)), seconds(30));
    assert!(!scan(&journey).told.what.contains("m.json"));
}

#[test]
fn every_screen_is_told_in_both_languages() {
    for lang in Lang::ALL {
        let messages = Messages::new(lang);
        let mut journey = journey_of(&[windows(), esu(), office(), visio()]);
        for action in [
            Action::About,
            Action::Products,
            Action::Cameras,
            Action::Back,
        ] {
            act(&mut journey, action, seconds(1));
            let words = format!("{:?}", journey.view(&messages));
            for prefix in ["window-", "camera-", "hint-", "status-", "obstacle-"] {
                assert!(
                    !words.contains(&format!("\"{prefix}")),
                    "{lang:?} {action:?}: {words}"
                );
            }
        }
    }
}
