//! The page over HTTPS on the local network, from a laptop to the phones
//! around it: a browser gives its camera to a secure page only.
//!
//! The certificate is made on the spot and nobody vouches for it, so the phone
//! warns; what identifies it is its fingerprint, which this side shows.

use super::file;
use crate::advice::{Advice, Fact};
use crate::platform::clock;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;

/// How long a certificate holds: a walk, and no longer than needed.
const CERTIFICATE_DAYS: i64 = 14;

/// How long open transfers may take once the end is asked for.
const GRACE: std::time::Duration = std::time::Duration::from_secs(1);

/// Why the page cannot be served.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case", prefix = "serve-")]
pub enum ServeError {
    /// This computer has no address that a phone could reach.
    #[error("no address on a local network")]
    NoNetwork,
    /// The address or port cannot be used.
    #[error("cannot listen on {address}: {reason}")]
    AddressInUse {
        /// The address with its port.
        address: String,
        /// What the system said.
        reason: String,
    },
    /// Plain HTTP is for this computer only.
    #[error("plain HTTP on {address} would leave this computer")]
    PlainOutside {
        /// The address.
        address: String,
    },
    /// No certificate could be made.
    #[error("no certificate: {reason}")]
    Certificate {
        /// What went wrong.
        reason: String,
    },
    /// The server ended by itself.
    #[error("the server ended: {reason}")]
    Ended {
        /// What the system said.
        reason: String,
    },
}

impl Advice for ServeError {
    fn id(&self) -> &'static str {
        self.into()
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Self::NoNetwork => Vec::new(),
            Self::AddressInUse { address, reason } => vec![
                ("address", address.as_str().into()),
                ("reason", reason.as_str().into()),
            ],
            Self::PlainOutside { address } => vec![("address", address.as_str().into())],
            Self::Certificate { reason } | Self::Ended { reason } => {
                vec![("reason", reason.as_str().into())]
            }
        }
    }
}

/// The page, bound to an address and ready to serve.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    identity: Option<Identity>,
}

/// Key and certificate of this one server.
struct Identity {
    certificate: CertificateDer<'static>,
    key: PrivatePkcs8KeyDer<'static>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Identity({})", fingerprint(&self.certificate))
    }
}

impl Server {
    /// Binds HTTPS to an address, with a certificate for it.
    ///
    /// # Errors
    /// [`ServeError::AddressInUse`], [`ServeError::Certificate`].
    pub fn secure(address: IpAddr, port: u16) -> Result<Self, ServeError> {
        let (listener, address) = bind(address, port)?;
        let identity = identity(address.ip()).map_err(|error| ServeError::Certificate {
            reason: error.to_string(),
        })?;
        Ok(Self {
            listener,
            address,
            identity: Some(identity),
        })
    }

    /// Binds plain HTTP to this computer itself, where browsers trust it.
    ///
    /// # Errors
    /// [`ServeError::PlainOutside`] for any other address,
    /// [`ServeError::AddressInUse`].
    pub fn plain(address: IpAddr, port: u16) -> Result<Self, ServeError> {
        if !address.is_loopback() {
            return Err(ServeError::PlainOutside {
                address: address.to_string(),
            });
        }
        let (listener, address) = bind(address, port)?;
        Ok(Self {
            listener,
            address,
            identity: None,
        })
    }

    /// What to open on the phone.
    pub fn url(&self) -> String {
        let scheme = if self.identity.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}/", self.address)
    }

    /// SHA-256 of the certificate, in pairs as browsers show it; `None` for
    /// plain HTTP.
    pub fn fingerprint(&self) -> Option<String> {
        self.identity
            .as_ref()
            .map(|identity| fingerprint(&identity.certificate))
    }

    /// The certificate, for a client that shall trust exactly this server.
    pub fn certificate(&self) -> Option<CertificateDer<'static>> {
        self.identity
            .as_ref()
            .map(|identity| identity.certificate.clone())
    }

    /// Serves until `stop` is done, or the person presses Ctrl-C.
    ///
    /// # Errors
    /// [`ServeError::Ended`] if the server ends before that.
    pub fn run(self, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let ended = |error: std::io::Error| ServeError::Ended {
            reason: error.to_string(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(ended)?;
        runtime.block_on(async {
            let handle = Handle::new();
            let serving = self.serve(handle.clone());
            tokio::pin!(serving);
            tokio::select! {
                result = &mut serving => return result.map_err(ended),
                () = stop => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            handle.graceful_shutdown(Some(GRACE));
            serving.await.map_err(ended)
        })
    }

    async fn serve(self, handle: Handle<SocketAddr>) -> std::io::Result<()> {
        let pages = router().into_make_service();
        let Some(identity) = self.identity else {
            return axum_server::from_tcp(self.listener)?
                .handle(handle)
                .serve(pages)
                .await;
        };
        let config = tls(identity).map_err(std::io::Error::other)?;
        axum_server::from_tcp_rustls(self.listener, RustlsConfig::from_config(Arc::new(config)))?
            .handle(handle)
            .serve(pages)
            .await
    }
}

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

fn bind(address: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr), ServeError> {
    let wanted = SocketAddr::new(address, port);
    let bound = TcpListener::bind(wanted).and_then(|listener| {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    });
    bound.map_err(|error| ServeError::AddressInUse {
        address: wanted.to_string(),
        reason: error.to_string(),
    })
}

fn identity(address: IpAddr) -> Result<Identity, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new([address.to_string()])?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "Hikyaku");
    params.distinguished_name = name;
    // A phone's clock may be behind.
    let today = clock::now().date_naive();
    let last = clock::within(DateTime::<Utc>::MAX_UTC).date_naive();
    let day = |date: NaiveDate| date_time_ymd(date.year(), date.month() as u8, date.day() as u8);
    params.not_before = day(today - Duration::days(1));
    params.not_after = day(last.min(today + Duration::days(CERTIFICATE_DAYS)));
    let certificate = params.self_signed(&key)?;
    Ok(Identity {
        certificate: certificate.der().clone(),
        key: PrivatePkcs8KeyDer::from(key.serialize_der()),
    })
}

fn tls(identity: Identity) -> Result<ServerConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![identity.certificate], identity.key.into())?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(certificate) {
        if !text.is_empty() {
            text.push(':');
        }
        let _ = write!(text, "{byte:02X}");
    }
    text
}

fn router() -> Router {
    Router::new()
        .route("/", get(async || answer("")))
        .route(
            "/{name}",
            get(async |Path(name): Path<String>| answer(&name)),
        )
        .fallback(async || answer("no such page"))
}

/// Headers of every answer. The page's own policy stands in the page; what
/// only a header can say stands here.
const HEADERS: [(HeaderName, &str); 9] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-cache"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), screen-wake-lock=(self), web-share=(self), microphone=(), geolocation=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

fn answer(name: &str) -> Response {
    let mut response = match file(name) {
        Some(file) => ([(header::CONTENT_TYPE, file.media_type)], file.bytes()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    };
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::super::FILES;
    use super::*;
    use rustls::pki_types::ServerName;
    use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::sync::mpsc;
    use std::thread;

    /// Serves while `visit` runs, and ends as by Ctrl-C.
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
        // A server that closes without saying so has said everything.
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
        assert!(server.url().starts_with("https://127.0.0.1:"));
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
}
