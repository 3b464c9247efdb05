//! A listener that speaks TLS with those who show a certificate of the demo's own authority, and with nobody else.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::serve::Listener;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::certificates::Files;

/// Why the certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{path} cannot be read")]
    Read { path: PathBuf, source: io::Error },
    /// A file is not PEM.
    #[error("{path} is not PEM")]
    Pem { path: PathBuf, source: pem::Error },
    /// Key and certificate do not fit.
    #[error("the certificates cannot be used")]
    Tls(#[from] rustls::Error),
    /// There is nothing to check clients against.
    #[error("clients cannot be checked")]
    Verifier(#[from] VerifierBuilderError),
}

/// Hands out connections after their handshake; a slow or failed handshake holds up no other.
#[derive(Debug)]
pub(super) struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
    _accepting: JoinSet<()>,
}

impl TlsListener {
    pub(super) fn new(listener: TcpListener, address: SocketAddr, files: &Files) -> Result<Self, TlsError> {
        let acceptor = TlsAcceptor::from(Arc::new(config(files)?));
        let (done, ready) = mpsc::channel(16);
        let mut accepting = JoinSet::new();
        accepting.spawn(accept(listener, acceptor, done));
        Ok(Self { ready, address, _accepting: accepting })
    }
}

async fn accept(
    mut listener: TcpListener,
    acceptor: TlsAcceptor,
    done: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let mut handshakes = JoinSet::new();
    loop {
        // The trait's method, which waits and tries again when the machine is out of file handles.
        let (stream, peer) = Listener::accept(&mut listener).await;
        while handshakes.try_join_next().is_some() {}
        let (acceptor, done) = (acceptor.clone(), done.clone());
        handshakes.spawn(async move {
            match acceptor.accept(stream).await {
                // The receiver is gone only when the server is.
                Ok(stream) => drop(done.send((stream, peer)).await),
                Err(error) => {
                    tracing::debug!(error = &error as &dyn std::error::Error, "The demo's SSBTEK turned a client away");
                }
            }
        });
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // The accepting task runs as long as this listener, so this waits for the server's end.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

fn config(files: &Files) -> Result<ServerConfig, TlsError> {
    let mut trusted = RootCertStore::empty();
    for certificate in certificates(&files.ca)? {
        trusted.add(certificate)?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(trusted), Arc::clone(&provider)).build()?;
    let key = PrivateKeyDer::from_pem_slice(&read(&files.server)?).map_err(not_pem(&files.server))?;
    Ok(ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(verifier)
        .with_single_cert(certificates(&files.server)?, key)?)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    CertificateDer::pem_slice_iter(&read(path)?).collect::<Result<_, _>>().map_err(not_pem(path))
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|source| TlsError::Read { path: path.to_owned(), source })
}

fn not_pem(path: &Path) -> impl FnOnce(pem::Error) -> TlsError {
    |source| TlsError::Pem { path: path.to_owned(), source }
}
