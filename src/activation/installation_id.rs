//! The Installation ID: the number that an offline PC shows.

use super::groups::{Diagnosis, diagnose, require_sound};
use super::kind::check_digit;
use super::{NumberError, NumberKind, Tag, fold};
use std::fmt;

/// An Installation ID (IID): 63 or 54 digits with valid check digits in every
/// group.
///
/// `Display` prints the bare digits; `Debug` masks all but the first and last
/// group, so that logs cannot leak it.
///
/// ```
/// use hikyaku::activation::InstallationId;
/// let iid = InstallationId::parse(
///     "4891263 4325701 2289105 5465220 8520533 2958764 1588510 1112713 9061121",
/// ).unwrap();
/// assert_eq!(iid.tag().to_string(), "4421025836");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstallationId(String);

impl InstallationId {
    /// Parses an Installation ID in any notation.
    ///
    /// # Errors
    /// A [`NumberError`] that names the failing groups if it can.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let folded = fold(text)?;
        let guess = NumberKind::guess(&folded);
        let length = folded.digits().len();
        if guess.digits() == length
            && !guess.is_installation_id()
            && diagnose(guess, &folded) == Diagnosis::Sound
        {
            return Err(NumberError::OtherKind {
                wanted: NumberKind::InstallationId63,
                found: guess,
            });
        }
        let kind = match guess {
            NumberKind::InstallationId54 => guess,
            // 58 is 54 + 4 and 63 - 5: from 59 on, 63 is nearer.
            _ if length <= 58 => NumberKind::InstallationId54,
            _ => NumberKind::InstallationId63,
        };
        require_sound(kind, &folded)?;
        Ok(Self(folded.digits().to_owned()))
    }

    /// Builds one from nine groups of six (or five) digits without check
    /// digits; `None` for any other shape.
    pub fn from_payload(groups: &[String]) -> Option<Self> {
        let length = groups.first()?.len();
        let fits = groups.len() == 9
            && (length == 6 || length == 5)
            && groups.iter().all(|group| {
                group.len() == length && group.bytes().all(|byte| byte.is_ascii_digit())
            });
        fits.then(|| Self(with_check_digits(groups)))
    }

    /// The bare ASCII digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Which of the two lengths it has.
    pub fn kind(&self) -> NumberKind {
        if self.0.len() == NumberKind::InstallationId54.digits() {
            NumberKind::InstallationId54
        } else {
            NumberKind::InstallationId63
        }
    }

    /// Its nine groups, in order.
    pub fn groups(&self) -> Vec<&str> {
        split(&self.0, self.kind().group_digits())
    }

    /// The tag by which a reply says which Installation ID it answers.
    pub fn tag(&self) -> Tag {
        Tag::of(&self.0)
    }

    /// Whether it comes from practice mode: its first group is all zeros.
    pub fn is_practice(&self) -> bool {
        is_all_zeros(self.groups().first().copied())
    }

    /// First and last group, with an ellipsis between them: for logs and
    /// records.
    pub fn masked(&self) -> String {
        mask(&self.groups())
    }
}

impl fmt::Display for InstallationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for InstallationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "InstallationId({})", self.masked())
    }
}

pub(super) fn with_check_digits(groups: &[String]) -> String {
    let mut digits = String::with_capacity(63);
    for group in groups {
        digits.push_str(group);
        digits.push(char::from(check_digit(group.as_bytes())));
    }
    digits
}

/// The digits in groups of this length.
pub(crate) fn split(digits: &str, length: usize) -> Vec<&str> {
    (0..digits.len())
        .step_by(length)
        .filter_map(|start| digits.get(start..start + length))
        .collect()
}

pub(super) fn mask(groups: &[&str]) -> String {
    match groups {
        [first, .., last] => format!("{first} … {last}"),
        _ => "…".to_owned(),
    }
}

pub(super) fn is_all_zeros(group: Option<&str>) -> bool {
    group.is_some_and(|group| group.bytes().all(|byte| byte == b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: [&str; 4] = [
        "0332550 9038505 3904665 8241863 4275673 7844895 1813845 4639435 4129604",
        "4891263 4325701 2289105 5465220 8520533 2958764 1588510 1112713 9061121",
        "1898445 3960605 9265855 4518032 6144064 3485915 0183216 0527686 2695924",
        "020650 770493 837252 929082 195773 527024 195725 809211 989214",
    ];

    #[test]
    fn published_installation_ids_are_read_in_any_writing() {
        for text in PUBLISHED {
            let iid = InstallationId::parse(text).unwrap();
            assert_eq!(iid, InstallationId::parse(&text.replace(' ', "")).unwrap());
            assert_eq!(iid, InstallationId::parse(&text.replace(' ', "-")).unwrap());
            assert_eq!(iid.groups().join(" "), text);
            assert!(!iid.is_practice());
        }
    }

    #[test]
    fn a_confirmation_id_is_recognised_as_such() {
        let error = InstallationId::parse("092914273902996432764863869585514303965545262473");
        assert!(matches!(error, Err(NumberError::OtherKind { .. })));
    }

    #[test]
    fn logs_never_show_the_middle() {
        let iid = InstallationId::parse(PUBLISHED[1]).unwrap();
        assert_eq!(format!("{iid:?}"), "InstallationId(4891263 … 9061121)");
    }

    #[test]
    fn payload_of_wrong_shape_makes_nothing() {
        assert!(InstallationId::from_payload(&[]).is_none());
        assert!(InstallationId::from_payload(&vec!["12345x".to_owned(); 9]).is_none());
        assert!(InstallationId::from_payload(&vec!["123456".to_owned(); 8]).is_none());
        assert!(InstallationId::from_payload(&vec!["123456".to_owned(); 9]).is_some());
    }
}
