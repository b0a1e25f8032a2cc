//! What a refusal by the licence store means to a technician.

use crate::advice::{Fact, ToFact};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A Windows result code, printed as `0xC004F031`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HResult(pub u32);

impl HResult {
    /// Success.
    pub const OK: Self = Self(0);
    /// Installation ID and Confirmation ID do not match.
    pub const MISMATCH: Self = Self(0xC004_F031);
    /// A check digit is wrong.
    pub const CHECK_DIGITS: Self = Self(0xC004_F04D);
    /// The licensing service requires an elevated caller.
    pub const NOT_ELEVATED: Self = Self(0xC004_F025);
    /// Access denied.
    pub const ACCESS_DENIED: Self = Self(0x8007_0005);
    /// Access denied, in WMI's own code.
    pub const WMI_ACCESS_DENIED: Self = Self(0x8004_1003);
    /// No product key is installed for the product.
    pub const NO_PRODUCT_KEY: Self = Self(0xC004_F014);
    /// The product is not known to the licence store.
    pub const NOT_INSTALLED: Self = Self(0xC004_F015);
    /// A KMS client key is installed.
    pub const KMS_CLIENT: Self = Self(0xC004_F056);
    /// Hardware or key changed since the Installation ID was taken.
    pub const CHANGED: Self = Self(0xC004_F07F);
    /// The installation is not genuine.
    pub const NOT_GENUINE: Self = Self(0xC004_F200);
    /// Bad argument.
    pub const INVALID_ARGUMENT: Self = Self(0x8007_0057);
    /// Within the grace period: the ordinary reason before activation.
    pub const IN_GRACE: Self = Self(0x4004_F00C);
    /// Grace period over.
    pub const NOTIFICATION: Self = Self(0xC004_F034);

    /// Whether the code says that the caller is not elevated.
    pub fn needs_elevation(self) -> bool {
        matches!(
            self,
            Self::NOT_ELEVATED | Self::ACCESS_DENIED | Self::WMI_ACCESS_DENIED
        )
    }

    /// Whether the same Confirmation ID may succeed on another try: the code is
    /// about permissions, services or disks, or is unknown, but is not about
    /// the numbers.
    pub fn may_succeed_later(self) -> bool {
        matches!(
            self.message_id(),
            "hresult-not-elevated"
                | "hresult-not-saved"
                | "hresult-service-missing"
                | "hresult-unknown"
        )
    }

    /// Key of the meaning and the next step in the language files;
    /// `hresult-unknown` for a code that no source explains.
    pub fn message_id(self) -> &'static str {
        MEANINGS
            .iter()
            .find(|(codes, _)| codes.contains(&self.0))
            .map_or("hresult-unknown", |&(_, id)| id)
    }

    /// Reads `0xC004F031`, `C004F031` or a decimal as WMI prints it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let hex = text
            .strip_prefix("0x")
            .or_else(|| text.strip_prefix("0X"))
            .or_else(|| (text.len() == 8).then_some(text));
        match hex {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => text
                .parse::<u32>()
                .ok()
                .or_else(|| text.parse::<i32>().ok().map(|signed| signed as u32)),
        }
        .map(Self)
    }
}

/// The code as `Display` writes it.
impl ToFact for HResult {
    fn to_fact(&self) -> Fact {
        self.to_string().into()
    }
}

impl fmt::Display for HResult {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "0x{:08X}", self.0)
    }
}

/// Codes that mean the same to a technician, with their message id. Sources:
/// Microsoft's `slerror.h` and the error lists of its volume activation pages.
pub const MEANINGS: &[(&[u32], &str)] = &[
    (&[0xC004_F02C, 0xC004_F02F], "hresult-cid-malformed"),
    (&[0xC004_F02D, 0xC004_F02E], "hresult-cid-version"),
    (&[0xC004_F030], "hresult-not-saved"),
    (&[0xC004_F031], "hresult-mismatch"),
    (&[0xC004_F04D], "hresult-check-digits"),
    (&[0xC004_F07E, 0xC004_F07F], "hresult-changed"),
    (&[0xC004_F04F], "hresult-licence-missing"),
    (&[0xC004_F014], "hresult-no-key"),
    (
        &[0xC004_F015, 0xC004_F017, 0xC004_F01C],
        "hresult-not-installed",
    ),
    (
        &[0xC004_F050, 0xC004_F051, 0xC004_F069],
        "hresult-key-invalid",
    ),
    (&[0xC004_F056], "hresult-kms-client"),
    (
        &[0xC004_F025, 0x8007_0005, 0x8004_1003],
        "hresult-not-elevated",
    ),
    (&[0xC004_F200], "hresult-not-genuine"),
    (&[0xC004_F064, 0xC004_F065], "hresult-non-genuine-grace"),
    (&[0xC004_F00F, 0xC004_F211], "hresult-hardware-changed"),
    (&[0xC004_C003], "hresult-key-blocked"),
    (&[0x4004_F401], "hresult-store-licence"),
    (
        &[
            0xC004_E002,
            0xC004_E003,
            0xC004_E009,
            0xC004_E00A,
            0xC004_E00B,
            0xC004_E00C,
            0xC004_E00D,
            0xC004_E00E,
            0xC004_E00F,
            0xC004_E010,
            0xC004_E011,
            0xC004_E012,
            0xC004_E013,
        ],
        "hresult-store-inconsistent",
    ),
    (&[0xC004_D302], "hresult-rearmed"),
    (&[0xC004_D101, 0xC004_D301, 0xC004_D307], "hresult-tampered"),
    (
        &[0xC004_C008, 0xC004_C020, 0xC004_C021],
        "hresult-count-used-up",
    ),
    (&[0x8007_0057], "hresult-bad-argument"),
    (&[0x8007_06BA, 0x8004_1010], "hresult-service-missing"),
    (&[0xC004_F009, 0xC004_F034], "hresult-grace-over"),
    (&[0x4004_F00C, 0x4004_F00D], "hresult-in-grace"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_means_two_things() {
        let mut codes: Vec<u32> = MEANINGS
            .iter()
            .flat_map(|(codes, _)| codes.iter().copied())
            .collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn codes_are_read_as_any_tool_prints_them() {
        for text in ["0xC004F031", "c004f031", "3221549105", "-1073418191"] {
            assert_eq!(HResult::parse(text), Some(HResult::MISMATCH), "{text}");
        }
        assert_eq!(HResult::parse("0xC004F03100"), None);
        assert_eq!(HResult::parse("x"), None);
    }

    #[test]
    fn codes_that_speak_of_hardware_keys_and_grace_are_explained() {
        for (code, id) in [
            (0xC004_F00F, "hresult-hardware-changed"),
            (0xC004_F211, "hresult-hardware-changed"),
            (0xC004_C003, "hresult-key-blocked"),
            (0xC004_F064, "hresult-non-genuine-grace"),
            (0xC004_F065, "hresult-non-genuine-grace"),
            (0x4004_F401, "hresult-store-licence"),
        ] {
            assert_eq!(HResult(code).message_id(), id);
            // Depositing the same number again cures none of them.
            assert!(!HResult(code).may_succeed_later());
        }
    }

    #[test]
    fn what_speaks_of_rights_or_of_nothing_known_may_pass_another_time() {
        for code in [
            HResult::NOT_ELEVATED,
            HResult::ACCESS_DENIED,
            HResult(0xDEAD_BEEF),
        ] {
            assert!(code.may_succeed_later(), "{code}");
        }
        for code in [HResult::MISMATCH, HResult::CHECK_DIGITS, HResult::CHANGED] {
            assert!(!code.may_succeed_later(), "{code}");
        }
    }

    #[test]
    fn an_unexplained_code_still_has_a_message() {
        assert_eq!(HResult(0xDEAD_BEEF).message_id(), "hresult-unknown");
    }
}
