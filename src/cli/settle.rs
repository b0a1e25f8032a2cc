//! What becomes of an answer that reached this PC: decided, deposited, said.

use super::choose;
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use crate::activation::matching::{Here, Verdict, decide};
use crate::activation::{
    ActivationId, Answer, ConfirmationDigits, HResult, LicenseStatus, Obstacle, PcIdentity,
    Product, Tag,
};
use crate::advice::Fact;
use crate::licensing::{Deposited, Expected, LicenseStore, Memory, carry_out};
use crate::platform::clock;
use serde::Serialize;

/// The PC that an answer is for, and how far to go.
pub(super) struct Settling<'a> {
    pub(super) store: &'a mut dyn LicenseStore,
    pub(super) memory: &'a mut Memory,
    /// `--product`
    pub(super) product: Option<&'a str>,
    /// `--dry-run`
    pub(super) dry_run: bool,
}

/// One result on standard output; names are stable.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_field_names)] // names of the JSON
pub(super) struct Outcome {
    outcome: &'static str,
    product: Option<String>,
    tag: Option<Tag>,
    status: Option<LicenseStatus>,
    hresult: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    dry_run: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Outcome {
    /// Nothing came of it.
    pub(super) fn nothing() -> Self {
        Self {
            outcome: "nothing",
            product: None,
            tag: None,
            status: None,
            hresult: None,
            dry_run: false,
        }
    }

    fn named(outcome: &'static str, product: Option<&Product>, tag: Option<Tag>) -> Self {
        Self {
            outcome,
            product: product.map(|product| product.name.to_string()),
            tag,
            status: product.map(|product| product.status),
            ..Self::nothing()
        }
    }
}

impl Settling<'_> {
    /// Decides, deposits where it belongs here, and says what came of it.
    pub(super) fn settle(&mut self, answer: &Answer, face: &Face) -> Result<Exit, Failure> {
        let pc = self.store.pc()?;
        let products = self.store.products()?;
        let chosen = self
            .product
            .map(|wanted| choose::product(wanted, &products))
            .transpose()?
            .map(|product| product.activation_id);
        let shown = self.memory.shown().to_vec();
        let here = Here {
            pc: &pc,
            products: &products,
            shown: &shown,
        };
        let tag = answer.tag();
        match decide(answer, chosen, here) {
            Verdict::Deposit(product) if self.dry_run => {
                announce_dry_run(product, answer, face);
                Ok(Exit::Done)
            }
            Verdict::Deposit(product) => self.deposit(product, &pc, answer, face),
            Verdict::AlreadyLicensed(product) => {
                face.done(&face.say_with("settle-already-licensed", &product.facts()));
                face.object(&Outcome::named("nothing", Some(product), tag));
                Ok(Exit::Done)
            }
            Verdict::NotApplicable(product, obstacle) => {
                face.advise(&face.messages.pair(obstacle.into(), &product.facts()));
                face.object(&Outcome::named("nothing", Some(product), tag));
                Ok(Exit::NotForThisPc)
            }
            Verdict::OtherProduct(product) => {
                face.advise(&face.messages.pair("settle-other-product", &product.facts()));
                face.object(&Outcome::named("other-product", Some(product), tag));
                Ok(Exit::NotForThisPc)
            }
            Verdict::Changed(shown) => {
                let facts = [("product", Fact::from(shown.name.as_str()))];
                face.advise(&face.messages.pair("settle-changed", &facts));
                face.object(&Outcome::named("changed", None, tag));
                Ok(Exit::NotForThisPc)
            }
            Verdict::OtherPc(owner) => {
                say_other_pc(owner, face);
                face.object(&Outcome::named("other-pc", None, tag));
                Ok(Exit::NotForThisPc)
            }
            Verdict::Choose(candidates) => {
                face.advise(&face.messages.pair("settle-choose", &[]));
                for product in candidates {
                    face.note(&format!("  {}", one_line(product)));
                }
                face.object(&Outcome::nothing());
                Ok(Exit::Usage)
            }
            Verdict::NothingPending => {
                face.advise(&face.messages.pair("settle-nothing-pending", &[]));
                face.object(&Outcome::nothing());
                Ok(Exit::NotForThisPc)
            }
            Verdict::ChosenNotPending => {
                face.advise(&face.messages.pair("settle-chosen-not-pending", &[]));
                face.object(&Outcome::nothing());
                Ok(Exit::NotForThisPc)
            }
        }
    }

    fn deposit(
        &mut self,
        product: &Product,
        pc: &PcIdentity,
        answer: &Answer,
        face: &Face,
    ) -> Result<Exit, Failure> {
        let expected = answer.tag().map_or(Expected::Anything, Expected::Tag);
        let digits = answer.digits();
        face.detail(&format!("{} ← {}", product.activation_id, digits.masked()));
        let deposited = carry_out(self.store, product.activation_id, expected, &digits)?;
        // What happened on the PC is told even where it cannot be remembered.
        if let Err(error) = self
            .memory
            .remember_tried(pc, product, &deposited, clock::now())
        {
            face.warn(&error);
        }
        Ok(report(product, &deposited, face))
    }
}

fn report(product: &Product, deposited: &Deposited, face: &Face) -> Exit {
    let outcome = |name| Outcome {
        outcome: name,
        product: Some(product.name.to_string()),
        tag: Some(deposited.tag),
        status: Some(deposited.status),
        hresult: deposited.refusal.map(|code| code.to_string()),
        dry_run: false,
    };
    if deposited.is_activated() {
        face.done(&face.say_with("settle-activated", &product.facts()));
        face.line(&face.say("settle-show-receipt"));
        face.object(&outcome("deposited"));
        return Exit::Done;
    }
    let code = deposited.refusal.unwrap_or(HResult::OK);
    let mut facts = product.facts();
    facts.push(("code", code.to_string().into()));
    facts.push(("status", face.say(deposited.status.message_id()).into()));
    face.note(&face.say_with("settle-refused", &facts));
    face.refuse(&face.messages.explain_code(code));
    face.object(&outcome("refused"));
    if code.needs_elevation() {
        Exit::NeedsElevation
    } else {
        Exit::Refused
    }
}

fn announce_dry_run(product: &Product, answer: &Answer, face: &Face) {
    face.line(&face.say_with("settle-dry-run", &product.facts()));
    face.line(&equivalent_command(product.activation_id, &answer.digits()));
    face.object(&Outcome {
        dry_run: true,
        ..Outcome::named("nothing", Some(product), answer.tag())
    });
}

/// What a person would type in Windows to do the same by hand.
fn equivalent_command(product: ActivationId, digits: &ConfirmationDigits) -> String {
    format!("slmgr /atp {} {product}", digits.digits())
}

fn say_other_pc(owner: Option<&PcIdentity>, face: &Face) {
    let pair = match owner {
        Some(owner) => face.messages.pair(
            "settle-other-pc-known",
            &[("pc", Fact::from(owner.name.as_str()))],
        ),
        None => face.messages.pair("settle-other-pc", &[]),
    };
    face.advise(&pair);
}

/// Name, last five of the key and Activation ID, on one line.
pub(super) fn one_line(product: &Product) -> String {
    let tail = product
        .key_tail
        .as_ref()
        .map_or("-----", |tail| tail.as_str());
    format!("{tail}  {}  {}", product.activation_id, product.name)
}

/// Message id of why a product cannot use a Confirmation ID.
pub(super) fn obstacle_id(obstacle: Obstacle) -> &'static str {
    obstacle.into()
}

/// That some product waits for a Confirmation ID: nobody shall type 48 digits
/// to learn that none does.
pub(super) fn require_someone_waits(products: &[Product]) -> Result<(), Failure> {
    if products.iter().any(Product::is_pending) {
        Ok(())
    } else {
        Err(CliError::NothingToShow.into())
    }
}
