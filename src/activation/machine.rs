//! What distinguishes one machine from another.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// Prefix of the hash input, which keeps these hashes distinct from all others.
const DOMAIN: &str = "hikyaku machine 1";

/// Bytes of the hash that are kept: in a trip of ten thousand PCs, the chance
/// that two share the same eight is 1 in 4 * 10^11.
const BYTES: usize = 8;

/// Identity of a machine: its SMBIOS UUID and its serial number, hashed.
///
/// It reveals neither, and does not depend on what the PC is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MachineId([u8; BYTES]);

impl MachineId {
    /// The identity of a machine whose firmware reports this; `None` if it
    /// reports nothing unique.
    pub fn of(uuid: Option<&str>, serial: Option<&str>) -> Option<Self> {
        let uuid = uuid.and_then(usable_uuid);
        let serial = serial.map(str::trim).filter(|text| is_serial_number(text));
        if uuid.is_none() && serial.is_none() {
            return None;
        }
        let text = format!(
            "{DOMAIN}\n{}\n{}",
            uuid.unwrap_or_default(),
            serial.unwrap_or_default().to_uppercase()
        );
        let hash = Sha256::digest(text.as_bytes());
        let mut bytes = [0; BYTES];
        bytes.copy_from_slice(&hash[..BYTES]);
        Some(Self(bytes))
    }

    /// Wraps these bytes.
    pub fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// Parses sixteen hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 2 * BYTES || !text.bytes().all(is_hex) {
            return None;
        }
        let value = u64::from_str_radix(text, 16).ok()?;
        Some(Self(value.to_be_bytes()))
    }
}

impl fmt::Display for MachineId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", u64::from_be_bytes(self.0))
    }
}

impl TryFrom<String> for MachineId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a machine's identity of sixteen hexadecimal digits")
    }
}

impl From<MachineId> for String {
    fn from(machine: MachineId) -> Self {
        machine.to_string()
    }
}

/// UUIDs that whole series of boards share, without hyphens. The first two are
/// the same value in both byte orders and by far the most frequent (boards by
/// several makers with AMI firmware). Makers of inventory programs have
/// published the others as seen on many machines.
const SHARED_UUIDS: &[&str] = &[
    "03000200040005000006000700080009",
    "00020003000400050006000700080009",
    "07090201010303010807060504030201",
    "0102030405060708090a0b0c0d0e0f10",
    "000102030405060708090a0b0c0d0e0f",
    "123456781234567890abcddeefaabbcc",
    "12345678123412341234123456789012",
    "deadbeefdeadbeefdeadbeefdeadbeef",
    "56f49712ffffffffffffffffffffffff",
    "93309712ffffffffffffffffffffffff",
    "50fb9712ffffffffffffffffffffffff",
    "61f39712ffffffffffffffffffffffff",
    "52309712ffffffffffffffffffffffff",
    "dc698397fa544cf282c8b1b5307a6a7f",
    "8e275844178f44a8aceba7d7e5178c63",
    "890e2d14cacd45d1ae66bc80e8bfeb0f",
    // A maker's pattern around a blank service tag.
    "4c4c454400002010802080c04f202020",
];

/// The UUID without hyphens in lower case, if it distinguishes machines.
/// According to SMBIOS, all zeros means that there is none, and all ones that
/// it was never set (DMTF DSP0134, *System - UUID*).
fn usable_uuid(text: &str) -> Option<String> {
    let bare: String = text
        .chars()
        .filter(|character| !matches!(character, '-' | '{' | '}') && !character.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    if bare.len() != 32 || !bare.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let one_byte_over_and_over = bare
        .as_bytes()
        .chunks(2)
        .all(|pair| pair == &bare.as_bytes()[..2]);
    let shared = SHARED_UUIDS.contains(&bare.as_str());
    (!one_byte_over_and_over && !shared).then_some(bare)
}

/// Texts that firmware carries if nobody wrote a serial number into it. Lower
/// case, letters and digits only.
const PLACEHOLDERS: &[&str] = &[
    "tobefilledbyoem",
    "tobefilledbyoemmanufacturer",
    "tobefilled",
    "filledbyoem",
    "defaultstring",
    "default",
    "systemserialnumber",
    "systemserial",
    "serialnumber",
    "chassisserialnumber",
    "baseboardserialnumber",
    "boardserialnumber",
    "systemproductname",
    "productname",
    "none",
    "null",
    "nil",
    "notspecified",
    "notapplicable",
    "notavailable",
    "notset",
    "unspecified",
    "undefined",
    "unknown",
    "invalid",
    "standard",
    "na",
    "tbd",
    "oem",
    "empty",
    "blank",
    "serial",
    "test",
    "mbserial",
    "mb1234567890",
    "sn",
    "sn123456789",
    "sn1234567890",
    "0123456789abcdef",
    "123456789abcdef",
    "0123456789ab",
    "abcdefgh",
    "0987654321",
    "987654321",
    "87654321",
];

/// Fewest letters and digits of a serial number; shorter ones are counters.
const MIN_SERIAL: usize = 4;

/// Whether a text is a real serial number. A placeholder that many machines
/// carry would make one machine of all of them.
pub fn is_serial_number(text: &str) -> bool {
    let bare: String = text
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let first = bare.chars().next();
    let is_one_character = bare.chars().all(|character| Some(character) == first);
    let is_counted = "01234567890123456789".contains(bare.as_str());
    let is_short = bare.chars().count() < MIN_SERIAL;
    !is_one_character && !is_counted && !is_short && !PLACEHOLDERS.contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "4C4C4544-0042-3510-8052-B3C04F4B4E32";

    #[test]
    fn a_machine_is_what_its_uuid_and_its_serial_number_say_together() {
        let machine = MachineId::of(Some(UUID), Some("PF3ABCDE"));
        assert!(machine.is_some());
        assert_eq!(
            machine,
            MachineId::of(Some(&UUID.to_lowercase()), Some(" pf3abcde "))
        );
        let others = [
            MachineId::of(Some(UUID), Some("PF3ABCDF")),
            MachineId::of(Some(UUID), None),
            MachineId::of(None, Some("PF3ABCDE")),
            MachineId::of(
                Some("4C4C4544-0042-3510-8052-B3C04F4B4E33"),
                Some("PF3ABCDE"),
            ),
        ];
        for other in others {
            assert!(other.is_some());
            assert_ne!(other, machine);
        }
    }

    #[test]
    fn placeholders_identify_nothing() {
        let uuids = [
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "58585858-5858-5858-5858-585858585858",
            "03000200-0400-0500-0006-000700080009",
            "{00020003-0004-0005-0006-000700080009}",
            "4C4C4544-0000-2010-8020-80C04F202020",
            "12345678-1234-5678-90AB-CDDEEFAABBCC",
            "8E275844-178F-44A8-ACEB-A7D7E5178C63",
            "",
            "not a UUID",
        ];
        let serials = [
            "12345678",
            "1234567",
            "0123456789",
            "To be filled by O.E.M.",
            "Default string",
            "System Serial Number",
            "0",
            "00000000",
            "XXXXXXXX",
            "N/A",
            "  ",
        ];
        for uuid in uuids {
            for serial in serials {
                assert_eq!(
                    MachineId::of(Some(uuid), Some(serial)),
                    None,
                    "{uuid} {serial}"
                );
            }
            // Only the real value counts.
            assert_eq!(
                MachineId::of(Some(uuid), Some("PF3ABCDE")),
                MachineId::of(None, Some("PF3ABCDE")),
                "{uuid}"
            );
        }
        assert!(is_serial_number("VMware-56 4d 8a") && is_serial_number("None-7"));
    }

    #[test]
    fn it_is_written_as_it_is_read() {
        let machine = MachineId::of(Some(UUID), None).unwrap();
        assert_eq!(MachineId::parse(&machine.to_string()), Some(machine));
        assert_eq!(MachineId::from_bytes(*machine.as_bytes()), machine);
        for text in [
            "",
            "0",
            "0123456789ABCDEF",
            "0123456789abcdeg",
            "+123456789abcdef",
        ] {
            assert_eq!(MachineId::parse(text), None, "{text}");
        }
    }
}
