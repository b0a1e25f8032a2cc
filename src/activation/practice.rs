//! Numbers of practice mode: well-formed, recognisable, and made up.
//!
//! The first group of every practice number is all zeros (a valid group), so
//! that the real store and the phone page recognise and refuse them.

use super::{ConfirmationId, InstallationId};
use sha2::{Digest, Sha256};

/// A practice Installation ID of 63 digits, the same for the same seed.
///
/// Groups 2 to 9: the SHA-256 of `hikyaku practice iid:` and the seed, four
/// bytes per group as a big-endian integer modulo 10^6, then the check digit.
#[allow(clippy::missing_panics_doc)] // the shape of the groups is fixed here
pub fn practice_installation_id(seed: &str) -> InstallationId {
    let groups = payload("hikyaku practice iid:", seed, 9, 6);
    InstallationId::from_payload(&groups).expect("nine groups of six digits")
}

/// The Confirmation ID that the practice portal answers, and the only one that
/// a practice store takes.
///
/// Groups B to H: the SHA-256 of `hikyaku practice cid:` and the digits of the
/// Installation ID, four bytes per group as a big-endian integer modulo 10^5,
/// then the check digit.
#[allow(clippy::missing_panics_doc)] // the shape of the groups is fixed here
pub fn practice_confirmation_id(iid: &InstallationId) -> ConfirmationId {
    let groups = payload("hikyaku practice cid:", iid.digits(), 8, 5);
    ConfirmationId::from_payload(&groups).expect("eight groups of five digits")
}

fn payload(domain: &str, seed: &str, groups: usize, digits: usize) -> Vec<String> {
    let hash = Sha256::new()
        .chain_update(domain.as_bytes())
        .chain_update(seed.as_bytes())
        .finalize();
    let modulus = 10_u32.pow(digits as u32);
    let zeros = std::iter::once("0".repeat(digits));
    let rest = hash.chunks_exact(4).take(groups - 1).map(|bytes| {
        let number = bytes
            .iter()
            .fold(0_u32, |number, &byte| number << 8 | u32::from(byte));
        format!("{:0digits$}", number % modulus)
    });
    zeros.chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practice_numbers_hold_and_show_themselves() {
        for seed in 0..1000 {
            let iid = practice_installation_id(&seed.to_string());
            assert!(iid.is_practice());
            assert_eq!(InstallationId::parse(iid.digits()).as_ref(), Ok(&iid));
            let cid = practice_confirmation_id(&iid);
            assert!(cid.is_practice());
            assert_eq!(ConfirmationId::parse(cid.digits()).as_ref(), Ok(&cid));
        }
    }

    #[test]
    fn the_documented_hash_gives_what_another_implementation_gives() {
        let iid = practice_installation_id("PRACTICE-01");
        assert_eq!(
            iid.groups().join(" "),
            "0000000 7691945 7329823 3555000 7304770 3569173 1204283 2746163 9362466"
        );
        let cid = practice_confirmation_id(&iid);
        assert_eq!(
            cid.groups().join(" "),
            "000000 860214 627211 648162 977356 659373 273811 182603"
        );
    }
}
