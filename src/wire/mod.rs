//! Messages as text.

mod cbor;
mod link;
mod link_error;
mod number;
mod packed;
mod packet;
mod packet_error;
mod receipt;
mod request;
mod trip;

pub use link::{Message, PageAddress, WireError, link, parse_message};
pub use link_error::LinkError;
pub use number::{Number, Trust, parse_answer, parse_number, parse_reply, reply_to_digits};
pub use packet::{MAX_PACKET_CHARS, MAX_TRIP_CHARS, Packet};
pub use packet_error::PacketError;
