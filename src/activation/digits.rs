//! Extracts bare digits from whatever a person, a scanner or a clipboard
//! yields.

use super::NumberError;
use super::command_text::digits_of_command;
use super::kind::is_valid_group;

/// Longest input that is read as one number, in characters.
///
/// A 63-digit number with a label and a separator at every digit stays far
/// below this; anything longer is a document.
pub const MAX_INPUT_CHARS: usize = 512;

/// Digits of an input, folded to ASCII, and the lengths of their runs.
///
/// The runs show where a person put separators: if there are eight runs and the
/// third has five digits, the missing digit belongs to the third.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoldedDigits {
    digits: String,
    runs: Vec<usize>,
    behind: Option<usize>,
}

impl FoldedDigits {
    /// All digits in order, ASCII.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Length of each uninterrupted run, in order; their sum is the number of
    /// digits.
    pub fn runs(&self) -> &[usize] {
        &self.runs
    }

    /// How many digits come before the mark of the digits after box H (`#`,
    /// `照合`, `check`); `None` without such a mark, or if nothing follows it.
    pub fn behind(&self) -> Option<usize> {
        self.behind
    }

    /// The runs, separated by single spaces. Folding the result gives the same
    /// digits again, and it is hardly longer than the original input.
    pub(crate) fn to_text(&self) -> String {
        let mut rest = self.digits();
        let mut text = String::with_capacity(self.digits.len() + self.runs.len() + 2);
        for &run in &self.runs {
            if self.behind == Some(self.digits.len() - rest.len()) {
                text.push_str(" #");
            }
            let (digits, after) = rest.split_at(run);
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(digits);
            rest = after;
        }
        text
    }

    /// Drops the labels `1` to `9` of an Installation ID in numbered groups, as
    /// this crate prints them. Otherwise 54 digits and nine labels would count
    /// as 63.
    fn without_ordinals(mut self) -> Self {
        if let Some(digits) = self.without_glued_ordinals() {
            self.runs.iter_mut().for_each(|run| *run -= 1);
            self.digits = digits;
            return self;
        }
        let numbered = self.runs.len() >= 6
            && self.runs.len() <= 18
            && self.runs.len().is_multiple_of(2)
            && self.behind.is_none();
        if !numbered {
            return self;
        }
        let mut rest = self.digits.as_str();
        let mut kept = String::with_capacity(self.digits.len());
        for (pair, ordinal) in self.runs.chunks_exact(2).zip(b'1'..) {
            let (label, after) = rest.split_at(pair[0]);
            let (group, after) = after.split_at(pair[1]);
            if label.as_bytes() != [ordinal] || !(4..=9).contains(&group.len()) {
                return self;
            }
            kept.push_str(group);
            rest = after;
        }
        self.runs = self.runs.chunks_exact(2).map(|pair| pair[1]).collect();
        self.digits = kept;
        self
    }
}

impl FoldedDigits {
    /// The digits without labels that were copied directly in front of their
    /// groups (`14891263 24325701 …`), if only the groups without the labels
    /// have valid check digits.
    fn without_glued_ordinals(&self) -> Option<String> {
        let &[run, ..] = self.runs() else { return None };
        let fits = self.runs.len() == 9 && self.runs.iter().all(|&other| other == run);
        if !fits || self.behind.is_some() || !matches!(run, 7 | 8) {
            return None;
        }
        let groups: Vec<&str> = (0..9)
            .map(|at| &self.digits[at * run..(at + 1) * run])
            .collect();
        let labelled = groups
            .iter()
            .zip(b'1'..)
            .all(|(group, ordinal)| group.as_bytes()[0] == ordinal && is_valid_group(&group[1..]));
        let holds_as_it_is = run == 7 && groups.iter().all(|group| is_valid_group(group));
        (labelled && !holds_as_it_is).then(|| groups.iter().map(|group| &group[1..]).collect())
    }
}

/// Marks that introduce the digits after box H on paper.
const MARKS: [&str; 4] = ["#", "＃", "照合", "check"];

/// The length in bytes of the mark at the start of a text.
pub(crate) fn mark_at(text: &str) -> Option<usize> {
    MARKS
        .into_iter()
        .map(str::len)
        .zip(MARKS)
        .find_map(|(length, mark)| {
            let head = text.get(..length)?;
            let alone = !text[length..].starts_with(char::is_alphabetic);
            (alone && head.eq_ignore_ascii_case(mark)).then_some(length)
        })
}

/// Folds full-width digits to ASCII and drops separators.
///
/// A separator is any character that is neither a letter nor a digit, and a
/// lone box letter A to H as the portal prints it (`A: 092914 B: 273902`). The
/// labels 1 to 9 of numbered groups (`1: 4891263 2: 4325701 …`) are not part of
/// the number, nor is the command around the digits of a
/// [`KeyedAnswer`](super::KeyedAnswer).
///
/// # Errors
/// [`NumberError::Empty`] without any digit, [`NumberError::ForeignCharacter`]
/// for a letter (such as an `O` for a zero), [`NumberError::TooLong`] beyond
/// [`MAX_INPUT_CHARS`].
///
/// ```
/// use hikyaku::activation::fold;
/// let folded = fold("０９２９１４－273902").unwrap();
/// assert_eq!(folded.digits(), "092914273902");
/// assert_eq!(folded.runs(), [6, 6]);
/// ```
pub fn fold(text: &str) -> Result<FoldedDigits, NumberError> {
    if text.chars().nth(MAX_INPUT_CHARS).is_some() {
        return Err(NumberError::TooLong {
            limit: MAX_INPUT_CHARS,
        });
    }
    let mut folded = FoldedDigits {
        digits: String::with_capacity(64),
        ..FoldedDigits::default()
    };
    let mut in_run = false;
    let mut previous_is_letter = false;
    let mut rest = digits_of_command(text).unwrap_or(text);
    let mut position = 0;
    while let Some(character) = rest.chars().next() {
        position += 1;
        if let Some(digit) = digit_value(character) {
            folded.digits.push(char::from(b'0' + digit));
            if in_run {
                if let Some(run) = folded.runs.last_mut() {
                    *run += 1;
                }
            } else {
                folded.runs.push(1);
                in_run = true;
            }
            previous_is_letter = false;
            rest = &rest[character.len_utf8()..];
            continue;
        }
        in_run = false;
        if !previous_is_letter && let Some(length) = mark_at(rest) {
            folded.behind.get_or_insert(folded.digits.len());
            position += rest[..length].chars().count() - 1;
            rest = &rest[length..];
            continue;
        }
        rest = &rest[character.len_utf8()..];
        let lone = !previous_is_letter && !rest.starts_with(char::is_alphabetic);
        previous_is_letter = character.is_alphabetic();
        if character.is_alphanumeric() && !(lone && is_box_letter(character)) {
            return Err(NumberError::ForeignCharacter {
                character,
                position,
            });
        }
    }
    if folded.digits.is_empty() {
        return Err(NumberError::Empty);
    }
    folded.behind = folded.behind.filter(|&at| at < folded.digits.len());
    Ok(folded.without_ordinals())
}

/// Value of an ASCII or full-width decimal digit.
pub(crate) fn digit_value(character: char) -> Option<u8> {
    match character {
        '0'..='9' => Some(character as u8 - b'0'),
        '\u{ff10}'..='\u{ff19}' => Some((character as u32 - 0xff10) as u8),
        _ => None,
    }
}

fn is_box_letter(character: char) -> bool {
    box_of_letter(character).is_some()
}

/// The index from 0 of the box that `c`, `C` or `Ｃ` names.
pub(crate) fn box_of_letter(letter: char) -> Option<usize> {
    let place = match letter {
        'A'..='H' => letter as u32 - 'A' as u32,
        'a'..='h' => letter as u32 - 'a' as u32,
        '\u{ff21}'..='\u{ff28}' => letter as u32 - 0xff21,
        '\u{ff41}'..='\u{ff48}' => letter as u32 - 0xff41,
        _ => return None,
    };
    Some(place as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_separator_in_use_is_accepted() {
        for text in [
            "123456 654321",
            "123456-654321",
            "123456\u{3000}654321",
            "123456\r\n654321",
            "123456，654321",
            "A: 123456  B: 654321",
            "Ａ１２３４５６　Ｂ６５４３２１",
            "a123456b654321",
        ] {
            let folded = fold(text).unwrap();
            assert_eq!(folded.digits(), "123456654321", "{text}");
            assert_eq!(folded.runs(), [6, 6], "{text}");
        }
    }

    #[test]
    fn the_labels_of_numbered_groups_are_no_digits() {
        let groups = ["020650", "770493", "837252", "929082"];
        for (between, after) in [(" ", "   "), (": ", "\n"), (":", " "), (". ", "  ✓\n")] {
            let text: Vec<String> = groups
                .iter()
                .zip(1..)
                .map(|(group, number)| format!("{number}{between}{group}"))
                .collect();
            let folded = fold(&text.join(after)).unwrap();
            assert_eq!(folded.digits(), groups.concat(), "{text:?}");
            assert_eq!(folded.runs(), [6, 6, 6, 6]);
        }
        // Out of order they are ordinary digits.
        assert_eq!(
            fold("1 020650 3 770493 2 837252").unwrap().digits().len(),
            21
        );
    }

    #[test]
    fn labels_are_labels_only_where_every_group_has_its_own() {
        for text in [
            // Two groups are too few to conclude that their numbers are labels.
            "1 020650 2 770493",
            "1 020650 2 770493 3 837252 4",
            "1 020650 2 770493 # 3 837252",
            "1 020650 2 770493 3 837",
        ] {
            let folded = fold(text).unwrap();
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(folded.digits(), digits, "{text}");
        }
    }

    #[test]
    fn labels_that_were_copied_without_what_sets_them_apart_are_no_digits() {
        let short = "020650770493837252929082195773527024195725809211989214";
        let long = "489126343257012289105546522085205332958764158851011127139061121";
        for (number, length) in [(short, 6), (long, 7)] {
            let groups: Vec<String> = number
                .as_bytes()
                .chunks(length)
                .zip(1..)
                .map(|(group, label)| format!("{label}{}", std::str::from_utf8(group).unwrap()))
                .collect();
            let folded = fold(&groups.join(" ")).unwrap();
            assert_eq!(folded.digits(), number);
            assert_eq!(folded.runs(), [length; 9]);
            // Eight of nine, out of order, a failing group, a mark among them.
            let mut swapped = groups.clone();
            swapped.swap(3, 4);
            let mut wrong = groups.clone();
            wrong[8].replace_range(length.., "8");
            for text in [
                groups[..8].join(" "),
                swapped.join(" "),
                wrong.join(" "),
                format!("{} # {}", groups[..8].join(" "), groups[8]),
            ] {
                assert_eq!(
                    fold(&text).unwrap().digits().len() % (length + 1),
                    0,
                    "{text}"
                );
            }
        }
        // Groups of seven that are valid with their first digits are kept as
        // they are.
        let both: Vec<String> = ('1'..='9')
            .map(|label| {
                (100_000..1_000_000)
                    .map(|group| format!("{label}{group}"))
                    .find(|group| is_valid_group(group) && is_valid_group(&group[1..]))
                    .unwrap()
            })
            .collect();
        assert_eq!(fold(&both.join(" ")).unwrap().digits(), both.concat());
    }

    #[test]
    fn what_stands_behind_box_h_is_marked() {
        for text in [
            "262473 # 4421025836",
            "262473＃4421025836",
            "262473 照合 4421025836",
            "H 262473\n Check: 4421025836",
        ] {
            let folded = fold(text).unwrap();
            assert_eq!(folded.behind(), Some(6), "{text}");
            assert_eq!(fold(&folded.to_text()).as_ref(), Ok(&folded));
        }
        assert_eq!(fold("262473 #").unwrap().behind(), None);
        assert!(fold("262473 checks 44").is_err());
    }

    #[test]
    fn letters_that_stand_for_digits_are_named_not_guessed() {
        assert_eq!(
            fold("12O456"),
            Err(NumberError::ForeignCharacter {
                character: 'O',
                position: 3
            })
        );
        assert!(fold("ABC 123456").is_err());
        assert!(fold("１２三").is_err());
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(fold(""), Err(NumberError::Empty));
        assert_eq!(fold(" - \u{200b}"), Err(NumberError::Empty));
        assert!(matches!(
            fold(&"1".repeat(100_000)),
            Err(NumberError::TooLong { .. })
        ));
    }
}
