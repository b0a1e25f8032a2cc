//! `hikyaku receipt`: the outcome on this PC, as a symbol for the phone.

use super::args::{GlobalArgs, ReceiptArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::inputs;
use super::painting::{SymbolView, show};
use crate::activation::{LicenseStatus, Product, ProductReceipt, ReceiptBatch, Tag};
use crate::licensing;
use crate::platform::clock;
use crate::wire::{Packet, PageAddress, symbol_text};
use chrono::{DateTime, Local, Utc};
use serde::Serialize;

/// The outcome for one product, as JSON. Field names are stable.
#[derive(Serialize)]
struct ReceiptJson<'a> {
    pc: &'a str,
    product: &'a str,
    tag: Tag,
    status: LicenseStatus,
    hresult: Option<String>,
    at: DateTime<Utc>,
    symbol: &'a str,
}

/// Reads the status of every product again and shows the receipt.
pub(super) fn run(
    args: &ReceiptArgs,
    global: &GlobalArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let store = inputs::store(global, console)?;
    let memory = inputs::memory(global, console);
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
        console.json(&ReceiptJson {
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
        &[SymbolView {
            title: &title,
            text: &text,
            caption: None,
        }],
        &args.paint,
        console,
    )?;
    for (product, entry) in &entries {
        let status = console.text(entry.status.message_id());
        if entry.is_activated() {
            console.success(&format!("✓ {} · {status}", product.name));
        } else {
            let code = entry
                .refusal
                .map_or_else(String::new, |code| code.to_string());
            console.caution(&format!("✗ {} · {status} {code}", product.name));
        }
    }
    if earlier > 0 {
        let facts = [("count", earlier.into())];
        console.advise(&console.messages.pair("receipt-earlier", &facts));
    }
    console.line(&console.text("receipt-next"));
    Ok(exit)
}
