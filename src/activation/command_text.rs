//! The command by which Windows takes a Confirmation ID, recognised in a text.

use uuid::Uuid;

/// The digits of a text that is a command line and nothing else, as they stand
/// there; `None` for any other text. A command names a product but no PC, so its
/// digits are a bare Confirmation ID.
pub(super) fn digits_of_command(text: &str) -> Option<&str> {
    let text = text.trim_matches(|character| is_space(character) || "\r\n".contains(character));
    let rest = after_word(text, "slmgr")?;
    let rest = after_spaces(after_word(rest, ".vbs").unwrap_or(rest))?;
    let rest = after_spaces(after_word(rest, "/atp")?)?;
    let end = rest
        .find(|character| !is_digit(character))
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
    let is_guid = head.len() == 36 && Uuid::try_parse(&head).is_ok();
    (is_guid && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
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
        .then_some(characters.as_str())
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

fn is_digit(character: char) -> bool {
    plain(character).is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::{NumberError, fold};

    const CID: &str = "092914273902996432764863869585514303965545262473";
    const PRODUCT: &str = "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c";

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
