//! `hikyaku receipt`: what became of this PC, as a symbol for the phone.

use super::args::{Global, ReceiptArgs};
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use super::painting::{Exhibit, show};
use super::source;
use crate::activation::{
    LicenseStatus, MAX_PRODUCTS, PcIdentity, Product, ProductReceipt, Receipt, Standing, Tag,
};
use crate::licensing::Memory;
use crate::wire::{Packet, PageAddress, link};
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
    let memory = source::memory(global)?;
    let pc = store.pc()?;
    let products = store.products()?;
    let entries: Vec<(&Product, ProductReceipt)> = products
        .iter()
        .filter_map(|product| Some((product, entry(product, &pc, &memory)?)))
        .take(MAX_PRODUCTS)
        .collect();
    if entries.is_empty() {
        return Err(CliError::NoReceiptYet.into());
    }
    let receipt = Receipt {
        pc: pc.clone(),
        issued_at: Utc::now(),
        products: entries.iter().map(|(_, entry)| entry.clone()).collect(),
    };
    let issued_at = receipt.issued_at;
    let packet = Packet::Receipt(receipt).to_text()?;
    let text = match &args.page {
        Some(page) => link(&PageAddress::parse(page)?, &packet),
        None => packet,
    };
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
    face.line(&face.say("receipt-next"));
    Ok(exit)
}

/// What the receipt says of a product: its status as read now, the last
/// refusal while it waits; nothing where nothing was tried.
fn entry(product: &Product, pc: &PcIdentity, memory: &Memory) -> Option<ProductReceipt> {
    let tried =
        memory.tried().iter().rev().find(|tried| {
            tried.activation_id == product.activation_id && tried.pc.is_same_machine(pc)
        });
    let current = product.installation_id.as_ref().map(|iid| iid.tag());
    match product.standing() {
        Standing::Licensed => Some(ProductReceipt {
            tag: tried.map(|tried| tried.tag).or(current)?,
            status: product.status,
            refusal: None,
        }),
        _ => tried.map(|tried| ProductReceipt {
            tag: tried.tag,
            status: product.status,
            refusal: tried.refusal,
        }),
    }
}
