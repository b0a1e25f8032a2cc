//! Messages as text: the format specification.
//!
//! Everything that passes between an offline PC and the outside is one of the
//! forms below, whether a camera, a scanner or a keyboard brings it.
//! `fixtures/wire` and `fixtures/numbers` hold examples of every form, good
//! and with one defect each; every implementation runs the same files.
//!
//! ```
//! use hikyaku::wire::{Message, Number, PageAddress, link, parse_message};
//!
//! let iid = "4891263 4325701 2289105 5465220 8520533 2958764 1588510 1112713 9061121";
//! let Message::Number(Number::InstallationId(iid)) = parse_message(iid)? else {
//!     panic!("an Installation ID");
//! };
//!
//! let page = PageAddress::parse("https://example.org/hikyaku/")?;
//! let packet = "c1.o2FuZFBDLTFhdBppL32AYXCBomFnGwAAAAEHg4AsYWwB";
//! let Message::Packet(receipt) = parse_message(&link(&page, packet))? else {
//!     panic!("a packet");
//! };
//! assert_eq!(receipt.to_text()?, packet);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Numbers
//!
//! Decimal digits; how many of them there are says what they are.
//!
//! | digits | what | groups |
//! | --- | --- | --- |
//! | 63 | Installation ID (IID) | 9 of 7 |
//! | 54 | Installation ID (IID) | 9 of 6 |
//! | 48 | Confirmation ID (CID) | 8 of 6, boxes A to H |
//! | 60 | reply | the 48 digits of a CID, a tag (10), a check (2) |
//! | 50 | typed reply | the 48 digits of a CID, the check of its reply (2) |
//!
//! **Groups.** The last digit of a group is `(d1 + 2·d2 + d3 + 2·d4 + …) mod
//! 7` over the digits before it, positions from the left.
//!
//! **Tag.** The tag of an IID is the SHA-256 of its ASCII digits, read as a
//! big-endian integer, modulo 10^10, written with ten digits. A reply carries
//! the tag of the IID that its CID answers.
//!
//! **Check.** ISO 7064 MOD 97-10 over the 58 digits before it: `98 - (N · 100
//! mod 97)` for the integer `N` that they are, written with two digits. It is
//! 02 to 98; the other pair of digits that also makes the whole number 1
//! modulo 97 is refused, so that a reply has one writing. The check sees every
//! wrong digit and every two neighbours swapped; of two groups swapped it
//! sees all but those whose values are equal modulo 97.
//!
//! **Reading.** Full-width digits (U+FF10 to U+FF19) count as digits. Every
//! character that is neither letter nor digit is a separator, and so is one
//! letter A to H (small, capital, full-width) without a letter beside it: the
//! boxes as the portal prints them. Any other letter or number character is
//! refused, never read as the digit that it resembles. Input is at most 512
//! characters. A reply is refused for boxes that fail before its check is
//! looked at, and 60 digits are never anything but a reply.
//!
//! The labels 1 to 9 of an IID in numbered groups (`1 4891263 2: 4325701 …`, in
//! order, at least three) are no digits of it. `#`, `照合` or `check` before
//! digits says that they stand behind box H: the tag (as under the symbol of a
//! reply, where the check is left out), the check, or both. Whatever stands
//! behind box H, those 48 digits are no bare CID.
//!
//! **Writing.** ASCII digits and nothing else.
//!
//! # Packets
//!
//! ```text
//! PACKET = KIND VERSION "." base64url(CBOR)
//! ```
//!
//! KIND is one letter, VERSION a decimal number of one to three digits without
//! leading zeros. The base64url text (RFC 4648, section 5) has no padding, no
//! line ends and no left-over bits that are not zero. The known packets are
//! `r1` (request), `c1` (receipt) and `t1` (trip). A whole packet has at most
//! 4096 characters for `r` and `c`, 1048576 for `t`.
//!
//! **CBOR.** One map (RFC 8949) and nothing after it. Everything has a
//! definite length. Keys are text of one or two ASCII letters, no key twice in
//! one map. Keys may come in any order, and integers and lengths in more bytes
//! than they need. A key that is not known is passed over with its value:
//! well-formed CBOR of definite lengths whose text is UTF-8, nested at most 8
//! deep, where a scalar is 1 deep, an array, map or tag one deeper than the
//! deepest value in it, and an empty array or map 1. Keys of maps inside such
//! a value are not looked at. A length is held against its limit, or against
//! the bytes that are there, before anything is allocated for it.
//!
//! **Deterministic writing.** Keys in the order of the tables, shortest
//! integers and lengths, no unknown keys; an optional key without a value is
//! left out, never null.
//!
//! The types below:
//! - *label*: text of 1 to 96 characters (Unicode scalar values), trimmed,
//!   without controls, bidi and other format characters, and letters without
//!   any ink (exactly those of
//!   [`is_unprintable`](crate::activation::is_unprintable), listed in
//!   `fixtures/wire/unprintable.txt`).
//! - *time*: unsigned, seconds since 1970-01-01T00:00:00Z without leap
//!   seconds, at most 253402300799 (end of the year 9999).
//! - *tag*: unsigned, below 10^10: the value of a tag.
//! - *iid*: 28 bytes: the digits per group (6 or 7), then nine groups, each
//!   the integer that its digits are, three bytes, big-endian. Every group is
//!   below 10^(digits per group) and holds its check digit.
//! - *cid*: 24 bytes: eight groups in the same way, of 6 digits.
//!
//! ## `r1`: request
//!
//! | key | value | |
//! | --- | --- | --- |
//! | `n` | label | name of the PC |
//! | `s` | label | serial number of the PC; optional |
//! | `id` | 8 bytes | what identifies the machine; optional |
//! | `t` | time | when the licence store was read |
//! | `p` | array of 1 to 16 maps | its products |
//!
//! `id` is the beginning of the SHA-256 of `hikyaku machine 1`, a line feed, the
//! SMBIOS UUID (32 hexadecimal digits in lower case), a line feed and the serial
//! number in capitals; a UUID or a serial number that is a placeholder is left
//! empty, and where both are, there is no `id`. A reader that does not know it
//! passes over it.
//!
//! Each product; no Activation ID twice in one request:
//!
//! | key | value | |
//! | --- | --- | --- |
//! | `a` | 16 bytes | Activation ID, in the order of its text form |
//! | `n` | label | name of the product |
//! | `k` | text, five of `A`-`Z`, `0`-`9` | last five of its key; optional |
//! | `i` | iid | Installation ID |
//!
//! ## `c1`: receipt
//!
//! Keys `n`, `s`, `id`, `t` (when the status was read) and `p` as in a request, with
//! products:
//!
//! | key | value | |
//! | --- | --- | --- |
//! | `g` | tag | of the Installation ID that was answered |
//! | `l` | unsigned, below 2^32 | licence status; 1 is activated, 0 and 2 to 6 are known |
//! | `h` | unsigned, below 2^32 | HRESULT of a refusal; optional |
//!
//! ## `t1`: trip
//!
//! | key | value | |
//! | --- | --- | --- |
//! | `n` | label | name of the walk |
//! | `t` | time | when this was written |
//! | `r` | array of up to 1000 maps | requests, each the map of an `r1` |
//! | `a` | array of up to 1000 maps | replies: `c` cid, `g` tag |
//! | `c` | array of up to 1000 maps | receipts, each the map of a `c1` |
//!
//! All five keys are there; the arrays may be empty. A PC that is known by a
//! bare Installation ID only is a request of one product whose Activation ID is
//! all zeros. In several symbols a trip travels as [`parts`], with all that
//! happened on the walk as a [`trip_file`].
//!
//! # Links
//!
//! ```text
//! LINK = PAGE "#" PACKET
//! ```
//!
//! PAGE is an address of the phone page without a fragment: `https://`, or
//! `http://` where the host is `localhost`, `127.0.0.1` or `[::1]`; at most 200
//! characters, all of RFC 3986, no credentials. Read, however, is any text
//! that begins with `http://` or `https://` (in any case): what stands before
//! its first `#` is ignored.
//!
//! # Reading a message
//!
//! 1. Drop spaces, tabs, line feeds, carriage returns, U+00A0, U+3000 and
//!    U+FEFF at both ends.
//! 2. Begins with `http://` or `https://`: what follows the first `#` must
//!    begin as a packet does, and is read as one.
//! 3. Begins as a packet does (an ASCII letter, a VERSION, a full stop): it is
//!    read as one.
//! 4. Else it is read as a number.
//!
//! # Errors
//!
//! An implementation names a defect by the id of [`NumberError`],
//! [`PacketError`] or [`LinkError`]. Of several defects the first one met is
//! named, reading from the left; a key that is missing is named at the end of
//! its map, products that stand twice at the end of their request, bytes that
//! follow at the very end.
//!
//! [`NumberError`]: crate::activation::NumberError

mod cbor;
pub mod facts;
mod link;
mod link_error;
mod number;
mod packed;
mod packet;
mod packet_error;
pub mod parts;
pub mod pasted;
mod receipt;
mod request;
mod trip;
pub mod trip_file;

pub use link::{Message, PageAddress, Stranger, WireError, link, parse_message};
pub use link_error::LinkError;
pub use number::{
    Number, Trust, parse_answer, parse_number, parse_reply, reply_to_digits, typed_reply_to_digits,
};
#[cfg(feature = "licensing")]
pub(crate) use packed::MAX_TIME;
pub use packet::{MAX_PACKET_CHARS, MAX_TRIP_CHARS, Packet};
pub use packet_error::PacketError;

#[cfg(test)]
mod printed_tests;
