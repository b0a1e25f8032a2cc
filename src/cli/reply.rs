//! `hikyaku reply`: the symbol that carries a Confirmation ID back.

use super::args::ReplyArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::keyed;
use super::painting::{SymbolView, show};
use crate::activation::{
    Answer, ConfirmationId, InstallationId, KeyedAnswer, KeyedForm, NumberError, Reply, Tag,
};
use crate::symbol::Caption;
use crate::wire::{Trust, parse_answer, reply_to_digits};
use serde::Serialize;

/// The reply, as JSON. Field names are stable.
#[derive(Serialize)]
struct ReplyJson<'a> {
    reply: &'a str,
    tag: Tag,
    groups: Vec<&'a str>,
    /// What is typed into a PC on which Hikyaku does not run.
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<String>,
}

/// Binds a Confirmation ID to the Installation ID that it answers.
pub(super) fn run(args: &ReplyArgs, console: &Console) -> Result<Exit, Failure> {
    let iid = InstallationId::parse(&args.iid)?;
    let cid = confirmation_for(&iid, &args.cid)?;
    if iid.is_practice() != cid.is_practice() {
        return Err(CliError::PracticeMixed.into());
    }
    if cid.is_practice() {
        console.note(&console.text("practice-mode"));
    }
    let reply = Reply {
        tag: iid.tag(),
        cid,
    };
    let digits = reply_to_digits(&reply);
    let form = args.keyed.without_hikyaku.map(KeyedForm::from);
    let answer = KeyedAnswer::new(reply.cid.clone(), args.activation_id);
    console.json(&ReplyJson {
        reply: &digits,
        tag: reply.tag,
        groups: reply.cid.groups(),
        command: form.map(|_| answer.to_string()),
    });
    let text = form.map_or(digits, |form| answer.text(form));
    let title = console.text_with("reply-title", &[("iid", iid.masked().into())]);
    let exit = show(
        &[SymbolView {
            title: &title,
            text: &text,
            caption: Some(match form {
                Some(_) => keyed::caption(&reply, console),
                None => Caption::of_reply(&reply),
            }),
        }],
        &args.paint,
        console,
    )?;
    match form {
        Some(form) => keyed::print(&answer, form, console),
        None => console.line(&console.text("reply-next")),
    }
    Ok(exit)
}

/// Parses the Confirmation ID in any form. If it comes with a tag, that must be
/// the tag of this Installation ID.
fn confirmation_for(iid: &InstallationId, text: &str) -> Result<ConfirmationId, Failure> {
    let (cid, fits) = match parse_answer(text, Trust::CheckDigits) {
        Ok(Answer::Tagged(reply)) => (reply.cid, reply.tag == iid.tag()),
        Ok(Answer::Typed(typed)) => (typed.cid.clone(), typed.fits(iid.tag())),
        Ok(Answer::Bare(bare)) => (bare.digits().checked().ok_or(NumberError::Empty)?, true),
        Err(NumberError::OtherKind { .. }) => return Ok(ConfirmationId::parse(text)?),
        Err(error) => return Err(error.into()),
    };
    if fits {
        Ok(cid)
    } else {
        Err(CliError::AnswersAnother.into())
    }
}
