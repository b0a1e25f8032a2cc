use super::*;
use crate::activation::{ConfirmationDigits, HResult, LicenseStatus, practice_confirmation_id};
use crate::activation::{ProductReceipt, Receipt};
use crate::trip::Attribution;
use crate::trip::Time;
use crate::trip::samples::{answered, request};

fn by(at: u64) -> Attribution {
    Attribution {
        at: Time::try_from(at).unwrap(),
        actor: None,
    }
}

#[test]
fn only_an_answer_to_what_stands_on_the_screen_is_shown() {
    let trip = answered(3);
    let asked = request(2);
    let Facing::Replies {
        pc,
        entries,
        changed,
    } = trip.facing(PcScreen::Request(&asked))
    else {
        panic!("it is answered");
    };
    assert_eq!(
        (pc.called().as_str(), entries.len(), changed),
        ("WARD3-PC2", 1, false)
    );
    let iid = &asked.products[0].installation_id;
    assert_eq!(entries[0].tag(), iid.tag());
    assert!(matches!(
        trip.facing(PcScreen::Number(iid)),
        Facing::Replies { .. }
    ));
    let stranger = request(9);
    let Facing::Unknown { name } = trip.facing(PcScreen::Request(&stranger)) else {
        panic!("nobody knows it");
    };
    assert_eq!(name.unwrap().as_str(), "WARD3-PC9");
}

#[test]
fn a_pc_whose_number_changed_gets_no_reply_to_the_old_one() {
    let trip = answered(1);
    let mut changed = request(1);
    let new = crate::activation::practice_installation_id("new");
    changed.products[0].installation_id = new;
    let facing = trip.facing(PcScreen::Request(&changed));
    assert!(matches!(facing, Facing::Changed { .. }));
    // A name alone does not make two PCs one.
    changed.pc.machine = None;
    let facing = trip.facing(PcScreen::Request(&changed));
    assert!(matches!(facing, Facing::Unknown { .. }));
}

#[test]
fn what_was_refused_for_good_is_not_shown_again_and_what_may_pass_is() {
    for (code, again) in [(HResult::MISMATCH, false), (HResult::NOT_ELEVATED, true)] {
        let mut trip = answered(1);
        let asked = request(1);
        let tag = asked.products[0].installation_id.tag();
        let receipt = |status, refusal| Receipt {
            pc: asked.pc.clone(),
            issued_at: asked.taken_at,
            products: vec![ProductReceipt {
                tag,
                status,
                refusal,
            }],
        };
        trip.close(&receipt(LicenseStatus::Unlicensed, Some(code)), &by(9));
        let facing = trip.facing(PcScreen::Request(&asked));
        assert_eq!(matches!(facing, Facing::Replies { .. }), again, "{code}");
        assert_eq!(matches!(facing, Facing::Refused { .. }), !again, "{code}");
        trip.close(&receipt(LicenseStatus::Licensed, None), &by(10));
        let facing = trip.facing(PcScreen::Request(&asked));
        assert!(matches!(facing, Facing::Activated { .. }));
    }
}

#[test]
fn without_a_confirmation_id_or_with_two_there_is_nothing_to_show() {
    let mut trip = answered(1);
    let asked = request(1);
    let iid = &asked.products[0].installation_id;
    trip.take_back_cid(iid.tag(), &by(9)).unwrap();
    assert!(matches!(
        trip.facing(PcScreen::Number(iid)),
        Facing::Waiting { .. }
    ));
    let cid: ConfirmationDigits = practice_confirmation_id(iid).into();
    trip.keep_cid(iid.tag(), &cid, false, &by(10)).unwrap();
    assert!(matches!(
        trip.facing(PcScreen::Number(iid)),
        Facing::Replies { .. }
    ));
}
