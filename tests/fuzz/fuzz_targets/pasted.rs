//! Saved or pasted output of slmgr and ospp.vbs, in any encoding.
#![no_main]

use hikyaku::wire::pasted;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(findings) = pasted::read(bytes) {
        // A number is taken as it stands or not at all: it reads as itself.
        for found in &findings.installation_ids {
            let again = pasted::find_numbers(found.iid.digits());
            assert!(again.installation_ids.iter().any(|other| other.iid == found.iid));
        }
    }
});
