//! Fields that several packets share: groups of digits as bytes, times, names.

use super::PacketError;
use super::cbor::{CborReader, CborWriter};
use crate::activation::{ConfirmationId, InstallationId, NumberError, PcIdentity, Tag};
use chrono::{DateTime, Utc};

/// Last second of the year 9999.
pub(crate) const MAX_TIME: u64 = 253_402_300_799;

/// Bytes of an Installation ID: digits per group, then nine groups.
const IID_BYTES: usize = 1 + 9 * 3;

/// Bytes of a Confirmation ID: eight groups.
const CID_BYTES: usize = 8 * 3;

pub(super) fn write_iid(writer: &mut CborWriter, key: &str, iid: &InstallationId) {
    let mut bytes = vec![iid.kind().group_digits() as u8];
    bytes.extend(pack(&iid.groups()));
    writer.key_bytes(key, &bytes);
}

pub(super) fn read_iid(
    reader: &mut CborReader<'_>,
    field: &'static str,
) -> Result<InstallationId, PacketError> {
    let [length, groups @ ..] = reader.bytes::<IID_BYTES>(field)?;
    let digits = unpack(&groups, usize::from(length))
        .filter(|_| matches!(length, 6 | 7))
        .ok_or(PacketError::Malformed { field })?;
    InstallationId::parse(&digits).map_err(|error| wrong_groups(field, &error))
}

pub(super) fn write_cid(writer: &mut CborWriter, key: &str, cid: &ConfirmationId) {
    writer.key_bytes(key, &pack(&cid.groups()));
}

pub(super) fn read_cid(
    reader: &mut CborReader<'_>,
    field: &'static str,
) -> Result<ConfirmationId, PacketError> {
    let groups = reader.bytes::<CID_BYTES>(field)?;
    let digits = unpack(&groups, 6).ok_or(PacketError::Malformed { field })?;
    ConfirmationId::parse(&digits).map_err(|error| wrong_groups(field, &error))
}

pub(super) fn read_tag(
    reader: &mut CborReader<'_>,
    field: &'static str,
) -> Result<Tag, PacketError> {
    let value = reader.unsigned(field, u64::MAX)?;
    Tag::from_value(value).ok_or(PacketError::Malformed { field })
}

/// Seconds since 1970, without leap seconds.
pub(super) fn seconds(field: &'static str, time: DateTime<Utc>) -> Result<u64, PacketError> {
    u64::try_from(time.timestamp())
        .ok()
        .filter(|&seconds| seconds <= MAX_TIME)
        .ok_or(PacketError::Malformed { field })
}

pub(super) fn read_time(
    reader: &mut CborReader<'_>,
    field: &'static str,
) -> Result<DateTime<Utc>, PacketError> {
    let seconds = reader.unsigned(field, MAX_TIME)?;
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or(PacketError::Malformed { field })
}

/// How many of the keys `n`, `s`, `id` are present.
pub(super) fn pc_keys(pc: &PcIdentity) -> usize {
    1 + usize::from(pc.serial.is_some()) + usize::from(pc.machine.is_some())
}

/// Keys `n`, `s`, `id` of a request or receipt.
pub(super) fn write_pc(writer: &mut CborWriter, pc: &PcIdentity) {
    writer.key_text("n", pc.name.as_str());
    if let Some(serial) = &pc.serial {
        writer.key_text("s", serial.as_str());
    }
    if let Some(machine) = &pc.machine {
        writer.key_bytes("id", machine.as_bytes());
    }
}

/// The value of a field that must be present.
pub(super) fn required<T>(value: Option<T>, field: &'static str) -> Result<T, PacketError> {
    value.ok_or(PacketError::MissingField { field })
}

/// The number of entries, if it is allowed.
pub(super) fn count(
    field: &'static str,
    least: usize,
    most: usize,
    found: usize,
) -> Result<usize, PacketError> {
    if (least..=most).contains(&found) {
        return Ok(found);
    }
    Err(PacketError::WrongCount {
        field,
        least,
        most,
        found: found as u64,
    })
}

/// Every group as a big-endian integer of three bytes.
fn pack(groups: &[&str]) -> Vec<u8> {
    groups
        .iter()
        .flat_map(|group| {
            let value = group
                .bytes()
                .fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'));
            let [_, high, middle, low] = value.to_be_bytes();
            [high, middle, low]
        })
        .collect()
}

/// The digits of all groups; `None` if a group needs more digits.
fn unpack(bytes: &[u8], digits: usize) -> Option<String> {
    let mut text = String::with_capacity(63);
    for group in bytes.chunks_exact(3) {
        let value = group
            .iter()
            .fold(0_u32, |value, &byte| value << 8 | u32::from(byte));
        let group = format!("{value:0digits$}");
        if group.len() != digits {
            return None;
        }
        text.push_str(&group);
    }
    Some(text)
}

fn wrong_groups(field: &'static str, error: &NumberError) -> PacketError {
    let faults = error.faults();
    if faults.is_empty() {
        return PacketError::Malformed { field };
    }
    PacketError::WrongGroups {
        field,
        groups: faults.iter().map(|fault| fault.label.clone()).collect(),
    }
}
