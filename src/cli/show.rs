//! `hikyaku show`: the request of this PC, or of saved text, as a symbol.

use super::args::{Global, ShowArgs};
use super::choose;
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use super::painting::{Exhibit, print_caption, show};
use super::settle::require_someone_waits;
use super::source;
use crate::activation::{
    InstallationId, PcIdentity, Product, ProductRequest, Request, RequestBatch, Standing, Tag,
};
use crate::platform::clock;
use crate::symbol::Caption;
use crate::wire::pasted::{self, PastedError};
use crate::wire::{Packet, PageAddress, symbol_text};
use serde::Serialize;
use std::path::Path;

/// One result on standard output per symbol; names are stable.
#[derive(Serialize)]
struct Shown<'a> {
    pc: Option<&'a str>,
    product: Option<&'a str>,
    activation_id: Option<String>,
    key_tail: Option<&'a str>,
    iid: &'a str,
    groups: Vec<&'a str>,
    tag: Tag,
    symbol: &'a str,
}

/// Shows what waits, and remembers that it was shown.
pub(super) fn run(args: &ShowArgs, global: &Global, face: &Face) -> Result<Exit, Failure> {
    if let Some(file) = &args.from {
        return show_pasted(file, args, face);
    }
    let store = source::store(global, face)?;
    let pc = store.pc()?;
    let products = store.products()?;
    let waiting = waiting_products(args, &products, face)?;
    let Some(RequestBatch { request, later }) = Request::of(&pc, &waiting, clock::now()) else {
        face.done(&face.say("show-all-activated"));
        return Ok(Exit::Done);
    };
    remember(global, &pc, &waiting, face);
    for product in &waiting {
        if let Some(caveat) = product.caveat() {
            face.advise(&face.messages.pair(caveat.into(), &caveat.facts()));
        }
    }
    let exit = if let Some(page) = &args.page {
        let page = PageAddress::parse(page)?;
        let requests = request.products.clone();
        let text = symbol_text(&Packet::Request(request), Some(&page))?;
        let exit = show_link(&text, &pc, &requests, args, face)?;
        if later > 0 {
            let facts = [("count", later.into())];
            face.advise(&face.messages.pair("show-later", &facts));
        }
        exit
    } else {
        // A symbol for each: there is room for all.
        let requests: Vec<ProductRequest> = waiting.iter().filter_map(ProductRequest::of).collect();
        show_numbers(&pc, &requests, args, face)?
    };
    face.line(&face.say(if store.is_practice() {
        "show-next-practice"
    } else {
        "show-next"
    }));
    Ok(exit)
}

/// The products that wait, or the one chosen; says why others do not appear.
fn waiting_products(
    args: &ShowArgs,
    products: &[Product],
    face: &Face,
) -> Result<Vec<Product>, Failure> {
    if let Some(wanted) = &args.product {
        let product = choose::product(wanted, products)?;
        return match product.standing() {
            Standing::Pending => Ok(vec![product.clone()]),
            Standing::Licensed => Ok(Vec::new()),
            Standing::Hidden(obstacle) => {
                face.advise(&face.messages.pair(obstacle.into(), &[]));
                Err(CliError::NothingToShow.into())
            }
        };
    }
    for product in products {
        if let Standing::Hidden(obstacle) = product.standing() {
            face.detail(&format!("{}: {}", product.name, face.say(obstacle.into())));
        }
    }
    let all_activated = !products.is_empty()
        && products
            .iter()
            .any(|product| product.standing() == Standing::Licensed);
    let waiting: Vec<Product> = products
        .iter()
        .filter(|product| product.is_pending())
        .cloned()
        .collect();
    if waiting.is_empty() && !all_activated {
        require_someone_waits(products)?;
    }
    Ok(waiting)
}

/// A memory that cannot be kept must not keep anyone from showing; but the
/// person learns that a later change will not be noticed.
fn remember(global: &Global, pc: &PcIdentity, waiting: &[Product], face: &Face) {
    let remembered = source::memory(global, face).record_shown(pc, waiting, clock::now());
    if let Err(error) = remembered {
        face.warn(&error);
    }
}

fn show_numbers(
    pc: &PcIdentity,
    requests: &[ProductRequest],
    args: &ShowArgs,
    face: &Face,
) -> Result<Exit, Failure> {
    let titles: Vec<String> = requests
        .iter()
        .map(|request| title(pc, request, face))
        .collect();
    let exhibits: Vec<Exhibit<'_>> = requests
        .iter()
        .zip(&titles)
        .map(|(request, title)| Exhibit {
            title,
            text: request.installation_id.digits(),
            caption: Some(Caption::of_installation_id(&request.installation_id)),
        })
        .collect();
    for request in requests {
        face.object(&as_json(
            Some(pc),
            request,
            request.installation_id.digits(),
        ));
    }
    show(&exhibits, &args.paint, face)
}

fn show_link(
    text: &str,
    pc: &PcIdentity,
    requests: &[ProductRequest],
    args: &ShowArgs,
    face: &Face,
) -> Result<Exit, Failure> {
    let title = pc.name.to_string();
    // A single number fits beside the symbol in a file too; several would not.
    let caption = match requests {
        [request] => Some(Caption::of_installation_id(&request.installation_id)),
        _ => None,
    };
    let several = caption.is_none();
    let exhibit = Exhibit {
        title: &title,
        text,
        caption,
    };
    for request in requests {
        face.object(&as_json(Some(pc), request, text));
    }
    let exit = show(&[exhibit], &args.paint, face)?;
    if several {
        for request in requests {
            face.line(&one_product(request, face));
            print_caption(&Caption::of_installation_id(&request.installation_id), face);
            face.line("");
        }
    }
    Ok(exit)
}

fn title(pc: &PcIdentity, request: &ProductRequest, face: &Face) -> String {
    format!("{} · {}", pc.name, one_product(request, face))
}

fn one_product(request: &ProductRequest, face: &Face) -> String {
    match &request.key_tail {
        Some(tail) => {
            let key = face.say_with("word-key-tail", &[("tail", tail.as_str().into())]);
            format!("{} · {key}", request.name)
        }
        None => request.name.to_string(),
    }
}

fn as_json<'a>(
    pc: Option<&'a PcIdentity>,
    request: &'a ProductRequest,
    symbol: &'a str,
) -> Shown<'a> {
    Shown {
        pc: pc.map(|pc| pc.name.as_str()),
        product: Some(request.name.as_str()),
        activation_id: Some(request.activation_id.to_string()),
        key_tail: request.key_tail.as_ref().map(|tail| tail.as_str()),
        iid: request.installation_id.digits(),
        groups: request.installation_id.groups(),
        tag: request.installation_id.tag(),
        symbol,
    }
}

/// Installation IDs found in saved or pasted text.
fn show_pasted(file: &Path, args: &ShowArgs, face: &Face) -> Result<Exit, Failure> {
    let findings = pasted::search(&source::bytes(file)?)?;
    let found = &findings.installation_ids;
    for damaged in &findings.damaged {
        face.complain(&PastedError::DamagedNumber {
            line: damaged.line,
            error: damaged.error.clone(),
        });
    }
    if found.is_empty() {
        return if findings.damaged.is_empty() {
            Err(PastedError::NothingFound.into())
        } else {
            Ok(Exit::Malformed)
        };
    }
    let titles: Vec<String> = found
        .iter()
        .enumerate()
        .map(|(index, found)| {
            let name = found.name.as_ref().map_or_else(
                || {
                    let number = [("number", (index + 1).into())];
                    face.say_with("show-pasted-number", &number)
                },
                ToString::to_string,
            );
            match &found.key_tail {
                Some(tail) => {
                    let key = face.say_with("word-key-tail", &[("tail", tail.as_str().into())]);
                    format!("{name} · {key}")
                }
                None => name,
            }
        })
        .collect();
    let exhibits: Vec<Exhibit<'_>> = found
        .iter()
        .zip(&titles)
        .map(|(found, title)| Exhibit {
            title,
            text: found.iid.digits(),
            caption: Some(Caption::of_installation_id(&found.iid)),
        })
        .collect();
    for found in found {
        face.object(&pasted_json(found, &found.iid));
    }
    let exit = show(&exhibits, &args.paint, face)?;
    face.line(&face.say("show-next"));
    Ok(if findings.damaged.is_empty() {
        exit
    } else {
        Exit::Malformed
    })
}

fn pasted_json<'a>(found: &'a pasted::FoundInstallation, iid: &'a InstallationId) -> Shown<'a> {
    Shown {
        pc: None,
        product: found.name.as_ref().map(|name| name.as_str()),
        activation_id: found.activation_id.map(|id| id.to_string()),
        key_tail: found.key_tail.as_ref().map(|tail| tail.as_str()),
        iid: iid.digits(),
        groups: iid.groups(),
        tag: iid.tag(),
        symbol: iid.digits(),
    }
}
