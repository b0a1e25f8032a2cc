//! `hikyaku receipt`: what became of this PC, as a symbol for the phone.

use super::args::{Global, ReceiptArgs};
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use super::painting::{Exhibit, show};
use super::source;
use crate::activation::{LicenseStatus, Product, ProductReceipt, ReceiptBatch, Tag};
use crate::licensing;
use crate::platform::clock;
use crate::wire::{Packet, PageAddress, symbol_text};
use chrono::{DateTime, Local, Utc};
use serde::Serialize;

/// One result on standard output per product; names are stable.
#[derive(Serialize)]
struct Receipted<'a> {
    pc: &'a str,
    product: &'a str,
    tag: Tag,
    status: LicenseStatus,
    hresult: Option<String>,
    at: DateTime<Utc>,
    symbol: &'a str,
}

/// Reads every status again and shows the receipt.
pub(super) fn run(args: &ReceiptArgs, global: &Global, face: &Face) -> Result<Exit, Failure> {
    let store = source::store(global, face)?;
    let memory = source::memory(global, face);
    let pc = store.pc()?;
    let products = store.products()?;
    let (ReceiptBatch { receipt, earlier }, about) =
        licensing::receipt(&pc, &products, &memory, clock::now()).ok_or(CliError::NoReceiptYet)?;
    let entries: Vec<(&Product, ProductReceipt)> =
        about.into_iter().zip(receipt.products.clone()).collect();
    let issued_at = receipt.issued_at;
    let page = args.page.as_deref().map(PageAddress::parse).transpose()?;
    let text = symbol_text(&Packet::Receipt(receipt), page.as_ref())?;
    for (product, entry) in &entries {
        face.object(&Receipted {
            pc: pc.name.as_str(),
            product: product.name.as_str(),
            tag: entry.tag,
            status: entry.status,
            hresult: entry.refusal.map(|code| code.to_string()),
            at: issued_at,
            symbol: &text,
        });
    }
    let when = issued_at.with_timezone(&Local).format("%Y-%m-%d %H:%M");
    let title = format!("{} · {when}", pc.name);
    let exit = show(
        &[Exhibit {
            title: &title,
            text: &text,
            caption: None,
        }],
        &args.paint,
        face,
    )?;
    for (product, entry) in &entries {
        let status = face.say(entry.status.message_id());
        if entry.is_activated() {
            face.done(&format!("✓ {} · {status}", product.name));
        } else {
            let code = entry
                .refusal
                .map_or_else(String::new, |code| code.to_string());
            face.amber(&format!("✗ {} · {status} {code}", product.name));
        }
    }
    if earlier > 0 {
        let facts = [("count", earlier.into())];
        face.advise(&face.messages.pair("receipt-earlier", &facts));
    }
    face.line(&face.say("receipt-next"));
    Ok(exit)
}
