//! What becomes of an answer that reached this PC: decided, deposited, said.

use super::choose;
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use crate::activation::matching::{RefusalReason, Verdict};
use crate::activation::{
    ActivationId, Answer, ConfirmationDigits, HResult, LicenseStatus, Obstacle, Product, Tag,
};
use crate::licensing::{AnswerHandler, AnswerOutcome, Deposited};
use crate::platform::clock;
use serde::Serialize;

/// The PC that an answer is for, and how far to go.
pub(super) struct Settling<'a> {
    pub(super) handler: AnswerHandler<'a>,
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

    /// What was decided of an answer with this tag.
    fn of(verdict: &Verdict, tag: Option<Tag>) -> Self {
        let (outcome, product) = match verdict {
            Verdict::Deposit(product, _)
            | Verdict::AlreadyLicensed(product)
            | Verdict::NotApplicable(product, _) => ("nothing", Some(product)),
            Verdict::OtherProduct(product)
            | Verdict::Known(RefusalReason::OtherProduct(product)) => {
                ("other-product", Some(product))
            }
            Verdict::Changed(_) | Verdict::Known(RefusalReason::Changed(_)) => ("changed", None),
            Verdict::OtherPc(_) | Verdict::Known(RefusalReason::OtherPc(_)) => ("other-pc", None),
            Verdict::Known(RefusalReason::Damaged)
            | Verdict::Choose(_)
            | Verdict::NothingPending
            | Verdict::ChosenNotPending => return Self::nothing(),
        };
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
        let (received, forgotten) = self.handler.handle(answer, chosen, clock::now())?;
        // What happened on the PC is told even where it cannot be remembered.
        if let Some(error) = forgotten {
            face.warn(&error);
        }
        Ok(say(&received, answer, face))
    }
}

/// Says what came of an answer.
fn say(received: &AnswerOutcome, answer: &Answer, face: &Face) -> Exit {
    let verdict = match received {
        AnswerOutcome::Deposited(product, deposited) => return report(product, deposited, face),
        AnswerOutcome::Decided(verdict) => verdict,
    };
    let exit = match verdict {
        Verdict::Deposit(product, _) => {
            announce_dry_run(verdict, product, answer, face);
            return Exit::Done;
        }
        Verdict::AlreadyLicensed(_) => {
            face.done(&face.say_with(verdict.id(), &verdict.facts()));
            Exit::Done
        }
        Verdict::Choose(products) => {
            face.advise(&face.messages.pair(verdict.id(), &verdict.facts()));
            for product in products {
                face.note(&format!("  {}", one_line(product)));
            }
            Exit::Usage
        }
        _ => {
            face.advise(&face.messages.pair(verdict.id(), &verdict.facts()));
            Exit::NotForThisPc
        }
    };
    face.object(&Outcome::of(verdict, answer.tag()));
    exit
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

fn announce_dry_run(verdict: &Verdict, product: &Product, answer: &Answer, face: &Face) {
    face.line(&face.say_with(verdict.id(), &verdict.facts()));
    face.line(&equivalent_command(product.activation_id, &answer.digits()));
    face.object(&Outcome {
        dry_run: true,
        ..Outcome::of(verdict, answer.tag())
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
