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

fn decide_tagged(tag: Tag, chosen: Option<ActivationId>, here: Here<'_>) -> Verdict<'_> {
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

fn decide_bare(chosen: Option<ActivationId>, here: Here<'_>) -> Verdict<'_> {
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

#[cfg(test)]
mod tests {
    use super::super::{
        Application, Channel, HResult, InstallationId, KeyTail, LicenseStatus, MachineId, Reply,
        practice_confirmation_id, practice_installation_id,
    };
    use super::*;

    fn product(number: u8, iid: &str, channel: Channel, status: LicenseStatus) -> Product {
        Product {
            activation_id: ActivationId::from_bytes([number; 16]),
            application: Application::Windows,
            name: Label::cleaned(&format!("Product {number}")).unwrap(),
            channel,
            key_tail: KeyTail::parse("3V66T"),
            installation_id: Some(practice_installation_id(iid)),
            status,
            reason: HResult::NOTIFICATION,
            add_on: false,
        }
    }

    fn waiting(number: u8, iid: &str) -> Product {
        product(number, iid, Channel::Retail, LicenseStatus::Notification)
    }

    fn pc(name: &str) -> PcIdentity {
        PcIdentity {
            name: Label::cleaned(name).unwrap(),
            serial: None,
            machine: MachineId::of(None, Some(&format!("serial of {name}"))),
        }
    }

    fn answer_to(iid: &InstallationId) -> Answer {
        Answer::Tagged(Reply {
            cid: practice_confirmation_id(iid),
            tag: iid.tag(),
        })
    }

    fn shown(name: &str, iid: &str) -> Shown {
        Shown {
            pc: pc(name),
            activation_id: ActivationId::from_bytes([1; 16]),
            name: Label::cleaned("Product 1").unwrap(),
            tag: practice_installation_id(iid).tag(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn each_reply_goes_to_the_product_it_answers() {
        let products = [waiting(1, "a"), waiting(2, "b"), waiting(3, "c")];
        let here_pc = pc("here");
        let here = Here {
            pc: &here_pc,
            products: &products,
            shown: &[],
        };
        for product in &products {
            let answer = answer_to(product.installation_id.as_ref().unwrap());
            assert_eq!(decide(&answer, None, here), Verdict::Deposit(product));
            let other = products.iter().find(|other| *other != product).unwrap();
            assert_eq!(
                decide(&answer, Some(other.activation_id), here),
                Verdict::OtherProduct(product)
            );
        }
    }

    #[test]
    fn foreign_and_outdated_replies_are_told_apart() {
        let products = [waiting(1, "now")];
        let here_pc = pc("here");
        let remembered = [shown("here", "before"), shown("there", "theirs")];
        let here = Here {
            pc: &here_pc,
            products: &products,
            shown: &remembered,
        };
        let verdict = |iid: &str| decide(&answer_to(&practice_installation_id(iid)), None, here);
        assert_eq!(verdict("before"), Verdict::Changed(&remembered[0]));
        assert_eq!(verdict("theirs"), Verdict::OtherPc(Some(&remembered[1].pc)));
        assert_eq!(verdict("nobody's"), Verdict::OtherPc(None));
    }

    #[test]
    fn what_needs_no_deposit_gets_none() {
        let products = [
            product(1, "a", Channel::Retail, LicenseStatus::Licensed),
            product(
                2,
                "b",
                Channel::VolumeKmsClient,
                LicenseStatus::Notification,
            ),
        ];
        let here_pc = pc("here");
        let here = Here {
            pc: &here_pc,
            products: &products,
            shown: &[],
        };
        let verdict = |iid: &str| decide(&answer_to(&practice_installation_id(iid)), None, here);
        assert_eq!(verdict("a"), Verdict::AlreadyLicensed(&products[0]));
        assert_eq!(
            verdict("b"),
            Verdict::NotApplicable(&products[1], Obstacle::KmsClient)
        );
    }

    #[test]
    fn a_bare_number_needs_a_person_where_several_products_wait() {
        let products = [waiting(1, "a"), waiting(2, "b")];
        let here_pc = pc("here");
        let here = |products| Here {
            pc: &here_pc,
            products,
            shown: &[],
        };
        let bare = Answer::Bare(practice_confirmation_id(&practice_installation_id("a")).into());
        assert_eq!(
            decide(&bare, None, here(&products)),
            Verdict::Choose(products.iter().collect())
        );
        assert_eq!(
            decide(&bare, Some(products[1].activation_id), here(&products)),
            Verdict::Deposit(&products[1])
        );
        assert_eq!(
            decide(&bare, None, here(&products[..1])),
            Verdict::Deposit(&products[0])
        );
        assert_eq!(decide(&bare, None, here(&[])), Verdict::NothingPending);
        assert_eq!(
            decide(
                &bare,
                Some(ActivationId::from_bytes([9; 16])),
                here(&products)
            ),
            Verdict::ChosenNotPending
        );
    }
}
