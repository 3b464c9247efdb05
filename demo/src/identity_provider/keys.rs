//! Files that are made at the first start and kept.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jsonwebtoken::jwk::{Jwk, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rcgen::KeyPair;
use serde::Serialize;

use super::ProviderError;

/// An ES256 key that signs JSON Web Tokens.
pub(super) struct TokenKey {
    private: EncodingKey,
    public: Jwk,
    id: String,
}

impl TokenKey {
    /// The key of this name in a folder, made if it is not there.
    pub(super) fn keep(folder: &Path, name: &str) -> Result<Self, ProviderError> {
        let private = EncodingKey::from_ec_der(keep_key(folder, name)?.serialized_der());
        let (public, id) = public_half(&private)?;
        Ok(Self { private, public, id })
    }

    pub(super) fn public(&self) -> &Jwk {
        &self.public
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// A compact JWT with the header's `typ` as given.
    pub(super) fn sign(&self, typ: &str, claims: &impl Serialize) -> Result<String, jsonwebtoken::errors::Error> {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(typ.to_owned());
        header.kid = Some(self.id.clone());
        jsonwebtoken::encode(&header, claims, &self.private)
    }
}

/// The ES256 key of this name in a folder as PEM, made if it is not there: for a client of the provider. Only its owner can read it.
pub fn keep_client_key(folder: &Path, name: &str) -> Result<String, ProviderError> {
    Ok(keep_key(folder, name)?.serialize_pem())
}

/// The public half of such a key, as a client is known by to the provider.
pub fn client_public_key(pem: &str) -> Result<Jwk, ProviderError> {
    Ok(public_half(&EncodingKey::from_ec_pem(pem.as_bytes())?)?.0)
}

/// The public half of a key, and its id: its thumbprint (RFC 7638).
fn public_half(private: &EncodingKey) -> Result<(Jwk, String), jsonwebtoken::errors::Error> {
    let mut public = Jwk::from_encoding_key(private, Algorithm::ES256)?;
    let id = public.thumbprint(ThumbprintHash::SHA256)?;
    public.common.key_id = Some(id.clone());
    public.common.public_key_use = Some(PublicKeyUse::Signature);
    Ok((public, id))
}

/// The same as a key pair that can be certified.
pub(super) fn keep_key(folder: &Path, name: &str) -> Result<KeyPair, ProviderError> {
    let pem = keep(&folder.join(format!("{name}.key.pem")), || Ok(KeyPair::generate()?.serialize_pem()))?;
    Ok(KeyPair::from_pem(&pem)?)
}

/// The text of a file, made and written if it is not there.
pub(super) fn keep(path: &Path, make: impl FnOnce() -> Result<String, ProviderError>) -> Result<String, ProviderError> {
    let failed = |source| ProviderError::File { path: PathBuf::from(path), source };
    match fs::read_to_string(path) {
        Ok(text) => return Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let text = make()?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    // Written whole under another name first, so that a stop in the middle leaves no half key.
    let unfinished = path.with_extension("unfinished");
    let mut file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&unfinished, path).map_err(failed)?;
    Ok(text)
}
