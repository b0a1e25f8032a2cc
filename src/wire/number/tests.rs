use super::*;
use crate::activation::{Defect, Tag};
use proptest::prelude::*;

const CID: &str = "092914273902996432764863869585514303965545262473";
const REPLY: &str = "092914273902996432764863869585514303965545262473442102583639";

pub(crate) fn any_cid() -> impl Strategy<Value = ConfirmationId> {
    prop::collection::vec("[0-9]{5}", 8)
        .prop_map(|groups| ConfirmationId::from_payload(&groups).unwrap())
}

pub(crate) fn any_iid() -> impl Strategy<Value = InstallationId> {
    prop_oneof![
        prop::collection::vec("[0-9]{6}", 9),
        prop::collection::vec("[0-9]{5}", 9),
    ]
    .prop_map(|groups| InstallationId::from_payload(&groups).unwrap())
}

pub(crate) fn any_tag() -> impl Strategy<Value = Tag> {
    prop_oneof![Just(0), Just(9_999_999_999), 0..10_000_000_000_u64]
        .prop_map(|value| Tag::from_value(value).unwrap())
}

pub(crate) fn any_reply() -> impl Strategy<Value = Reply> {
    (any_cid(), any_tag()).prop_map(|(cid, tag)| Reply { cid, tag })
}

fn labels(error: &NumberError) -> Vec<&str> {
    error
        .faults()
        .iter()
        .map(|fault| fault.label.as_str())
        .collect()
}

#[test]
fn boxes_are_named_before_the_check_of_the_whole() {
    let wrong = REPLY.replace("996432", "996433");
    let error = parse_reply(&wrong).unwrap_err();
    assert_eq!(labels(&error), ["C"]);
    assert!(matches!(
        error,
        NumberError::WrongGroups {
            kind: NumberKind::Reply,
            ..
        }
    ));
}

#[test]
fn insisting_never_turns_a_damaged_reply_into_a_confirmation_id() {
    for wrong in [
        REPLY.replace("996432", "996433"),
        REPLY.replace("4421025836", "4421025837"),
        REPLY[..59].to_owned(),
        format!("{REPLY}7"),
    ] {
        for trust in [Trust::CheckDigits, Trust::Override] {
            assert!(parse_answer(&wrong, trust).is_err(), "{wrong}");
        }
    }
}

#[test]
fn insisting_lets_windows_judge_48_digits() {
    let wrong = CID.replace("996432", "996433");
    let error = parse_answer(&wrong, Trust::CheckDigits).unwrap_err();
    assert_eq!(labels(&error), ["C"]);
    let answer = parse_answer(&wrong, Trust::Override).unwrap();
    assert_eq!(answer.digits().digits(), wrong);
    assert!(parse_answer(&wrong[1..], Trust::Override).is_err());
}

#[test]
fn an_installation_id_is_no_answer() {
    let iid = "020650 770493 837252 929082 195773 527024 195725 809211 989214";
    for trust in [Trust::CheckDigits, Trust::Override] {
        assert_eq!(
            parse_answer(iid, trust),
            Err(NumberError::OtherKind {
                wanted: NumberKind::ConfirmationId,
                found: NumberKind::InstallationId54,
            })
        );
    }
    assert_eq!(
        parse_reply(iid),
        Err(NumberError::OtherKind {
            wanted: NumberKind::Reply,
            found: NumberKind::InstallationId54,
        })
    );
}

#[test]
fn a_digit_short_in_a_typed_box_is_named_although_the_length_is_odd() {
    let typed = "092914 273902 99643 764863 869585 514303 965545 262473";
    let error = parse_answer(typed, Trust::CheckDigits).unwrap_err();
    assert_eq!(labels(&error), ["C"]);
    assert_eq!(error.faults()[0].defect, Defect::Missing(1));
}

#[test]
fn a_slip_behind_the_boxes_of_a_reply_names_none_of_them() {
    for position in 48..60 {
        let mut short = REPLY.to_owned();
        short.remove(position);
        let error = parse_reply(&short).unwrap_err();
        assert!(
            matches!(&error, NumberError::WrongLength { suspects, .. } if suspects.is_empty()),
            "{error:?}"
        );
    }
}

#[test]
fn a_slip_in_a_box_of_a_reply_is_narrowed_down() {
    for position in 0..48 {
        let mut short = REPLY.to_owned();
        short.remove(position);
        let label = NumberKind::Reply.label(position / 6);
        match parse_reply(&short).unwrap_err() {
            NumberError::WrongGroups { faults, .. } => {
                assert_eq!(faults[0].label, label, "{position}");
            }
            NumberError::WrongLength { suspects, .. } => {
                assert!(
                    suspects.is_empty() || suspects.contains(&label),
                    "{position}"
                );
            }
            other => panic!("{position}: {other:?}"),
        }
    }
}

proptest! {
    #[test]
    fn replies_survive_a_round_trip(reply in any_reply()) {
        let digits = reply_to_digits(&reply);
        prop_assert_eq!(digits.len(), 60);
        prop_assert_eq!(parse_reply(&digits), Ok(reply.clone()));
        prop_assert_eq!(parse_number(&digits), Ok(Number::Reply(reply.clone())));
        prop_assert_eq!(
            parse_answer(&digits, Trust::CheckDigits),
            Ok(Answer::Tagged(reply))
        );
    }

    #[test]
    fn typed_replies_survive_a_round_trip(reply in any_reply(), other in any_tag()) {
        let digits = typed_reply_to_digits(&reply);
        prop_assert_eq!(digits.len(), 50);
        let Ok(Number::TypedReply(typed)) = parse_number(&digits) else {
            panic!("{digits}");
        };
        prop_assert!(typed.fits(reply.tag));
        prop_assert_eq!(typed.fits(other), Reply { tag: other, ..reply }.check() == typed.check);
        prop_assert_eq!(parse_answer(&digits, Trust::CheckDigits), Ok(Answer::Typed(typed)));
    }

    #[test]
    fn a_wrong_digit_is_always_seen(
        reply in any_reply(),
        position in 0..60_usize,
        other in 1..10_u8,
    ) {
        let mut digits = reply_to_digits(&reply).into_bytes();
        digits[position] = b'0' + (digits[position] - b'0' + other) % 10;
        let wrong = String::from_utf8(digits).unwrap();
        prop_assert!(parse_reply(&wrong).is_err());
        prop_assert!(parse_answer(&wrong, Trust::Override).is_err());
    }

    #[test]
    fn a_lost_doubled_or_foreign_character_is_always_seen(
        reply in any_reply(),
        position in 0..60_usize,
        character in any::<char>(),
    ) {
        let digits = reply_to_digits(&reply);
        let (before, after) = digits.split_at(position);
        let lost = format!("{before}{}", &after[1..]);
        let doubled = format!("{before}{}{after}", &after[..1]);
        let replaced = format!("{before}{character}{}", &after[1..]);
        for wrong in [lost, doubled] {
            prop_assert!(parse_answer(&wrong, Trust::Override).is_err());
        }
        // The same digit in full width is the only other spelling.
        if let Ok(answer) = parse_answer(&replaced, Trust::Override) {
            prop_assert_eq!(answer, Answer::Tagged(reply));
        }
    }

    #[test]
    fn two_neighbours_swapped_are_always_seen(reply in any_reply(), position in 0..59_usize) {
        let mut digits = reply_to_digits(&reply).into_bytes();
        prop_assume!(digits[position] != digits[position + 1]);
        digits.swap(position, position + 1);
        let wrong = String::from_utf8(digits).unwrap();
        prop_assert!(parse_answer(&wrong, Trust::Override).is_err());
    }

    #[test]
    fn two_boxes_swapped_are_seen_unless_equal_modulo_97(
        reply in any_reply(),
        first in 0..8_usize,
        second in 0..8_usize,
    ) {
        let digits = reply_to_digits(&reply);
        let mut boxes: Vec<&str> = reply.cid.groups();
        let value = |index: usize| boxes[index].parse::<u32>().unwrap();
        let unseen = value(first) % 97 == value(second) % 97;
        boxes.swap(first, second);
        let swapped = format!("{}{}", boxes.concat(), &digits[48..]);
        prop_assert_eq!(parse_reply(&swapped).is_ok(), unseen);
    }

    #[test]
    fn no_text_panics(text in any::<String>(), digits in "[0-9０-９A-Ha-h \\-]{0,80}") {
        for text in [text, digits] {
            for trust in [Trust::CheckDigits, Trust::Override] {
                parse_answer(&text, trust).ok();
            }
            parse_number(&text).ok();
            parse_reply(&text).ok();
        }
    }
}
