//! How long the licensing service is waited for.

use std::time::Duration;

/// Seconds that reading may take; the licensing service starts when it is
/// asked, which takes long on a slow PC.
const USUAL: u64 = 45;

/// A deposit may take this many times as long.
const DEPOSIT_FACTOR: u32 = 4;

/// Begins the word that carries it to the elevated part.
const PREFIX: &str = "patience-";

/// The time that one question to the licence store may take: 1 second to an
/// hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CallTimeout(u64);

impl CallTimeout {
    /// What a person set, in seconds; the usual patience where that is nothing
    /// sensible.
    pub(super) fn set_to(value: Option<&str>) -> Self {
        value.and_then(Self::of_seconds).unwrap_or(Self(USUAL))
    }

    fn of_seconds(text: &str) -> Option<Self> {
        let seconds = text.trim().parse().ok()?;
        (1..=3600).contains(&seconds).then_some(Self(seconds))
    }

    /// As a word of a command line: letters, digits and a hyphen. The elevated
    /// part gets the environment of the account, not that of whoever asks.
    pub(super) fn word(self) -> String {
        format!("{PREFIX}{}", self.0)
    }

    /// Reads what [`Self::word`] writes.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        let digits = word.strip_prefix(PREFIX)?;
        let bare = digits.bytes().all(|byte| byte.is_ascii_digit());
        bare.then(|| Self::of_seconds(digits)).flatten()
    }

    /// For reading something.
    pub(super) fn reading(self) -> Duration {
        Duration::from_secs(self.0)
    }

    /// For handing a number over.
    pub(super) fn deposit(self) -> Duration {
        self.reading() * DEPOSIT_FACTOR
    }

    /// For the elevated part, which reads, deposits, refreshes and reads again.
    pub(super) fn elevated_part(self) -> Duration {
        self.deposit() + self.reading() * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_sensible_is_the_usual_patience() {
        for value in [
            None,
            Some(""),
            Some("0"),
            Some("3601"),
            Some("-5"),
            Some("long"),
        ] {
            assert_eq!(CallTimeout::set_to(value), CallTimeout(USUAL), "{value:?}");
        }
        assert_eq!(CallTimeout::set_to(Some(" 90 ")), CallTimeout(90));
    }

    #[test]
    fn it_travels_as_a_word() {
        let timeout = CallTimeout(90);
        assert_eq!(timeout.word(), "patience-90");
        assert_eq!(CallTimeout::of_word("patience-90"), Some(timeout));
        for word in [
            "90",
            "patience-",
            "patience-0",
            "patience-4000",
            "patience- 9",
            "patience-+9",
        ] {
            assert_eq!(CallTimeout::of_word(word), None, "{word}");
        }
    }

    #[test]
    fn the_elevated_part_is_waited_for_longer_than_it_waits() {
        let timeout = CallTimeout(1);
        assert_eq!(timeout.reading(), Duration::from_secs(1));
        assert!(timeout.deposit() > timeout.reading() * 3);
        assert!(timeout.elevated_part() > timeout.deposit() + timeout.reading() * 3);
    }
}
