//! The addresses by which phones on the local network reach this computer.

use super::ServeError;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// The address by which phones on the local network reach this computer.
///
/// # Errors
/// [`ServeError::NoNetwork`].
pub fn local_address() -> Result<IpAddr, ServeError> {
    // Connecting a datagram socket sends nothing: it only asks the routing
    // table which of our addresses would be used.
    let asked = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    match asked {
        Ok(address) if !address.ip().is_unspecified() && !address.ip().is_loopback() => {
            Ok(address.ip())
        }
        _ => Err(ServeError::NoNetwork),
    }
}

/// The addresses to open on a phone if the server listens on `bound`: that
/// address itself or, for "every address", all that this computer has, the
/// likeliest first.
///
/// # Errors
/// [`ServeError::NoNetwork`] if it has none.
pub(super) fn reachable(bound: IpAddr) -> Result<Vec<IpAddr>, ServeError> {
    if !bound.is_unspecified() {
        return Ok(vec![bound]);
    }
    let mut all: Vec<IpAddr> = if_addrs::get_if_addrs()
        .map(|interfaces| interfaces.iter().map(if_addrs::Interface::ip).collect())
        .unwrap_or_default();
    let routed = local_address().ok();
    all.extend(routed);
    let both = bound.is_ipv6() && listens_to_both();
    let found = ordered(all, routed, |address| {
        both || address.is_ipv4() == bound.is_ipv4()
    });
    if found.is_empty() {
        return Err(ServeError::NoNetwork);
    }
    Ok(found)
}

/// Whether `::` accepts IPv4 too: on all systems but Windows, unless configured
/// otherwise.
fn listens_to_both() -> bool {
    cfg!(unix)
}

/// The addresses that a phone can open, each once: the one from the routing
/// table, then private IPv4 addresses, other IPv4 addresses, and IPv6.
fn ordered(
    mut all: Vec<IpAddr>,
    routed: Option<IpAddr>,
    listening: impl Fn(&IpAddr) -> bool,
) -> Vec<IpAddr> {
    let rank = |address: &IpAddr| match address {
        _ if Some(*address) == routed => Some(0),
        IpAddr::V4(four) if four.is_loopback() || four.is_unspecified() => None,
        IpAddr::V4(four) if four.is_private() => Some(1),
        // Assigned without a DHCP server: a cable between two devices.
        IpAddr::V4(four) if four.is_link_local() => Some(4),
        IpAddr::V4(_) => Some(2),
        // A link-local address needs the name of the interface, which no
        // browser accepts.
        IpAddr::V6(six)
            if six.is_loopback() || six.is_unspecified() || six.is_unicast_link_local() =>
        {
            None
        }
        IpAddr::V6(_) => Some(3),
    };
    all.retain(|address| listening(address) && rank(address).is_some());
    all.sort_by_key(|address| (rank(address), *address));
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_phone_can_open_is_named_and_the_likeliest_first() {
        let all = [
            "127.0.0.1",
            "fe80::1",
            "::1",
            "172.17.0.1",
            "203.0.113.7",
            "169.254.3.4",
            "2001:db8::5",
            "192.168.1.20",
            "192.168.1.20",
        ]
        .map(|text| text.parse().unwrap());
        let routed = Some(all[7]);
        let four = ordered(all.to_vec(), routed, IpAddr::is_ipv4);
        let text: Vec<_> = four.iter().map(ToString::to_string).collect();
        assert_eq!(
            text,
            ["192.168.1.20", "172.17.0.1", "203.0.113.7", "169.254.3.4"]
        );
        let six = ordered(all.to_vec(), routed, IpAddr::is_ipv6);
        assert_eq!(six, [all[6]]);
        assert_eq!(ordered(all.to_vec(), routed, |_| true).len(), 5);
    }

    #[test]
    fn an_address_that_is_named_is_taken_as_it_is() {
        let named: IpAddr = "192.0.2.7".parse().unwrap();
        assert_eq!(reachable(named).unwrap(), [named]);
    }
}
