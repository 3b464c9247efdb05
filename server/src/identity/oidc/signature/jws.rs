//! User signatures as a compact JWS with the certificates in `x5c`.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;

use super::certificate::{self, TrustAnchors};
use super::{Expected, SignatureFault};
use crate::identity::oidc::pending::sha256;

/// The header's `typ`, so that nothing else that the same key signed can pass for a user signature.
const TYPE: &str = "user-signature+jws";
/// More certificates than this are no chain but a load.
const MAX_CHAIN: usize = 5;

/// What is signed: the text that was shown and the data that were not, both in base64.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Content {
    user_visible_data: String,
    user_non_visible_data: String,
    #[serde(rename = "signedAt")]
    _signed_at: i64,
    #[serde(rename = "relyingParty")]
    _relying_party: String,
}

pub(super) fn verify(
    anchors: &TrustAnchors,
    user_signature: &[u8],
    expected: &Expected,
    now: Timestamp,
) -> Result<Vec<Vec<u8>>, SignatureFault> {
    let header = jsonwebtoken::decode_header(user_signature).map_err(|_| SignatureFault::Form)?;
    if header.alg != Algorithm::ES256 {
        return Err(SignatureFault::Algorithm);
    }
    if header.typ.as_deref() != Some(TYPE) || header.crit.is_some() {
        return Err(SignatureFault::Form);
    }
    let chain = header.x5c_der().map_err(|_| SignatureFault::Certificate)?.ok_or(SignatureFault::Certificate)?;
    if chain.len() > MAX_CHAIN {
        return Err(SignatureFault::Certificate);
    }
    let signer = certificate::verify(anchors, &chain, now)?;
    let content = signed_content(user_signature, &signer.public_key)?;

    let decode = |text: &str| BASE64_STANDARD.decode(text).map_err(|_| SignatureFault::Form);
    if sha256(&decode(&content.user_non_visible_data)?) != expected.tbs_data {
        return Err(SignatureFault::OtherData);
    }
    if sha256(&decode(&content.user_visible_data)?) != expected.message {
        return Err(SignatureFault::OtherText);
    }
    if signer.number != expected.signer {
        return Err(SignatureFault::OtherPerson);
    }
    Ok(chain)
}

fn signed_content(user_signature: &[u8], public_key: &[u8]) -> Result<Content, SignatureFault> {
    // The content has no times and audiences of a token: what it must be is compared with what was sent.
    let mut validation = Validation::new(Algorithm::ES256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    jsonwebtoken::decode(user_signature, &DecodingKey::from_ec_der(public_key), &validation)
        .map(|content| content.claims)
        .map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::InvalidSignature => SignatureFault::Wrong,
            _ => SignatureFault::Form,
        })
}
