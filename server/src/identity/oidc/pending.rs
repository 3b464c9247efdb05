//! A login between its beginning and its end.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use domain::PersonNumber;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::random::{self, NoRandom};

/// How long a person may take at the provider, reading what is to be signed included.
const LIFETIME: SignedDuration = SignedDuration::from_mins(20);

/// BankID's limit for the text that is shown, in base64 characters (relying party guidelines, `userVisibleData`).
const MAX_MESSAGE: usize = 40_000;
/// BankID's limit for the data that is not shown, in base64 characters (`userNonVisibleData`).
const MAX_TBS_DATA: usize = 200_000;

/// A login that was begun: where to send the browser, and what to keep until it comes back.
#[derive(Debug)]
pub struct StartedFlow {
    /// The provider's authorization address. It holds our client id and a reference, nothing about the person.
    pub url: Url,
    /// To be kept, sealed, and given back to [`Provider::finish`](super::Provider::finish), once.
    pub pending: PendingLogin,
    /// The signed request object that was pushed: a part of the evidence of a signature. It is personal when signing.
    pub request_object: String,
}

/// What we must remember of a login that was begun. It holds secrets: the caller stores it sealed. Its `Debug` shows nothing.
#[derive(Clone, Serialize, Deserialize)]
pub struct PendingLogin {
    pub(super) issuer: String,
    pub(super) client_id: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) code_verifier: String,
    pub(super) begun: Timestamp,
    pub(super) purpose: Purpose,
}

/// What the login is for.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Purpose {
    /// To know who it is.
    Login,
    /// To have this signed by this person.
    Signing(Expected),
}

/// What a user signature must be over, and by whom.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Expected {
    pub(super) signer: PersonNumber,
    pub(super) tbs_data: [u8; 32],
    pub(super) message: [u8; 32],
}

impl PendingLogin {
    pub(super) fn begin(issuer: &str, client_id: &str, purpose: Purpose, now: Timestamp) -> Result<Self, NoRandom> {
        Ok(Self {
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            state: random::token()?,
            nonce: random::token()?,
            code_verifier: random::token()?,
            begun: now,
            purpose,
        })
    }

    /// The value that comes back in the callback; the caller finds the pending login by it.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Whether this is a signing rather than a login.
    pub fn is_signing(&self) -> bool {
        matches!(self.purpose, Purpose::Signing(_))
    }

    /// When it is too late to come back.
    pub fn expires_at(&self) -> Timestamp {
        self.begun.saturating_add(LIFETIME).unwrap_or(Timestamp::MAX)
    }
}

impl std::fmt::Debug for PendingLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PendingLogin").finish_non_exhaustive()
    }
}

/// What someone is asked to sign.
#[derive(Clone)]
pub struct SignRequest {
    pub(super) signer: PersonNumber,
    pub(super) tbs_data: Vec<u8>,
    pub(super) message: String,
}

/// Why something cannot be put before a person to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignRequestError {
    /// Nothing to show or nothing to sign.
    #[error("there is nothing to show or nothing to sign")]
    Empty,
    /// The text is longer than an eID can show.
    #[error("the text to show is longer than 40 000 characters in base64")]
    MessageTooLong,
    /// The data are longer than an eID can sign.
    #[error("the data to sign are longer than 200 000 characters in base64")]
    DataTooLong,
}

impl SignRequest {
    /// `tbs_data` is what is signed without being shown (the manifest); it should hold the message's hash, since the extension
    /// leaves open whether a provider signs the message. `message` is the Swedish text that is shown, as plain text.
    pub fn new(signer: PersonNumber, tbs_data: Vec<u8>, message: String) -> Result<Self, SignRequestError> {
        if tbs_data.is_empty() || message.trim().is_empty() {
            return Err(SignRequestError::Empty);
        }
        if base64_length(message.len()) > MAX_MESSAGE {
            return Err(SignRequestError::MessageTooLong);
        }
        if base64_length(tbs_data.len()) > MAX_TBS_DATA {
            return Err(SignRequestError::DataTooLong);
        }
        Ok(Self { signer, tbs_data, message })
    }

    pub(super) fn expected(&self) -> Expected {
        Expected { signer: self.signer, tbs_data: sha256(&self.tbs_data), message: sha256(self.message.as_bytes()) }
    }
}

impl std::fmt::Debug for SignRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignRequest").finish_non_exhaustive()
    }
}

/// Base64 with or without the padding: providers differ.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer() -> PersonNumber {
        PersonNumber::parse("199006022397").unwrap()
    }

    #[test]
    fn refuses_what_an_eid_could_not_show_or_sign() {
        for (tbs_data, message, expected) in [
            (1, "text".to_owned(), Ok(())),
            (0, "text".to_owned(), Err(SignRequestError::Empty)),
            (1, " \n".to_owned(), Err(SignRequestError::Empty)),
            (150_000, "x".repeat(30_000), Ok(())),
            (1, "x".repeat(30_001), Err(SignRequestError::MessageTooLong)),
            (1, "å".repeat(15_001), Err(SignRequestError::MessageTooLong)),
            (150_001, "text".to_owned(), Err(SignRequestError::DataTooLong)),
        ] {
            assert_eq!(SignRequest::new(signer(), vec![0; tbs_data], message).map(|_| ()), expected);
        }
    }

    #[test]
    fn a_pending_login_survives_being_stored_and_shows_nothing() {
        let request = SignRequest::new(signer(), b"manifest".to_vec(), "Text".to_owned()).unwrap();
        let now = "2026-11-24T10:00:00Z".parse().unwrap();
        let pending =
            PendingLogin::begin("https://op.example", "fornya", Purpose::Signing(request.expected()), now).unwrap();
        let back: PendingLogin = serde_json::from_str(&serde_json::to_string(&pending).unwrap()).unwrap();
        assert_eq!(back.state(), pending.state());
        assert_eq!(back.expires_at(), "2026-11-24T10:20:00Z".parse().unwrap());
        assert!(back.is_signing());
        assert_eq!(format!("{back:?} {request:?}"), "PendingLogin { .. } SignRequest { .. }");
    }

    #[test]
    fn no_two_logins_share_a_secret() {
        let now = Timestamp::UNIX_EPOCH;
        let [a, b] =
            [(); 2].map(|()| PendingLogin::begin("https://op.example", "fornya", Purpose::Login, now).unwrap());
        let mut secrets = vec![a.state, a.nonce, a.code_verifier, b.state, b.nonce, b.code_verifier];
        assert!(secrets.iter().all(|secret| secret.len() == 43));
        secrets.sort();
        secrets.dedup();
        assert_eq!(secrets.len(), 6);
    }
}
