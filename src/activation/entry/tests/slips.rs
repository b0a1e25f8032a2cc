//! Typing slips: short boxes, extra digits, pieces out of place.

use super::*;

#[test]
fn what_stands_behind_box_h_is_counted_and_shown() {
    let entry = entered(&["# 442102583639"]);
    assert_eq!(
        (entry.digits(), entry.behind().as_str()),
        (12, &REPLY[48..])
    );
    // Nothing precedes it yet.
    assert!(matches!(entry.state(), EntryState::Incomplete(_)));
    let entry = entered(&["C 996432", "# 442102583639"]);
    assert_eq!(entry.digits(), 18);
    assert!(matches!(entry.state(), EntryState::Incomplete(_)));
    let entry = entered(&[CID, "39"]);
    assert_eq!((entry.digits(), entry.behind().as_str()), (50, "39"));
    // If the boxes are valid, what follows is not a slip in the last of them.
    assert!(entry.boxes().iter().all(|one| one.defect.is_none()));
    assert_eq!(entry.boxes()[7].digits, "262473");
    // A digit too many: no further digits can make it a number.
    let mut entry = entered(&[REPLY, "7"]);
    assert_eq!(entry.state(), EntryState::Whole);
    assert!(entry.decide(Trust::CheckDigits).is_err());
}

#[test]
fn digits_in_one_run_show_in_their_boxes_as_far_as_they_go() {
    let boxes = entered(&["0929142739039964"]).boxes();
    let defects: Vec<_> = boxes.iter().map(|one| one.defect).collect();
    assert_eq!(&defects[..3], [None, Some(Defect::WrongCheckDigit), None]);
    assert!(defects[3..].iter().all(Option::is_none));
    assert_eq!(boxes[2].digits, "9964");
}

#[test]
fn the_persons_own_boxes_are_believed_where_nearly_all_are_right() {
    let digits = CID.replace(' ', "").replace("262473", "262474");
    let grouped = |lengths: [usize; 8]| {
        let mut rest = digits.as_str();
        let groups = lengths.map(|length| {
            let (group, after) = rest.split_at(length);
            rest = after;
            group
        });
        entered(&[&groups.join(" ")]).boxes()[0].digits.len()
    };
    assert_eq!(grouped([5, 7, 6, 6, 6, 6, 6, 6]), 5);
    assert_eq!(grouped([5, 7, 5, 7, 6, 6, 6, 6]), 6);
}

#[test]
fn a_slip_in_one_box_stays_in_that_box() {
    // A digit too many, typed without a label beside a box that has one.
    let entry = entered(&["C 996432", "0929144"]);
    assert_eq!(entry.boxes()[0].digits, "0929144");
    assert_eq!(entry.boxes()[0].defect, Some(Defect::Extra(1)));
    assert_eq!(entry.boxes()[1].digits, "");
    let entry = entered(&["B 2739"]);
    assert_eq!(entry.boxes()[1].defect, Some(Defect::Missing(2)));
    // A box with a gap in it.
    let entry = entered(&[&CID.replace("996432", "996433"), "C 996 432"]);
    assert!(is_bare(&entry));
}

#[test]
fn a_mark_without_a_box_before_it_says_what_stands_behind_box_h() {
    let lines = [
        "C 996432 D 764863 E 869585 F 514303 G 965545",
        "092914 # 442102583639",
        "B 273902",
        "H 262473",
    ];
    assert!(is_tagged(&entered(&lines)));
}

#[test]
fn what_does_not_end_well_is_no_number_whatever_its_digits_say() {
    // Eight digits in each of six boxes: the digits of a number, but not in its
    // boxes, and with a tag after box H that nobody can have read.
    let digits = CID.replace(' ', "");
    let mut lines: Vec<String> = digits
        .as_bytes()
        .chunks(8)
        .zip('A'..)
        .map(|(group, label)| format!("{label} {}", std::str::from_utf8(group).unwrap()))
        .collect();
    lines.push("# 4421025836".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert!(matches!(
        decided(&entered(&lines)),
        Err(NumberError::WrongLength { .. })
    ));
}

#[test]
fn a_few_digits_more_than_a_number_has_are_a_slip_and_no_reply() {
    let error = decided(&entered(&[&format!("{}1", &REPLY[..50])])).unwrap_err();
    let (NumberError::WrongLength { kind, .. } | NumberError::WrongGroups { kind, .. }) = error
    else {
        panic!("{error:?}")
    };
    assert_eq!(kind, NumberKind::ConfirmationId);
}

#[test]
fn a_check_that_was_typed_into_the_boxes_is_not_forgotten() {
    // Fifty digits in eight boxes that are valid only by position.
    let digits = format!("{}39", CID.replace(' ', ""));
    let mut rest = digits.as_str();
    let groups = [7, 5, 6, 6, 6, 6, 6, 8].map(|length| {
        let (group, after) = rest.split_at(length);
        rest = after;
        group
    });
    let mut entry = entered(&[&groups.join(" ")]);
    assert!(entry.decide(Trust::CheckDigits).is_err());
    entry.line(CID).unwrap();
    assert_eq!(decided(&entry), Err(NumberError::BehindMissing));
}

#[test]
fn a_request_between_a_damaged_reply_and_its_digits_changes_nothing_of_that() {
    let request = "489126343257012289105546522085205332958764158851011127139061121";
    let damaged = REPLY.replace("3639", "3638");
    for lines in [vec![request], vec![&request[..21], &request[21..]]] {
        let mut entry = entered(&[&damaged]);
        assert!(entry.decide(Trust::CheckDigits).is_err());
        for line in &lines {
            entry.line(line).unwrap();
        }
        assert!(matches!(
            entry.decide(Trust::CheckDigits),
            Err(NumberError::OtherKind { .. })
        ));
        entry.line(CID).unwrap();
        assert_eq!(decided(&entry), Err(NumberError::BehindMissing));
        // A request alone says nothing about the number to come.
        let mut entry = entered(&lines);
        assert!(entry.decide(Trust::CheckDigits).is_err());
        entry.line(CID).unwrap();
        assert!(is_bare(&entry));
    }
}

#[test]
fn digits_without_end_begin_anew() {
    let mut entry = NumberEntry::default();
    for _ in 0..200 {
        entry.line("1234567").unwrap();
        assert!(
            (7..=MOST + 7).contains(&entry.digits()),
            "{}",
            entry.digits()
        );
    }
}
