//! `hikyaku show`: the request of this PC, or of saved text, as a symbol.

use super::args::{GlobalArgs, ShowArgs};
use super::choose;
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::inputs;
use super::painting::{SymbolView, print_caption, show};
use super::settle::require_pending_product;
use crate::activation::{
    InstallationId, PcIdentity, Product, ProductRequest, Request, RequestBatch, Standing, Tag,
};
use crate::platform::clock;
use crate::symbol::Caption;
use crate::wire::pasted::{self, PastedError};
use crate::wire::{Packet, PageAddress, symbol_text};
use serde::Serialize;
use std::path::Path;

/// One symbol, as JSON. Field names are stable.
#[derive(Serialize)]
struct ShowJson<'a> {
    pc: Option<&'a str>,
    product: Option<&'a str>,
    activation_id: Option<String>,
    key_tail: Option<&'a str>,
    iid: &'a str,
    groups: Vec<&'a str>,
    tag: Tag,
    symbol: &'a str,
}

/// Shows the products that wait, and remembers that they were shown.
pub(super) fn run(
    args: &ShowArgs,
    global: &GlobalArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    if let Some(file) = &args.from {
        return show_pasted(file, args, console);
    }
    let store = inputs::store(global, console)?;
    let pc = store.pc()?;
    let products = store.products()?;
    let waiting = waiting_products(args, &products, console)?;
    let Some(RequestBatch { request, later }) = Request::of(&pc, &waiting, clock::now()) else {
        console.success(&console.text("show-all-activated"));
        return Ok(Exit::Done);
    };
    remember(global, &pc, &waiting, console);
    for product in &waiting {
        if let Some(caveat) = product.caveat() {
            console.advise(&console.messages.pair(caveat.into(), &caveat.facts()));
        }
    }
    let exit = if let Some(page) = &args.page {
        let page = PageAddress::parse(page)?;
        let requests = request.products.clone();
        let text = symbol_text(&Packet::Request(request), Some(&page))?;
        let exit = show_link(&text, &pc, &requests, args, console)?;
        if later > 0 {
            let facts = [("count", later.into())];
            console.advise(&console.messages.pair("show-later", &facts));
        }
        exit
    } else {
        // Each product has a symbol of its own, so there is room for all.
        let requests: Vec<ProductRequest> = waiting.iter().filter_map(ProductRequest::of).collect();
        show_numbers(&pc, &requests, args, console)?
    };
    console.line(&console.text(if store.is_practice() {
        "show-next-practice"
    } else {
        "show-next"
    }));
    Ok(exit)
}

/// The products that wait, or the one chosen. Says why others are left out.
fn waiting_products(
    args: &ShowArgs,
    products: &[Product],
    console: &Console,
) -> Result<Vec<Product>, Failure> {
    if let Some(wanted) = &args.product {
        let product = choose::product(wanted, products)?;
        return match product.standing() {
            Standing::Pending => Ok(vec![product.clone()]),
            Standing::Licensed => Ok(Vec::new()),
            Standing::Hidden(obstacle) => {
                console.advise(&console.messages.pair(obstacle.into(), &[]));
                Err(CliError::NothingToShow.into())
            }
        };
    }
    for product in products {
        if let Standing::Hidden(obstacle) = product.standing() {
            console.detail(&format!(
                "{}: {}",
                product.name,
                console.text(obstacle.into())
            ));
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
        require_pending_product(products)?;
    }
    Ok(waiting)
}

/// Remembers what was shown. A memory that cannot be written is only a warning:
/// a later change of hardware will go unnoticed.
fn remember(global: &GlobalArgs, pc: &PcIdentity, waiting: &[Product], console: &Console) {
    let remembered = inputs::memory(global, console).record_shown(pc, waiting, clock::now());
    if let Err(error) = remembered {
        console.warn(&error);
    }
}

fn show_numbers(
    pc: &PcIdentity,
    requests: &[ProductRequest],
    args: &ShowArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let titles: Vec<String> = requests
        .iter()
        .map(|request| title(pc, request, console))
        .collect();
    let views: Vec<SymbolView<'_>> = requests
        .iter()
        .zip(&titles)
        .map(|(request, title)| SymbolView {
            title,
            text: request.installation_id.digits(),
            caption: Some(Caption::of_installation_id(&request.installation_id)),
        })
        .collect();
    for request in requests {
        console.json(&as_json(
            Some(pc),
            request,
            request.installation_id.digits(),
        ));
    }
    show(&views, &args.paint, console)
}

fn show_link(
    text: &str,
    pc: &PcIdentity,
    requests: &[ProductRequest],
    args: &ShowArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let title = pc.name.to_string();
    // A file has room for one number beside the symbol, not for several.
    let caption = match requests {
        [request] => Some(Caption::of_installation_id(&request.installation_id)),
        _ => None,
    };
    let several = caption.is_none();
    let view = SymbolView {
        title: &title,
        text,
        caption,
    };
    for request in requests {
        console.json(&as_json(Some(pc), request, text));
    }
    let exit = show(&[view], &args.paint, console)?;
    if several {
        for request in requests {
            console.line(&one_product(request, console));
            print_caption(
                &Caption::of_installation_id(&request.installation_id),
                console,
            );
            console.line("");
        }
    }
    Ok(exit)
}

fn title(pc: &PcIdentity, request: &ProductRequest, console: &Console) -> String {
    format!("{} · {}", pc.name, one_product(request, console))
}

fn one_product(request: &ProductRequest, console: &Console) -> String {
    match &request.key_tail {
        Some(tail) => {
            let key = console.text_with("word-key-tail", &[("tail", tail.as_str().into())]);
            format!("{} · {key}", request.name)
        }
        None => request.name.to_string(),
    }
}

fn as_json<'a>(
    pc: Option<&'a PcIdentity>,
    request: &'a ProductRequest,
    symbol: &'a str,
) -> ShowJson<'a> {
    ShowJson {
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

/// Shows the Installation IDs found in saved or pasted text.
fn show_pasted(file: &Path, args: &ShowArgs, console: &Console) -> Result<Exit, Failure> {
    let findings = pasted::search(&inputs::bytes(file)?)?;
    let found = &findings.installation_ids;
    for damaged in &findings.damaged {
        console.error(&PastedError::DamagedNumber {
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
                    console.text_with("show-pasted-number", &number)
                },
                ToString::to_string,
            );
            match &found.key_tail {
                Some(tail) => {
                    let key = console.text_with("word-key-tail", &[("tail", tail.as_str().into())]);
                    format!("{name} · {key}")
                }
                None => name,
            }
        })
        .collect();
    let views: Vec<SymbolView<'_>> = found
        .iter()
        .zip(&titles)
        .map(|(found, title)| SymbolView {
            title,
            text: found.iid.digits(),
            caption: Some(Caption::of_installation_id(&found.iid)),
        })
        .collect();
    for found in found {
        console.json(&pasted_json(found, &found.iid));
    }
    let exit = show(&views, &args.paint, console)?;
    console.line(&console.text("show-next"));
    Ok(if findings.damaged.is_empty() {
        exit
    } else {
        Exit::Malformed
    })
}

fn pasted_json<'a>(found: &'a pasted::FoundInstallation, iid: &'a InstallationId) -> ShowJson<'a> {
    ShowJson {
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
