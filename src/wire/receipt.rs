//! Packet `c1`: what the licence store said.

use super::PacketError;
use super::cbor::{CborReader, CborWriter, MapKey};
use super::fields::{count, pc_keys, read_tag, read_time, required, seconds, write_pc};
use crate::activation::{
    HResult, LicenseStatus, MAX_PRODUCTS, MachineId, PcIdentity, ProductReceipt, Receipt,
};

pub(super) fn write(writer: &mut CborWriter, receipt: &Receipt) -> Result<(), PacketError> {
    let products = count("p", 1, MAX_PRODUCTS, receipt.products.len())?;
    writer.map(2 + pc_keys(&receipt.pc));
    write_pc(writer, &receipt.pc);
    writer.key_unsigned("t", seconds("t", receipt.issued_at)?);
    writer.key_array("p", products);
    for product in &receipt.products {
        writer.map(2 + usize::from(product.refusal.is_some()));
        writer.key_unsigned("g", product.tag.value());
        writer.key_unsigned("l", u32::from(product.status).into());
        if let Some(HResult(code)) = product.refusal {
            writer.key_unsigned("h", code.into());
        }
    }
    Ok(())
}

pub(super) fn read(
    reader: &mut CborReader<'_>,
    field: &'static str,
) -> Result<Receipt, PacketError> {
    let (mut name, mut serial, mut machine) = (None, None, None);
    let (mut issued_at, mut products) = (None, None);
    reader.map(field, |key, reader| {
        match key {
            "n" => name = Some(reader.label("n")?),
            "s" => serial = Some(reader.label("s")?),
            "id" => machine = Some(MachineId::from_bytes(reader.bytes("id")?)),
            "t" => issued_at = Some(read_time(reader, "t")?),
            "p" => products = Some(reader.array("p", 1, MAX_PRODUCTS, read_product)?),
            _ => return Ok(MapKey::Unknown),
        }
        Ok(MapKey::Taken)
    })?;
    Ok(Receipt {
        pc: PcIdentity {
            name: required(name, "n")?,
            serial,
            machine,
        },
        issued_at: required(issued_at, "t")?,
        products: required(products, "p")?,
    })
}

fn read_product(reader: &mut CborReader<'_>) -> Result<ProductReceipt, PacketError> {
    let (mut tag, mut status, mut refusal) = (None, None, None);
    reader.map("p", |key, reader| {
        match key {
            "g" => tag = Some(read_tag(reader, "g")?),
            "l" => status = Some(LicenseStatus::from(read_u32(reader, "l")?)),
            "h" => refusal = Some(HResult(read_u32(reader, "h")?)),
            _ => return Ok(MapKey::Unknown),
        }
        Ok(MapKey::Taken)
    })?;
    Ok(ProductReceipt {
        tag: required(tag, "g")?,
        status: required(status, "l")?,
        refusal,
    })
}

fn read_u32(reader: &mut CborReader<'_>, field: &'static str) -> Result<u32, PacketError> {
    // Fits, because of the limit.
    Ok(reader.unsigned(field, u32::MAX.into())? as u32)
}
