//! Runs of digits, and the chains that separators and line wraps make of them.

/// Where something begins: line and byte, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Index of the line.
    pub(super) line: usize,
    /// Byte within the line.
    pub(super) byte: usize,
}

/// An uninterrupted run of digits within a line, folded to ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) digits: String,
    pub(super) at: Place,
}

/// Runs with nothing between neighbours but a separator or a line wrap: the
/// stretches of text in which a number may stand.
pub(super) type Chain = Vec<Run>;

/// Most characters of separation within a line: a hyphen between spaces.
const MAX_SEPARATION: usize = 3;

/// All chains of a text, in order.
pub(super) fn chains(lines: &[&str]) -> Vec<Chain> {
    let mut chains = Vec::new();
    let mut chain = Chain::new();
    for (index, line) in lines.iter().enumerate() {
        // Byte after the last run of the chain on this line; at its start a
        // chain may come over from the line above.
        let mut last_end = None;
        let mut rest = 0;
        while let Some(run) = next_run(line, rest, index) {
            let start = run.at.byte;
            rest = start + run_bytes(&line[start..]);
            let between = &line[last_end.unwrap_or(0)..start];
            let joined = match last_end {
                Some(_) => is_separation(between),
                None => is_indentation(between),
            };
            if !joined && !chain.is_empty() {
                chains.push(std::mem::take(&mut chain));
            }
            chain.push(run);
            last_end = Some(rest);
        }
        // What follows the last run decides whether the next line continues;
        // a line without any digit never does.
        let continues = last_end.is_some_and(|end| is_line_end(&line[end..]));
        if !continues && !chain.is_empty() {
            chains.push(std::mem::take(&mut chain));
        }
    }
    if !chain.is_empty() {
        chains.push(chain);
    }
    chains.into_iter().map(without_ordinals).collect()
}

/// The chain without the labels 1 to 9 of a number in numbered groups, as
/// this crate itself prints them and work instructions show them.
fn without_ordinals(chain: Chain) -> Chain {
    let is_numbered = |runs: &[Run]| {
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
    let mut kept = Chain::with_capacity(chain.len());
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

fn next_run(line: &str, from: usize, index: usize) -> Option<Run> {
    let start = from + line[from..].find(|character| digit(character).is_some())?;
    let digits = line[start..].chars().map_while(digit).collect();
    Some(Run {
        digits,
        at: Place {
            line: index,
            byte: start,
        },
    })
}

fn run_bytes(text: &str) -> usize {
    text.chars()
        .take_while(|&character| digit(character).is_some())
        .map(char::len_utf8)
        .sum()
}

/// A decimal digit, ASCII or full-width, as ASCII.
fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(character as u32 - 0xff10, 10),
        _ => None,
    }
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

/// Hyphens as people and word processors write them, full-width and the kana
/// long-vowel mark (what a Japanese keyboard yields) included.
fn is_hyphen(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff0d}' | '\u{ff70}'
    )
}

fn is_separation(text: &str) -> bool {
    if text.starts_with(is_space) && is_box_label(text) {
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

/// A lone letter A to H, as the portal and this crate print them at the boxes
/// of a Confirmation ID, with or without a colon.
fn is_box_label(text: &str) -> bool {
    let label = text.trim_matches(is_space).trim_end_matches([':', '：']);
    text.chars().count() <= MAX_SEPARATION + 4
        && matches!(label.as_bytes(), [b'A'..=b'H'])
        && text.ends_with(|last| is_space(last) || last == ':' || last == '：')
}

/// What may stand before a number that continues from the line above: spaces,
/// and the marks of a quoted mail.
fn is_indentation(text: &str) -> bool {
    is_box_label(text)
        || text
            .chars()
            .all(|character| is_space(character) || matches!(character, '>' | '|'))
}

/// What may stand after a number that continues on the line below: a console
/// pads with spaces, a person may leave a hyphen.
fn is_line_end(text: &str) -> bool {
    let text = text.trim_end_matches(is_space);
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
        assert_eq!(chains[0][0].at, Place { line: 1, byte: 8 });
    }
}
