//! Decodes the bytes of a saved file to text.

use super::PastedError;
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Most bytes that are read; the saved output of a whole licence store is a few
/// hundred kilobytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Decodes the contents of a file or of the clipboard.
///
/// Tries UTF-8 and UTF-16 with or without a byte order mark, then CP932, then
/// windows-1252. A wrong guess between the last two garbles labels but no
/// number: the second byte of a CP932 character is never a digit.
///
/// # Errors
/// [`PastedError::Empty`] without any visible character,
/// [`PastedError::TooLarge`] beyond [`MAX_BYTES`], [`PastedError::Binary`] for
/// anything that is not text.
pub fn decode_text(bytes: &[u8]) -> Result<String, PastedError> {
    let text = decode(bytes)?;
    if is_binary(&text) {
        return Err(PastedError::Binary);
    }
    Ok(text)
}

/// Same as [`decode_text`], but accepts what does not look like text.
pub(super) fn decode(bytes: &[u8]) -> Result<String, PastedError> {
    if bytes.len() > MAX_BYTES {
        return Err(PastedError::TooLarge { limit: MAX_BYTES });
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => whole(encoding, &bytes[mark..]),
        None => unmarked(bytes),
    };
    if text.trim().is_empty() {
        return Err(PastedError::Empty);
    }
    Ok(text)
}

/// Whether this is not clean text: binary, or UTF-16 decoded from the wrong
/// byte on, which contains hardly any ASCII.
pub(super) fn is_garbled(bytes: &[u8], text: &str) -> bool {
    let ascii = text.chars().filter(char::is_ascii_graphic).count();
    is_binary(text) || bytes.contains(&0) && 8 * ascii < text.chars().count()
}

/// Whatever may still be digits in garbled bytes. Each byte is a character, and
/// a single NUL between two others is dropped, as in UTF-16 that lost its mark
/// or a byte, or that follows other text.
pub(super) fn salvaged(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for (index, &byte) in bytes.iter().enumerate() {
        let is_nul = |index: usize| bytes.get(index) == Some(&0);
        let alone = !is_nul(index + 1) && (index == 0 || !is_nul(index - 1));
        match byte {
            0 if alone => {}
            0 => text.push('\u{fffd}'),
            byte => text.push(char::from(byte)),
        }
    }
    text
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn unmarked(bytes: &[u8]) -> String {
    if let Some(encoding) = unmarked_utf16(bytes) {
        return whole(encoding, bytes);
    }
    for encoding in [UTF_8, SHIFT_JIS] {
        if let Some(text) =
            encoding.decode_without_bom_handling_and_without_replacement(bytes)
            // German umlauts are valid CP932 too, as rare kanji; but every
            // Japanese text has at least one kana.
            && (encoding == UTF_8 || text.chars().any(is_kana))
        {
            return text.into_owned();
        }
    }
    whole(WINDOWS_1252, bytes)
}

/// UTF-16 reveals itself by its NULs: digits and spaces have one as their high
/// byte, and no character of a text has one as its low byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let nuls = |offset: usize| {
        bytes
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let enough = bytes.len() / 8;
    match (nuls(0), nuls(1)) {
        (0, odd) if odd > enough => Some(UTF_16LE),
        (even, 0) if even > enough => Some(UTF_16BE),
        _ => None,
    }
}

fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
}

/// Text has line ends and tabs, sometimes an escape sequence or an end-of-file
/// mark, hardly any other control character, and never a NUL.
pub(super) fn is_binary(text: &str) -> bool {
    let strange = |character: &char| {
        character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{c}')
            || *character == '\u{fffd}'
    };
    let count = text.chars().filter(strange).count();
    text.contains('\0') || count > 1 + text.chars().count() / 20
}

#[cfg(test)]
mod tests {
    use super::*;

    const JAPANESE: &str = "インストール ID: 0123456\r\n";

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn every_encoding_in_use_is_recognised() {
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let little = utf16(JAPANESE, u16::to_le_bytes);
        let big = utf16(JAPANESE, u16::to_be_bytes);
        for bytes in [
            JAPANESE.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", JAPANESE.as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            little,
            big,
            SHIFT_JIS.encode(JAPANESE).0.into_owned(),
        ] {
            assert_eq!(decode_text(&bytes).unwrap(), JAPANESE, "{bytes:x?}");
        }
    }

    #[test]
    fn umlauts_are_not_kanji() {
        let german = "Teil-Product Key für Büro: ä1 Prüfung";
        let bytes = WINDOWS_1252.encode(german).0;
        assert_eq!(decode_text(&bytes).unwrap(), german);
    }

    #[test]
    fn single_nuls_are_nothing_and_more_are_an_end() {
        assert_eq!(salvaged(b"4\08\09\0"), "489");
        assert_eq!(salvaged(b"\x00489"), "489");
        assert_eq!(salvaged(b"48\0\09"), "48\u{fffd}\u{fffd}9");
        assert_eq!(salvaged(b"\xff\x8b1"), "ÿ\u{8b}1");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode_text(b""), Err(PastedError::Empty));
        assert_eq!(decode_text(b"\xff\xfe"), Err(PastedError::Empty));
        assert_eq!(decode_text(b" \r\n\t"), Err(PastedError::Empty));
        assert_eq!(
            decode_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            Err(PastedError::Binary)
        );
        let random: Vec<u8> = (0..=255).collect();
        assert_eq!(decode_text(&random), Err(PastedError::Binary));
        assert_eq!(
            decode_text(&vec![b'1'; MAX_BYTES + 1]),
            Err(PastedError::TooLarge { limit: MAX_BYTES })
        );
    }
}
