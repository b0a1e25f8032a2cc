use super::*;

const CID: &str = "092914 273902 996432 764863 869585 514303 965545 262473";

const REPLY: &str = "092914273902996432764863869585514303965545262473442102583639";

/// What the entry is if this is everything.
fn decided(entry: &NumberEntry) -> Result<Answer, NumberError> {
    entry.clone().decide(Trust::CheckDigits)
}

fn is_bare(entry: &NumberEntry) -> bool {
    matches!(decided(entry), Ok(Answer::Bare(bare)) if bare.digits().digits() == CID.replace(' ', ""))
}

fn is_undecided(entry: &NumberEntry) -> bool {
    matches!(entry.state(), EntryState::Undecided(_))
}

fn is_tagged(entry: &NumberEntry) -> bool {
    matches!(decided(entry), Ok(Answer::Tagged(reply)) if reply.tag.to_string() == "4421025836")
}

fn entered(lines: &[&str]) -> NumberEntry {
    let mut entry = NumberEntry::default();
    for line in lines {
        entry.line(line).unwrap();
    }
    entry
}

#[test]
fn lines_add_up_until_a_whole_number_stands_there() {
    let (first, second) = CID.split_at(27);
    let mut entry = entered(&[first]);
    assert!(matches!(entry.state(), EntryState::Incomplete(_)));
    entry.line("").unwrap();
    assert!(matches!(entry.state(), EntryState::Incomplete(_)));
    entry.line(second).unwrap();
    assert!(is_undecided(&entry) && is_bare(&entry));
}

#[test]
fn a_wrong_box_shows_while_the_rest_is_still_to_come() {
    let entry = entered(&["092914", "273903"]);
    let boxes = entry.boxes();
    assert_eq!(boxes[0].defect, None);
    assert_eq!(boxes[1].defect, Some(Defect::WrongCheckDigit));
    assert_eq!(boxes[2].defect, None);
}

#[test]
fn retyping_one_box_mends_the_number() {
    for correction in ["C 996432", "c:996432", "Ｃ　９９６４３２"] {
        let entry = entered(&[&CID.replace("996432", "996433"), correction]);
        assert!(is_bare(&entry), "{correction}");
    }
}

#[test]
fn a_short_box_is_mended_in_place() {
    let entry = entered(&[&CID.replace("996432", "99643"), "C 996432"]);
    assert!(is_bare(&entry));
}

#[test]
fn a_second_scan_replaces_the_first() {
    let wrong = CID.replace("996432", "996433");
    let entry = entered(&[&wrong, CID]);
    assert!(is_undecided(&entry) && is_bare(&entry));
    // The same if only a part of it had arrived.
    for lines in [
        vec![&CID[..6], CID],
        vec![&CID[..13], &CID[14..20], CID],
        vec!["C 996432", CID],
    ] {
        let entry = entered(&lines);
        assert!(is_undecided(&entry) && is_bare(&entry), "{lines:?}");
    }
}

#[test]
fn a_named_box_stays_in_its_place_whatever_the_order() {
    let entry = entered(&[
        "C 996432",
        "A 092914",
        "b 273902",
        "H 262473",
        "D 764863",
        "869585",
        "514303 965545",
    ]);
    assert!(is_undecided(&entry) && is_bare(&entry));
}

#[test]
fn what_arrives_after_a_named_box_fills_the_empty_ones() {
    let entry = entered(&[
        "A 092914",
        "273902996432764863",
        "869585 514303 965545 262473",
    ]);
    assert!(is_undecided(&entry) && is_bare(&entry));
}

#[test]
fn a_short_box_is_named_as_soon_as_the_next_is_typed() {
    let entry = entered(&["092914", "27390"]);
    assert_eq!(entry.boxes()[1].defect, None);
    let entry = entered(&["092914", "27390", "996432"]);
    let boxes = entry.boxes();
    assert_eq!(boxes[1].defect, Some(Defect::Missing(1)));
    assert_eq!(boxes[2].digits, "996432");
    assert_eq!(boxes[2].defect, None);
}

#[test]
fn a_line_with_a_letter_is_refused_and_changes_nothing() {
    let mut entry = entered(&["092914"]);
    let before = entry.clone();
    assert!(matches!(
        entry.line("27390O"),
        Err(NumberError::ForeignCharacter { .. })
    ));
    assert_eq!(entry.line("--"), Err(NumberError::Empty));
    assert_eq!(entry, before);
}

#[test]
fn a_correction_keeps_what_stands_behind_box_h() {
    for slip in ["092914", "996432", "262473"] {
        let place = CID.split(' ').position(|group| group == slip).unwrap();
        let wrong = REPLY.replacen(slip, "123456", 1);
        let mut entry = entered(&[&wrong]);
        assert_eq!(entry.state(), EntryState::Whole);
        assert!(entry.decide(Trust::CheckDigits).is_err());
        let label = char::from(b'A' + place as u8);
        entry.line(&format!("{label} {slip}")).unwrap();
        assert!(is_tagged(&entry), "{label}");
        // Whatever it is corrected to, it is not a bare number.
        for other in ["000000", "", "111111"] {
            let mut entry = entered(&[&wrong]);
            let _ = entry.decide(Trust::CheckDigits);
            let _ = entry.line(&format!("{label} {other}"));
            assert!(!matches!(decided(&entry), Ok(Answer::Bare(_))));
        }
    }
}

#[test]
fn lines_of_any_length_make_one_reply() {
    for length in 1..=60 {
        let mut entry = NumberEntry::default();
        for line in REPLY.as_bytes().chunks(length) {
            assert_ne!(entry.state(), EntryState::Whole, "{length}");
            entry.line(std::str::from_utf8(line).unwrap()).unwrap();
        }
        assert_eq!(entry.state(), EntryState::Whole, "{length}");
        assert!(is_tagged(&entry), "{length}: {entry:?}");
    }
}

#[test]
fn the_printed_caption_is_a_reply() {
    let (first, second) = CID.split_at(28);
    let labelled = |row: &str, from: u8| {
        let boxes: Vec<String> = row
            .split_whitespace()
            .zip(from..)
            .map(|(group, label)| format!("{} {group}", char::from(label)))
            .collect();
        boxes.join("   ")
    };
    let (first, second) = (labelled(first, b'A'), labelled(second, b'E'));
    let tag = "# 4421025836";
    for lines in [
        vec![first.clone(), second.clone(), tag.to_owned()],
        // In any order, in one line, with the check, or typed without labels.
        vec![format!("{tag} 39"), second.clone(), first.clone()],
        vec![format!("{first}   {second} {tag}")],
        vec![first.clone(), second.clone(), format!("{tag} 39")],
        vec![CID.to_owned(), tag.to_owned()],
        vec![format!("{CID} {tag}")],
    ] {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let entry = entered(&lines);
        assert_eq!(entry.state(), EntryState::Whole, "{lines:?}");
        assert!(is_tagged(&entry), "{lines:?}");
    }
    let entry = entered(&[&first, &second, "照合 39"]);
    assert!(matches!(decided(&entry), Ok(Answer::Typed(_))));
    let entry = entered(&[&first, &second]);
    assert!(is_undecided(&entry) && is_bare(&entry));
}

#[test]
fn where_something_stood_behind_box_h_48_digits_alone_are_not_it() {
    let wrong = REPLY.replace("996432", "996433");
    let mut entry = entered(&[&wrong]);
    assert!(entry.decide(Trust::CheckDigits).is_err());
    for lines in [
        vec![CID],
        vec![&CID[..27], &CID[27..]],
        CID.split(' ').collect(),
    ] {
        let mut entry = entry.clone();
        for line in lines {
            entry.line(line).unwrap();
        }
        assert!(matches!(entry.state(), EntryState::Incomplete(_)));
        assert_eq!(decided(&entry), Err(NumberError::BehindMissing));
        entry.line(&REPLY[48..]).unwrap();
        assert!(is_tagged(&entry));
    }
    entry.clear();
    entry.line(CID).unwrap();
    assert!(is_bare(&entry));
    // A single digit is a typing slip, and a request is something else.
    for other in [
        &format!("{}7", CID.replace(' ', "")),
        "489126343257012289105546522085205332958764158851011127139061121",
    ] {
        let mut entry = entered(&[other]);
        assert!(entry.decide(Trust::CheckDigits).is_err());
        entry.line(CID).unwrap();
        assert!(is_bare(&entry), "{other}");
    }
}

#[test]
fn a_tag_without_its_check_takes_no_other_tags_place() {
    let wrong = REPLY.replace("996432", "996433");
    let mut entry = entered(&[&wrong]);
    let _ = entry.decide(Trust::CheckDigits);
    entry.line("C 996432").unwrap();
    entry.line("# 8079928066").unwrap();
    assert!(decided(&entry).is_err());
    entry.line("#4421025836 39").unwrap();
    assert!(is_tagged(&entry));
}

#[test]
fn a_tag_without_its_check_is_for_the_boxes_before_it_only() {
    let labelled: Vec<String> = CID
        .split(' ')
        .zip('A'..)
        .map(|(group, label)| format!("{label} {group}"))
        .collect();
    let tag = "# 8079928066";
    // A left-over tag, and boxes that changed before it.
    for lines in [
        vec![tag, CID],
        vec![tag, &labelled.join(" ")],
        vec![
            "000000 628464 649414 494972 373860 732541 150384 135800",
            tag,
            &labelled.join(" "),
        ],
        vec![&CID.replace("996432", "996433"), tag, "C 996432"],
    ] {
        let entry = entered(&lines);
        assert_eq!(
            decided(&entry),
            Err(NumberError::BehindMissing),
            "{lines:?}"
        );
    }
    let lines = [
        &CID.replace("996432", "996433"),
        "# 4421025836",
        "C 996432",
        "# 4421025836",
    ];
    assert!(is_tagged(&entered(&lines)));
}

#[test]
fn a_short_box_among_the_first_ones_is_mended_in_its_place() {
    let lines = [
        "092914",
        "27390",
        "996432",
        "B 273902",
        "764863 869585 514303 965545 262473",
    ];
    let answer = decided(&entered(&lines)).unwrap();
    assert_eq!(answer.digits().digits(), CID.replace(' ', ""));
}

#[test]
fn fifty_digits_on_lines_that_are_no_boxes_are_a_typed_reply() {
    let digits = format!("{}39", CID.replace(' ', ""));
    let mut lines: Vec<&str> = vec![&digits[..10], &digits[10..20]];
    lines.extend([&digits[20..26], &digits[26..30], &digits[30..36]]);
    lines.extend([&digits[36..40], &digits[40..46], &digits[46..]]);
    assert!(matches!(decided(&entered(&lines)), Ok(Answer::Typed(_))));
}

#[test]
fn fifty_digits_wait_for_the_persons_word() {
    let entry = entered(&[CID, "39"]);
    assert!(is_undecided(&entry));
    assert!(matches!(decided(&entry), Ok(Answer::Typed(_))));
    let entry = entered(&[CID, "39", "1"]);
    assert!(decided(&entry).is_err());
}

#[test]
fn what_stands_behind_short_boxes_does_not_fill_them() {
    // Forty-seven digits and one more are not forty-eight.
    for lines in [
        vec![CID.replace("262473", "26247"), "3".to_owned()],
        vec![CID.replace("996432", "99643"), "2".to_owned()],
        vec![CID.replace("996432", "99643"), "# 44".to_owned()],
    ] {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let answer = decided(&entered(&lines));
        // But if the digits are valid as they are, the last box was just cut.
        let cut = lines[1] == "3";
        assert_eq!(matches!(answer, Ok(Answer::Bare(_))), cut, "{lines:?}");
        assert_eq!(answer.is_ok(), cut, "{lines:?}");
    }
}

#[test]
fn what_follows_box_h_stands_behind_it_whatever_boxes_are_empty() {
    let mut lines: Vec<String> = CID
        .split(' ')
        .zip('A'..)
        .map(|(group, label)| format!("{label} {group}"))
        .skip(2)
        .collect();
    lines.push(REPLY[48..].to_owned());
    lines.extend(["A 092914".to_owned(), "B 273902".to_owned()]);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert!(is_tagged(&entered(&lines)));
}

#[test]
fn boxes_of_another_number_do_not_take_over_what_stands_behind() {
    let other = "000000 628464 649414 494972 373860 732541 150384 135800";
    let labelled: Vec<String> = other
        .split(' ')
        .zip('A'..)
        .map(|(group, label)| format!("{label} {group}"))
        .collect();
    let entry = entered(&[REPLY, &labelled[..4].join(" "), &labelled[4..].join(" ")]);
    assert_eq!(decided(&entry), Err(NumberError::BehindMissing));
    let lines: Vec<&str> = [REPLY]
        .into_iter()
        .chain(labelled.iter().map(String::as_str))
        .collect();
    assert_eq!(decided(&entered(&lines)), Err(NumberError::BehindMissing));
}

mod slips;
