//! What replies told of Confirmation IDs, for as long as a session lasts: what
//! came with a tag once is no bare number afterwards.

use crate::activation::{Answer, ConfirmationDigits, Fingerprint, Tag};

/// Numbers that came with something behind box H, and the tag that it told.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownReplies(Vec<(Fingerprint, Option<Tag>)>);

impl KnownReplies {
    /// These digits had something behind box H that does not say for whom they
    /// are: no bare number.
    pub(super) fn learn(&mut self, tagged: Option<ConfirmationDigits>) {
        let met = tagged.map(|cid| (Fingerprint::of(&cid), None));
        self.0.extend(met);
    }

    /// The request that an answer is for: a bare number for the one at hand,
    /// unless it is known from a reply. `None`: another one's, nobody knows
    /// whose.
    pub(super) fn tag_for(&mut self, answer: &Answer, at_hand: Option<Tag>) -> Option<Tag> {
        let print = Fingerprint::of(&answer.digits());
        let tag = match answer {
            Answer::Tagged(reply) => Some(reply.tag),
            // The check tells one request from another, and not one out of a
            // hundred: it fits one in 97 by chance.
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

    /// What replies told of this number, if one came: the tag, where one did.
    #[allow(clippy::option_option)] // no reply, one without a tag, one with it
    fn told_tag(&self, print: &Fingerprint) -> Option<Option<Tag>> {
        let told = self.0.iter().filter(|(known, _)| known == print);
        told.map(|(_, tag)| *tag).max()
    }
}
