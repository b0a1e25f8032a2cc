//! An answer that reached the offline PC, and which Installation ID it says it
//! answers.
//!
//! The digits after box H decide. A tag, or the check of a reply, makes it an
//! answer to one Installation ID. Anything else there means it is damaged. Only
//! digits that were seen to end at box H are a bare Confirmation ID.

use super::groups::{refuse_other_kind, require_sound};
use super::{
    ConfirmationDigits, ConfirmationId, FoldedDigits, InstallationId, NumberError, NumberKind, Tag,
    fold,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Digits of a Confirmation ID; box H ends here.
pub(crate) const CID_DIGITS: usize = 48;

/// Whether the check digits of a Confirmation ID must be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// They must: a number that fails them was misread.
    CheckDigits,
    /// A person insists and leaves the verdict to Windows. This applies to a
    /// bare Confirmation ID only: a reply that fails its own check was damaged
    /// on the way.
    Override,
}

/// The last two digits of a reply, 02 to 98: ISO 7064 MOD 97-10 over
/// Confirmation ID and tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReplyCheck(u8);

impl ReplyCheck {
    /// Number of digits.
    pub const DIGITS: usize = 2;

    /// Computes the two digits that, appended to `digits`, make the whole
    /// number 1 modulo 97. Several pairs would do; only the one computed here
    /// is valid, so that a reply has exactly one spelling.
    fn over(digits: impl Iterator<Item = u8>) -> Self {
        let remainder = digits.fold(0, |remainder, digit| {
            (remainder * 10 + u32::from(digit - b'0')) % 97
        });
        Self((98 - remainder * 100 % 97) as u8)
    }

    /// Parses exactly two ASCII digits; `None` for a pair that no reply can
    /// have.
    pub fn parse(digits: &str) -> Option<Self> {
        let fits = digits.len() == Self::DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        let value = fits.then(|| digits.parse().ok()).flatten()?;
        (2..=98).contains(&value).then_some(Self(value))
    }
}

impl fmt::Display for ReplyCheck {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}", self.0)
    }
}

impl TryFrom<String> for ReplyCheck {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a check of two digits")
    }
}

impl From<ReplyCheck> for String {
    fn from(check: ReplyCheck) -> Self {
        check.to_string()
    }
}

/// What comes back from the portal: a Confirmation ID, and the tag of the
/// Installation ID that it answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reply {
    /// The Confirmation ID.
    pub cid: ConfirmationId,
    /// Tag of the Installation ID that it answers.
    pub tag: Tag,
}

impl Reply {
    /// Its two check digits.
    pub fn check(&self) -> ReplyCheck {
        check_of(&self.cid, self.tag)
    }

    /// Parses sixty digits as a reply.
    pub(crate) fn of(folded: &FoldedDigits) -> Result<Self, NumberError> {
        let digits = folded.digits();
        let kind = NumberKind::Reply;
        refuse_other_kind(kind, folded)?;
        require_sound(kind, folded)?;
        let (cid, behind) = digits.split_at(CID_DIGITS);
        let (tag, check) = behind.split_at(Tag::DIGITS);
        let reply = Self {
            cid: ConfirmationId::parse(cid)?,
            tag: Tag::parse(tag).ok_or(NumberError::WrongReplyCheck)?,
        };
        if ReplyCheck::parse(check) == Some(reply.check()) {
            Ok(reply)
        } else {
            Err(NumberError::WrongReplyCheck)
        }
    }
}

fn check_of(cid: &ConfirmationId, tag: Tag) -> ReplyCheck {
    ReplyCheck::over(cid.digits().bytes().chain(tag.to_string().bytes()))
}

/// A reply as a person types it: the Confirmation ID and the reply's check,
/// without the tag. Whoever knows the tag can tell with a certainty of 96 in 97
/// whether this reply answers it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TypedReply {
    /// The Confirmation ID.
    pub cid: ConfirmationId,
    /// The check of the whole reply.
    pub check: ReplyCheck,
}

impl TypedReply {
    /// Whether it can answer the Installation ID with this tag.
    pub fn fits(&self, tag: Tag) -> bool {
        check_of(&self.cid, tag) == self.check
    }

    /// Parses fifty digits as a typed reply.
    pub(crate) fn of(folded: &FoldedDigits) -> Result<Self, NumberError> {
        let kind = NumberKind::TypedReply;
        require_sound(kind, folded)?;
        let (cid, check) = folded.digits().split_at(CID_DIGITS);
        Ok(Self {
            cid: ConfirmationId::parse(cid)?,
            check: ReplyCheck::parse(check).ok_or(NumberError::WrongReplyCheck)?,
        })
    }
}

/// Forty-eight digits that are known to have nothing after them.
///
/// [`Self::seen_whole`] is the only constructor: digits after box H make a
/// reply or nothing, never a bare Confirmation ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BareConfirmation(ConfirmationDigits);

impl BareConfirmation {
    /// Takes everything that was typed, read or pasted; it must end at box H.
    ///
    /// # Errors
    /// [`NumberError`] if it does not, or if a box fails and nobody insists.
    pub fn seen_whole(folded: &FoldedDigits, trust: Trust) -> Result<Self, NumberError> {
        let text = folded.to_text();
        let ends_at_h = folded.behind().is_none() && folded.digits().len() == CID_DIGITS;
        if ends_at_h && trust == Trust::Override {
            return ConfirmationDigits::despite_check_digits(&text).map(Self);
        }
        ConfirmationId::parse(&text).map(|cid| Self(cid.into()))
    }

    /// The digits.
    pub fn digits(&self) -> &ConfirmationDigits {
        &self.0
    }
}

/// An answer that reached the offline PC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A reply with its tag.
    Tagged(Reply),
    /// A typed reply: it has the check but not the tag.
    Typed(TypedReply),
    /// Only a Confirmation ID, typed or from another tool.
    Bare(BareConfirmation),
}

impl Answer {
    /// Parses the whole text that reached the offline PC, in whatever notation.
    ///
    /// Digits after box H make it a reply or nothing. A damaged reply never
    /// passes for the Confirmation ID inside it, whatever the trust.
    ///
    /// # Errors
    /// A [`NumberError`]; it describes a reply if the length is nearer to that
    /// of a reply.
    pub fn read(text: &str, trust: Trust) -> Result<Self, NumberError> {
        let folded = fold(text)?;
        let digits = folded.digits();
        if let Some(boxes) = folded.behind() {
            return Self::with_mark(&folded, boxes);
        }
        match digits.len() {
            CID_DIGITS => return BareConfirmation::seen_whole(&folded, trust).map(Self::Bare),
            50 if !has_full_boxes(&folded) => {
                return TypedReply::of(&folded).map(Self::Typed);
            }
            _ => {}
        }
        if let Ok(iid) = InstallationId::parse(text) {
            return Err(NumberError::OtherKind {
                wanted: NumberKind::ConfirmationId,
                found: iid.kind(),
            });
        }
        let whole = NumberKind::Reply.digits();
        let nearer_to_a_reply = digits.len() > usize::midpoint(CID_DIGITS, whole);
        let typed_in_boxes = folded.runs().len() == NumberKind::ConfirmationId.groups();
        if digits.len() == whole || nearer_to_a_reply && !typed_in_boxes {
            return Reply::of(&folded).map(Self::Tagged);
        }
        BareConfirmation::seen_whole(&folded, Trust::CheckDigits).map(Self::Bare)
    }

    /// Parses digits with a mark that introduces those after box H: the tag
    /// with or without the check, or the check alone.
    fn with_mark(folded: &FoldedDigits, boxes: usize) -> Result<Self, NumberError> {
        let (cid, behind) = folded.digits().split_at(boxes);
        if boxes != CID_DIGITS {
            let kind = NumberKind::ConfirmationId;
            return Err(match ConfirmationId::parse(&before_mark(folded)) {
                Err(error) => error,
                Ok(_) => NumberError::WrongLength {
                    kind,
                    expected: CID_DIGITS,
                    found: boxes,
                    suspects: Vec::new(),
                },
            });
        }
        match behind.len() {
            Tag::DIGITS => Ok(Self::Tagged(Reply {
                cid: ConfirmationId::parse(cid)?,
                tag: Tag::parse(behind).ok_or(NumberError::WrongReplyCheck)?,
            })),
            ReplyCheck::DIGITS => TypedReply::of(folded).map(Self::Typed),
            _ => Reply::of(folded).map(Self::Tagged),
        }
    }

    /// The digits to deposit.
    pub fn digits(&self) -> ConfirmationDigits {
        match self {
            Self::Tagged(reply) => reply.cid.clone().into(),
            Self::Typed(typed) => typed.cid.clone().into(),
            Self::Bare(bare) => bare.digits().clone(),
        }
    }

    /// Tag of the Installation ID that it answers, if it has one.
    pub fn tag(&self) -> Option<Tag> {
        match self {
            Self::Tagged(reply) => Some(reply.tag),
            Self::Typed(_) | Self::Bare(_) => None,
        }
    }
}

/// The text before the mark, grouped as the person grouped it.
fn before_mark(folded: &FoldedDigits) -> String {
    let text = folded.to_text();
    text.split('#').next().unwrap_or_default().to_owned()
}

/// Whether there are eight boxes of which some hold too many digits: the extra
/// digits are typing slips, not digits after box H.
fn has_full_boxes(folded: &FoldedDigits) -> bool {
    let boxes = NumberKind::ConfirmationId;
    match folded.runs() {
        // Box H and the check, written without a separator.
        [before @ .., _] if before.iter().all(|&run| run == boxes.group_digits()) => false,
        runs => runs.len() == boxes.groups() && runs.iter().all(|run| (4..=8).contains(run)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::{Defect, practice_confirmation_id, practice_installation_id};

    const CID: &str = "092914 273902 996432 764863 869585 514303 965545 262473";

    fn read(text: &str) -> Result<Answer, NumberError> {
        Answer::read(text, Trust::CheckDigits)
    }

    #[test]
    fn what_stands_behind_box_h_makes_it_a_reply_or_nothing() {
        let tag = "4421025836";
        for behind in 0..=15 {
            let digits = "44210258363912345";
            for text in [
                format!("{CID} {}", &digits[..behind]),
                format!("{}{}", CID.replace(' ', ""), &digits[..behind]),
            ] {
                let answer = read(&text);
                let insisted = Answer::read(&text, Trust::Override);
                match behind {
                    0 => assert!(matches!(answer, Ok(Answer::Bare(_))), "{text}"),
                    // 44 is not its check, but nobody can tell that here.
                    2 => assert!(matches!(answer, Ok(Answer::Typed(_))), "{text}"),
                    12 => assert!(matches!(answer, Ok(Answer::Tagged(_))), "{text}"),
                    _ => {
                        assert!(answer.is_err(), "{text}");
                        assert!(insisted.is_err(), "{text}");
                    }
                }
            }
        }
        let marked = read(&format!("{CID} # {tag}")).unwrap();
        assert_eq!(marked.tag(), Tag::parse(tag));
        assert_eq!(read(&format!("{CID} # {tag} 39")), Ok(marked));
        assert!(matches!(
            read(&format!("{CID} 照合 39")),
            Ok(Answer::Typed(_))
        ));
        for wrong in [
            format!("{CID} # 442102583"),
            format!("{CID} # {tag} 38"),
            format!("{} # {tag}", &CID[..54]),
            format!("{} # {}", &CID[..53], "73"),
            format!("{CID} # 1"),
        ] {
            for trust in [Trust::CheckDigits, Trust::Override] {
                assert!(Answer::read(&wrong, trust).is_err(), "{wrong}");
            }
        }
    }

    #[test]
    fn a_typed_reply_fits_the_tag_that_its_check_was_made_over() {
        let mut chance = 0;
        for seed in 0..970 {
            let iid = practice_installation_id(&seed.to_string());
            let reply = Reply {
                cid: practice_confirmation_id(&iid),
                tag: iid.tag(),
            };
            let text = format!("{}{}", reply.cid.digits(), reply.check());
            let Ok(Answer::Typed(typed)) = read(&text) else {
                panic!("{text}");
            };
            assert!(typed.fits(iid.tag()));
            let other = practice_installation_id(&format!("other {seed}"));
            chance += usize::from(typed.fits(other.tag()));
        }
        assert!(chance < 30, "1 in 97, and not {chance} in 970");
    }

    #[test]
    fn two_digits_too_many_in_boxes_are_a_slip_and_no_check() {
        let slip = CID.replace("273902", "27739022");
        let error = read(&slip).unwrap_err();
        assert_eq!(error.faults().len(), 1, "{error:?}");
        assert_eq!(error.faults()[0].label, "B");
        assert_eq!(error.faults()[0].defect, Defect::Extra(2));
        assert!(matches!(read(&format!("{CID}39")), Ok(Answer::Typed(_))));
        // Runs of ten or five digits are not boxes with extra digits.
        let digits = format!("{}39", CID.replace(' ', ""));
        for length in [5, 7, 10] {
            let groups: Vec<_> = digits.as_bytes().chunks(length).collect();
            let text = String::from_utf8(groups.join(&b' ')).unwrap();
            assert!(matches!(read(&text), Ok(Answer::Typed(_))), "{text}");
        }
    }

    #[test]
    fn a_check_is_two_digits_that_the_rule_can_give() {
        for text in ["02", "39", "98"] {
            let check = ReplyCheck::parse(text).unwrap();
            assert_eq!(String::from(check), text);
            assert_eq!(ReplyCheck::try_from(text.to_owned()), Ok(check));
        }
        for text in ["", "2", "+2", "039", "00", "01", "99"] {
            assert_eq!(ReplyCheck::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_length_that_fits_nothing_is_told_by_what_is_nearer() {
        let meant = |text: &str| match read(text).unwrap_err() {
            NumberError::WrongLength { kind, .. } | NumberError::WrongGroups { kind, .. } => kind,
            error => panic!("{text}: {error:?}"),
        };
        let (cid, reply) = (NumberKind::ConfirmationId, NumberKind::Reply);
        for length in 40..=70 {
            if ![48, 50].contains(&length) {
                let kind = if length > 54 { reply } else { cid };
                assert_eq!(meant(&"1".repeat(length)), kind, "{length}");
            }
        }
        // Eight boxes with a slip in each are still boxes.
        assert_eq!(meant(&["1234567"; 8].join(" ")), cid);
    }

    #[test]
    fn before_the_mark_a_box_with_a_slip_is_named() {
        for (typed, defect) in [("27390", Defect::Missing(1)), ("2739022", Defect::Extra(1))] {
            let text = format!("{} # 4421025836", CID.replace("273902", typed));
            let error = read(&text).unwrap_err();
            let [fault] = error.faults() else {
                panic!("{text}: {error:?}")
            };
            assert_eq!((fault.label.as_str(), fault.defect), ("B", defect));
        }
    }

    #[test]
    fn only_what_was_seen_to_end_at_box_h_is_bare() {
        let whole = fold(&format!("{CID} # 39")).unwrap();
        for trust in [Trust::CheckDigits, Trust::Override] {
            assert!(BareConfirmation::seen_whole(&whole, trust).is_err());
            assert!(
                BareConfirmation::seen_whole(&fold(&format!("{CID}3")).unwrap(), trust).is_err()
            );
            // Forty-eight digits in all, but the last two of them come after
            // the mark.
            let short = fold(&format!("{} # 73", &CID[..53])).unwrap();
            assert!(BareConfirmation::seen_whole(&short, trust).is_err());
        }
    }
}
