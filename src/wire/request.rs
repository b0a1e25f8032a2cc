//! Packet `r1`: what an offline PC asks for.

use super::PacketError;
use super::cbor::{CborReader, CborWriter, MapKey};
use super::fields::{count, pc_keys, read_iid, read_time, required, seconds, write_iid, write_pc};
use crate::activation::{
    ActivationId, KeyTail, MAX_PRODUCTS, MachineId, PcIdentity, ProductRequest, Request,
};

pub(super) fn write(writer: &mut CborWriter, request: &Request) -> Result<(), PacketError> {
    let products = count("p", 1, MAX_PRODUCTS, request.products.len())?;
    refuse_same_product(&request.products)?;
    writer.map(2 + pc_keys(&request.pc));
    write_pc(writer, &request.pc);
    writer.key_unsigned("t", seconds("t", request.taken_at)?);
    writer.key_array("p", products);
    for product in &request.products {
        writer.map(3 + usize::from(product.key_tail.is_some()));
        writer.key_bytes("a", product.activation_id.as_bytes());
        writer.key_text("n", product.name.as_str());
        if let Some(tail) = &product.key_tail {
            writer.key_text("k", tail.as_str());
        }
        write_iid(writer, "i", &product.installation_id);
    }
    Ok(())
}

pub(super) fn read(
    reader: &mut CborReader<'_>,
    field: &'static str,
) -> Result<Request, PacketError> {
    let (mut name, mut serial, mut machine) = (None, None, None);
    let (mut taken_at, mut products) = (None, None);
    reader.map(field, |key, reader| {
        match key {
            "n" => name = Some(reader.label("n")?),
            "s" => serial = Some(reader.label("s")?),
            "id" => machine = Some(MachineId::from_bytes(reader.bytes("id")?)),
            "t" => taken_at = Some(read_time(reader, "t")?),
            "p" => products = Some(reader.array("p", 1, MAX_PRODUCTS, read_product)?),
            _ => return Ok(MapKey::Unknown),
        }
        Ok(MapKey::Taken)
    })?;
    let request = Request {
        pc: PcIdentity {
            name: required(name, "n")?,
            serial,
            machine,
        },
        taken_at: required(taken_at, "t")?,
        products: required(products, "p")?,
    };
    refuse_same_product(&request.products)?;
    Ok(request)
}

fn read_product(reader: &mut CborReader<'_>) -> Result<ProductRequest, PacketError> {
    let (mut id, mut name, mut key_tail, mut iid) = (None, None, None, None);
    reader.map("p", |key, reader| {
        match key {
            "a" => id = Some(ActivationId::from_bytes(reader.bytes("a")?)),
            "n" => name = Some(reader.label("n")?),
            "k" => {
                let tail = KeyTail::parse(reader.text("k")?);
                key_tail = Some(tail.ok_or(PacketError::Malformed { field: "k" })?);
            }
            "i" => iid = Some(read_iid(reader, "i")?),
            _ => return Ok(MapKey::Unknown),
        }
        Ok(MapKey::Taken)
    })?;
    Ok(ProductRequest {
        activation_id: required(id, "a")?,
        name: required(name, "n")?,
        key_tail,
        installation_id: required(iid, "i")?,
    })
}

/// Refuses a product that occurs twice: an answer could not say which of the
/// two it is for.
fn refuse_same_product(products: &[ProductRequest]) -> Result<(), PacketError> {
    for (index, product) in products.iter().enumerate() {
        let activation_id = product.activation_id;
        if products[..index]
            .iter()
            .any(|earlier| earlier.activation_id == activation_id)
        {
            return Err(PacketError::SameProductTwice { activation_id });
        }
    }
    Ok(())
}
