//! Whatever a camera, a scanner or a clipboard yields.
#![no_main]

use hikyaku::wire::{WireMessage, PageAddress, link, parse_message};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(page) = PageAddress::parse(text) {
        // An address that is taken yields links that are read.
        let packet = "c1.o2FuZFBDLTFhdBppL32AYXCBomFnGwAAAAEHg4AsYWwB";
        assert!(parse_message(&link(&page, packet)).is_ok());
    }
    if let Ok(message @ WireMessage::Packet(packet)) = &parse_message(text) {
        let written = packet.to_text().expect("what was read can be written");
        assert_eq!(parse_message(&written).as_ref(), Ok(message));
    }
});
