//! Replies for this PC, for another, and from before a change.

use super::*;
use crate::activation::{LicenseStatus, practice_installation_id};

fn activated(journey: &mut Journey, product: &Product, after: &[Product], now: Duration) {
    let commands = journey.handle(JourneyEvent::Seen(reply(product)), now);
    assert_eq!(deposited(&commands), Some(product));
    let event = deposit_event(product, LicenseStatus::Licensed, None, after);
    journey.handle(event, now + millis(40));
}

#[test]
fn a_reply_is_deposited_the_moment_it_is_seen_and_becomes_a_receipt() {
    let product = windows();
    let mut journey = journey_of(std::slice::from_ref(&product));
    assert_eq!(
        view(&journey).steps,
        [StepState::Now, StepState::Now, StepState::Ahead]
    );
    assert_eq!(view(&journey).left.symbol, iid(&product).digits());
    let commands = journey.handle(JourneyEvent::Seen(reply(&product)), seconds(1));
    let expected = JourneyCommand::Deposit {
        product: product.clone(),
        expected: iid(&product).tag(),
        digits: crate::activation::practice_confirmation_id(&iid(&product)).into(),
    };
    assert_eq!(commands, [JourneyCommand::Sound(Sound::Taken), expected]);
    // Shown for a moment, however fast the store is.
    let event = deposit_event(
        &product,
        LicenseStatus::Licensed,
        None,
        &[licensed(windows())],
    );
    journey.handle(event, millis(1040));
    let taken = scan(&journey);
    assert!(taken.taken && taken.tone == Tone::Good);
    journey.handle(JourneyEvent::Tick, millis(1500));
    assert!(scan(&journey).taken);
    journey.handle(JourneyEvent::Tick, millis(1700));
    let receipt = done(&journey);
    assert_eq!(receipt.time, "2026-11-23 16:16");
    assert!(receipt.product.contains("3V66T") && receipt.next.is_none());
    assert!(view(&journey).left.symbol.starts_with("c1."));
    assert_eq!(
        view(&journey).steps,
        [StepState::Over, StepState::Over, StepState::Now]
    );
    // The phone is still held to the camera.
    assert!(!journey.wants_texts());
    assert_eq!(
        journey.handle(JourneyEvent::Seen(reply(&product)), seconds(3)),
        []
    );
    journey.handle(JourneyEvent::Tick, seconds(600));
    assert_eq!(done(&journey).time, receipt.time);
}

#[test]
fn another_pcs_reply_says_whose_it_is_and_the_scan_goes_on() {
    let product = windows();
    let other = practice_installation_id("other");
    for (known, words) in [(true, "病棟3-PC07"), (false, "別の PC")] {
        let mut facts = snapshot(std::slice::from_ref(&product));
        if known {
            facts.shown.push(shown(&product, &other, "病棟3-PC07"));
        }
        let mut journey = journey();
        journey.handle(JourneyEvent::Read(Ok(facts.clone())), seconds(0));
        journey.handle(JourneyEvent::CameraReady("Webcam".to_owned()), seconds(0));
        // Nothing is reported before the store was read again.
        let commands = journey.handle(JourneyEvent::Seen(reply_to(&other)), seconds(1));
        assert_eq!(commands, [JourneyCommand::Read]);
        assert_eq!(scan(&journey).tone, Tone::Plain);
        let sound = JourneyCommand::Sound(Sound::NotHere);
        let commands = journey.handle(JourneyEvent::Read(Ok(facts)), seconds(1));
        assert!(matches!(commands[0], JourneyCommand::Remember(_)));
        assert_eq!(commands[1..], [sound]);
        let told = scan(&journey);
        assert_eq!(told.tone, Tone::Amber);
        assert!(told.told.what.contains(words), "{:?}", told.told);
        assert!(told.told.next.contains("何も登録していません"));
        // It stays while that phone is held to the camera, and goes with it.
        journey.handle(JourneyEvent::Tick, seconds(60));
        assert_eq!(scan(&journey).tone, Tone::Amber);
        journey.handle(JourneyEvent::Hint(Some(Hint::Nothing)), seconds(61));
        journey.handle(JourneyEvent::Tick, seconds(61));
        assert_eq!(scan(&journey).tone, Tone::Plain);
        let commands = journey.handle(JourneyEvent::Seen(reply(&product)), seconds(62));
        assert_eq!(deposited(&commands), Some(&product));
    }
}

#[test]
fn a_reply_from_before_a_change_is_refused_and_the_new_request_shown() {
    let before = windows();
    let mut journey = journey_of(std::slice::from_ref(&before));
    let mut after = windows();
    after.installation_id = Some(practice_installation_id("new mainboard"));
    let mut facts = snapshot(std::slice::from_ref(&after));
    facts
        .shown
        .push(shown(&before, &iid(&before), "病棟3-PC12"));
    // The deposit finds that the Installation ID has changed.
    journey.handle(JourneyEvent::Seen(reply(&before)), seconds(1));
    journey.handle(
        JourneyEvent::DepositEnded(DepositResult {
            outcome: Err(DepositError::TagMismatch),
            snapshot: Ok(facts.clone()),
        }),
        seconds(1),
    );
    let told = scan(&journey);
    assert_eq!(told.tone, Tone::Amber);
    assert!(told.told.what.contains("変わる前"), "{:?}", told.told);
    assert_eq!(view(&journey).left.symbol, iid(&after).digits());
    // The same holds for the reply, shown again.
    assert_eq!(
        journey.handle(JourneyEvent::Seen(reply(&before)), seconds(20)),
        [JourneyCommand::Read]
    );
    journey.handle(JourneyEvent::Read(Ok(facts)), seconds(20));
    assert!(scan(&journey).told.what.contains("変わる前"));
}

#[test]
fn a_change_behind_our_back_shows_the_new_request() {
    let mut journey = journey_of(&[windows()]);
    assert_eq!(journey.handle(JourneyEvent::Tick, seconds(29)), []);
    assert_eq!(
        journey.handle(JourneyEvent::Tick, seconds(30)),
        [JourneyCommand::Read]
    );
    let mut after = windows();
    after.installation_id = Some(practice_installation_id("new key"));
    journey.handle(
        JourneyEvent::Read(Ok(snapshot(std::slice::from_ref(&after)))),
        seconds(30),
    );
    assert!(scan(&journey).told.what.contains("変わりました"));
    assert_eq!(view(&journey).left.symbol, iid(&after).digits());
}

#[test]
fn a_change_since_an_earlier_day_is_noticed_by_the_memory() {
    let mut journey = journey();
    let mut facts = snapshot(&[windows()]);
    let earlier = practice_installation_id("yesterday");
    facts.shown.push(shown(&windows(), &earlier, "病棟3-PC07"));
    journey.handle(JourneyEvent::Read(Ok(facts.clone())), seconds(0));
    assert_eq!(
        scan(&journey).tone,
        Tone::Plain,
        "another PC of the same stick"
    );
    let mut journey = super::journey();
    facts.shown.push(shown(&windows(), &earlier, "病棟3-PC12"));
    journey.handle(JourneyEvent::Read(Ok(facts)), seconds(0));
    assert_eq!(scan(&journey).tone, Tone::Amber);
}

#[test]
fn several_products_are_answered_one_after_the_other_without_a_hand() {
    let products = [windows(), esu(), office()];
    let mut journey = journey_of(&products);
    assert!(view(&journey).others.unwrap().contains('3'));
    // In any order: each reply says what it answers.
    let after = [windows(), licensed(esu()), office()];
    activated(&mut journey, &esu(), &after, seconds(1));
    journey.handle(JourneyEvent::Tick, seconds(2));
    assert!(done(&journey).next.is_some());
    assert!(journey.wants_texts());
    // The next reply is accepted while the receipt is shown.
    let after = [licensed(windows()), licensed(esu()), office()];
    activated(&mut journey, &windows(), &after, seconds(3));
    journey.handle(JourneyEvent::Tick, seconds(4));
    assert!(done(&journey).remaining.contains("Office"));
    // It moves on to the next request by itself.
    journey.handle(JourneyEvent::Tick, seconds(13));
    assert_eq!(view(&journey).left.symbol, iid(&office()).digits());
    assert_eq!(scan(&journey).tone, Tone::Good);
    // The reply still held to the camera is ignored.
    assert_eq!(
        journey.handle(JourneyEvent::Seen(reply(&windows())), seconds(14)),
        []
    );
    // An earlier one is reported as done.
    journey.handle(JourneyEvent::Seen(reply(&esu())), seconds(15));
    journey.handle(JourneyEvent::Read(Ok(snapshot(&after))), seconds(15));
    assert!(scan(&journey).told.what.contains("認証済み"));
}

#[test]
fn a_bare_number_goes_to_the_only_product_that_waits() {
    let products = [licensed(windows()), office()];
    let mut journey = journey_of(&products);
    // A bare number from the camera waits in the boxes for the person's Enter.
    let text = cid(&office()).replace(' ', "");
    assert_eq!(
        journey.handle(JourneyEvent::Seen(text.clone()), seconds(1)),
        []
    );
    assert_eq!(scan(&journey).field.value, cid(&office()));
    assert!(scan(&journey).told.next.contains("Enter"));
    journey.handle(JourneyEvent::Seen(text), seconds(2));
    // The pending products are read at that moment.
    assert_eq!(
        journey.handle(JourneyEvent::Enter, seconds(3)),
        [JourneyCommand::Read]
    );
    let mut other = journey.clone();
    let commands = journey.handle(JourneyEvent::Read(Ok(snapshot(&products))), seconds(3));
    assert_eq!(deposited(&commands), Some(&office()));
    // It was activated meanwhile, and another product became pending.
    let after = [licensed(windows()), licensed(office()), esu()];
    let commands = other.handle(JourneyEvent::Read(Ok(snapshot(&after))), seconds(3));
    assert_eq!(deposited(&commands), None);
}

#[test]
fn a_bare_number_is_not_for_what_changed_while_it_was_typed() {
    let mut after = office();
    after.installation_id = Some(practice_installation_id("new mainboard"));
    // Between Enter and the snapshot.
    let mut journey = journey_of(&[office()]);
    journey.handle(JourneyEvent::Pasted(cid(&office())), seconds(1));
    assert_eq!(
        journey.handle(JourneyEvent::Enter, seconds(1)),
        [JourneyCommand::Read]
    );
    let read = JourneyEvent::Read(Ok(snapshot(std::slice::from_ref(&after))));
    let commands = journey.handle(read.clone(), seconds(1));
    assert_eq!(deposited(&commands), None);
    assert_eq!(scan(&journey).tone, Tone::Amber);
    assert_eq!(scan(&journey).field.value, "");
    // Before Enter: the typed digits go with the Installation ID.
    let mut journey = journey_of(&[office()]);
    journey.handle(JourneyEvent::Pasted(cid(&office())), seconds(1));
    journey.handle(read, seconds(2));
    assert_eq!(scan(&journey).field.value, "");
}

#[test]
fn what_was_refused_stays_refused_and_names_its_owner() {
    let product = windows();
    let other = practice_installation_id("other");
    let mut facts = snapshot(std::slice::from_ref(&product));
    facts.shown.push(shown(&product, &other, "病棟3-PC07"));
    let bare = crate::activation::practice_confirmation_id(&other);
    for typed in [true, false] {
        let mut journey = journey();
        journey.handle(JourneyEvent::Read(Ok(facts.clone())), seconds(0));
        if typed {
            journey.handle(JourneyEvent::Pasted(reply_to(&other)), seconds(1));
            assert_eq!(
                journey.handle(JourneyEvent::Enter, seconds(1)),
                [JourneyCommand::Read]
            );
        } else {
            journey.handle(JourneyEvent::Seen(reply_to(&other)), seconds(1));
        }
        let commands = journey.handle(JourneyEvent::Read(Ok(facts.clone())), seconds(1));
        assert!(
            matches!(commands[0], JourneyCommand::Remember(_)),
            "{commands:?}"
        );
        let field = scan(&journey).field;
        assert_eq!((field.value.as_str(), field.whole), ("", false));
        assert!(field.boxes.iter().all(|it| !it.holds && !it.wrong));
        // The next digit starts over, and the digits alone are still that reply.
        journey.handle(JourneyEvent::Pasted(bare.digits().to_owned()), seconds(2));
        journey.handle(JourneyEvent::Enter, seconds(2));
        let commands = journey.handle(JourneyEvent::Read(Ok(facts.clone())), seconds(2));
        assert_eq!(deposited(&commands), None);
        let told = scan(&journey).told.what;
        assert!(
            told.contains("病棟3-PC07") && told.contains("前に"),
            "{told}"
        );
        // Another window knows it from the history.
        let mut known = facts.clone();
        known.known = commands_known(&journey);
        let mut next = super::journey();
        next.handle(JourneyEvent::Read(Ok(known.clone())), seconds(0));
        next.handle(JourneyEvent::Pasted(bare.digits().to_owned()), seconds(2));
        next.handle(JourneyEvent::Enter, seconds(2));
        let commands = next.handle(JourneyEvent::Read(Ok(known)), seconds(2));
        assert_eq!(deposited(&commands), None);
    }
}

#[test]
fn a_reply_that_another_replaced_before_enter_is_no_bare_number_either() {
    let products = [windows()];
    let foreign = practice_installation_id("other");
    let mut journey = journey_of(&products);
    journey.handle(JourneyEvent::Pasted(reply_to(&foreign)), seconds(1));
    let third = practice_installation_id("third");
    journey.handle(JourneyEvent::Pasted(reply_to(&third)), seconds(2));
    journey.handle(JourneyEvent::Enter, seconds(3));
    journey.handle(JourneyEvent::Read(Ok(snapshot(&products))), seconds(3));
    let bare = crate::activation::practice_confirmation_id(&foreign);
    typed(&mut journey, bare.digits(), millis(300), seconds(5));
    journey.handle(JourneyEvent::Enter, seconds(30));
    let commands = journey.handle(JourneyEvent::Read(Ok(snapshot(&products))), seconds(30));
    assert_eq!(deposited(&commands), None);
}

/// What a journey has learned.
fn commands_known(journey: &Journey) -> Vec<crate::activation::KnownAnswer> {
    journey.known.clone()
}

#[test]
fn a_choice_goes_by_product_and_not_by_its_place() {
    let products = [windows(), esu(), office()];
    let mut journey = journey_of(&products);
    act(&mut journey, Action::Products, seconds(1));
    // The store lists them in another order, and one is missing.
    let after = snapshot(&[office(), windows()]);
    journey.handle(JourneyEvent::Read(Ok(after)), seconds(2));
    assert!(list(&journey).choices[2].title.contains("PPL21"));
    assert!(!list(&journey).choices[1].enabled);
    act(&mut journey, Action::Pick(2), seconds(3));
    assert_eq!(view(&journey).left.symbol, iid(&office()).digits());
    // Likewise for the question whose a number is.
    let mut journey = journey_of(&products);
    journey.handle(JourneyEvent::Pasted(cid(&office())), seconds(1));
    assert_eq!(enter(&mut journey, &products, seconds(1)), []);
    let after = [office(), windows()];
    journey.handle(JourneyEvent::Read(Ok(snapshot(&after))), seconds(2));
    assert_eq!(
        act(&mut journey, Action::Pick(2), seconds(3)),
        [JourneyCommand::Read]
    );
    let commands = journey.handle(JourneyEvent::Read(Ok(snapshot(&after))), seconds(3));
    assert_eq!(deposited(&commands), Some(&office()));
}

#[test]
fn a_bare_number_asks_whose_it_is_where_several_wait() {
    let products = [windows(), visio(), office()];
    let mut journey = journey_of(&products);
    journey.handle(JourneyEvent::Pasted(cid(&office())), seconds(1));
    assert_eq!(enter(&mut journey, &products, seconds(1)), []);
    let pending = list(&journey);
    assert_eq!(pending.choices.len(), 2, "only those that wait");
    // A reply with a tag needs no choice.
    let mut other = journey.clone();
    let commands = other.handle(JourneyEvent::Seen(reply(&windows())), seconds(2));
    assert_eq!(deposited(&commands), Some(&windows()));
    assert_eq!(
        act(&mut journey, Action::Pick(1), seconds(3)),
        [JourneyCommand::Read]
    );
    let commands = journey.handle(JourneyEvent::Read(Ok(snapshot(&products))), seconds(3));
    assert_eq!(deposited(&commands), Some(&office()));
}

#[test]
fn another_number_ends_the_question_whose_the_last_one_is() {
    let products = [windows(), office()];
    let mut journey = journey_of(&products);
    journey.handle(JourneyEvent::Pasted(cid(&office())), seconds(1));
    assert_eq!(enter(&mut journey, &products, seconds(1)), []);
    assert_eq!(list(&journey).choices.len(), 2);
    typed(&mut journey, "0", millis(300), seconds(2));
    assert_eq!(scan(&journey).field.value, "0");
    assert_eq!(act(&mut journey, Action::Pick(1), seconds(3)), []);
}

#[test]
fn numbers_of_practice_and_of_earnest_do_not_mix() {
    let product = windows();
    let mut journey = journey_of(std::slice::from_ref(&product));
    let real = crate::activation::ConfirmationId::parse(
        "092914273902996432764863869585514303965545262473",
    );
    let reply = crate::activation::Reply {
        cid: real.unwrap(),
        tag: iid(&product).tag(),
    };
    journey.handle(
        JourneyEvent::Seen(crate::wire::reply_to_digits(&reply)),
        seconds(1),
    );
    journey.handle(
        JourneyEvent::DepositEnded(DepositResult {
            outcome: Err(DepositError::PracticeMixed {
                store_is_practice: true,
            }),
            snapshot: Ok(snapshot(&[product])),
        }),
        seconds(1),
    );
    let told = scan(&journey);
    assert_eq!(told.tone, Tone::Amber);
    assert!(told.told.what.contains("本物の確認 ID"));
}

#[test]
fn what_is_no_reply_is_named_and_forgotten_soon() {
    let mut journey = journey_of(&[windows()]);
    for (text, words) in [
        (iid(&windows()).digits().to_owned(), "申請"),
        (
            "c1.o2FuZFBDLTFhdBppL32AYXCBomFnGwAAAAEHg4AsYWwB".to_owned(),
            "受領証",
        ),
        ("123".to_owned(), "壊れて"),
        ("https://example.org/".to_owned(), "飛脚の返信ではない"),
        ("\u{202e}\u{1b}[2J".to_owned(), "飛脚の返信ではない"),
    ] {
        assert_eq!(journey.handle(JourneyEvent::Seen(text), seconds(100)), []);
        let told = scan(&journey);
        assert_eq!(told.tone, Tone::Plain);
        assert!(told.told.what.contains(words), "{:?}", told.told);
        journey.handle(JourneyEvent::Hint(Some(Hint::Nothing)), seconds(110));
        journey.handle(JourneyEvent::Tick, seconds(110));
    }
}
