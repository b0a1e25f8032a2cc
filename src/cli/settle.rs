//! What becomes of an answer that reached this PC: decided, deposited, said.

use super::choose;
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use crate::activation::{
    ActivationId, Answer, ConfirmationDigits, HResult, Label, LicenseStatus, Obstacle, PcIdentity,
    Product, Tag,
};
use crate::advice::Fact;
use crate::licensing::{Deposited, Received, Reception};
use crate::platform::clock;
use serde::Serialize;

/// The PC that an answer is for, and how far to go.
pub(super) struct Settling<'a> {
    pub(super) reception: Reception<'a>,
    /// `--product`
    pub(super) product: Option<&'a str>,
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
        let wanted = self.product;
        let chosen = |products: &[Product]| -> Result<Option<ActivationId>, Failure> {
            let product = wanted.map(|wanted| choose::product(wanted, products));
            Ok(product.transpose()?.map(|product| product.activation_id))
        };
        face.detail(&answer.digits().masked());
        let (received, forgotten) = self.reception.receive(answer, chosen, clock::now())?;
        // What happened on the PC is told even where it cannot be remembered.
        if let Some(error) = forgotten {
            face.warn(&error);
        }
        Ok(say(&received, answer, face))
    }
}

/// Says what came of an answer.
fn say(received: &Received, answer: &Answer, face: &Face) -> Exit {
    let tag = answer.tag();
    let turned_away = |id: &str, facts: &[(&'static str, Fact)], outcome| {
        face.advise(&face.messages.pair(id, facts));
        face.object(&outcome);
        Exit::NotForThisPc
    };
    match received {
        Received::Deposited(product, deposited) => report(product, deposited, face),
        Received::WouldDeposit(product) => {
            announce_dry_run(product, answer, face);
            Exit::Done
        }
        Received::AlreadyLicensed(product) => {
            face.done(&face.say_with("settle-already-licensed", &product.facts()));
            face.object(&Outcome::named("nothing", Some(product), tag));
            Exit::Done
        }
        Received::NotApplicable(product, obstacle) => turned_away(
            obstacle_id(*obstacle),
            &product.facts(),
            Outcome::named("nothing", Some(product), tag),
        ),
        Received::OtherProduct(product) => turned_away(
            "settle-other-product",
            &product.facts(),
            Outcome::named("other-product", Some(product), tag),
        ),
        Received::StillOtherProduct(product) => turned_away(
            "settle-still-other-product",
            &product.facts(),
            Outcome::named("other-product", Some(product), tag),
        ),
        Received::Changed(name) => turned_away(
            "settle-changed",
            &product_name(name),
            Outcome::named("changed", None, tag),
        ),
        Received::StillChanged(name) => turned_away(
            "settle-still-changed",
            &product_name(name),
            Outcome::named("changed", None, tag),
        ),
        Received::OtherPc(owner) => {
            let (id, facts) = whose(owner.as_ref(), "settle-other-pc-known", "settle-other-pc");
            turned_away(id, &facts, Outcome::named("other-pc", None, tag))
        }
        Received::StillOtherPc(owner) => {
            let known = "settle-still-other-pc-known";
            let (id, facts) = whose(owner.as_ref(), known, "settle-still-other-pc");
            turned_away(id, &facts, Outcome::named("other-pc", None, tag))
        }
        Received::StillDamaged => turned_away("settle-still-damaged", &[], Outcome::nothing()),
        Received::Choose(candidates) => {
            face.advise(&face.messages.pair("settle-choose", &[]));
            for product in candidates {
                face.note(&format!("  {}", one_line(product)));
            }
            face.object(&Outcome::nothing());
            Exit::Usage
        }
        Received::NothingPending => turned_away("settle-nothing-pending", &[], Outcome::nothing()),
        Received::ChosenNotPending => {
            turned_away("settle-chosen-not-pending", &[], Outcome::nothing())
        }
    }
}

fn product_name(name: &Label) -> [(&'static str, Fact); 1] {
    [("product", Fact::from(name.as_str()))]
}

fn whose(
    owner: Option<&PcIdentity>,
    known: &'static str,
    unknown: &'static str,
) -> (&'static str, Vec<(&'static str, Fact)>) {
    match owner {
        Some(owner) => (known, vec![("pc", Fact::from(owner.name.as_str()))]),
        None => (unknown, Vec::new()),
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
