//! Serves the page over HTTPS on the local network, from a laptop to the phones
//! around it. A browser gives its camera only to a secure page.
//!
//! The certificate is self-signed and created on the spot, so the phone warns.
//! It is identified by its fingerprint, which this program shows.

mod addresses;
mod connection_limits;

pub use addresses::local_address;

use super::{FILES, INDEX};
use crate::advice::Advice;
use crate::platform::clock;
use addresses::reachable;
use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use connection_limits::{ConnectionLimiter, ConnectionLimits};
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::time_provider::TimeProvider;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};

/// How long a certificate is valid: no longer than a trip needs.
const CERTIFICATE_DAYS: i64 = 14;

/// Limit in bytes for the head of a request.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// How long open transfers may take after the server was told to stop.
const GRACE: std::time::Duration = std::time::Duration::from_secs(1);

/// Why the page cannot be served.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice)]
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
        /// The operating system's message.
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
    /// The server stopped by itself.
    #[error("the server stopped: {reason}")]
    Ended {
        /// The operating system's message.
        reason: String,
    },
}

/// The page, bound to an address and ready to serve.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    /// The addresses that a phone can open, the likeliest first; never empty.
    reachable: Vec<IpAddr>,
    identity: Option<Identity>,
    limiter: ConnectionLimiter,
}

/// Key and certificate of this server.
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
    /// Binds HTTPS to an address, or to all with `0.0.0.0` or `::`, with a
    /// certificate for it.
    ///
    /// # Errors
    /// [`ServeError::AddressInUse`], [`ServeError::Certificate`],
    /// [`ServeError::NoNetwork`] if this computer has no address.
    pub fn secure(address: IpAddr, port: u16) -> Result<Self, ServeError> {
        let reachable = reachable(address)?;
        let (listener, address) = bind(address, port)?;
        let identity = identity(&reachable).map_err(|error| ServeError::Certificate {
            reason: error.to_string(),
        })?;
        Ok(Self {
            listener,
            address,
            reachable,
            identity: Some(identity),
            limiter: ConnectionLimiter::new(ConnectionLimits::default()),
        })
    }

    /// Binds plain HTTP to this computer itself, which browsers trust.
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
            reachable: vec![address.ip()],
            identity: None,
            limiter: ConnectionLimiter::new(ConnectionLimits::default()),
        })
    }

    /// The addresses to open on the phone, the likeliest first; never empty.
    pub fn urls(&self) -> Vec<String> {
        let scheme = if self.identity.is_some() {
            "https"
        } else {
            "http"
        };
        let port = self.address.port();
        self.reachable
            .iter()
            .map(|&address| format!("{scheme}://{}/", SocketAddr::new(address, port)))
            .collect()
    }

    /// SHA-256 of the certificate, in pairs as browsers show it; `None` for
    /// plain HTTP.
    pub fn fingerprint(&self) -> Option<String> {
        self.identity
            .as_ref()
            .map(|identity| fingerprint(&identity.certificate))
    }

    /// The certificate, for a client that should trust exactly this server.
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
        let limits = self.limiter.limits;
        let mut server = axum_server::from_tcp(self.listener)?
            .handle(handle)
            .http1_only()
            .first_request_timeout(limits.head);
        let mut http = server.http_builder().http1();
        http.header_read_timeout(limits.head)
            // It would panic if the clock is before 1970 or after 9999.
            .auto_date_header(false)
            .max_buf_size(MAX_HEAD_BYTES);
        let Some(identity) = self.identity else {
            return server.acceptor(self.limiter).serve(pages).await;
        };
        let config = tls(identity).map_err(std::io::Error::other)?;
        let over_tls = RustlsAcceptor::new(RustlsConfig::from_config(Arc::new(config)))
            .handshake_timeout(limits.head)
            .acceptor(self.limiter);
        server.acceptor(over_tls).serve(pages).await
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

fn identity(addresses: &[IpAddr]) -> Result<Identity, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(
        addresses
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
    )?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "Hikyaku");
    params.distinguished_name = name;
    // A phone's clock may be slow.
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
    let mut config = ServerConfig::builder_with_details(provider, Arc::new(PcClock))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![identity.certificate], identity.key.into())?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The clock for TLS. It does not fail if the PC's clock is before 1970.
#[derive(Debug)]
struct PcClock;

impl TimeProvider for PcClock {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(clock::now().timestamp()).ok()?;
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(
            seconds,
        )))
    }
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

/// Headers of every response. The page itself contains its own policy; these
/// are the ones that only a header can express.
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

/// Name, type and bytes of every file, decompressed once: all clients share the
/// same megabyte.
fn unpacked() -> &'static [(&'static str, &'static str, Bytes)] {
    static UNPACKED: OnceLock<Vec<(&str, &str, Bytes)>> = OnceLock::new();
    UNPACKED.get_or_init(|| {
        FILES
            .iter()
            .map(|file| (file.name, file.media_type, file.bytes().into()))
            .collect()
    })
}

fn answer(name: &str) -> Response {
    let wanted = if name.is_empty() { INDEX } else { name };
    let found = unpacked().iter().find(|(name, ..)| *name == wanted);
    let mut response = match found {
        Some((_, media_type, bytes)) => {
            ([(header::CONTENT_TYPE, *media_type)], bytes.clone()).into_response()
        }
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
mod tests;
