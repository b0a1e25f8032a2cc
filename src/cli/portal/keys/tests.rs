use super::*;
use crate::activation::{ConfirmationDigits, practice_confirmation_id, practice_installation_id};
use proptest::prelude::*;
use std::time::Duration;

fn tag(seed: &str) -> Tag {
    practice_installation_id(seed).tag()
}

fn answer(seed: &str) -> ConfirmationDigits {
    practice_confirmation_id(&practice_installation_id(seed)).into()
}

fn line(text: &str) -> PortalEvent {
    PortalEvent::Line(text.to_owned())
}

fn press(desk: &mut PortalQueue, key: &str) -> OperatorAction {
    action_for(desk, &line(key))
}

fn keep(seed: &str, confirmed: bool) -> PortalAction {
    PortalAction::Keep {
        tag: tag(seed),
        cid: answer(seed),
        confirmed,
    }
}

fn desk() -> PortalQueue {
    PortalQueue::new(vec![tag("a"), tag("b")], Duration::ZERO)
}

#[test]
fn single_keys_do_what_they_say() {
    let mut desk = desk();
    for (key, order) in [
        ("", OperatorAction::Copy),
        (" 7 ", OperatorAction::CopyGroup(7)),
        ("1", OperatorAction::CopyGroup(1)),
        ("9", OperatorAction::CopyGroup(9)),
        ("0", OperatorAction::Help),
        ("o", OperatorAction::OpenPortal),
        ("?", OperatorAction::Help),
        ("h", OperatorAction::Help),
        ("x", OperatorAction::Help),
        ("q", OperatorAction::End),
        (" q ", OperatorAction::End),
    ] {
        assert_eq!(press(&mut desk, key), order, "{key:?}");
    }
    assert_eq!(
        action_for(&mut desk, &PortalEvent::End),
        OperatorAction::End
    );
    assert_eq!(desk.at_hand(), Some(tag("a")));
}

#[test]
fn a_key_takes_the_last_one_back_or_that_of_a_named_pc() {
    let mut desk = desk();
    assert_eq!(press(&mut desk, "u"), OperatorAction::NothingToTakeBack);
    desk.was_kept(tag("a"), Duration::ZERO);
    assert_eq!(press(&mut desk, "u"), OperatorAction::TakeBack(tag("a")));
    // That of an earlier session needs a name.
    let named = OperatorAction::TakeBackOf("WARD3-PC7".to_owned());
    assert_eq!(press(&mut desk, "u  WARD3-PC7 "), named);
}

#[test]
fn a_key_puts_a_request_off() {
    let mut desk = desk();
    assert_eq!(press(&mut desk, "s"), OperatorAction::Next);
    assert_eq!(desk.at_hand(), Some(tag("b")));
    // The only request left comes again at once.
    desk.was_kept(tag("b"), Duration::ZERO);
    assert_eq!(press(&mut desk, "s"), OperatorAction::Next);
    assert_eq!(desk.at_hand(), Some(tag("a")));
}

#[test]
fn a_key_insists_on_a_doubted_number_and_on_nothing_else() {
    let mut desk = desk();
    assert_eq!(press(&mut desk, "y"), OperatorAction::Help);
    desk.was_doubted(tag("a"), answer("a"));
    assert_eq!(
        press(&mut desk, "y"),
        OperatorAction::Portal(keep("a", true))
    );
    assert_eq!(press(&mut desk, "y"), OperatorAction::Help);
    desk.was_doubted(tag("a"), answer("a"));
    press(&mut desk, "s");
    assert_eq!(press(&mut desk, "y"), OperatorAction::Help);
}

#[test]
fn enter_says_that_a_number_is_all_and_brings_the_request_back_else() {
    let mut desk = desk();
    let number = answer("a");
    press(&mut desk, &number.digits()[..24]);
    assert_eq!(press(&mut desk, " "), OperatorAction::Copy);
    press(&mut desk, &number.digits()[24..]);
    // A key in between is not one of its digits.
    assert_eq!(press(&mut desk, "7"), OperatorAction::CopyGroup(7));
    assert_eq!(
        press(&mut desk, ""),
        OperatorAction::Portal(keep("a", false))
    );
    let copied = PortalEvent::Copied(number.digits().to_owned());
    assert_eq!(
        action_for(&mut desk, &copied),
        OperatorAction::Portal(keep("a", false))
    );
}

#[test]
fn a_pause_decides_the_number_before_and_other_keys_do_not() {
    let mut desk = desk();
    press(&mut desk, answer("a").digits());
    let copied = PortalEvent::Copied(answer("b").digits().to_owned());
    let keys = ["", "o", "s", "u", "u PC1", "y", "?", "h", "7", "0"];
    for event in keys.map(line).iter().chain([&copied]) {
        assert_eq!(deed_before(&mut desk.clone(), event), None);
    }
    for event in [
        line("q"),
        line(" q "),
        PortalEvent::End,
        line(answer("b").digits()),
    ] {
        assert_eq!(
            deed_before(&mut desk.clone(), &event),
            Some(keep("a", false))
        );
    }
}

proptest! {
    /// Whatever the keyboard sends is a key, a number or an error, never a
    /// panic.
    #[test]
    fn every_line_is_survived(text in "(?s).{0,40}", key in "[0-9a-z? ]{0,3}") {
        let mut desk = desk();
        for event in [line(&text), line(&key), line(&format!("u {text}"))] {
            deed_before(&mut desk, &event);
            action_for(&mut desk, &event);
        }
    }
}
