//! One exchange with a source: bounded in time and size, without redirects, proxies or cookies.

use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use domain::authority::{Failure, FailureKind};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Client, RequestBuilder, Response};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{AlertDescription, ClientConfig, RootCertStore};

use super::gathered::failure;
use super::network::{GuardedResolver, NetworkRules};
use super::settings::{SourceSettings, TlsFiles};

/// The largest answer that is read. A year of payments about one person is a few tens of kilobytes.
pub(super) const LARGEST_ANSWER: usize = 2 * 1024 * 1024;

/// Why no client can be made for a source.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// A certificate, key or token file cannot be read.
    #[error("the file {path} of {what} cannot be read")]
    File {
        /// What the file should hold.
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    /// A file is not PEM, or does not hold what it should.
    #[error("the file of {what} does not hold it in PEM form")]
    Pem {
        /// What the file should hold.
        what: &'static str,
        /// Why, where the parser says.
        source: Option<pem::Error>,
    },
    /// The token has characters that cannot stand in a header.
    #[error("the token has characters that cannot be sent")]
    Token,
    /// Key and certificate do not fit, or are of a kind that cannot be used.
    #[error("the certificates cannot be used")]
    Tls(#[from] rustls::Error),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made")]
    Http(#[source] reqwest::Error),
}

#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

pub(super) fn client(
    settings: &SourceSettings,
    rules: &NetworkRules,
    tls: ClientConfig,
) -> Result<Client, ClientError> {
    let mut headers = HeaderMap::new();
    if let Some(path) = &settings.bearer_file {
        let token = String::from_utf8(read(path, "the token")?).map_err(|_| ClientError::Token)?;
        let mut value = HeaderValue::from_str(&format!("Bearer {}", token.trim())).map_err(|_| ClientError::Token)?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
    }
    Client::builder()
        .tls_backend_preconfigured(tls)
        .dns_resolver(GuardedResolver(rules.clone()))
        .default_headers(headers)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .retry(reqwest::retry::never())
        .referer(false)
        .http1_only()
        .connect_timeout(settings.connect_timeout())
        // Silence ends the call at once; an answer that only drips in has the two times together.
        .read_timeout(settings.answer_timeout())
        .timeout(settings.connect_timeout() + settings.answer_timeout())
        .build()
        .map_err(ClientError::Http)
}

/// TLS that trusts nothing but the given certificates and presents the board's own, if it has one.
pub(super) fn tls(files: Option<&TlsFiles>) -> Result<ClientConfig, ClientError> {
    let mut trusted = RootCertStore::empty();
    let mut identity = None;
    if let Some(files) = files {
        for certificate in certificates(&files.trust, "the trusted certificates")? {
            trusted.add(certificate)?;
        }
        if let Some(path) = &files.identity {
            const WHAT: &str = "the client certificate and key";
            let key = PrivateKeyDer::from_pem_slice(&read(path, WHAT)?)
                .map_err(|source| ClientError::Pem { what: WHAT, source: Some(source) })?;
            identity = Some((certificates(path, WHAT)?, key));
        }
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(trusted);
    Ok(match identity {
        Some((chain, key)) => config.with_client_auth_cert(chain, key)?,
        None => config.with_no_client_auth(),
    })
}

fn certificates(path: &Path, what: &'static str) -> Result<Vec<CertificateDer<'static>>, ClientError> {
    let found = CertificateDer::pem_slice_iter(&read(path, what)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|source| ClientError::Pem { what, source: Some(source) })?;
    if found.is_empty() { Err(ClientError::Pem { what, source: None }) } else { Ok(found) }
}

fn read(path: &Path, what: &'static str) -> Result<Vec<u8>, ClientError> {
    fs::read(path).map_err(|source| ClientError::File { what, path: path.to_owned(), source })
}

/// The code of a failure that was the other side turning our certificate away.
pub(super) const DENIED: &str = "tls-denied";

/// Sends a request and reads the whole answer, or says how it failed.
pub(super) async fn exchange(request: RequestBuilder) -> Result<Reply, Failure> {
    let response = request.send().await.map_err(|error| failed(&error))?;
    let status = response.status().as_u16();
    let body = read_body(response).await?;
    Ok(Reply { status, body })
}

async fn read_body(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(failure(FailureKind::Malformed, Some("too-large")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn failed(error: &reqwest::Error) -> Failure {
    if was_denied(error) {
        failure(FailureKind::Refused, Some(DENIED))
    } else if error.is_timeout() && !error.is_connect() {
        failure(FailureKind::TimedOut, None)
    } else {
        failure(FailureKind::Unreachable, None)
    }
}

fn was_denied(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let tls = inner.and_then(|inner| inner.downcast_ref()).or_else(|| error.downcast_ref());
        if matches!(tls, Some(rustls::Error::AlertReceived(alert)) if is_denial(*alert)) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The alerts with which a server turns a client certificate away.
pub(super) fn is_denial(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::HandshakeFailure
    )
}

/// What an HTTP status that carries no answer means.
pub(super) fn refused(status: u16) -> Failure {
    failure(FailureKind::Refused, Some(&format!("http-{status}")))
}
