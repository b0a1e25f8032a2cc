//! Numbers as text: bare digits, whose length says what they are.

use crate::activation::{
    Answer, ConfirmationDigits, ConfirmationId, Diagnosis, FoldedDigits, InstallationId,
    NumberError, NumberKind, Reply, Tag, diagnose, fold,
};

/// A number of the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// 63 or 54 digits.
    InstallationId(InstallationId),
    /// 48 digits.
    ConfirmationId(ConfirmationId),
    /// 60 digits.
    Reply(Reply),
}

/// Whether a Confirmation ID must hold its check digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Yes: a number that fails is a misread.
    CheckDigits,
    /// A person insists: Windows shall judge the 48 digits. Only for a bare
    /// Confirmation ID; a reply has no such excuse, since its own check says
    /// that it was damaged on the way.
    Override,
}

const CID_DIGITS: usize = 48;
const CHECKED_DIGITS: usize = CID_DIGITS + Tag::DIGITS;

/// Writes a reply: Confirmation ID, tag, check.
///
/// ```
/// use hikyaku::activation::{ConfirmationId, Reply, Tag};
/// let reply = Reply {
///     cid: ConfirmationId::parse("092914273902996432764863869585514303965545262473").unwrap(),
///     tag: Tag::parse("4421025836").unwrap(),
/// };
/// assert_eq!(
///     hikyaku::wire::reply_to_digits(&reply),
///     "092914273902996432764863869585514303965545262473442102583639"
/// );
/// ```
pub fn reply_to_digits(reply: &Reply) -> String {
    let checked = format!("{}{}", reply.cid.digits(), reply.tag);
    let check = mod_97_10(&checked);
    format!("{checked}{check:02}")
}

/// Reads a reply, however its digits are written.
///
/// # Errors
/// A [`NumberError`]; boxes that fail are named A to H, and only where all of
/// them hold is the check of the whole reply what fails.
pub fn parse_reply(text: &str) -> Result<Reply, NumberError> {
    reply_of(&fold(text)?)
}

/// Reads a number of any kind, however its digits are written.
///
/// # Errors
/// A [`NumberError`] for the kind that was most likely meant.
pub fn parse_number(text: &str) -> Result<Number, NumberError> {
    let folded = fold(text)?;
    match NumberKind::guess(&folded) {
        NumberKind::InstallationId63 | NumberKind::InstallationId54 => {
            InstallationId::parse(text).map(Number::InstallationId)
        }
        NumberKind::ConfirmationId => ConfirmationId::parse(text).map(Number::ConfirmationId),
        NumberKind::Reply => reply_of(&folded).map(Number::Reply),
    }
}

/// Reads what reached the offline PC: a reply, or a bare Confirmation ID.
///
/// Sixty digits are a reply or nothing: a damaged reply is never taken for the
/// Confirmation ID in it, whatever the trust.
///
/// # Errors
/// A [`NumberError`], for a reply where the length is nearer to that.
pub fn parse_answer(text: &str, trust: Trust) -> Result<Answer, NumberError> {
    let folded = fold(text)?;
    let length = folded.digits().len();
    if length == CID_DIGITS {
        return match trust {
            Trust::CheckDigits => ConfirmationId::parse(text).map(ConfirmationDigits::from),
            Trust::Override => ConfirmationDigits::despite_check_digits(text),
        }
        .map(Answer::Bare);
    }
    if let Ok(iid) = InstallationId::parse(text) {
        return Err(NumberError::OtherKind {
            wanted: NumberKind::ConfirmationId,
            found: iid.kind(),
        });
    }
    let nearer_to_a_reply = length > usize::midpoint(CID_DIGITS, NumberKind::Reply.digits());
    let typed_in_boxes = folded.runs().len() == NumberKind::ConfirmationId.groups();
    if length == NumberKind::Reply.digits() || nearer_to_a_reply && !typed_in_boxes {
        return reply_of(&folded).map(Answer::Tagged);
    }
    ConfirmationId::parse(text).map(|cid| Answer::Bare(cid.into()))
}

fn reply_of(folded: &FoldedDigits) -> Result<Reply, NumberError> {
    let digits = folded.digits();
    let kind = NumberKind::Reply;
    if let Some(found) = NumberKind::of_length(digits.len())
        && found != kind
        && diagnose(found, folded) == Diagnosis::Sound
    {
        return Err(NumberError::OtherKind {
            wanted: kind,
            found,
        });
    }
    match diagnose(kind, folded) {
        Diagnosis::Sound => {}
        Diagnosis::Faults(faults) => return Err(NumberError::WrongGroups { kind, faults }),
        Diagnosis::WrongLength { suspects } => {
            return Err(NumberError::WrongLength {
                kind,
                expected: kind.digits(),
                found: digits.len(),
                suspects,
            });
        }
    }
    let (checked, check) = digits.split_at(CHECKED_DIGITS);
    let (cid, tag) = checked.split_at(CID_DIGITS);
    // Of the pairs of digits that make the number 1 modulo 97, only the one
    // that the rule computes: a reply has one writing.
    if check != format!("{:02}", mod_97_10(checked)) {
        return Err(NumberError::WrongReplyCheck);
    }
    Ok(Reply {
        cid: ConfirmationId::parse(cid)?,
        tag: Tag::parse(tag).ok_or(NumberError::WrongReplyCheck)?,
    })
}

/// ISO 7064 MOD 97-10: the two digits, 02 to 98, that make the number 1 modulo
/// 97 when they follow it.
fn mod_97_10(digits: &str) -> u32 {
    let remainder = digits.bytes().fold(0, |remainder, digit| {
        (remainder * 10 + u32::from(digit - b'0')) % 97
    });
    98 - remainder * 100 % 97
}

#[cfg(test)]
#[path = "number_tests.rs"]
pub(super) mod tests;
