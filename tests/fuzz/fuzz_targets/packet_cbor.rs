//! The bytes inside a packet: the first byte chooses its kind. Base64 hides
//! the structure of CBOR from the fuzzer, so this target goes around it.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hikyaku::wire::Packet;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, cbor)) = bytes.split_first() else {
        return;
    };
    let kind = ["r1.", "c1.", "t1."][usize::from(kind % 3)];
    let text = format!("{kind}{}", URL_SAFE_NO_PAD.encode(cbor));
    if let Ok(packet) = Packet::parse(&text) {
        let written = packet.to_text().expect("what was read can be written");
        assert_eq!(Packet::parse(&written).as_ref(), Ok(&packet));
        assert!(written.len() <= text.len(), "writing is shortest");
    }
});
