//! Whether an ID token is to be trusted (OpenID Connect Core 3.1.3.7 and the Swedish profile 3.2), and what it says.
//!
//! The library verifies the signature, issuer, audience, expiry and nonce. What it leaves to its caller is here.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, ClientId, IssuerUrl, Nonce, SignatureVerificationError,
};
use serde_json::{Map, Value};

use super::discovery::Known;
use super::error::{LoginError, TokenFault};
use super::pending::PendingLogin;
use super::settings::ProviderSettings;

/// The longest life of an ID token (profile 3.2.1.2).
const MAX_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// The profile's mandatory RS256 and ES256, and PS256. Never `none`, never a shared secret, never SHA-1.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
];

/// The claims of an ID token that holds.
pub(super) struct Claims {
    by_name: Map<String, Value>,
    pub(super) authenticated_at: Timestamp,
    pub(super) level: String,
}

impl Claims {
    /// A claim that is a text which is not empty; `None` where it is missing.
    pub(super) fn text(&self, claim: &str) -> Result<Option<&str>, LoginError> {
        match self.by_name.get(claim) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
            Some(_) => Err(LoginError::MalformedClaim { claim: claim.to_owned() }),
        }
    }

    /// A claim that must be there.
    pub(super) fn required_text(&self, claim: &str) -> Result<&str, LoginError> {
        self.text(claim)?.ok_or_else(|| LoginError::MissingClaim { claim: claim.to_owned() })
    }
}

/// Verifies an ID token. [`TokenFault::UnknownKey`] may be mended by fetching the keys anew.
pub(super) fn verify(
    settings: &ProviderSettings,
    known: &Known,
    pending: &PendingLogin,
    token: &CoreIdToken,
    access_token: &AccessToken,
    now: Timestamp,
) -> Result<Claims, LoginError> {
    let forged = |fault| Err(LoginError::ForgedToken(fault));
    let issuer = IssuerUrl::new(settings.issuer.as_str().to_owned());
    let verifier = CoreIdTokenVerifier::new_public_client(
        ClientId::new(settings.client_id.as_str().to_owned()),
        issuer.map_err(|_| LoginError::ForgedToken(TokenFault::Issuer))?,
        known.keys.clone(),
    )
    .set_allowed_algs(ALGORITHMS)
    .set_time_fn(move || system_time(now.saturating_sub(settings.clock_leeway).unwrap_or(now)).into());
    let claims = token
        .claims(&verifier, &Nonce::new(pending.nonce.clone()))
        .map_err(|error| LoginError::ForgedToken(token_fault(&error)))?;

    if claims.authorized_party().is_some_and(|party| party.as_str() != settings.client_id.as_str()) {
        return forged(TokenFault::AuthorizedParty);
    }
    if claims.subject().is_empty() {
        return forged(TokenFault::Subject);
    }
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|_| LoginError::ForgedToken(TokenFault::Algorithm))?;
        let key = token.signing_key(&verifier).map_err(|_| LoginError::ForgedToken(TokenFault::UnknownKey))?;
        if AccessTokenHash::from_token(access_token, algorithm, key).ok().as_ref() != Some(expected) {
            return forged(TokenFault::AccessToken);
        }
    }
    let authenticated_at = judge_times(settings, pending, claims, now).map_err(LoginError::ForgedToken)?;
    let raw = payload(token).ok_or(LoginError::ForgedToken(TokenFault::Malformed))?;
    match raw.get("nbf").map(Value::as_f64) {
        None => {}
        Some(Some(nbf)) if nbf <= seconds(now) + settings.clock_leeway.as_secs_f64() => {}
        Some(Some(_)) => return forged(TokenFault::NotYet),
        Some(None) => return forged(TokenFault::Malformed),
    }
    let level = claims.auth_context_ref().map(|level| level.to_string()).unwrap_or_default();
    if !settings.accepted_levels.contains(&level) {
        return Err(LoginError::LevelTooLow(None));
    }
    Ok(Claims { by_name: raw, authenticated_at, level })
}

/// Judges `iat`, `exp` and `auth_time`, and gives the last.
fn judge_times(
    settings: &ProviderSettings,
    pending: &PendingLogin,
    claims: &CoreIdTokenClaims,
    now: Timestamp,
) -> Result<Timestamp, TokenFault> {
    let read = |seconds: i64| Timestamp::from_second(seconds).map_err(|_| TokenFault::Malformed);
    let issued = read(claims.issue_time().timestamp())?;
    let expires = read(claims.expiration().timestamp())?;
    // Their clock may be behind ours, and whole seconds are cut off.
    let slack = settings.clock_leeway + SignedDuration::from_secs(1);
    if issued.duration_since(now) > slack {
        return Err(TokenFault::FromTheFuture);
    }
    if pending.begun.duration_since(issued) > slack {
        return Err(TokenFault::TooOld);
    }
    if expires.duration_since(issued) > MAX_LIFETIME {
        return Err(TokenFault::Lifetime);
    }
    let authenticated = claims.auth_time().ok_or(TokenFault::AuthenticationTime)?;
    let authenticated = read(authenticated.timestamp())?;
    if authenticated.duration_since(now) > slack || pending.begun.duration_since(authenticated) > slack {
        return Err(TokenFault::AuthenticationTime);
    }
    Ok(authenticated)
}

/// The claims of a token whose signature was verified, by name: which ones matter is a setting.
fn payload(token: &CoreIdToken) -> Option<Map<String, Value>> {
    let compact = token.to_string();
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(compact.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn token_fault(error: &ClaimsVerificationError) -> TokenFault {
    match error {
        ClaimsVerificationError::Expired(_) => TokenFault::Expired,
        ClaimsVerificationError::InvalidAudience(_) => TokenFault::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => TokenFault::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => TokenFault::Nonce,
        ClaimsVerificationError::Unsupported(_) => TokenFault::Header,
        ClaimsVerificationError::SignatureVerification(error) => match error {
            SignatureVerificationError::NoMatchingKey => TokenFault::UnknownKey,
            SignatureVerificationError::AmbiguousKeyId(_) => TokenFault::AmbiguousKey,
            SignatureVerificationError::DisallowedAlg(_)
            | SignatureVerificationError::UnsupportedAlg(_)
            | SignatureVerificationError::NoSignature => TokenFault::Algorithm,
            _ => TokenFault::Signature,
        },
        _ => TokenFault::Malformed,
    }
}

fn system_time(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(at.as_second()).unwrap_or(0))
}

fn seconds(at: Timestamp) -> f64 {
    at.duration_since(Timestamp::UNIX_EPOCH).as_secs_f64()
}
