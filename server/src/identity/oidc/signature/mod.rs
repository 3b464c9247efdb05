//! Whether a user signature is what it should be: by the right person, over exactly what was sent, with a trusted certificate.
//!
//! The signature extension says nothing of what a user signature looks like; that differs between providers. Each format is a
//! variant with a file of its own, and all are held to the same [`Expected`].

mod certificate;
mod jws;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use certificate::TrustAnchors;

use super::pending::Expected;
use super::settings::SigningSettings;

/// The claim with the user signature (claims specification 2.3.2).
pub(super) const USER_SIGNATURE: &str = "https://id.oidc.se/claim/userSignature";

/// What a provider's user signatures look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SignatureFormat {
    /// A compact JWS (RFC 7515) with the certificates in `x5c`, over the text shown and the data signed.
    JwsX5c,
}

/// Why a user signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// It has not the form of its format.
    #[error("it cannot be read")]
    Form,
    /// It is made with an algorithm that the format does not allow.
    #[error("its algorithm is not allowed")]
    Algorithm,
    /// It is no signature over its own content.
    #[error("it is wrong")]
    Wrong,
    /// It holds other data than those sent.
    #[error("it is over other data")]
    OtherData,
    /// It shows another text than the one sent.
    #[error("it is over another text")]
    OtherText,
    /// The certificate cannot be read.
    #[error("its certificate cannot be read")]
    Certificate,
    /// The certificate is not from a trusted issuer, or not valid now.
    #[error("its certificate is not to be trusted")]
    Untrusted,
    /// The certificate is not for signing (RFC 5280 4.2.1.3, nonRepudiation).
    #[error("its certificate is not for signing")]
    NotForSigning,
    /// The certificate is another person's.
    #[error("its certificate is another person's")]
    OtherPerson,
}

/// Verifies a user signature and gives its certificates as DER, the signer's first.
pub(super) fn verify(
    signing: &SigningSettings,
    user_signature: &[u8],
    expected: &Expected,
    now: Timestamp,
) -> Result<Vec<Vec<u8>>, SignatureFault> {
    match signing.format {
        SignatureFormat::JwsX5c => jws::verify(&signing.trust_anchors, user_signature, expected, now),
    }
}
