//! Runs of digits, and the chains that separators and line wraps join them to.

use crate::activation::{after_product, after_spaces, digit_value, ends_like_command, mark_at};

/// A position in the text: line and byte, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextPosition {
    /// Index of the line.
    pub(super) line: usize,
    /// Byte within the line.
    pub(super) byte: usize,
}

/// An uninterrupted run of digits within a line, folded to ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DigitRun {
    pub(super) digits: String,
    pub(super) at: TextPosition,
    /// A mark before it says that it comes after box H.
    pub(super) marked: bool,
    /// A hyphen precedes it.
    pub(super) hyphened: bool,
    /// Something other than a number follows on its line.
    pub(super) in_text: bool,
}

/// Runs with nothing between neighbours but a separator or a line wrap: a
/// stretch of text that may contain a number.
pub(super) type RunChain = Vec<DigitRun>;

/// Longest separator within a line, in characters: a hyphen between spaces.
const MAX_SEPARATION: usize = 3;

/// All chains of a text, in order.
pub(super) fn chains(lines: &[&str]) -> Vec<RunChain> {
    let mut chains = Vec::new();
    let mut chain = RunChain::new();
    // The last run is that of a command line, and its product may follow.
    let mut is_command = false;
    for (index, line) in lines.iter().enumerate() {
        // Byte after the last run of the chain on this line. At the start of a
        // line, a chain may continue from the line above.
        let mut last_end = None;
        let mut rest = 0;
        if std::mem::take(&mut is_command)
            && let Some(behind) = after_product(unquoted(line))
        {
            rest = line.len() - behind.len();
            last_end = Some(rest);
        }
        while let Some(run) = next_run(line, rest, index) {
            let start = run.at.byte;
            rest = start + run_bytes(&line[start..]);
            is_command = ends_like_command(&line[..start]);
            let between = &line[last_end.unwrap_or(0)..start];
            let joined = match last_end {
                Some(_) => {
                    is_separation(between)
                        || chain
                            .last()
                            .is_some_and(|last| is_behind_ordinal(last, between, &run))
                }
                None => is_indentation(between),
            };
            if !joined {
                end_chain(&mut chain, &mut chains, last_end.is_some());
            }
            chain.push(DigitRun {
                marked: joined && is_mark(between),
                hyphened: joined && between.contains(is_hyphen),
                ..run
            });
            // The product that a command names, here or on the next line.
            if is_command && let Some(behind) = after_spaces(&line[rest..]).and_then(after_product)
            {
                rest = line.len() - behind.len();
                is_command = false;
            }
            last_end = Some(rest);
        }
        // The text after the last run decides whether the chain continues on
        // the next line. A line without digits ends it.
        is_command &= last_end.is_some_and(|end| line[end..].chars().all(is_space));
        let continues = last_end.is_some_and(|end| is_line_end(&line[end..]));
        if !continues {
            end_chain(&mut chain, &mut chains, last_end.is_some());
        }
    }
    end_chain(&mut chain, &mut chains, false);
    chains.into_iter().map(without_ordinals).collect()
}

/// Ends a chain; `in_text` if something else follows on the line.
fn end_chain(chain: &mut RunChain, chains: &mut Vec<RunChain>, in_text: bool) {
    if let Some(last) = chain.last_mut() {
        last.in_text = in_text;
        chains.push(std::mem::take(chain));
    }
}

/// The chain without the labels 1 to 9 of a number in numbered groups, as this
/// crate prints them and work instructions show them.
fn without_ordinals(chain: RunChain) -> RunChain {
    let is_numbered = |runs: &[DigitRun]| {
        let length = runs.get(1).map_or(0, |run| run.digits.len());
        (length == 6 || length == 7)
            && runs.len() >= 18
            && runs[..18]
                .chunks_exact(2)
                .zip(b'1'..)
                .all(|(pair, ordinal)| {
                    pair[0].digits.as_bytes() == [ordinal] && pair[1].digits.len() == length
                })
    };
    let Some(start) = (0..chain.len()).find(|&start| is_numbered(&chain[start..])) else {
        return chain;
    };
    let mut kept = RunChain::with_capacity(chain.len());
    let mut labels = 0..0;
    for (index, run) in chain.iter().enumerate() {
        if index == start || index >= labels.end && is_numbered(&chain[index..]) {
            labels = index..index + 18;
        }
        if !labels.contains(&index) || (index - labels.start) % 2 == 1 {
            kept.push(run.clone());
        }
    }
    kept
}

fn next_run(line: &str, from: usize, index: usize) -> Option<DigitRun> {
    let start = from + line[from..].find(|character| digit(character).is_some())?;
    let digits = line[start..].chars().map_while(digit).collect();
    Some(DigitRun {
        digits,
        at: TextPosition {
            line: index,
            byte: start,
        },
        marked: false,
        hyphened: false,
        in_text: false,
    })
}

fn run_bytes(text: &str) -> usize {
    text.chars()
        .take_while(|&character| digit(character).is_some())
        .map(char::len_utf8)
        .sum()
}

/// A decimal digit, ASCII or full-width, folded to ASCII.
fn digit(character: char) -> Option<char> {
    digit_value(character).map(|value| char::from(b'0' + value))
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

/// Hyphens as people and word processors write them, including the full-width
/// one and the kana long-vowel mark (which a Japanese keyboard yields).
fn is_hyphen(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff0d}' | '\u{ff70}'
    )
}

/// Whether a label 1 to 9 and its group are written as `1: 4891263`.
fn is_behind_ordinal(label: &DigitRun, between: &str, group: &DigitRun) -> bool {
    let is_label = matches!(label.digits.as_bytes(), [b'1'..=b'9']);
    let between = between.trim_end_matches(is_space);
    is_label && matches!(group.digits.len(), 6 | 7) && matches!(between, ":" | "：" | "." | ")")
}

/// The text without leading quotation marks of a mail.
fn unquoted(text: &str) -> &str {
    text.trim_start_matches(|first| is_space(first) || matches!(first, '>' | '|'))
}

/// Whether a text is a mark of digits after box H, apart from spaces.
fn is_mark(text: &str) -> bool {
    let text = unquoted(after_check_mark(text))
        .trim_end_matches(is_space)
        .trim_end_matches([':', '：']);
    mark_at(text) == Some(text.len()) && !text.is_empty()
}

/// The marks that this crate prints after a group that is valid or not.
fn is_check_mark(character: char) -> bool {
    matches!(character, '✓' | '✗')
}

/// The text without a check mark at its start.
fn after_check_mark(text: &str) -> &str {
    text.split_once(is_check_mark)
        .filter(|(before, _)| before.chars().all(is_space))
        .map_or(text, |(_, after)| after)
}

fn is_separation(text: &str) -> bool {
    let text = after_check_mark(text);
    if is_mark(text) || text.starts_with(is_space) && is_box_label(text) {
        return true;
    }
    text.chars().count() <= MAX_SEPARATION
        && text
            .chars()
            .filter(|&character| is_hyphen(character))
            .count()
            <= 1
        && text
            .chars()
            .all(|character| is_space(character) || is_hyphen(character))
}

/// Whether a text is a lone letter A to H, with or without a colon, as the
/// portal and this crate label the boxes of a Confirmation ID.
fn is_box_label(text: &str) -> bool {
    let label = text.trim_matches(is_space).trim_end_matches([':', '：']);
    let is_letter = matches!(label.as_bytes(), [b'A'..=b'H'])
        && text.ends_with(|last| is_space(last) || last == ':' || last == '：');
    // However far away a mark is, the digits after it are never dropped.
    is_mark(text) || is_letter && text.chars().count() <= MAX_SEPARATION + 4
}

/// What may precede a number that continues from the line above: spaces, and
/// the quotation marks of a mail.
fn is_indentation(text: &str) -> bool {
    let unquoted = unquoted(text);
    is_box_label(unquoted)
        || matches!(unquoted.as_bytes(), [b'A'..=b'H'])
        || text
            .chars()
            .all(|character| is_space(character) || matches!(character, '>' | '|'))
}

/// What may follow a number that continues on the next line: a console pads
/// with spaces, and a person may leave a hyphen.
fn is_line_end(text: &str) -> bool {
    let text = text.trim_end_matches(|last| is_space(last) || is_check_mark(last));
    let mut characters = text.chars();
    match characters.next() {
        None => true,
        Some(only) => is_hyphen(only) && characters.next().is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(text: &str) -> Vec<Vec<usize>> {
        chains(&super::super::lines::split(text))
            .iter()
            .map(|chain| chain.iter().map(|run| run.digits.len()).collect())
            .collect()
    }

    #[test]
    fn separators_and_wraps_join_and_nothing_else_does() {
        assert_eq!(lengths("12 34-56\u{3000}78－9０"), [[2, 2, 2, 2, 2]]);
        assert_eq!(lengths("12\n34   \r\n  56-\r\n78"), [[2, 2, 2, 2]]);
        assert_eq!(lengths("12:34.5/6"), [[2], [2], [1], [1]]);
        assert_eq!(
            lengths("12\n\n34\nid 56\n78x\n90"),
            [vec![2], vec![2], vec![2, 2], vec![2]]
        );
        assert_eq!(lengths("12    34--56"), [[2], [2], [2]]);
        assert_eq!(lengths("no digit"), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn places_are_where_the_digits_begin() {
        let text = "a\n名前: ７8";
        let chains = chains(&super::super::lines::split(text));
        assert_eq!(chains[0][0].digits, "78");
        assert_eq!(chains[0][0].at, TextPosition { line: 1, byte: 8 });
    }
}
