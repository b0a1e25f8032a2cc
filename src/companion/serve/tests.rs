//! Tests with a client that is independent of the server.

use super::super::{FILES, file};
use super::*;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::mpsc;
use std::thread;

/// Serves while `visit` runs, and stops as with Ctrl-C.
fn while_serving<T>(server: Server, visit: impl FnOnce() -> T) -> T {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let (ended, end) = mpsc::channel();
    let serving = thread::spawn(move || {
        let result = server.run(async {
            let _ = stopped.await;
        });
        ended.send(()).unwrap();
        result
    });
    let visited = visit();
    stop.send(()).unwrap();
    end.recv_timeout(std::time::Duration::from_secs(20))
        .expect("the server ends");
    serving.join().unwrap().unwrap();
    visited
}

fn ask(stream: &mut (impl Read + Write), path: &str) -> (String, Vec<u8>) {
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    // A server may close the connection without a TLS close notification.
    let _ = stream.read_to_end(&mut answer);
    let end = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap();
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    (head.to_ascii_lowercase(), answer[end + 4..].to_vec())
}

#[test]
fn a_client_that_trusts_the_fingerprint_gets_the_page_over_tls() {
    let server = Server::secure(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap();
    assert!(server.urls()[0].starts_with("https://127.0.0.1:"));
    assert_eq!(server.fingerprint().unwrap().len(), 32 * 3 - 1);
    let mut roots = RootCertStore::empty();
    roots.add(server.certificate().unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let address = server.address;
    let (head, body) = while_serving(server, || {
        let name = ServerName::from(address.ip());
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let socket = TcpStream::connect(address).unwrap();
        ask(&mut StreamOwned::new(connection, socket), "/")
    });
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert_eq!(body, file("").unwrap().bytes());
    for (name, value) in HEADERS {
        let line = format!("{name}: {}", value.to_ascii_lowercase());
        assert!(head.contains(&line), "{line} is not in {head}");
    }
}

#[test]
fn on_this_computer_every_file_comes_plain_and_nothing_else_does() {
    let server = Server::plain(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap();
    assert_eq!(server.fingerprint(), None);
    let address = server.address;
    while_serving(server, || {
        let get = |path: &str| ask(&mut TcpStream::connect(address).unwrap(), path);
        for file in FILES {
            let (head, body) = get(&format!("/{}", file.name));
            assert!(head.contains(&format!("content-type: {}", file.media_type)));
            assert_eq!(body, file.bytes(), "{}", file.name);
        }
        for path in ["/Cargo.toml", "/..%2fCargo.toml", "/a/b", "/%00"] {
            assert!(get(path).0.starts_with("http/1.1 404"), "{path}");
        }
    });
}

#[test]
fn plain_http_never_leaves_this_computer() {
    for address in ["0.0.0.0", "192.168.1.2", "::"] {
        let refused = Server::plain(address.parse().unwrap(), 0);
        assert!(
            matches!(refused, Err(ServeError::PlainOutside { .. })),
            "{address}"
        );
    }
}

#[test]
fn a_port_in_use_is_said() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let refused = Server::secure(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    assert!(matches!(refused, Err(ServeError::AddressInUse { .. })));
}

/// Limits of tenths of a second, so that the tests are fast.
fn strict() -> ConnectionLimits {
    let tenths = |count: u64| std::time::Duration::from_millis(100 * count);
    ConnectionLimits {
        per_address: 4,
        in_all: 6,
        head: tenths(8),
        idle: tenths(10),
        life: tenths(25),
    }
}

/// How long the server keeps the connection open, in seconds; `on_silence` is called
/// each time it has been silent for a while.
fn connected_seconds(
    stream: &mut TcpStream,
    mut on_silence: impl FnMut(&mut TcpStream) -> bool,
) -> f64 {
    let begun = std::time::Instant::now();
    let pause = std::time::Duration::from_millis(50);
    stream.set_read_timeout(Some(pause)).unwrap();
    let mut bytes = [0; 512];
    loop {
        let waited = begun.elapsed().as_secs_f64();
        assert!(waited < 20.0, "the connection stays open");
        match stream.read(&mut bytes) {
            Ok(0) => return waited,
            Ok(_) => {}
            Err(error)
                if matches!(
                    error.kind(),
                    std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                ) =>
            {
                if !on_silence(stream) {
                    return waited;
                }
            }
            Err(_) => return waited,
        }
    }
}

/// A client that stays silent, or sends endlessly, is disconnected in time, and
/// a phone is served all the while.
#[test]
fn slow_visitors_are_let_go() {
    let silent = |_: &mut TcpStream| true;
    let dripping = |stream: &mut TcpStream| stream.write_all(b"a").is_ok();
    for secure in [false, true] {
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let mut server = if secure {
            Server::secure(here, 0).unwrap()
        } else {
            Server::plain(here, 0).unwrap()
        };
        server.limiter = ConnectionLimiter::new(strict());
        let (address, limiter) = (server.address, server.limiter.clone());
        while_serving(server, || {
            let open = || TcpStream::connect(address).unwrap();
            let mut mute = open();
            let mut head = open();
            head.write_all(b"GET / HTTP/1.1\r\nX: ").unwrap();
            let mut body = open();
            body.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
                .unwrap();
            thread::scope(|scope| {
                scope.spawn(|| assert!(connected_seconds(&mut mute, silent) < 3.0));
                scope.spawn(|| assert!(connected_seconds(&mut head, dripping) < 3.0));
                scope.spawn(|| assert!(connected_seconds(&mut body, dripping) < 5.0));
            });
            // No connection is left.
            for _ in 0..100 {
                if limiter.connections() == 0 {
                    break;
                }
                thread::sleep(std::time::Duration::from_millis(20));
            }
            assert_eq!(limiter.connections(), 0, "secure: {secure}");
        });
    }
}

/// A client that requests the page again and again and never reads it.
#[test]
fn whoever_does_not_read_is_let_go() {
    let mut server = Server::plain(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap();
    server.limiter = ConnectionLimiter::new(strict());
    let (address, limiter) = (server.address, server.limiter.clone());
    while_serving(server, || {
        let mut stream = TcpStream::connect(address).unwrap();
        let ask = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40);
        let _ = stream.write_all(ask.as_bytes());
        let begun = std::time::Instant::now();
        while limiter.connections() > 0 || begun.elapsed().as_millis() < 200 {
            assert!(begun.elapsed().as_secs() < 20);
            thread::sleep(std::time::Duration::from_millis(20));
        }
    });
}

#[cfg(target_os = "linux")]
#[test]
fn one_address_that_holds_all_its_places_keeps_no_other_out() {
    let mut server = Server::plain(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap();
    let patient = std::time::Duration::from_mins(1);
    server.limiter = ConnectionLimiter::new(ConnectionLimits {
        head: patient,
        idle: patient,
        life: patient,
        ..strict()
    });
    let (address, limiter) = (server.address, server.limiter.clone());
    while_serving(server, || {
        let held: Vec<TcpStream> = (0..40)
            .map(|_| TcpStream::connect(address).unwrap())
            .collect();
        let begun = std::time::Instant::now();
        while limiter.connections() < 4 {
            assert!(begun.elapsed().as_secs() < 20);
            thread::sleep(std::time::Duration::from_millis(10));
        }
        // Of the forty, four are connected, and the others were refused at
        // once.
        thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(limiter.connections(), 4);
        let closed = held.iter().filter(|stream| {
            let mut stream: &TcpStream = stream;
            stream.set_nonblocking(true).unwrap();
            !matches!(stream.read(&mut [0]), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
        });
        assert_eq!(closed.count(), 36);
        // A phone at another address is served.
        let socket = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(async {
                let socket = tokio::net::TcpSocket::new_v4().unwrap();
                socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
                socket.connect(address).await.unwrap().into_std().unwrap()
            });
        socket.set_nonblocking(false).unwrap();
        let mut socket = socket;
        assert!(ask(&mut socket, "/icon.svg").0.starts_with("http/1.1 200"));
        drop(held);
        // So is the first client, once it has closed its connections.
        let begun = std::time::Instant::now();
        while limiter.connections() > 0 {
            assert!(begun.elapsed().as_secs() < 20);
            thread::sleep(std::time::Duration::from_millis(10));
        }
        assert!(
            ask(&mut TcpStream::connect(address).unwrap(), "/")
                .0
                .starts_with("http/1.1 200")
        );
    });
}

#[test]
fn every_address_is_named_so_that_a_phone_can_open_it() {
    let server = match Server::secure(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0) {
        Ok(server) => server,
        // A computer without a network reports that.
        Err(error) => return assert!(matches!(error, ServeError::NoNetwork)),
    };
    let urls = server.urls();
    assert!(!urls.is_empty());
    for url in urls {
        assert!(
            !url.contains("0.0.0.0") && !url.contains("127.0.0.1"),
            "{url}"
        );
        let port = server.address.port();
        assert!(url.ends_with(&format!(":{port}/")), "{url}");
    }
    let mut six = Server::plain("::1".parse().unwrap(), 0);
    if let Ok(six) = &mut six {
        assert!(six.urls()[0].starts_with("http://[::1]:"));
    }
}
