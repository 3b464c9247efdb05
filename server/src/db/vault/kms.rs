//! A key management service over HTTP: it keeps the master key, and wraps and unwraps keys that it is sent.
//!
//! It is spoken to as the transit engine of Vault is, of which two requests are used, both with the header `X-Vault-Token`:
//!
//! | Request | Sent | Answered |
//! |---|---|---|
//! | `POST MOUNT/encrypt/NAME` | `plaintext`, `context` | `data.ciphertext` |
//! | `POST MOUNT/decrypt/NAME` | `ciphertext`, `context` | `data.plaintext` |
//!
//! `plaintext` and `context` are base64; a `ciphertext` is kept as it was given. The context names municipality, purpose and generation, and
//! a key that is made with `derived=true` binds to it.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::StatusCode;
use reqwest::header::HeaderValue;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use crate::config::{KeyFile, KeyFileError, KmsUrl};

/// The longest wait for a connection, and for the whole answer.
const CONNECT: Duration = Duration::from_secs(3);
const ANSWER: Duration = Duration::from_secs(5);
/// No answer is near this size.
const MAX_ANSWER: usize = 64 * 1024;

/// The setting of the token.
pub(super) const TOKEN: &str = "keys.kms_token_file";

/// Why the service did not do what was asked. Nothing of what was sent is in it.
#[derive(Debug, thiserror::Error)]
pub enum KmsError {
    /// Its client could not be made.
    #[error("no client could be made")]
    Client(#[source] reqwest::Error),
    #[error(transparent)]
    Token(#[from] KeyFileError),
    /// The file of the token holds what no header can.
    #[error("the file of {TOKEN} holds no token")]
    NoToken,
    #[error("it does not answer")]
    Silent(#[source] reqwest::Error),
    #[error("it answered with status {0}")]
    Refused(StatusCode),
    #[error("it answered what cannot be read")]
    Form,
}

/// The key of a key management service.
pub struct Kms {
    client: reqwest::Client,
    /// Where keys are wrapped, and where they are unwrapped.
    encrypt: Url,
    decrypt: Url,
    /// Read anew for each request: an agent renews it.
    token: KeyFile,
    id: String,
}

#[derive(Serialize)]
struct Request<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    plaintext: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ciphertext: Option<&'a str>,
    context: String,
}

#[derive(Deserialize)]
struct Answer {
    data: Value,
}

impl Kms {
    pub fn new(url: &KmsUrl, token: KeyFile) -> Result<Self, KmsError> {
        Self::answering_within(ANSWER, url, token)
    }

    pub(crate) fn answering_within(longest: Duration, url: &KmsUrl, token: KeyFile) -> Result<Self, KmsError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT.min(longest))
            .timeout(longest)
            .build()
            .map_err(KmsError::Client)?;
        Ok(Self { client, encrypt: url.of("encrypt"), decrypt: url.of("decrypt"), token, id: format!("kms {url}") })
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) async fn wrap(&self, context: &[u8], key: &[u8]) -> Result<Vec<u8>, KmsError> {
        let plaintext = Zeroizing::new(STANDARD.encode(key));
        let context = STANDARD.encode(context);
        let asked = Request { plaintext: Some(&*plaintext), ciphertext: None, context };
        let wrapped = self.ask(&self.encrypt, &asked, "ciphertext").await?;
        Ok(wrapped.as_bytes().to_vec())
    }

    pub(super) async fn unwrap(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KmsError> {
        let ciphertext = std::str::from_utf8(wrapped).map_err(|_| KmsError::Form)?;
        let context = STANDARD.encode(context);
        let asked = Request { plaintext: None, ciphertext: Some(ciphertext), context };
        let plaintext = self.ask(&self.decrypt, &asked, "plaintext").await?;
        STANDARD.decode(&*plaintext).map(Zeroizing::new).map_err(|_| KmsError::Form)
    }

    /// Asks, and gives one text of the answer's data.
    async fn ask(&self, url: &Url, asked: &Request<'_>, wanted: &str) -> Result<Zeroizing<String>, KmsError> {
        let token = self.token.read(TOKEN)?;
        let mut token = HeaderValue::from_str(token.trim()).map_err(|_| KmsError::NoToken)?;
        token.set_sensitive(true);
        let silent = |error: reqwest::Error| KmsError::Silent(error.without_url());
        let request = self.client.post(url.clone()).header("X-Vault-Token", token).json(asked);
        let mut answer = request.send().await.map_err(silent)?;
        if !answer.status().is_success() {
            return Err(KmsError::Refused(answer.status()));
        }
        let mut body = Zeroizing::new(Vec::with_capacity(MAX_ANSWER));
        while let Some(chunk) = answer.chunk().await.map_err(silent)? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(KmsError::Form);
            }
            body.extend_from_slice(&chunk);
        }
        let Answer { data } = serde_json::from_slice(&body).map_err(|_| KmsError::Form)?;
        let Value::Object(mut data) = data else { return Err(KmsError::Form) };
        match data.remove(wanted) {
            Some(Value::String(text)) if !text.is_empty() => Ok(Zeroizing::new(text)),
            _ => Err(KmsError::Form),
        }
    }
}
