//! Messages as text: the format specification.
//!
//! Everything that passes between an offline PC and the outside is one of the
//! forms below, whether a camera, a scanner or a keyboard brings it.
//! `fixtures/wire` and `fixtures/numbers` hold examples of every form, valid ones
//! and ones with a single defect; every implementation runs the same files. What
//! they assert follows from the specification alone: this page for messages,
//! [`parts`] and [`pasted`] for what they describe, and
//! [`trip::file`](crate::trip::file) and [`trip::facts`](crate::trip::facts) for
//! trip files.
//!
//! ```
//! use hikyaku::wire::{WireMessage, Number, PageAddress, link, parse_message};
//!
//! let iid = "4891263 4325701 2289105 5465220 8520533 2958764 1588510 1112713 9061121";
//! let WireMessage::Number(Number::InstallationId(iid)) = parse_message(iid)? else {
//!     panic!("an Installation ID");
//! };
//!
//! let page = PageAddress::parse("https://example.org/hikyaku/")?;
//! let packet = "c1.o2FuZFBDLTFhdBppL32AYXCBomFnGwAAAAEHg4AsYWwB";
//! let WireMessage::Packet(receipt) = parse_message(&link(&page, packet))? else {
//!     panic!("a packet");
//! };
//! assert_eq!(receipt.to_text()?, packet);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![doc = include_str!("numbers.md")]
#![doc = include_str!("packets.md")]

mod cbor;
mod fields;
mod link;
mod link_error;
mod number;
mod packet;
mod packet_error;
pub mod parts;
pub mod pasted;
mod receipt;
mod request;
mod trip;

pub(crate) use fields::MAX_TIME;
pub use link::{NotAReply, PageAddress, WireError, WireMessage, link, parse_message, symbol_text};
pub use link_error::LinkError;
pub use number::{
    Number, Trust, parse_answer, parse_number, parse_reply, reply_to_digits, typed_reply_to_digits,
};
pub use packet::{MAX_PACKET_CHARS, MAX_TRIP_CHARS, Packet};
pub use packet_error::PacketError;

#[cfg(test)]
mod tests;
