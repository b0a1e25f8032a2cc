//! What the window says when the licence store refuses or fails.

use super::*;
use crate::activation::LicenseStatus;

#[test]
fn a_refusal_says_code_meaning_next_step_and_a_line_for_support() {
    let product = windows();
    let mut journey = journey_of(std::slice::from_ref(&product));
    journey.handle(JourneyEvent::Seen(reply(&product)), seconds(1));
    let mismatch = deposit_event(
        &product,
        LicenseStatus::Notification,
        Some(HResult::MISMATCH),
        std::slice::from_ref(&product),
    );
    let commands = journey.handle(mismatch, seconds(1));
    assert_eq!(commands, [JourneyCommand::Sound(Sound::Refused)]);
    let told = refused(&journey);
    assert_eq!(told.code, "0xC004F031");
    assert!(told.told.what.contains("対応していません") && !told.told.next.is_empty());
    assert!(
        !told.told.next.contains("hikyaku"),
        "nobody types commands here"
    );
    assert!(!told.retry);
    for fact in [
        "病棟3-PC12",
        "3V66T",
        "0xC004F031",
        "2026-11-23T07:16:00Z",
        "CID 000000 …",
    ] {
        assert!(told.support.contains(fact), "{fact}: {}", told.support);
    }
    let digits = cid(&product);
    assert!(!told.support.contains(&digits[7..41]), "masked");
    let line = told.support.clone();
    assert_eq!(
        act(&mut journey, Action::Copy, seconds(2)),
        [JourneyCommand::Copy(line)]
    );
    assert!(refused(&journey).copied);
    // The same reply, still held to the camera, is not retried endlessly.
    assert_eq!(
        journey.handle(JourneyEvent::Seen(reply(&product)), seconds(60)),
        []
    );
    assert_eq!(
        deposited(&act(&mut journey, Action::Again, seconds(61))),
        None
    );
    act(&mut journey, Action::Back, seconds(62));
    assert!(!scan(&journey).taken);
}

#[test]
fn missing_rights_can_be_tried_again() {
    let product = windows();
    let codes = [
        HResult::NOT_ELEVATED,
        HResult::ACCESS_DENIED,
        HResult(0x8007_04C7),
    ];
    for code in codes {
        let mut journey = journey_of(std::slice::from_ref(&product));
        journey.handle(JourneyEvent::Seen(reply(&product)), seconds(1));
        let refusal = deposit_event(
            &product,
            LicenseStatus::Notification,
            Some(code),
            std::slice::from_ref(&product),
        );
        journey.handle(refusal.clone(), seconds(1));
        assert!(refused(&journey).retry, "{code}");
        let commands = act(&mut journey, Action::Again, seconds(2));
        assert_eq!(deposited(&commands), Some(&product));
        journey.handle(refusal, seconds(3));
        // Or by showing the reply again.
        assert_eq!(
            journey.handle(JourneyEvent::Seen(reply(&product)), seconds(4)),
            []
        );
        let commands = journey.handle(JourneyEvent::Seen(reply(&product)), seconds(9));
        assert_eq!(deposited(&commands), Some(&product));
    }
}

#[test]
fn a_store_that_goes_away_during_the_deposit_is_told() {
    let product = windows();
    let gone = StoreError::Unreachable {
        code: Some(HResult(0x8007_06BA)),
        reason: "RPC".to_owned(),
    };
    let mut journey = journey_of(std::slice::from_ref(&product));
    journey.handle(JourneyEvent::Seen(reply(&product)), seconds(1));
    journey.handle(
        JourneyEvent::DepositEnded(DepositResult {
            outcome: Err(gone.clone().into()),
            snapshot: Err(gone),
        }),
        seconds(2),
    );
    let told = refused(&journey);
    assert_eq!(told.code, "0x800706BA");
    assert!(told.retry && told.told.next.contains("sppsvc"));
}
