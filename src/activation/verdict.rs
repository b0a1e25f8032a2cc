//! What to do with an answer, and the message for it.

use super::{Label, Obstacle, PcIdentity, Product, Tag};
use crate::advice::Fact;

/// What to do with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Deposit it for this product and no other, and only while the product's
    /// Installation ID has this tag.
    Deposit(Product, Tag),
    /// It answers this product, which is already activated: nothing to do.
    AlreadyLicensed(Product),
    /// It answers this product, which cannot use a Confirmation ID.
    NotApplicable(Product, Obstacle),
    /// It answers another product of this PC than the one chosen.
    OtherProduct(Product),
    /// It answers an earlier Installation ID of the product with this name, or
    /// was meant for it: hardware or key changed since.
    Changed(Label),
    /// It answers another PC; which one, if remembered.
    OtherPc(Option<PcIdentity>),
    /// A bare number that was met before with a tag, and was refused here for
    /// this reason.
    Known(RefusalReason),
    /// It does not say what it answers, and these products are pending: a
    /// person must choose.
    Choose(Vec<Product>),
    /// It does not say what it answers, and no product is pending.
    NothingPending,
    /// The chosen product is not on this PC, or is not pending.
    ChosenNotPending,
}

/// Why a bare number that was met before stays refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalReason {
    /// It answers another PC; which one, if remembered.
    OtherPc(Option<PcIdentity>),
    /// It answers another product of this PC.
    OtherProduct(Product),
    /// It answered this product before its hardware or key changed.
    Changed(Label),
    /// It came with damaged digits after box H: it was never known which PC it
    /// is for.
    Damaged,
}

impl Verdict {
    /// Stable id of its pair of messages; a user interface may have its own
    /// wording.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Deposit(..) => "settle-dry-run",
            Self::AlreadyLicensed(_) => "settle-already-licensed",
            Self::NotApplicable(_, obstacle) => (*obstacle).into(),
            Self::OtherProduct(_) => "settle-other-product",
            Self::Changed(_) => "settle-changed",
            Self::OtherPc(Some(_)) => "settle-other-pc-known",
            Self::OtherPc(None) => "settle-other-pc",
            Self::Known(RefusalReason::OtherProduct(_)) => "settle-still-other-product",
            Self::Known(RefusalReason::Changed(_)) => "settle-still-changed",
            Self::Known(RefusalReason::OtherPc(Some(_))) => "settle-still-other-pc-known",
            Self::Known(RefusalReason::OtherPc(None)) => "settle-still-other-pc",
            Self::Known(RefusalReason::Damaged) => "settle-still-damaged",
            Self::Choose(_) => "settle-choose",
            Self::NothingPending => "settle-nothing-pending",
            Self::ChosenNotPending => "settle-chosen-not-pending",
        }
    }

    /// The values that its messages mention.
    pub fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Self::Deposit(product, _)
            | Self::AlreadyLicensed(product)
            | Self::NotApplicable(product, _)
            | Self::OtherProduct(product)
            | Self::Known(RefusalReason::OtherProduct(product)) => product.facts(),
            Self::Changed(name) | Self::Known(RefusalReason::Changed(name)) => {
                vec![("product", name.as_str().into())]
            }
            Self::OtherPc(Some(pc)) | Self::Known(RefusalReason::OtherPc(Some(pc))) => {
                vec![("pc", pc.name.as_str().into())]
            }
            Self::OtherPc(None)
            | Self::Known(RefusalReason::OtherPc(None) | RefusalReason::Damaged)
            | Self::Choose(_)
            | Self::NothingPending
            | Self::ChosenNotPending => Vec::new(),
        }
    }
}

/// One verdict for each message.
#[cfg(all(test, feature = "i18n"))]
pub(crate) fn every() -> Vec<Verdict> {
    use super::{
        ActivationId, Application, Channel, HResult, KeyTail, LicenseStatus,
        practice_installation_id,
    };
    let name = || Label::cleaned("Windows(R), Professional edition").unwrap();
    let iid = practice_installation_id("any");
    let tag = iid.tag();
    let product = || Product {
        activation_id: ActivationId::from_bytes([1; 16]),
        application: Application::Windows,
        name: name(),
        channel: Channel::Retail,
        key_tail: KeyTail::parse("3V66T"),
        installation_id: Some(iid.clone()),
        status: LicenseStatus::Notification,
        reason: HResult::NOTIFICATION,
        add_on: false,
    };
    let pc = || {
        Some(PcIdentity {
            name: Label::cleaned("WARD3-PC12").unwrap(),
            serial: None,
            machine: None,
        })
    };
    vec![
        Verdict::Deposit(product(), tag),
        Verdict::AlreadyLicensed(product()),
        Verdict::NotApplicable(product(), Obstacle::KmsClient),
        Verdict::OtherProduct(product()),
        Verdict::Changed(name()),
        Verdict::OtherPc(pc()),
        Verdict::OtherPc(None),
        Verdict::Known(RefusalReason::OtherPc(pc())),
        Verdict::Known(RefusalReason::OtherPc(None)),
        Verdict::Known(RefusalReason::OtherProduct(product())),
        Verdict::Known(RefusalReason::Changed(name())),
        Verdict::Known(RefusalReason::Damaged),
        Verdict::Choose(vec![product()]),
        Verdict::NothingPending,
        Verdict::ChosenNotPending,
    ]
}
