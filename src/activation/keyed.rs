//! An answer for a PC on which Hikyaku does not run: what a handheld scanner, or
//! a person, types into Windows itself.
//!
//! A handheld scanner is a keyboard. The command consists of letters, digits,
//! spaces, `/` and `-`, whose keys are the same on Japanese and on US layouts
//! (not on German and many others); the console ignores case. The digits alone
//! survive every layout whose digits need no Shift (not the French one).

use super::digits::digit_value;
use super::{ActivationId, ConfirmationDigits};
use std::fmt;

/// What is typed, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum KeyedForm {
    /// The command, into a console that runs as administrator.
    Command,
    /// The digits with a Tab between two boxes, into boxes that do not move on
    /// by themselves.
    TabbedBoxes,
    /// The digits alone, into boxes that move on by themselves, or into one
    /// field.
    Digits,
}

impl KeyedForm {
    /// All of them, the most useful one first.
    pub const ALL: [Self; 3] = [Self::Command, Self::TabbedBoxes, Self::Digits];

    /// Its name in JSON and in the ids of messages.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The next one, for a button that goes round.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Command => Self::TabbedBoxes,
            Self::TabbedBoxes => Self::Digits,
            Self::Digits => Self::Command,
        }
    }
}

/// An answer that is typed into Windows, without Hikyaku. It carries no tag, so
/// it is up to the person to be at the right PC; Windows refuses another PC's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedAnswer {
    cid: ConfirmationDigits,
    product: Option<ActivationId>,
}

impl KeyedAnswer {
    /// From the digits and, where it is known, the product that they activate.
    /// Without it, Windows takes them for the main product of the PC.
    pub fn new(cid: impl Into<ConfirmationDigits>, product: Option<ActivationId>) -> Self {
        Self {
            cid: cid.into(),
            product,
        }
    }

    /// What is typed, and what the symbol of this form encodes: nothing in a
    /// command needs more than a symbol's alphanumeric mode.
    ///
    /// ```
    /// use hikyaku::activation::{ConfirmationId, KeyedAnswer, KeyedForm};
    /// let cid = "092914 273902 996432 764863 869585 514303 965545 262473";
    /// let answer = KeyedAnswer::new(ConfirmationId::parse(cid).unwrap(), None);
    /// assert_eq!(
    ///     answer.text(KeyedForm::Command),
    ///     "SLMGR /ATP 092914273902996432764863869585514303965545262473"
    /// );
    /// ```
    pub fn text(&self, form: KeyedForm) -> String {
        match form {
            KeyedForm::Command => self.to_string(),
            KeyedForm::TabbedBoxes => self.cid.groups().join("\t"),
            KeyedForm::Digits => self.cid.digits().to_owned(),
        }
    }

    /// Keys of the messages beside the symbol of a form: how to use it, and where
    /// it does not work.
    pub fn how(&self, form: KeyedForm) -> Vec<&'static str> {
        match form {
            KeyedForm::Command => ["keyed-how-command", "keyed-layouts"]
                .into_iter()
                .chain(self.product.is_none().then_some("keyed-main-product"))
                .collect(),
            KeyedForm::TabbedBoxes => vec!["keyed-how-tabbed-boxes"],
            KeyedForm::Digits => vec!["keyed-how-digits"],
        }
    }

    /// Keys of the messages for every form: whose it is, how to type it, what to
    /// check afterwards (`check` is [`Self::check`]), how the result comes back.
    pub fn closing() -> [&'static str; 4] {
        [
            "keyed-not-this-pc",
            "keyed-by-hand",
            "keyed-after",
            "keyed-record",
        ]
    }

    /// The command that says afterwards whether the product is activated.
    pub fn check(&self) -> String {
        match self.product {
            Some(product) => format!("slmgr /xpr {product}"),
            None => "slmgr /xpr".to_owned(),
        }
    }

    /// The product that the command names.
    pub fn product(&self) -> Option<ActivationId> {
        self.product
    }
}

/// The command, in capitals.
impl fmt::Display for KeyedAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SLMGR /ATP {}", self.cid.digits())?;
        match self.product {
            Some(product) => write!(formatter, " {}", product.to_string().to_ascii_uppercase()),
            None => Ok(()),
        }
    }
}

/// The digits of a text that is a command line and nothing else, as they stand
/// there; `None` for any other text. A command names a product but no PC, so its
/// digits are a bare Confirmation ID.
pub(super) fn digits_of_command(text: &str) -> Option<&str> {
    let text = text.trim_matches(|character| is_space(character) || "\r\n".contains(character));
    let rest = after_word(text, "slmgr")?;
    let rest = after_spaces(after_word(rest, ".vbs").unwrap_or(rest))?;
    let rest = after_spaces(after_word(rest, "/atp")?)?;
    let end = rest
        .find(|character| digit_value(character).is_none())
        .unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    let ends = rest.is_empty()
        || after_spaces(rest).is_some_and(|product| after_product(product) == Some(""));
    (!digits.is_empty() && ends).then_some(digits)
}

/// Whether a text is the beginning of a command line, or one with anything
/// behind it: a scanner sends it character by character.
#[cfg(feature = "window")]
pub(crate) fn begins_like_command(text: &str) -> bool {
    let word = "slmgr";
    let mut begun = text.chars().map(plain).zip(word.chars());
    !text.is_empty() && begun.all(|(one, other)| one == other)
}

/// Whether a text ends in the words that stand before the digits of a command
/// line.
pub(crate) fn ends_like_command(text: &str) -> bool {
    let bare = text.trim_end_matches(is_space);
    let option = bare.char_indices().rev().nth(3);
    bare.len() < text.len()
        && option.is_some_and(|(start, _)| after_word(&bare[start..], "/atp") == Some(""))
}

/// The text after the Activation ID at its start, which has no letter or digit
/// directly after it.
pub(crate) fn after_product(text: &str) -> Option<&str> {
    let end = text.char_indices().nth(36).map_or(text.len(), |(at, _)| at);
    let (head, rest) = text.split_at(end);
    let head: String = head.chars().map(plain).collect();
    ActivationId::parse_hyphenated(&head)?;
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// The text after one or more spaces at its start.
pub(crate) fn after_spaces(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_space);
    (rest.len() < text.len()).then_some(rest)
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

/// The text after a word in small letters, whatever the case and width of the
/// text.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut characters = text.chars();
    word.chars()
        .all(|wanted| characters.next().map(plain) == Some(wanted))
        .then(|| characters.as_str())
}

/// The character in ASCII, if it is a full-width one, and small.
fn plain(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from((character as u32 - 0xfee0) as u8).to_ascii_lowercase()
        }
        _ => character.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::{ConfirmationId, NumberError, fold};

    const CID: &str = "092914273902996432764863869585514303965545262473";
    const PRODUCT: &str = "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c";

    fn answer(product: Option<&str>) -> KeyedAnswer {
        KeyedAnswer::new(
            ConfirmationId::parse(CID).unwrap(),
            product.and_then(ActivationId::parse),
        )
    }

    #[test]
    fn a_command_is_in_capitals_and_names_the_product_if_it_is_known() {
        assert_eq!(
            answer(Some(PRODUCT)).text(KeyedForm::Command),
            format!("SLMGR /ATP {CID} 4DE7CB65-CDF1-4DE9-8AE8-E3CCE27B9F2C")
        );
        assert_eq!(
            answer(None).text(KeyedForm::TabbedBoxes),
            "092914\t273902\t996432\t764863\t869585\t514303\t965545\t262473"
        );
        assert_eq!(answer(None).text(KeyedForm::Digits), CID);
        assert_eq!(KeyedForm::TabbedBoxes.name(), "tabbed-boxes");
    }

    #[test]
    fn what_is_typed_reads_back_as_the_bare_number() {
        for product in [None, Some(PRODUCT)] {
            for form in KeyedForm::ALL {
                let text = answer(product).text(form);
                assert_eq!(fold(&text).unwrap().digits(), CID, "{text:?}");
            }
        }
    }

    #[test]
    fn a_command_is_read_in_any_case_and_width() {
        for text in [
            format!("slmgr /atp {CID}"),
            format!("slmgr.vbs  /atp\t{CID}\r\n"),
            format!(" Slmgr /Atp {CID} {PRODUCT}\n"),
            format!(
                "ｓｌｍｇｒ　／ＡＴＰ　{CID}　４ＤＥ７ＣＢ６５－ｃｄｆ１-4de9-8ae8-e3cce27b9f2c"
            ),
        ] {
            assert_eq!(digits_of_command(&text), Some(CID), "{text}");
        }
        // However many: which box lacks one is for others to say.
        assert_eq!(digits_of_command("slmgr /atp 123"), Some("123"));
    }

    #[test]
    fn anything_more_or_less_is_no_command() {
        for text in [
            String::new(),
            "slmgr /atp".to_owned(),
            format!("slmgr/atp {CID}"),
            format!("slmgr /ato {CID}"),
            format!("x slmgr /atp {CID}"),
            format!("slmgr /atp {CID} 4421025836"),
            format!("slmgr /atp {CID} {PRODUCT}1"),
            format!("slmgr /atp {CID} {PRODUCT} 4421025836"),
            format!("slmgr /atp {CID} {}", &PRODUCT[1..]),
            format!("slmgr /atp {CID} {}", PRODUCT.replace('-', "")),
            format!("slmgr /atp {CID}-{PRODUCT}"),
        ] {
            assert_eq!(digits_of_command(&text), None, "{text}");
            assert!(
                matches!(
                    fold(&text),
                    Err(NumberError::ForeignCharacter { .. } | NumberError::Empty)
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn the_words_before_the_digits_are_known_in_a_line() {
        assert!(ends_like_command(r"C:\Windows\system32>slmgr /atp "));
        assert!(ends_like_command("cscript //nologo slmgr.vbs /ATP  "));
        for text in ["", "/atp", "/dti ", "実行 atp ", "あ/at "] {
            assert!(!ends_like_command(text), "{text}");
        }
    }
}
