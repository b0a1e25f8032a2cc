//! The Confirmation ID: the number that activates a product.

use super::groups::{refuse_other_kind, require_sound};
use super::installation_id::{is_all_zeros, mask, split, with_check_digits};
use super::{NumberError, NumberKind, fold};
use std::fmt;

/// A Confirmation ID (CID): 48 digits in boxes A to H, each with a valid check
/// digit.
///
/// `Display` prints the bare digits; `Debug` masks all but the first and last
/// group.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ConfirmationId(String);

impl ConfirmationId {
    /// Reads a Confirmation ID from any writing of it.
    ///
    /// # Errors
    /// A [`NumberError`] that names the boxes that fail, where it can.
    ///
    /// ```
    /// use hikyaku::activation::ConfirmationId;
    /// let typed = "092914 273902 996432 764863 869585 514303 965545 26247";
    /// let error = ConfirmationId::parse(typed).unwrap_err();
    /// assert_eq!(error.faults()[0].label, "H");
    /// ```
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let folded = fold(text)?;
        let kind = NumberKind::ConfirmationId;
        if folded.behind().is_some() {
            return Err(NumberError::OtherKind {
                wanted: kind,
                found: NumberKind::Reply,
            });
        }
        refuse_other_kind(kind, &folded)?;
        require_sound(kind, &folded)?;
        Ok(Self(folded.digits().to_owned()))
    }

    /// Builds one from eight groups of five digits without check digits; `None`
    /// for any other shape.
    pub fn from_payload(groups: &[String]) -> Option<Self> {
        let fits = groups.len() == 8
            && groups
                .iter()
                .all(|group| group.len() == 5 && group.bytes().all(|byte| byte.is_ascii_digit()));
        fits.then(|| Self(with_check_digits(groups)))
    }

    /// The bare ASCII digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Its eight groups, A to H.
    pub fn groups(&self) -> Vec<&str> {
        split(&self.0, NumberKind::ConfirmationId.group_digits())
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

impl fmt::Display for ConfirmationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for ConfirmationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ConfirmationId({})", self.masked())
    }
}

/// Forty-eight digits to hand to the licence store.
///
/// They come from a [`ConfirmationId`], or from a person who explicitly leaves
/// the check digits to Windows: the rule for them is derived from published
/// numbers, not from a specification.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfirmationDigits(String);

impl ConfirmationDigits {
    /// Takes 48 digits as they are, without testing their check digits.
    ///
    /// # Errors
    /// [`NumberError`] if they are not 48 digits.
    pub fn despite_check_digits(text: &str) -> Result<Self, NumberError> {
        let folded = fold(text)?;
        let kind = NumberKind::ConfirmationId;
        if folded.digits().len() == kind.digits() {
            return Ok(Self(folded.digits().to_owned()));
        }
        // The strict parser locates the slip best.
        Err(match ConfirmationId::parse(text) {
            Err(error) => error,
            Ok(_) => NumberError::Empty,
        })
    }

    /// The bare ASCII digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Its eight groups, A to H.
    pub fn groups(&self) -> Vec<&str> {
        split(&self.0, NumberKind::ConfirmationId.group_digits())
    }

    /// The Confirmation ID, if every check digit is right.
    pub fn checked(&self) -> Option<ConfirmationId> {
        ConfirmationId::parse(&self.0).ok()
    }

    /// First and last group, with an ellipsis between them: for logs and
    /// records.
    pub fn masked(&self) -> String {
        mask(&self.groups())
    }

    /// Whether it comes from practice mode: its first group is all zeros.
    pub fn is_practice(&self) -> bool {
        is_all_zeros(self.0.get(..NumberKind::ConfirmationId.group_digits()))
    }
}

impl From<ConfirmationId> for ConfirmationDigits {
    fn from(cid: ConfirmationId) -> Self {
        Self(cid.0)
    }
}

impl fmt::Debug for ConfirmationDigits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ConfirmationDigits({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = "092914 273902 996432 764863 869585 514303 965545 262473";

    #[test]
    fn the_published_confirmation_id_is_read() {
        let cid = ConfirmationId::parse(PUBLISHED).unwrap();
        assert_eq!(cid.groups().join(" "), PUBLISHED);
        assert!(!cid.is_practice());
    }

    #[test]
    fn a_wrong_box_is_refused_unless_insisted_upon() {
        let wrong = PUBLISHED.replace("764863", "764864");
        let error = ConfirmationId::parse(&wrong).unwrap_err();
        assert_eq!(error.faults()[0].label, "D");
        let digits = ConfirmationDigits::despite_check_digits(&wrong).unwrap();
        assert!(digits.checked().is_none());
        assert!(digits.digits().contains("764864"));
    }

    #[test]
    fn insisting_does_not_excuse_a_missing_digit() {
        let short = &PUBLISHED[..PUBLISHED.len() - 1];
        assert!(ConfirmationDigits::despite_check_digits(short).is_err());
    }

    #[test]
    fn logs_tell_its_first_and_last_group_only() {
        let cid = ConfirmationId::parse(PUBLISHED).unwrap();
        let digits = ConfirmationDigits::from(cid.clone());
        assert_eq!(cid.masked(), digits.masked());
        for told in [
            cid.masked(),
            digits.masked(),
            format!("{cid:?}"),
            format!("{digits:?}"),
        ] {
            let groups: Vec<&str> = PUBLISHED.split(' ').collect();
            for (place, group) in groups.into_iter().enumerate() {
                assert_eq!(told.contains(group), [0, 7].contains(&place), "{told}");
            }
        }
    }

    #[test]
    fn it_is_built_from_eight_groups_of_five_digits_only() {
        let groups = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let free = "09291 27390 99643 76486 86958 51430 96554 26247";
        let cid = ConfirmationId::from_payload(&groups(free)).unwrap();
        assert_eq!(cid.groups().join(" "), PUBLISHED);
        for wrong in [
            &free[6..],
            &format!("{free} 12345"),
            &free.replace("99643", "9964"),
            &free.replace("99643", "996432"),
            &free.replace("99643", "9964x"),
        ] {
            assert_eq!(
                ConfirmationId::from_payload(&groups(wrong)),
                None,
                "{wrong}"
            );
        }
    }

    #[test]
    fn practice_shows_whoever_insists() {
        let digits = |text: &str| ConfirmationDigits::despite_check_digits(text).unwrap();
        assert!(!digits(PUBLISHED).is_practice());
        assert_eq!(
            digits(PUBLISHED).checked(),
            ConfirmationId::parse(PUBLISHED).ok()
        );
        assert!(digits(&PUBLISHED.replace("092914", "000000")).is_practice());
    }

    #[test]
    fn an_installation_id_is_recognised_as_such() {
        let iid = "020650770493837252929082195773527024195725809211989214";
        assert!(matches!(
            ConfirmationId::parse(iid),
            Err(NumberError::OtherKind { .. })
        ));
    }
}
