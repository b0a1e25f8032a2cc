//! Which PC and product does a reply answer? The rule that keeps a Confirmation
//! ID away from the wrong PC.

pub use super::verdict::{RefusalReason, Verdict};

use super::{
    ActivationId, Answer, Fingerprint, KnownAnswer, Label, PcIdentity, Product, ReplyCheck,
    Standing, Tag, TypedReply,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a PC remembers about a request that it showed.
///
/// The memory may be on a USB stick that several PCs use, so each record names
/// its PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownRequest {
    /// The PC that showed it.
    pub pc: PcIdentity,
    /// The product it was for.
    pub activation_id: ActivationId,
    /// Name of that product.
    pub name: Label,
    /// Tag of the Installation ID that was shown.
    pub tag: Tag,
    /// When it was shown.
    pub at: DateTime<Utc>,
}

/// The state of this PC at this moment.
#[derive(Debug, Clone, Copy)]
pub struct ThisPc<'a> {
    /// Which PC it is.
    pub pc: &'a PcIdentity,
    /// The rows of its licence store, read just now.
    pub products: &'a [Product],
    /// The rows that the person saw when they began to answer: a bare number is
    /// meant for what was pending then. Empty if nobody saw any.
    pub seen: &'a [Product],
    /// Requests that were shown before.
    pub shown: &'a [ShownRequest],
    /// Confirmation IDs that were met before.
    pub known: &'a [KnownAnswer],
}

/// Decides what to do with an answer; `chosen` is the product that a person
/// picked, if any.
///
/// An answer with a tag is deposited only if the *current* Installation ID of a
/// pending product has that tag. A bare number that was met before counts as
/// the tagged answer it was then.
pub fn decide(answer: &Answer, chosen: Option<ActivationId>, here: ThisPc<'_>) -> Verdict {
    let told = || {
        let print = Fingerprint::of(&answer.digits());
        let met = here.known.iter().rev().filter(move |it| it.cid == print);
        // A tag says more than a check, and a check more than nothing.
        met.max_by_key(|it| (it.tag.is_some(), it.check.is_some(), it.at))
    };
    match answer {
        Answer::Tagged(reply) => decide_tagged(reply.tag, chosen, here),
        Answer::Typed(typed) => match told() {
            Some(KnownAnswer { tag: Some(tag), .. }) => decide_tagged(*tag, chosen, here),
            _ => decide_typed(|tag| typed.fits(tag), chosen, here),
        },
        Answer::Bare(bare) => match told() {
            None => decide_bare(chosen, here),
            Some(KnownAnswer {
                tag: Some(tag), pc, ..
            }) => known(decide_tagged(*tag, chosen, here), pc.as_ref()),
            Some(KnownAnswer {
                check: Some(check),
                pc: Some(pc),
                ..
            }) if pc.is_same_machine(here.pc) => {
                let fits = |tag| fits(bare.digits().checked(), *check, tag);
                known(decide_typed(fits, chosen, here), Some(pc))
            }
            // The check did not match here but may match something else by
            // chance. The number may be typed again, with the check.
            Some(KnownAnswer {
                check: Some(_), pc, ..
            }) => Verdict::Known(RefusalReason::OtherPc(pc.clone())),
            Some(_) => Verdict::Known(RefusalReason::Damaged),
        },
    }
}

/// Splits the answers in one picture into those to take and those to leave. A
/// bare number is taken only from a single picture that a person `named`, and
/// only if the picture holds nothing else.
pub fn sort_picture_answers(answers: Vec<Answer>, named: bool) -> (Vec<Answer>, Vec<Answer>) {
    let mut different: Vec<Answer> = Vec::new();
    for answer in answers {
        if !different.contains(&answer) {
            different.push(answer);
        }
    }
    let (bare, mut taken): (Vec<Answer>, Vec<Answer>) = different
        .into_iter()
        .partition(|answer| matches!(answer, Answer::Bare(_)));
    // The digits of a reply, shown again without the reply.
    let told = |bare: &Answer| taken.iter().any(|it| it.digits() == bare.digits());
    let mut bare: Vec<Answer> = bare.into_iter().filter(|bare| !told(bare)).collect();
    if named && taken.is_empty() && bare.len() == 1 {
        taken.append(&mut bare);
    }
    (taken, bare)
}

fn fits(cid: Option<super::ConfirmationId>, check: ReplyCheck, tag: Tag) -> bool {
    cid.is_some_and(|cid| TypedReply { cid, check }.fits(tag))
}

/// Adapts a verdict to a bare number that was recognised.
fn known(verdict: Verdict, owner: Option<&PcIdentity>) -> Verdict {
    match verdict {
        Verdict::OtherPc(pc) => {
            Verdict::Known(RefusalReason::OtherPc(pc.or_else(|| owner.cloned())))
        }
        Verdict::OtherProduct(product) => Verdict::Known(RefusalReason::OtherProduct(product)),
        Verdict::Changed(name) => Verdict::Known(RefusalReason::Changed(name)),
        other => other,
    }
}

fn decide_tagged(tag: Tag, chosen: Option<ActivationId>, here: ThisPc<'_>) -> Verdict {
    let answered: Vec<&Product> = here
        .products
        .iter()
        .filter(|product| product.tag() == Some(tag))
        .collect();
    // Two rows may have the same Installation ID (the store can list a product
    // twice). Prefer the chosen one, then one that is pending.
    let best = answered
        .iter()
        .find(|product| chosen == Some(product.activation_id))
        .or_else(|| answered.iter().find(|product| product.is_pending()))
        .or_else(|| answered.first());
    if let Some(&product) = best {
        return answers(product, chosen);
    }
    let remembered = || here.shown.iter().rev().filter(|shown| shown.tag == tag);
    if let Some(shown) = remembered().find(|shown| shown.pc.is_same_machine(here.pc)) {
        return Verdict::Changed(shown.name.clone());
    }
    Verdict::OtherPc(remembered().next().map(|shown| shown.pc.clone()))
}

/// The verdict on an answer to the Installation ID of this product.
fn answers(product: &Product, chosen: Option<ActivationId>) -> Verdict {
    match (product.standing(), product.tag()) {
        _ if chosen.is_some_and(|chosen| chosen != product.activation_id) => {
            Verdict::OtherProduct(product.clone())
        }
        (Standing::Pending, Some(tag)) => Verdict::Deposit(product.clone(), tag),
        (Standing::Licensed, _) => Verdict::AlreadyLicensed(product.clone()),
        (Standing::Hidden(obstacle), _) => Verdict::NotApplicable(product.clone(), obstacle),
        (Standing::Pending, None) => Verdict::ChosenNotPending,
    }
}

/// Decides on an answer by the tags that it matches; one tag in 97 matches by
/// chance.
fn decide_typed(
    fits: impl Fn(Tag) -> bool,
    chosen: Option<ActivationId>,
    here: ThisPc<'_>,
) -> Verdict {
    let fitting: Vec<&Product> = here
        .products
        .iter()
        .filter(|product| product.tag().is_some_and(&fits))
        .collect();
    if let Some(product) = fitting
        .iter()
        .find(|product| chosen == Some(product.activation_id))
    {
        return answers(product, chosen);
    }
    let pending: Vec<&Product> = fitting
        .iter()
        .copied()
        .filter(|product| product.is_pending())
        .collect();
    match (&pending[..], &fitting[..]) {
        ([product], _) | ([], [product, ..]) => return answers(product, chosen),
        ([], []) => {}
        ([product, ..], _) if chosen.is_some() => {
            return Verdict::OtherProduct((*product).clone());
        }
        _ => return Verdict::Choose(pending.into_iter().cloned().collect()),
    }
    let remembered = || here.shown.iter().rev().filter(|shown| fits(shown.tag));
    if let Some(shown) = remembered().find(|shown| shown.pc.is_same_machine(here.pc)) {
        return Verdict::Changed(shown.name.clone());
    }
    // Among many shown requests one matches by chance: name a PC only if they
    // are all of the same one.
    let owner = remembered().next().map(|shown| &shown.pc);
    let several = remembered().any(|shown| owner.is_some_and(|pc| !pc.is_same_machine(&shown.pc)));
    Verdict::OtherPc(owner.filter(|_| !several).cloned())
}

fn decide_bare(chosen: Option<ActivationId>, here: ThisPc<'_>) -> Verdict {
    let pending: Vec<&Product> = here
        .products
        .iter()
        .filter(|product| product.is_pending())
        .collect();
    let product = match (chosen, &pending[..]) {
        (Some(chosen), _) => {
            let Some(&product) = pending
                .iter()
                .find(|product| product.activation_id == chosen)
            else {
                return Verdict::ChosenNotPending;
            };
            product
        }
        (None, []) => return Verdict::NothingPending,
        (None, [product]) if was_the_only_one(product, here.seen) => *product,
        (None, _) => return Verdict::Choose(pending.into_iter().cloned().collect()),
    };
    let before = here
        .seen
        .iter()
        .find(|seen| seen.activation_id == product.activation_id);
    match product.tag() {
        // The Installation ID changed since the person began.
        tag if before.is_some_and(|before| before.tag() != tag) => {
            Verdict::Changed(product.name.clone())
        }
        Some(tag) => Verdict::Deposit(product.clone(), tag),
        None => Verdict::ChosenNotPending,
    }
}

/// Whether the person who began to answer can only have meant this product.
fn was_the_only_one(product: &Product, seen: &[Product]) -> bool {
    seen.iter()
        .filter(|seen| seen.is_pending())
        .all(|seen| seen.activation_id == product.activation_id)
}

#[cfg(test)]
mod tests;
