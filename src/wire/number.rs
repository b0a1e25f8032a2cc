//! Numbers as text: bare digits whose count tells what they are.

use crate::activation::{
    Answer, ConfirmationId, InstallationId, NumberError, NumberKind, Reply, TypedReply, fold,
};

pub use crate::activation::Trust;

/// A number of the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// 63 or 54 digits.
    InstallationId(InstallationId),
    /// 48 digits.
    ConfirmationId(ConfirmationId),
    /// 60 digits.
    Reply(Reply),
    /// 50 digits.
    TypedReply(TypedReply),
}

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
    format!("{}{}{}", reply.cid.digits(), reply.tag, reply.check())
}

/// Writes a typed reply: Confirmation ID, and the check of the whole reply.
///
/// ```
/// use hikyaku::activation::{ConfirmationId, Reply, Tag};
/// let reply = Reply {
///     cid: ConfirmationId::parse("092914273902996432764863869585514303965545262473").unwrap(),
///     tag: Tag::parse("4421025836").unwrap(),
/// };
/// assert_eq!(
///     hikyaku::wire::typed_reply_to_digits(&reply),
///     "09291427390299643276486386958551430396554526247339"
/// );
/// ```
pub fn typed_reply_to_digits(reply: &Reply) -> String {
    format!("{}{}", reply.cid.digits(), reply.check())
}

/// Parses a reply in any notation.
///
/// # Errors
/// A [`NumberError`]. Failing boxes are named A to H; the check of the whole
/// reply is reported only if all boxes are valid.
pub fn parse_reply(text: &str) -> Result<Reply, NumberError> {
    let folded = fold(text)?;
    if folded.behind().is_some()
        && let Answer::Tagged(reply) = Answer::read(text, Trust::CheckDigits)?
    {
        return Ok(reply);
    }
    Reply::of(&folded)
}

/// Parses a number of any kind, in any notation.
///
/// # Errors
/// A [`NumberError`] for the kind that was most likely meant.
pub fn parse_number(text: &str) -> Result<Number, NumberError> {
    let folded = fold(text)?;
    if folded.behind().is_some() {
        return match Answer::read(text, Trust::CheckDigits)? {
            Answer::Tagged(reply) => Ok(Number::Reply(reply)),
            Answer::Typed(typed) => Ok(Number::TypedReply(typed)),
            Answer::Bare(_) => ConfirmationId::parse(text).map(Number::ConfirmationId),
        };
    }
    match NumberKind::guess(&folded) {
        NumberKind::InstallationId63 | NumberKind::InstallationId54 => {
            InstallationId::parse(text).map(Number::InstallationId)
        }
        NumberKind::ConfirmationId => ConfirmationId::parse(text).map(Number::ConfirmationId),
        NumberKind::Reply => Reply::of(&folded).map(Number::Reply),
        NumberKind::TypedReply => match Answer::read(text, Trust::CheckDigits)? {
            Answer::Typed(typed) => Ok(Number::TypedReply(typed)),
            _ => Err(NumberError::WrongReplyCheck),
        },
    }
}

/// Parses an answer that reached the offline PC: a reply, a typed reply, or a
/// bare Confirmation ID; see [`Answer::read`].
///
/// # Errors
/// A [`NumberError`]; it describes a reply if the length is nearer to that of a
/// reply.
pub fn parse_answer(text: &str, trust: Trust) -> Result<Answer, NumberError> {
    Answer::read(text, trust)
}

#[cfg(test)]
pub(super) mod tests;
