//! The demo's certificates and token: made at the first start, kept in a folder, never shipped.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use uuid::Uuid;

/// Why certificates or token cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read or written.
    #[error("{path} cannot be read or written")]
    File {
        /// The file or folder.
        path: PathBuf,
        source: io::Error,
    },
    /// A key or certificate cannot be made.
    #[error("a certificate cannot be made")]
    Make(#[from] rcgen::Error),
}

#[derive(Debug, Clone)]
pub(super) struct Files {
    /// The authority that both sides trust. Its key is not kept: with any file missing all are made anew.
    pub(super) ca: PathBuf,
    /// The server's certificate and key.
    pub(super) server: PathBuf,
    /// The board's certificate and key.
    pub(super) client: PathBuf,
    /// The token that the energy company wants.
    pub(super) token: PathBuf,
}

impl Files {
    pub(super) fn in_folder(folder: &Path) -> Result<Self, CertificateError> {
        let at = |name| folder.join(name);
        let files = Self {
            ca: at("authorities-ca.pem"),
            server: at("authorities-server.pem"),
            client: at("authorities-client.pem"),
            token: at("energy-token"),
        };
        if ![&files.ca, &files.server, &files.client, &files.token].iter().all(|path| path.exists()) {
            fs::create_dir_all(folder).map_err(|source| CertificateError::File { path: folder.into(), source })?;
            files.make()?;
        }
        Ok(files)
    }

    pub(super) fn read_token(&self) -> Result<String, CertificateError> {
        let read = fs::read_to_string(&self.token);
        read.map_err(|source| CertificateError::File { path: self.token.clone(), source })
    }

    fn make(&self) -> Result<(), CertificateError> {
        let ca = authority()?;
        write(&self.ca, &ca.pem())?;
        let server = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
        write(&self.server, &leaf(&ca, "Demo SSBTEK", server, ExtendedKeyUsagePurpose::ServerAuth)?)?;
        write(&self.client, &leaf(&ca, "Demo board", Vec::new(), ExtendedKeyUsagePurpose::ClientAuth)?)?;
        write(&self.token, &Uuid::new_v4().simple().to_string())
    }
}

fn authority() -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let mut params = params("Demo authorities", Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

/// A certificate and its key, one after the other.
fn leaf(
    ca: &CertifiedIssuer<'_, KeyPair>,
    name: &str,
    hosts: Vec<String>,
    usage: ExtendedKeyUsagePurpose,
) -> Result<String, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = params(name, hosts)?;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![usage];
    let certificate = params.signed_by(&key, ca)?;
    Ok(format!("{}{}", certificate.pem(), key.serialize_pem()))
}

/// The years are fixed so that no clock has to be asked.
fn params(name: &str, hosts: Vec<String>) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(hosts)?;
    params.not_before = date_time_ymd(2025, 1, 1);
    params.not_after = date_time_ymd(2045, 1, 1);
    params.distinguished_name.push(DnType::CommonName, name);
    Ok(params)
}

/// Writes a file that only its owner can read.
fn write(path: &Path, content: &str) -> Result<(), CertificateError> {
    let written = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    written
        .and_then(|mut file| file.write_all(content.as_bytes()))
        .map_err(|source| CertificateError::File { path: path.into(), source })
}
