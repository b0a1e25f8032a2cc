//! From whatever a person, a scanner or a clipboard yields to bare digits.

use super::NumberError;

/// Longest input, in characters, that is looked at as one number.
///
/// A 63-digit number with a label and a separator at every digit stays far
/// below; more is not a number but a document.
pub const MAX_INPUT_CHARS: usize = 512;

/// Digits of an input, folded to ASCII, and how they stood in runs.
///
/// The runs tell where a person paused: with eight runs of which the third has
/// five digits, the missing digit is in the third.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoldedDigits {
    digits: String,
    runs: Vec<usize>,
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

    /// The runs with one space between them: folds to the same again, and is
    /// no longer than what it was folded from.
    pub(crate) fn to_text(&self) -> String {
        let mut rest = self.digits();
        let mut text = String::with_capacity(self.digits.len() + self.runs.len());
        for &run in &self.runs {
            let (digits, after) = rest.split_at(run);
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(digits);
            rest = after;
        }
        text
    }
}

/// Folds full-width digits to ASCII and drops separators.
///
/// Separators are all characters that are neither letters nor digits, and lone
/// box letters A to H as the portal prints them (`A: 092914 B: 273902`).
///
/// # Errors
/// [`NumberError::Empty`] without any digit, [`NumberError::ForeignCharacter`]
/// for a letter (an `O` for a zero, say), [`NumberError::TooLong`] beyond
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
        runs: Vec::new(),
    };
    let mut in_run = false;
    let mut previous_is_letter = false;
    let mut characters = text.chars().enumerate().peekable();
    while let Some((index, character)) = characters.next() {
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
            continue;
        }
        in_run = false;
        let next_is_letter = characters
            .peek()
            .is_some_and(|&(_, next)| next.is_alphabetic());
        let lone = !previous_is_letter && !next_is_letter;
        previous_is_letter = character.is_alphabetic();
        if character.is_alphanumeric() && !(lone && is_box_letter(character)) {
            return Err(NumberError::ForeignCharacter {
                character,
                position: index + 1,
            });
        }
    }
    if folded.digits.is_empty() {
        return Err(NumberError::Empty);
    }
    Ok(folded)
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
    matches!(character, 'A'..='H' | 'a'..='h' | '\u{ff21}'..='\u{ff28}' | '\u{ff41}'..='\u{ff48}')
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
