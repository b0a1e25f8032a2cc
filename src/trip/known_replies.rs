//! What replies said about Confirmation IDs during a session: one that came
//! with a tag once is never a bare number afterwards.

use crate::activation::{Answer, ConfirmationDigits, Fingerprint, Tag};

/// Numbers that came with digits after box H, and the tag if there was one.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownReplies(Vec<(Fingerprint, Option<Tag>)>);

impl KnownReplies {
    /// Remembers that these digits were followed by something that does not say
    /// which request they answer: they are not a bare number.
    pub(super) fn learn(&mut self, tagged: Option<ConfirmationDigits>) {
        let met = tagged.map(|cid| (Fingerprint::of(&cid), None));
        self.0.extend(met);
    }

    /// The request that an answer is for: a bare number is for the current one,
    /// unless a reply has shown otherwise. `None` if it answers another,
    /// unknown request.
    pub(super) fn tag_for(&mut self, answer: &Answer, at_hand: Option<Tag>) -> Option<Tag> {
        let print = Fingerprint::of(&answer.digits());
        let tag = match answer {
            Answer::Tagged(reply) => Some(reply.tag),
            // The check can tell two requests apart but cannot pick one of a
            // hundred: it matches one in 97 by chance.
            Answer::Typed(typed) => self
                .told_tag(&print)
                .flatten()
                .or_else(|| at_hand.filter(|&tag| typed.fits(tag))),
            Answer::Bare(_) => self.told_tag(&print).unwrap_or(at_hand),
        };
        if !matches!(answer, Answer::Bare(_)) {
            self.0.push((print, answer.tag()));
        }
        tag
    }

    /// What replies said about this number, if there was one: the tag, if it
    /// had one.
    #[allow(clippy::option_option)] // no reply, one without a tag, one with it
    fn told_tag(&self, print: &Fingerprint) -> Option<Option<Tag>> {
        let told = self.0.iter().filter(|(known, _)| known == print);
        told.map(|(_, tag)| *tag).max()
    }
}
