use super::*;
use crate::activation::Answer;

const CID: &str = "092914273902996432764863869585514303965545262473";
const OTHER: &str = "150085072841280271665644851673090635376713076696";
const REPLY: &str = "092914273902996432764863869585514303965545262473442102583639";
const OTHER_REPLY: &str = "000000628464649414494972373860732541150384135800807992806674";

/// The result of these lines; at a `|` the dialog waits for the person.
fn come_of(lines: &[&str]) -> Turn {
    let mut dialog = Dialog::new(Trust::CheckDigits);
    for &line in lines {
        let turn = match line {
            "|" => dialog.hear(Input::Quiet),
            line => dialog.hear(Input::Line(line)),
        };
        if let Turn::Take(_) = turn {
            return turn;
        }
    }
    dialog.hear(Input::End)
}

fn is_bare(turn: &Turn) -> bool {
    matches!(turn, Turn::Take(Answer::Bare(bare)) if bare.digits().digits() == CID)
}

fn is_tagged(turn: &Turn) -> bool {
    matches!(turn, Turn::Take(answer @ Answer::Tagged(_)) if answer.digits().digits() == CID)
}

#[test]
fn a_bare_number_is_taken_at_a_blank_line_or_at_the_end_and_not_before() {
    assert!(is_bare(&come_of(&[CID])));
    assert!(is_bare(&come_of(&[CID, "|", "", "|", &REPLY[48..]])));
    let (first, second) = CID.split_at(24);
    assert!(is_bare(&come_of(&[first, "|", second, "|"])));
    // Half a number stays half a number, whatever the blank lines.
    assert_eq!(come_of(&[first, "", "|", ""]), Turn::Cut(24));
    assert_eq!(come_of(&["", "|"]), Turn::Cut(0));
}

#[test]
fn lines_that_wait_already_belong_to_it() {
    for lines in [
        vec![&REPLY[..24], &REPLY[24..48], &REPLY[48..]],
        // A scanner that ends every piece with two line ends.
        vec![&REPLY[..24], "", &REPLY[24..48], "", &REPLY[48..], ""],
        vec![&REPLY[..48], "|", &REPLY[48..]],
        vec![&REPLY[..48], "", &REPLY[48..53], &REPLY[53..]],
        vec![&REPLY[..48], "", &REPLY[48..50], "", &REPLY[50..]],
        vec![REPLY, REPLY, "", REPLY, "|"],
        vec![REPLY, "hello", "|"],
    ] {
        assert!(is_tagged(&come_of(&lines)), "{lines:?}");
    }
}

#[test]
fn a_decided_number_is_taken_when_nothing_waits_and_not_before() {
    let mut dialog = Dialog::new(Trust::CheckDigits);
    assert_eq!(dialog.hear(Input::Line(" ")), Turn::Listen);
    assert_eq!(dialog.hear(Input::Quiet), Turn::Listen);
    assert!(matches!(dialog.hear(Input::Line(CID)), Turn::Ask(_)));
    assert!(!dialog.is_decided());
    // A blank line decides; another one, or the same number again, does not
    // change that.
    for line in ["", "", CID, ""] {
        assert_eq!(dialog.hear(Input::Line(line)), Turn::Look, "{line:?}");
        assert!(dialog.is_decided());
        assert_eq!(dialog.entry().digits(), 48);
    }
    assert!(is_bare(&dialog.hear(Input::Quiet)));
    assert!(!dialog.is_decided());
}

#[test]
fn a_line_that_makes_it_another_number_is_a_refusal() {
    for lines in [
        vec![REPLY, OTHER],
        vec![REPLY, OTHER_REPLY],
        vec![CID, "", OTHER_REPLY],
        vec![&REPLY[..48], "39", "", OTHER_REPLY],
        vec![REPLY, "123456"],
        vec![REPLY, "# 8079928066"],
        vec![REPLY, "A 000000"],
        vec![CID, "", OTHER, "|"],
        vec![CID, "", "C 000000", "|"],
        vec![REPLY, OTHER, "", "|"],
    ] {
        let turn = come_of(&lines);
        assert!(!matches!(turn, Turn::Take(_)), "{lines:?} came to {turn:?}");
    }
    // Before anything is decided, it is a correction.
    assert!(is_bare(&come_of(&[OTHER, CID])));
}

#[test]
fn digits_that_waited_behind_a_decided_number_are_not_forgotten() {
    let boxes: Vec<String> = CID
        .as_bytes()
        .chunks(6)
        .zip('A'..)
        .map(|(group, label)| format!("{label} {}", std::str::from_utf8(group).unwrap()))
        .collect();
    let mut lines: Vec<&str> = boxes.iter().map(String::as_str).collect();
    lines.extend(["", &REPLY[48..58], "O8", "", CID, "F 514303"]);
    assert_eq!(come_of(&lines), Turn::Refused(NumberError::BehindMissing));
    // Nor after one that was refused; and all of it may be typed again.
    let wrong = CID.replace("764863", "764864");
    let lines = [&wrong, "", &REPLY[48..58], CID, "", "|"];
    assert_eq!(
        come_of(&lines),
        Turn::Cut(48),
        "the blank line explained it"
    );
    let lines = [&wrong, "", &REPLY[48..54], &REPLY[54..], CID];
    assert_eq!(come_of(&lines), Turn::Refused(NumberError::BehindMissing));
    assert!(is_bare(&come_of(&[&wrong, "", CID])));
    let lines = [&wrong, "", &CID[..12], &CID[12..24], &CID[24..]];
    assert!(is_bare(&come_of(&lines)));
}
