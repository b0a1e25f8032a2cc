//! Ways to give a number: whole, in pieces, labelled, damaged, corrected, and
//! again without its end.

use super::random::SplitMix64;
use super::world::reply_to;
use hikyaku::activation::InstallationId;

/// A line, as it is typed, sent or pasted.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    /// It is already waiting when the line before it is read.
    pub(super) waits: bool,
    /// How many of its digits come after box H.
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

pub(super) fn form(random: &mut SplitMix64) -> Form {
    *random.one_of(&[
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

/// Damages digits as may happen on their way.
pub(super) fn damaged(digits: &str, random: &mut SplitMix64) -> String {
    let mut bytes = digits.as_bytes().to_vec();
    let at = random.below(bytes.len() - 1);
    match random.below(5) {
        0 => bytes[at] = b'0' + (bytes[at] - b'0' + 1 + random.below(9) as u8) % 10,
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

/// How many digits, of any width, a line contains.
pub(super) fn digits_in(line: &str) -> usize {
    line.chars()
        .filter(|it| it.is_ascii_digit() || ('０'..='９').contains(it))
        .count()
}

/// Digits with any of the separators that people write.
fn grouped(digits: &str, random: &mut SplitMix64) -> String {
    let between = *random.one_of(&["", " ", "-", "　", " － "]);
    let groups: Vec<&str> = chunks(digits, 6);
    let text = groups.join(between);
    if !random.once_in(4) {
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

/// Digits on lines: one, several, or as a printed caption.
pub(super) fn lines(digits: &str, random: &mut SplitMix64) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut from = 0;
    let mut line = |text: String, count: usize, random: &mut SplitMix64| {
        let behind = (from + count).saturating_sub(from.max(48));
        from += count;
        lines.push(Line {
            text,
            waits: random.once_in(2),
            behind,
            other: false,
        });
    };
    match random.below(6) {
        0 | 1 => {
            let text = grouped(digits, random);
            line(text, digits.len(), random);
        }
        2 => {
            let length = *random.one_of(&[6, 10, 12, 20, 24, 30, 48, 50]);
            for chunk in chunks(digits, length) {
                let text = grouped(chunk, random);
                line(text, chunk.len(), random);
            }
        }
        3 => {
            let mut rest = digits;
            while !rest.is_empty() {
                let (chunk, after) = rest.split_at((1 + random.below(30)).min(rest.len()));
                line(chunk.to_owned(), chunk.len(), random);
                rest = after;
            }
        }
        _ => {
            let boxes = chunks(&digits[..digits.len().min(48)], 6);
            let columns = *random.one_of(&[1, 2, 4, 8]);
            let labelled: Vec<(String, usize)> = boxes
                .iter()
                .zip('A'..)
                .map(|(digits, label)| (format!("{label} {digits}"), digits.len()))
                .collect();
            for row in labelled.chunks(columns) {
                let texts: Vec<&str> = row.iter().map(|(text, _)| text.as_str()).collect();
                let count = row.iter().map(|(_, count)| count).sum();
                line(texts.join("   "), count, random);
            }
            if digits.len() > 48 {
                let mark = *random.one_of(&["# ", "#", "照合 ", ""]);
                // The printed caption omits the check.
                let end = if digits.len() == 60 && random.once_in(2) {
                    58
                } else {
                    digits.len()
                };
                line(format!("{mark}{}", &digits[48..end]), end - 48, random);
            }
        }
    }
    lines
}

/// Lines about the answer to one Installation ID, or to two.
pub(super) fn script(
    iid: &InstallationId,
    other: &InstallationId,
    random: &mut SplitMix64,
) -> Vec<Line> {
    let form = form(random);
    let whole = digits(iid, form);
    let is_damaged = random.once_in(2);
    let first = if is_damaged {
        damaged(&whole, random)
    } else {
        whole.clone()
    };
    let mut script = lines(&first, random);
    for _ in 0..random.below(4) {
        let more = match random.below(9) {
            // A box is typed again, rightly or wrongly.
            0 | 1 => {
                let place = random.below(8);
                let right = &whole[place * 6..place * 6 + 6];
                let text = *random.one_of(&[right, right, "000000", "123456"]);
                let label = char::from(b'A' + place as u8);
                vec![one(format!("{label} {text}"), random)]
            }
            2 => vec![
                one(format!("A {}", &whole[..6]), random),
                one(format!("H {}", &whole[42..48]), random),
            ],
            // The digits alone.
            3 | 4 => lines(&whole[..48], random),
            5 => lines(&digits(iid, Form::Reply), random),
            6 => of_other(lines(&digits(other, Form::Reply), random)),
            7 => of_other(lines(&digits(other, Form::Bare), random)),
            _ => vec![one("O8".to_owned(), random)],
        };
        script.extend(more);
    }
    // Blank lines: to decide, or because the scanner sends them.
    let mut at = 0;
    while at < script.len() {
        at += 1;
        if random.once_in(5) {
            script.insert(at, one(String::new(), random));
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

fn one(text: String, random: &mut SplitMix64) -> Line {
    Line {
        text,
        waits: random.once_in(2),
        behind: 0,
        other: false,
    }
}
