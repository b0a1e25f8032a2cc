//! Limits the number and the duration of connections. Anybody on the network
//! can open connections and stay silent, and must not lock a phone out that
//! way.

use crate::ground::locked;
use axum_server::accept::Accept;
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// How much a client may use.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConnectionLimits {
    /// Connections from one address at a time. A browser opens six.
    pub(super) per_address: usize,
    /// Connections from all addresses together.
    pub(super) in_all: usize,
    /// Time for the handshake, and for the head of each request.
    pub(super) head: Duration,
    /// Time without a byte in or out, also within the body of a request.
    pub(super) idle: Duration,
    /// Time for a connection as a whole: at 200 kbit/s the page of a megabyte
    /// takes 45 s.
    pub(super) life: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            per_address: 12,
            in_all: 96,
            head: Duration::from_secs(10),
            idle: Duration::from_secs(15),
            life: Duration::from_mins(2),
        }
    }
}

/// Counts open connections. Clones share the counts.
#[derive(Debug, Clone)]
pub(super) struct ConnectionLimiter {
    pub(super) limits: ConnectionLimits,
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl ConnectionLimiter {
    pub(super) fn new(limits: ConnectionLimits) -> Self {
        Self {
            limits,
            counts: Arc::default(),
        }
    }

    /// Number of open connections.
    #[cfg(test)]
    pub(super) fn connections(&self) -> usize {
        self.with_counts(|counts| counts.values().sum())
    }

    fn acquire(&self, address: IpAddr) -> Option<ConnectionPermit> {
        let client = client_of(address);
        self.with_counts(|counts| {
            let all: usize = counts.values().sum();
            let here = counts.get(&client).copied().unwrap_or_default();
            if all >= self.limits.in_all || here >= self.limits.per_address {
                return None;
            }
            counts.insert(client, here + 1);
            Some(ConnectionPermit {
                limiter: self.clone(),
                client,
            })
        })
    }

    fn with_counts<T>(&self, look: impl FnOnce(&mut HashMap<IpAddr, usize>) -> T) -> T {
        // The counts are consistent even after a panic.
        look(&mut locked(&self.counts))
    }
}

/// The client behind an address. In IPv6 a device can have as many addresses as
/// it likes within its 64-bit network.
fn client_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let network = address.to_bits() >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from_bits(network))
        }
        four @ IpAddr::V4(_) => four,
    }
}

/// An open connection, released on drop.
#[derive(Debug)]
struct ConnectionPermit {
    limiter: ConnectionLimiter,
    client: IpAddr,
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        self.limiter.with_counts(|counts| {
            if let Some(here) = counts.get_mut(&self.client) {
                *here -= 1;
                if *here == 0 {
                    counts.remove(&self.client);
                }
            }
        });
    }
}

impl<S> Accept<TcpStream, S> for ConnectionLimiter {
    type Stream = LimitedStream<TcpStream>;
    type Service = S;
    type Future = Ready<io::Result<(Self::Stream, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let entered = stream.peer_addr().and_then(|from| {
            self.acquire(from.ip())
                .ok_or_else(|| io::Error::from(io::ErrorKind::ConnectionRefused))
        });
        ready(entered.map(|permit| (LimitedStream::new(stream, permit), service)))
    }
}

/// A connection that ends when its time is up.
#[derive(Debug)]
pub(super) struct LimitedStream<S> {
    stream: S,
    idle: Pin<Box<Sleep>>,
    life: Pin<Box<Sleep>>,
    permit: ConnectionPermit,
}

impl<S> LimitedStream<S> {
    fn new(stream: S, permit: ConnectionPermit) -> Self {
        let ConnectionLimits { idle, life, .. } = permit.limiter.limits;
        Self {
            stream,
            idle: Box::pin(sleep(idle)),
            life: Box::pin(sleep(life)),
            permit,
        }
    }

    /// Runs `act` unless the time is up; any progress restarts the idle timer.
    fn in_time<T>(
        &mut self,
        context: &mut Context<'_>,
        act: impl FnOnce(Pin<&mut S>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>>
    where
        S: Unpin,
    {
        let late = self.life.as_mut().poll(context).is_ready();
        if late || self.idle.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let done = act(Pin::new(&mut self.stream), context);
        if done.is_ready() {
            let idle = self.permit.limiter.limits.idle;
            self.idle.as_mut().reset(Instant::now() + idle);
        }
        done
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for LimitedStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.in_time(context, |stream, context| stream.poll_read(context, buffer))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for LimitedStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.in_time(context, |stream, context| stream.poll_write(context, bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Flushing an empty buffer always succeeds and is not a sign of life.
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.in_time(context, AsyncWrite::poll_shutdown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_and_free_again() {
        let limiter = ConnectionLimiter::new(ConnectionLimits {
            per_address: 2,
            in_all: 3,
            ..ConnectionLimits::default()
        });
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        let one = limiter.acquire(address("192.0.2.1"));
        // The same address in another notation.
        let two = limiter.acquire(address("::ffff:192.0.2.1"));
        assert!(one.is_some() && two.is_some());
        assert!(limiter.acquire(address("192.0.2.1")).is_none());
        let other = limiter.acquire(address("192.0.2.2"));
        assert!(other.is_some());
        assert!(limiter.acquire(address("192.0.2.3")).is_none());
        drop((one, other));
        assert_eq!(limiter.connections(), 1);
        // A device has many addresses in its network.
        let _first = limiter.acquire(address("2001:db8::1")).unwrap();
        let _second = limiter.acquire(address("2001:db8::2")).unwrap();
        drop(two);
        assert!(limiter.acquire(address("2001:db8::3")).is_none());
        assert!(limiter.acquire(address("2001:db8:0:1::3")).is_some());
    }
}
