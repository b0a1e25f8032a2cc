//! Names from elsewhere, made safe to print.

use super::machine::{MachineId, is_serial_number};
use crate::ground::printable;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A name of a PC, a product or a trip: 1 to 96 printable characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

impl Label {
    /// Longest label, in characters.
    pub const MAX_CHARS: usize = 96;

    /// Turns any text into a label: strips what cannot be printed, trims, and
    /// cuts at [`Self::MAX_CHARS`]. `None` if nothing remains.
    pub fn cleaned(text: &str) -> Option<Self> {
        let clean = printable(text);
        let cut: String = clean.trim().chars().take(Self::MAX_CHARS).collect();
        let cut = cut.trim_end();
        (!cut.is_empty()).then(|| Self(cut.to_owned()))
    }

    /// Accepts a text only if it is a label already; never changes it.
    pub fn exact(text: &str) -> Option<Self> {
        Self::cleaned(text).filter(|label| label.0 == text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Label {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::exact(&text).ok_or("not a name of 1 to 96 printable characters")
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Which PC: its name, and what its firmware reports.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PcIdentity {
    /// Computer name.
    pub name: Label,
    /// Serial number of the machine, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<Label>,
    /// Identity of the machine, if its firmware reports anything unique.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<MachineId>,
}

impl PcIdentity {
    /// Whether there is evidence that both are one machine. Names are none:
    /// they change during an installation, and cloned images share them.
    pub fn is_same_machine(&self, other: &Self) -> bool {
        match (self.machine, other.machine) {
            (Some(mine), Some(theirs)) => mine == theirs,
            // One of them was written by an older program.
            _ => self.serial().is_some() && self.serial() == other.serial(),
        }
    }

    /// The serial number, unless it is a placeholder.
    fn serial(&self) -> Option<&str> {
        let serial = self.serial.as_ref().map(Label::as_str);
        serial.filter(|serial| is_serial_number(serial))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_bidi_tricks_do_not_survive() {
        let hostile = "\u{1b}]0;evil\u{7}病棟\u{202e}3\u{2066}\u{feff}\u{9b}1m";
        let label = Label::cleaned(hostile).unwrap();
        assert_eq!(label.as_str(), "]0;evil病棟31m");
        assert!(Label::exact(hostile).is_none());
    }

    #[test]
    fn letters_without_ink_make_no_second_name() {
        for blank in [
            '\u{115f}',
            '\u{1160}',
            '\u{3164}',
            '\u{ffa0}',
            '\u{34f}',
            '\u{2800}',
            '\u{17b4}',
            '\u{180b}',
            '\u{e0100}',
        ] {
            let hostile = format!("WARD3{blank}-PC12{blank}");
            assert_eq!(Label::cleaned(&hostile).unwrap().as_str(), "WARD3-PC12");
            assert!(Label::exact(&hostile).is_none());
            assert!(Label::cleaned(&format!("{blank} {blank}")).is_none());
        }
        // Letters of a script are not blank.
        assert!(Label::exact("병동3 北病棟").is_some());
    }

    #[test]
    fn labels_are_bounded_and_never_empty() {
        assert!(Label::cleaned(" \u{200b}\n").is_none());
        let long = Label::cleaned(&"長".repeat(1000)).unwrap();
        assert_eq!(long.as_str().chars().count(), Label::MAX_CHARS);
        assert!(Label::exact(&"長".repeat(97)).is_none());
        assert!(Label::exact(" padded").is_none());
    }

    #[test]
    fn one_machine_is_what_its_firmware_says_and_never_its_name() {
        let pc = |name: &str, serial: Option<&str>, uuid: Option<&str>| PcIdentity {
            name: Label::cleaned(name).unwrap(),
            serial: serial.and_then(Label::cleaned),
            machine: uuid.and_then(|uuid| MachineId::of(Some(uuid), serial)),
        };
        let one = Some("4C4C4544-0042-3510-8052-B3C04F4B4E32");
        let two = Some("4C4C4544-0042-3510-8052-B3C04F4B4E33");
        let same = [
            (
                pc("old", Some("PF3ABCDE"), None),
                pc("new", Some("PF3ABCDE"), None),
            ),
            (pc("old", None, one), pc("new", None, one)),
            (
                pc("a", Some("PF3ABCDE"), one),
                pc("a", Some("PF3ABCDE"), None),
            ),
        ];
        for (mine, theirs) in same {
            assert!(mine.is_same_machine(&theirs), "{mine:?} {theirs:?}");
        }
        let other = [
            (
                pc("a", Some("PF3ABCDE"), None),
                pc("a", Some("PF3ABCDF"), None),
            ),
            (pc("a", None, None), pc("a", None, None)),
            (pc("a", None, None), pc("a", Some("PF3ABCDE"), None)),
            (
                pc("a", Some("12345678"), None),
                pc("a", Some("12345678"), None),
            ),
            (pc("a", None, one), pc("a", None, two)),
            (
                pc("a", Some("PF3ABCDE"), one),
                pc("a", Some("PF3ABCDE"), two),
            ),
        ];
        for (mine, theirs) in other {
            assert!(!mine.is_same_machine(&theirs), "{mine:?} {theirs:?}");
        }
    }
}
