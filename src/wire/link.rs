//! Links that carry packets, and the entry point for whatever a camera, a
//! scanner or a clipboard yields.

use super::{LinkError, Number, Packet, PacketError, parse_number};
use crate::activation::NumberError;
use crate::advice::Advice;
use std::fmt;
use std::net::Ipv6Addr;

/// Address of the phone page, fit to carry a packet behind its `#`.
///
/// ```
/// use hikyaku::wire::{LinkError, PageAddress};
/// assert!(PageAddress::parse("https://example.org/hikyaku/").is_ok());
/// assert!(PageAddress::parse("http://localhost:8000").is_ok());
/// assert_eq!(PageAddress::parse("http://example.org/"), Err(LinkError::NotSecure));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAddress(String);

impl PageAddress {
    /// Longest address in characters; each one adds to the symbol.
    pub const MAX_CHARS: usize = 200;

    /// Accepts `https://HOST...`, or `http://` on this machine itself; ASCII
    /// only (hosts in Punycode, paths percent-encoded, as browsers copy them).
    ///
    /// # Errors
    /// A [`LinkError`] that says what is not allowed in such an address.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        if text.chars().nth(Self::MAX_CHARS).is_some() {
            return Err(LinkError::TooLong {
                limit: Self::MAX_CHARS,
            });
        }
        if text.contains('#') {
            return Err(LinkError::HasFragment);
        }
        if let Some((index, character)) = text
            .chars()
            .enumerate()
            .find(|&(_, character)| !is_link_character(character))
        {
            return Err(LinkError::ForeignCharacter {
                character,
                position: index + 1,
            });
        }
        let (secure, rest) = match (strip_scheme(text, "https"), strip_scheme(text, "http")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err(LinkError::NotAnAddress),
        };
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(LinkError::HasCredentials);
        }
        let host = host_of(authority).ok_or(LinkError::NotAnAddress)?;
        if !secure && !is_this_machine(host) {
            return Err(LinkError::NotSecure);
        }
        Ok(Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PageAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The link that opens the phone page with a packet in it. The part after the
/// `#` never reaches the page's server.
pub fn link(page: &PageAddress, packet_text: &str) -> String {
    format!("{page}#{packet_text}")
}

/// The content of the symbol for a packet: the link if the address of the phone
/// page is known, else the packet alone.
///
/// # Errors
/// Those of [`Packet::to_text`].
pub fn symbol_text(packet: &Packet, page: Option<&PageAddress>) -> Result<String, PacketError> {
    let text = packet.to_text()?;
    Ok(page.map_or_else(|| text.clone(), |page| link(page, &text)))
}

/// A message of the exchange, in any form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WireMessage {
    /// A bare number.
    Number(Number),
    /// A packet, bare or from a link.
    Packet(Packet),
}

/// Why a text is not a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Advice)]
pub enum WireError {
    /// It was parsed as a number.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// It was parsed as a packet.
    #[error(transparent)]
    Packet(#[from] PacketError),
    /// It is a link.
    #[error(transparent)]
    Link(#[from] LinkError),
}

/// Parses a message: a bare number, a bare packet, or a link with a packet
/// after its `#`, whatever page it leads to.
///
/// # Errors
/// The error of the form that the text has: of a link if it begins with
/// `http://` or `https://`, of a packet if it begins like one, else of a
/// number.
pub fn parse_message(text: &str) -> Result<WireMessage, WireError> {
    let trimmed = text.trim_matches(is_surrounding);
    let is_link = ["https", "http"]
        .iter()
        .any(|scheme| strip_scheme(trimmed, scheme).is_some());
    if is_link {
        let packet = trimmed
            .split_once('#')
            .map(|(_, fragment)| fragment)
            .filter(|fragment| Packet::has_header(fragment))
            .ok_or(LinkError::NoMessage)?;
        return Ok(WireMessage::Packet(Packet::parse(packet)?));
    }
    if Packet::has_header(trimmed) {
        return Ok(WireMessage::Packet(Packet::parse(trimmed)?));
    }
    Ok(WireMessage::Number(parse_number(text)?))
}

/// What a text is that was read where a reply was expected. The ids are keys of
/// message pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case", prefix = "scan-is-")]
pub enum NotAReply {
    /// What a PC asks for: an Installation ID or a request.
    Request,
    /// The result that a PC shows at the end.
    Receipt,
    /// Digits that are not a sound reply.
    Damaged,
    /// Nothing that Hikyaku knows.
    Other,
}

impl NotAReply {
    /// Classifies a text that is not a reply.
    pub fn of(text: &str) -> Self {
        match parse_message(text) {
            Ok(
                WireMessage::Number(Number::InstallationId(_))
                | WireMessage::Packet(Packet::Request(_)),
            ) => Self::Request,
            Ok(WireMessage::Packet(Packet::Receipt(_))) => Self::Receipt,
            Err(_) if text.chars().all(|character| character.is_ascii_digit()) => Self::Damaged,
            _ => Self::Other,
        }
    }
}

/// Characters that may surround a packet or a link; the set is the same in
/// every implementation.
fn is_surrounding(character: char) -> bool {
    matches!(
        character,
        ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{3000}' | '\u{feff}'
    )
}

/// The text after `SCHEME://`; the case of the scheme does not matter.
fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let (head, rest) = text.split_once("://")?;
    head.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// Characters of RFC 3986 except `#`.
fn is_link_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?[]@!$&'()*+,;=%".contains(character)
}

/// The host of `HOST` or `HOST:PORT`, if it is a valid one.
fn host_of(authority: &str) -> Option<&str> {
    let (host, port) = match authority.rfind(']') {
        Some(end) => authority.split_at(end + 1),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let port_fits = port.is_empty()
        || port.strip_prefix(':').is_some_and(|digits| {
            digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok()
        });
    let host_fits = match host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => {
            !host.is_empty()
                && host
                    .chars()
                    .all(|character| character.is_ascii_alphanumeric() || "-._".contains(character))
        }
    };
    (port_fits && host_fits).then_some(host)
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || matches!(host, "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests;
