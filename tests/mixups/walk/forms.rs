//! How a number is given: whole, in pieces, labelled, damaged, corrected, and
//! once more without its end.

use super::random::SplitMix64;
use super::world::reply_to;
use hikyaku::activation::InstallationId;

/// One line, as it is typed, sent or pasted.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    /// It waits already when the line before is read.
    pub(super) waits: bool,
    /// How many of its digits stand behind box H.
    pub(super) behind: usize,
    /// It belongs to the other of two numbers.
    pub(super) other: bool,
}

/// A way to give a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Reply,
    Typed,
    Bare,
}

pub(super) fn form(dice: &mut SplitMix64) -> Form {
    *dice.one_of(&[
        Form::Reply,
        Form::Reply,
        Form::Reply,
        Form::Typed,
        Form::Bare,
    ])
}

/// The digits of the answer to an Installation ID.
pub(super) fn digits(iid: &InstallationId, form: Form) -> String {
    let reply = reply_to(iid);
    match form {
        Form::Reply => reply,
        Form::Typed => format!("{}{}", &reply[..48], &reply[58..]),
        Form::Bare => reply[..48].to_owned(),
    }
}

/// What happens to digits on their way.
pub(super) fn damaged(digits: &str, dice: &mut SplitMix64) -> String {
    let mut bytes = digits.as_bytes().to_vec();
    let at = dice.below(bytes.len() - 1);
    match dice.below(5) {
        0 => bytes[at] = b'0' + (bytes[at] - b'0' + 1 + dice.below(9) as u8) % 10,
        1 => bytes.swap(at, at + 1),
        2 => {
            bytes.remove(at);
        }
        3 => bytes.insert(at, bytes[at]),
        // The end is cut off.
        _ => bytes.truncate(at + 1),
    }
    String::from_utf8(bytes).unwrap()
}

/// How many digits, of whatever width, stand in a line.
pub(super) fn digits_in(line: &str) -> usize {
    line.chars()
        .filter(|it| it.is_ascii_digit() || ('０'..='９').contains(it))
        .count()
}

/// Digits with whatever people write between them.
fn grouped(digits: &str, dice: &mut SplitMix64) -> String {
    let between = *dice.one_of(&["", " ", "-", "　", " － "]);
    let groups: Vec<&str> = chunks(digits, 6);
    let text = groups.join(between);
    if !dice.once_in(4) {
        return text;
    }
    let wide = |digit: char| match digit {
        '0'..='9' => char::from_u32(digit as u32 + 0xfee0).unwrap(),
        other => other,
    };
    text.chars().map(wide).collect()
}

fn chunks(digits: &str, length: usize) -> Vec<&str> {
    digits
        .as_bytes()
        .chunks(length)
        .map(|chunk| std::str::from_utf8(chunk).unwrap())
        .collect()
}

/// Digits on lines: one, several, or as a caption is printed.
pub(super) fn lines(digits: &str, dice: &mut SplitMix64) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut from = 0;
    let mut line = |text: String, count: usize, dice: &mut SplitMix64| {
        let behind = (from + count).saturating_sub(from.max(48));
        from += count;
        lines.push(Line {
            text,
            waits: dice.once_in(2),
            behind,
            other: false,
        });
    };
    match dice.below(6) {
        0 | 1 => {
            let text = grouped(digits, dice);
            line(text, digits.len(), dice);
        }
        2 => {
            let length = *dice.one_of(&[6, 10, 12, 20, 24, 30, 48, 50]);
            for chunk in chunks(digits, length) {
                let text = grouped(chunk, dice);
                line(text, chunk.len(), dice);
            }
        }
        3 => {
            let mut rest = digits;
            while !rest.is_empty() {
                let (chunk, after) = rest.split_at((1 + dice.below(30)).min(rest.len()));
                line(chunk.to_owned(), chunk.len(), dice);
                rest = after;
            }
        }
        _ => {
            let boxes = chunks(&digits[..digits.len().min(48)], 6);
            let columns = *dice.one_of(&[1, 2, 4, 8]);
            let labelled: Vec<(String, usize)> = boxes
                .iter()
                .zip('A'..)
                .map(|(digits, label)| (format!("{label} {digits}"), digits.len()))
                .collect();
            for row in labelled.chunks(columns) {
                let texts: Vec<&str> = row.iter().map(|(text, _)| text.as_str()).collect();
                let count = row.iter().map(|(_, count)| count).sum();
                line(texts.join("   "), count, dice);
            }
            if digits.len() > 48 {
                let mark = *dice.one_of(&["# ", "#", "照合 ", ""]);
                // The printed caption leaves the check out.
                let end = if digits.len() == 60 && dice.once_in(2) {
                    58
                } else {
                    digits.len()
                };
                line(format!("{mark}{}", &digits[48..end]), end - 48, dice);
            }
        }
    }
    lines
}

/// A conversation about the answer to an Installation ID, or two.
pub(super) fn script(
    iid: &InstallationId,
    other: &InstallationId,
    dice: &mut SplitMix64,
) -> Vec<Line> {
    let form = form(dice);
    let whole = digits(iid, form);
    let is_damaged = dice.once_in(2);
    let first = if is_damaged {
        damaged(&whole, dice)
    } else {
        whole.clone()
    };
    let mut script = lines(&first, dice);
    for _ in 0..dice.below(4) {
        let more = match dice.below(9) {
            // A box is typed once more, rightly or wrongly.
            0 | 1 => {
                let place = dice.below(8);
                let right = &whole[place * 6..place * 6 + 6];
                let text = *dice.one_of(&[right, right, "000000", "123456"]);
                let label = char::from(b'A' + place as u8);
                vec![one(format!("{label} {text}"), dice)]
            }
            2 => vec![
                one(format!("A {}", &whole[..6]), dice),
                one(format!("H {}", &whole[42..48]), dice),
            ],
            // The digits alone.
            3 | 4 => lines(&whole[..48], dice),
            5 => lines(&digits(iid, Form::Reply), dice),
            6 => of_other(lines(&digits(other, Form::Reply), dice)),
            7 => of_other(lines(&digits(other, Form::Bare), dice)),
            _ => vec![one("O8".to_owned(), dice)],
        };
        script.extend(more);
    }
    // Blank lines: to decide, or since the scanner sends them.
    let mut at = 0;
    while at < script.len() {
        at += 1;
        if dice.once_in(5) {
            script.insert(at, one(String::new(), dice));
            at += 1;
        }
    }
    script
}

fn of_other(mut lines: Vec<Line>) -> Vec<Line> {
    for line in &mut lines {
        line.other = true;
    }
    lines
}

fn one(text: String, dice: &mut SplitMix64) -> Line {
    Line {
        text,
        waits: dice.once_in(2),
        behind: 0,
        other: false,
    }
}
