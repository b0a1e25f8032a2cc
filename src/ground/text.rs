//! Makes text from outside printable.

/// Whether a character can disturb a terminal or a page, or is invisible: controls,
/// bidi and other format characters, line separators, remains of surrogates, and
/// blank letters, by which different names look alike.
///
/// These are Unicode's `Default_Ignorable_Code_Point`s, the controls, the line
/// and paragraph separators, the format characters of hieroglyphs, and the
/// blanks that are neither spaces nor ignorable (Braille pattern blank, a null
/// notehead, full blanks of hieroglyphs, the filler of the Khitan script). All
/// are listed in `fixtures/wire/unprintable.txt`.
pub fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{13430}'..='\u{13442}'
                | '\u{16fe4}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d159}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// The text without characters that are [unprintable](is_unprintable); tabs and line
/// ends become spaces.
///
/// ```
/// use hikyaku::ground::printable;
/// assert_eq!(printable("a\u{1b}[31mb\u{202e}c\nd"), "a[31mbc d");
/// ```
pub fn printable(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            '\t' | '\n' | '\r' => Some(' '),
            other if is_unprintable(other) => None,
            other => Some(other),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Exactly the characters of the fixture, which the phone page tests, too.
    #[test]
    fn what_is_unprintable_is_what_the_format_says() {
        let listed = include_str!("../../fixtures/wire/unprintable.txt");
        let code = |text: &str| u32::from_str_radix(text, 16).unwrap();
        let ranges: Vec<(u32, u32)> = listed
            .lines()
            .filter_map(|line| line.split('#').next()?.split_whitespace().next())
            .map(|range| range.split_once('-').unwrap_or((range, range)))
            .map(|(first, last)| (code(first), code(last)))
            .collect();
        assert!(ranges.len() > 20);
        for character in '\0'..=char::MAX {
            let point = u32::from(character);
            let is_listed = ranges
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&point));
            assert_eq!(is_unprintable(character), is_listed, "U+{point:04X}");
        }
    }
}
