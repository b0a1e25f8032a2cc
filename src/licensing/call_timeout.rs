//! How long to wait for the licensing service.

use std::time::Duration;

/// Default seconds for a read. The licensing service starts on demand, which
/// takes long on a slow PC.
const DEFAULT_SECONDS: u64 = 45;

/// A deposit may take this many times as long as a read.
const DEPOSIT_FACTOR: u32 = 4;

/// Prefix of the argument that passes the timeout to the elevated process.
const PREFIX: &str = "patience-";

/// How long one call to the licence store may take: 1 second to 1 hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CallTimeout(u64);

impl CallTimeout {
    /// The timeout that a person set, in seconds; the default if the value is
    /// missing or out of range.
    pub(super) fn set_to(value: Option<&str>) -> Self {
        value
            .and_then(Self::of_seconds)
            .unwrap_or(Self(DEFAULT_SECONDS))
    }

    fn of_seconds(text: &str) -> Option<Self> {
        let seconds = text.trim().parse().ok()?;
        (1..=3600).contains(&seconds).then_some(Self(seconds))
    }

    /// The timeout as a command-line argument of letters, digits and a hyphen.
    /// An argument, because the elevated process does not inherit the
    /// environment of the process that starts it.
    pub(super) fn word(self) -> String {
        format!("{PREFIX}{}", self.0)
    }

    /// Parses what [`Self::word`] writes.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        let digits = word.strip_prefix(PREFIX)?;
        let bare = digits.bytes().all(|byte| byte.is_ascii_digit());
        bare.then(|| Self::of_seconds(digits)).flatten()
    }

    /// Limit for a read.
    pub(super) fn reading(self) -> Duration {
        Duration::from_secs(self.0)
    }

    /// Limit for a deposit.
    pub(super) fn deposit(self) -> Duration {
        self.reading() * DEPOSIT_FACTOR
    }

    /// Limit for the elevated process, which reads, deposits, refreshes and reads
    /// again.
    pub(super) fn elevated_part(self) -> Duration {
        self.deposit() + self.reading() * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_range_is_the_default() {
        for value in [
            None,
            Some(""),
            Some("0"),
            Some("3601"),
            Some("-5"),
            Some("long"),
        ] {
            assert_eq!(
                CallTimeout::set_to(value),
                CallTimeout(DEFAULT_SECONDS),
                "{value:?}"
            );
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
