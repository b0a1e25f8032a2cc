//! Whose reply is it? The rule that keeps a Confirmation ID from the wrong PC.

use super::{ActivationId, Answer, Label, Obstacle, PcIdentity, Product, Standing, Tag};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a PC remembers of a request that it showed.
///
/// The memory may lie on a stick that several PCs use, so every entry says
/// which PC it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The PC that showed it.
    pub pc: PcIdentity,
    /// The product it was for.
    pub activation_id: ActivationId,
    /// Name of that product.
    pub name: Label,
    /// Tag of the Installation ID that was shown.
    #[serde(with = "tag_as_text")]
    pub tag: Tag,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the PC in front of us is, at this moment.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// Which PC it is.
    pub pc: &'a PcIdentity,
    /// The rows of its licence store, read just now.
    pub products: &'a [Product],
    /// What was shown before.
    pub shown: &'a [Shown],
}

/// What to do with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// Deposit it for this product, and for no other.
    Deposit(&'a Product),
    /// It answers this product, which is activated already: nothing to do.
    AlreadyLicensed(&'a Product),
    /// It answers this product, which cannot use a Confirmation ID.
    NotApplicable(&'a Product, Obstacle),
    /// It answers another product of this PC than the one chosen.
    OtherProduct(&'a Product),
    /// It answers a request of this PC, whose hardware or key changed since.
    Changed(&'a Shown),
    /// It answers another PC; which one, where that is remembered.
    OtherPc(Option<&'a PcIdentity>),
    /// It does not say what it answers, and these products wait: a person must
    /// choose.
    Choose(Vec<&'a Product>),
    /// It does not say what it answers, and no product waits.
    NothingPending,
    /// The product chosen is not on this PC, or does not wait.
    ChosenNotPending,
}

/// Decides what to do with an answer; `chosen` is the product that a person
/// picked, if any.
///
/// An answer that says what it answers is deposited only where the *current*
/// Installation ID of a waiting product has that tag.
pub fn decide<'a>(answer: &Answer, chosen: Option<ActivationId>, here: Here<'a>) -> Verdict<'a> {
    match answer.tag() {
        Some(tag) => decide_tagged(tag, chosen, here),
        None => decide_bare(chosen, here),
    }
}

fn decide_tagged<'a>(tag: Tag, chosen: Option<ActivationId>, here: Here<'a>) -> Verdict<'a> {
    let answered: Vec<&Product> = here
        .products
        .iter()
        .filter(|product| {
            product
                .installation_id
                .as_ref()
                .is_some_and(|iid| iid.tag() == tag)
        })
        .collect();
    // Two rows with one Installation ID (the store may list a product twice):
    // the one chosen, else the one that waits.
    let best = answered
        .iter()
        .find(|product| chosen == Some(product.activation_id))
        .or_else(|| answered.iter().find(|product| product.is_pending()))
        .or_else(|| answered.first());
    if let Some(&product) = best {
        return match product.standing() {
            _ if chosen.is_some_and(|chosen| chosen != product.activation_id) => {
                Verdict::OtherProduct(product)
            }
            Standing::Pending => Verdict::Deposit(product),
            Standing::Licensed => Verdict::AlreadyLicensed(product),
            Standing::Hidden(obstacle) => Verdict::NotApplicable(product, obstacle),
        };
    }
    let remembered = || here.shown.iter().rev().filter(|shown| shown.tag == tag);
    if let Some(shown) = remembered().find(|shown| shown.pc.is_same_machine(here.pc)) {
        return Verdict::Changed(shown);
    }
    Verdict::OtherPc(remembered().next().map(|shown| &shown.pc))
}

fn decide_bare<'a>(chosen: Option<ActivationId>, here: Here<'a>) -> Verdict<'a> {
    let pending: Vec<&Product> = here
        .products
        .iter()
        .filter(|product| product.is_pending())
        .collect();
    if let Some(chosen) = chosen {
        return pending
            .iter()
            .find(|product| product.activation_id == chosen)
            .map_or(Verdict::ChosenNotPending, |&product| {
                Verdict::Deposit(product)
            });
    }
    match pending[..] {
        [] => Verdict::NothingPending,
        [product] => Verdict::Deposit(product),
        _ => Verdict::Choose(pending),
    }
}

mod tag_as_text {
    use super::Tag;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(tag: &Tag, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(tag)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tag, D::Error> {
        let text = String::deserialize(deserializer)?;
        Tag::parse(&text).ok_or_else(|| D::Error::custom("not a tag of ten digits"))
    }
}
