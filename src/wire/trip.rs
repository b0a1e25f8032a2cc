//! Packet `t1`: everything gathered on a trip.

use super::PacketError;
use super::cbor::{CborReader, CborWriter, MapKey};
use super::fields::{count, read_cid, read_tag, read_time, required, seconds, write_cid};
use super::{receipt, request};
use crate::activation::{MAX_ENTRIES, Reply, TripMessage};

pub(super) fn write(writer: &mut CborWriter, trip: &TripMessage) -> Result<(), PacketError> {
    writer.map(5);
    writer.key_text("n", trip.name.as_str());
    writer.key_unsigned("t", seconds("t", trip.written_at)?);
    writer.key_array("r", count("r", 0, MAX_ENTRIES, trip.requests.len())?);
    for entry in &trip.requests {
        request::write(writer, entry)?;
    }
    writer.key_array("a", count("a", 0, MAX_ENTRIES, trip.replies.len())?);
    for reply in &trip.replies {
        writer.map(2);
        write_cid(writer, "c", &reply.cid);
        writer.key_unsigned("g", reply.tag.value());
    }
    writer.key_array("c", count("c", 0, MAX_ENTRIES, trip.receipts.len())?);
    for entry in &trip.receipts {
        receipt::write(writer, entry)?;
    }
    Ok(())
}

pub(super) fn read(
    reader: &mut CborReader<'_>,
    field: &'static str,
) -> Result<TripMessage, PacketError> {
    let (mut name, mut written_at) = (None, None);
    let (mut requests, mut replies, mut receipts) = (None, None, None);
    reader.map(field, |key, reader| {
        match key {
            "n" => name = Some(reader.label("n")?),
            "t" => written_at = Some(read_time(reader, "t")?),
            "r" => {
                requests =
                    Some(reader.array("r", 0, MAX_ENTRIES, |reader| request::read(reader, "r"))?);
            }
            "a" => replies = Some(reader.array("a", 0, MAX_ENTRIES, read_reply)?),
            "c" => {
                receipts =
                    Some(reader.array("c", 0, MAX_ENTRIES, |reader| receipt::read(reader, "c"))?);
            }
            _ => return Ok(MapKey::Unknown),
        }
        Ok(MapKey::Taken)
    })?;
    Ok(TripMessage {
        name: required(name, "n")?,
        written_at: required(written_at, "t")?,
        requests: required(requests, "r")?,
        replies: required(replies, "a")?,
        receipts: required(receipts, "c")?,
    })
}

fn read_reply(reader: &mut CborReader<'_>) -> Result<Reply, PacketError> {
    let (mut cid, mut tag) = (None, None);
    reader.map("a", |key, reader| {
        match key {
            "c" => cid = Some(read_cid(reader, "c")?),
            "g" => tag = Some(read_tag(reader, "g")?),
            _ => return Ok(MapKey::Unknown),
        }
        Ok(MapKey::Taken)
    })?;
    Ok(Reply {
        cid: required(cid, "c")?,
        tag: required(tag, "g")?,
    })
}
