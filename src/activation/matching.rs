//! Whose reply is it? The rule that keeps a Confirmation ID from the wrong PC.

pub use super::verdict::{RefusalReason, Verdict};

use super::{
    ActivationId, Answer, Fingerprint, KnownAnswer, Label, PcIdentity, Product, ReplyCheck,
    Standing, Tag, TypedReply,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a PC remembers of a request that it showed.
///
/// The memory may lie on a stick that several PCs use, so every entry says
/// which PC it was.
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
    /// When.
    pub at: DateTime<Utc>,
}

/// What the PC in front of us is, at this moment.
#[derive(Debug, Clone, Copy)]
pub struct ThisPc<'a> {
    /// Which PC it is.
    pub pc: &'a PcIdentity,
    /// The rows of its licence store, read just now.
    pub products: &'a [Product],
    /// The rows as the person saw them when they began to answer: a bare number
    /// is meant for what was waiting then. Empty where nobody saw any.
    pub seen: &'a [Product],
    /// What was shown before.
    pub shown: &'a [ShownRequest],
    /// Confirmation IDs that were met before.
    pub known: &'a [KnownAnswer],
}

/// Decides what to do with an answer; `chosen` is the product that a person
/// picked, if any.
///
/// An answer that says what it answers is deposited only where the *current*
/// Installation ID of a waiting product has that tag. A bare number that was
/// met before says so too: it is what it was then.
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
            // A check that did not fit here may fit something else by chance:
            // with it, the number may be typed again.
            Some(KnownAnswer {
                check: Some(_), pc, ..
            }) => Verdict::Known(RefusalReason::OtherPc(pc.clone())),
            Some(_) => Verdict::Known(RefusalReason::Damaged),
        },
    }
}

/// Of the answers in one picture those to take, and those to leave alone: a bare
/// number is taken only out of one picture that a person `named`, and only where
/// nothing else stands in it.
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
    // The digits of a reply, shown once more without it.
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

/// A verdict over what a bare number was when it was met.
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
    // Two rows with one Installation ID (the store may list a product twice):
    // the one chosen, else the one that waits.
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

/// What becomes of an answer to the Installation ID of this product.
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

/// An answer of which is known which tags it fits: one in 97 fits by chance.
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
    // Of many that were shown one fits by chance: a name only where it is one PC.
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
        // What was on the screen when the person began is not what is here now.
        tag if before.is_some_and(|before| before.tag() != tag) => {
            Verdict::Changed(product.name.clone())
        }
        Some(tag) => Verdict::Deposit(product.clone(), tag),
        None => Verdict::ChosenNotPending,
    }
}

/// Whether the person who began to answer could mean this product only.
fn was_the_only_one(product: &Product, seen: &[Product]) -> bool {
    seen.iter()
        .filter(|seen| seen.is_pending())
        .all(|seen| seen.activation_id == product.activation_id)
}

#[cfg(test)]
mod tests;
