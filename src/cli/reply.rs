//! `hikyaku reply`: the symbol that carries a Confirmation ID back.

use super::args::ReplyArgs;
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use super::painting::{Exhibit, show};
use crate::activation::{ConfirmationId, InstallationId, Reply, Tag};
use crate::symbol::Caption;
use crate::wire::reply_to_digits;
use serde::Serialize;

/// The result on standard output; names are stable.
#[derive(Serialize)]
struct Made<'a> {
    reply: &'a str,
    tag: Tag,
    groups: Vec<&'a str>,
}

/// Binds a Confirmation ID to the Installation ID that it answers.
pub(super) fn run(args: &ReplyArgs, face: &Face) -> Result<Exit, Failure> {
    let iid = InstallationId::parse(&args.iid)?;
    let cid = ConfirmationId::parse(&args.cid)?;
    if iid.is_practice() != cid.is_practice() {
        return Err(CliError::PracticeMixed.into());
    }
    if cid.is_practice() {
        face.note(&face.say("practice-mode"));
    }
    let reply = Reply {
        tag: iid.tag(),
        cid,
    };
    let digits = reply_to_digits(&reply);
    face.object(&Made {
        reply: &digits,
        tag: reply.tag,
        groups: reply.cid.groups(),
    });
    let title = face.say_with("reply-title", &[("iid", iid.masked().into())]);
    let exit = show(
        &[Exhibit {
            title: &title,
            text: &digits,
            caption: Some(Caption::of_reply(&reply)),
        }],
        &args.paint,
        face,
    )?;
    face.line(&face.say("reply-next"));
    Ok(exit)
}
