//! The text of a packet.
#![no_main]

use hikyaku::wire::Packet;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(packet) = Packet::parse(text) {
        let written = packet.to_text().expect("what was read can be written");
        assert_eq!(Packet::parse(&written).as_ref(), Ok(&packet));
    }
});
