//! Cells of the CSV tables that go to a spreadsheet and come back.
//!
//! A spreadsheet reads a cell of a CSV file as if it had been typed, quoted or
//! not: the serial number `0012345` becomes 12345, the key tail `1E5` becomes
//! 100000, `3-1` becomes a day in March, and `=cmd` is executed. A *text* is
//! therefore escaped in one of two ways if that would happen:
//! - `="0012345"` if it would be converted. Excel and `LibreOffice` both show
//!   the text 0012345, and write it back bare. (Tested with `LibreOffice` 7.4,
//!   which still converted a quoted `"0012345"`. Its import dialogue without
//!   "evaluate formulas" keeps the cell as it is written, which is a text too.)
//! - `'=cmd` if it begins like a formula (CSV injection, OWASP).
//!
//! # Which texts
//!
//! A text *begins like a formula* if it starts with `=`, `+`, `-`, `@`, a
//! full-width form of these, a tab or a carriage return. It gets the
//! apostrophe, even if it would also be converted.
//!
//! Whether a text *would be converted* is decided after trimming white space,
//! lowercasing it, and folding full-width characters (U+FF01 to U+FF5E, U+3000)
//! to ASCII. It would be:
//! - if it is `true` or `false`; or
//! - if it contains a digit, does not begin with `e` after the following step,
//!   and consists only of digits, ``.,:/-+%e()'¥$€£`` and spaces once these are
//!   removed wherever they occur: the English names of the months, in full and
//!   in three letters (and `sept`); `am`, `pm`; 午前, 午後, 令和, 平成, 昭和, 年, 月, 日, 時,
//!   分, 秒; and then a first letter of `mtshr` directly followed by a digit, if
//!   the text contains a `.`, `-` or `/` (a year of an era).
//!
//! [`unescaped`] undoes both: `="…"` around a text that would be converted, and
//! an apostrophe before one that begins like a formula or would be converted.
//! Any other cell is taken literally. A list is therefore read correctly
//! whether or not a spreadsheet saved it in between. Times and words of our own
//! are *plain*, because a spreadsheet should convert a time.
//!
//! `fixtures/csv/cells.json` holds examples, which the phone page runs too.

/// A cell to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Must be preserved letter for letter: a name, a serial number.
    Text(String),
    /// May be converted by a spreadsheet: a time, a word.
    Plain(String),
}

impl Cell {
    /// A text, empty for `None`.
    pub(super) fn text(text: Option<impl ToString>) -> Self {
        Self::Text(text.map(|text| text.to_string()).unwrap_or_default())
    }

    /// The cell as it is written in the table, before any quotes that CSV
    /// needs.
    fn escaped(&self) -> String {
        match self {
            Self::Text(text) | Self::Plain(text) if begins_formula(text) => format!("'{text}"),
            Self::Text(text) if is_converted(text) => format!("=\"{text}\""),
            Self::Text(text) | Self::Plain(text) => text.clone(),
        }
    }
}

/// A table with a byte order mark, which tells spreadsheets that it is UTF-8.
pub(super) fn table(heads: &[String], rows: impl Iterator<Item = Vec<Cell>>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let mut write = |cells: &mut dyn Iterator<Item = String>| {
        // Writing rows of equal length to memory cannot fail.
        let _ = writer.write_record(cells);
    };
    write(&mut heads.iter().map(|head| Cell::Plain(head.clone()).escaped()));
    for row in rows {
        write(&mut row.iter().map(Cell::escaped));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The text that a cell stands for.
pub(super) fn unescaped(cell: &str) -> &str {
    let formula = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    match (formula, cell.strip_prefix('\'')) {
        // Anything else of this form is a name that somebody chose.
        (Some(text), _) if is_converted(text) => text,
        (_, Some(text)) if begins_formula(text) || is_converted(text) => text,
        _ => cell,
    }
}

fn begins_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Words within dates, times and amounts; longer ones first if one begins with
/// another.
const WORDS: [&str; 37] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
    "午前",
    "午後",
    "令和",
    "平成",
    "昭和",
    "年",
    "月",
    "日",
    "時",
    "分",
    "秒",
    "am",
    "pm",
];

/// Characters, besides digits, of dates, times, fractions and amounts.
const SIGNS: &str = " .,:/-+%e()'¥$€£";

/// Whether a spreadsheet, Japanese or English, may read the text as a number, a
/// date, a time or a truth value: `0012345`, `1E5`, `1-2`, `MAR1`, `H30.1.1`,
/// `10%`, `TRUE`. It errs on the side of yes: a text that is escaped needlessly
/// is still read correctly.
fn is_converted(text: &str) -> bool {
    let mut rest: String = text.trim().chars().map(narrow).collect();
    rest.make_ascii_lowercase();
    if rest == "true" || rest == "false" {
        return true;
    }
    if !rest.contains(|character: char| character.is_ascii_digit()) {
        return false;
    }
    rest = without_words(&rest);
    // A year of an era: H30.1.1.
    let mut letters = rest.chars();
    if letters.next().is_some_and(|first| "mtshr".contains(first))
        && letters.next().is_some_and(|second| second.is_ascii_digit())
        && rest.contains(['.', '-', '/'])
    {
        rest.remove(0);
    }
    !rest.starts_with('e')
        && rest
            .chars()
            .all(|character| character.is_ascii_digit() || SIGNS.contains(character))
}

fn without_words(text: &str) -> String {
    let (mut kept, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let word = WORDS.iter().find(|word| rest.starts_with(**word));
        if word.is_none() {
            kept.push(first);
        }
        rest = &rest[word.map_or(first.len_utf8(), |word| word.len())..];
    }
    kept
}

/// Folds full-width characters to ASCII, as spreadsheets do.
fn narrow(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_cell_of_the_fixture_is_written_and_read_as_it_says() {
        let cells: Vec<(String, String)> =
            serde_json::from_str(include_str!("../../fixtures/csv/cells.json")).unwrap();
        assert!(cells.len() > 30);
        for (text, written) in cells {
            assert_eq!(Cell::Text(text.clone()).escaped(), written, "{text}");
            assert_eq!(unescaped(&written), text);
            // As a spreadsheet writes it back.
            assert_eq!(unescaped(&text), text);
        }
        let time = "2026-11-24 17:31:00";
        assert_eq!(Cell::Plain(time.to_owned()).escaped(), time);
    }

    proptest! {
        #[test]
        fn whatever_is_written_comes_back(text in "[-=+@'\" 0-9eEa-cMAR.:/年,]{0,12}") {
            // Names are trimmed, and never begin with an escape.
            prop_assume!(text.trim() == text && unescaped(&text) == text);
            let written = Cell::Text(text.clone()).escaped();
            prop_assert_eq!(unescaped(&written), &text);
            prop_assert!(!begins_formula(&written) || written.starts_with("=\""));
            let heads = ["a".to_owned(), "b".to_owned()];
            let row = vec![Cell::Text(text.clone()), Cell::Plain(String::new())];
            let file = table(&heads, std::iter::once(row));
            let mut reader = csv::Reader::from_reader(file.as_bytes());
            let row = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(unescaped(&row[0]), &text);
        }
    }
}
