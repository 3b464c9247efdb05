//! What one OpenID provider is to us: addresses, key, levels and the names of its claims.

use std::time::Duration;

use jiff::SignedDuration;
use url::Url;

use super::signature::{SignatureFormat, TrustAnchors};
use super::signing_key::SigningKey;
use crate::config::{Issuer, Word, Words, is_here};

/// One provider as this installation uses it.
#[derive(Debug, Clone)]
pub(crate) struct ProviderSettings {
    /// The provider's identifier, letter for letter as it names itself.
    pub issuer: Issuer,
    /// What we are called there.
    pub client_id: Word,
    /// Our key: signs request objects and client assertions.
    pub client_key: SigningKey,
    /// The levels of assurance (`acr`) that are good enough, best first.
    pub accepted_levels: Words,
    /// What is asked for besides `openid` (and the scope for signing).
    pub scopes: Vec<String>,
    /// Whom the provider identifies, and in which claims.
    pub claims: ClaimNames,
    /// How people sign with it; `None` where it is only for logging in.
    pub signing: Option<SigningSettings>,
    /// Whether plain http is accepted from a loopback address. For the demo and tests: anything else is https always.
    pub allow_loopback_http: bool,
    /// The longest wait for one answer from the provider.
    pub timeout: Duration,
    /// How far the provider's clock may be from ours.
    pub clock_leeway: SignedDuration,
}

/// How people sign with a provider.
#[derive(Debug, Clone)]
pub(crate) struct SigningSettings {
    /// What the provider's user signatures look like.
    pub format: SignatureFormat,
    /// Whose certificates are trusted for signing.
    pub trust_anchors: TrustAnchors,
}

/// Whom a provider identifies, and the names of the claims that say so: they differ between brokers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClaimNames {
    /// Citizens, by identity number.
    Citizens(CitizenClaims),
    /// The municipality's staff, by the municipality's own identifier.
    Staff(StaffClaims),
}

/// The claims about a citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CitizenClaims {
    /// Holds a personnummer of twelve digits (or, at some brokers, either number).
    pub personal_number: String,
    /// Holds a samordningsnummer of twelve digits, where it has a claim of its own.
    pub coordination_number: Option<String>,
    /// Holds the whole name.
    pub name: String,
}

impl CitizenClaims {
    /// The names in the claims specification of the Swedish profile, sections 2.1.1 and 2.1.2.
    pub(crate) fn swedish_profile() -> Self {
        Self {
            personal_number: "https://id.oidc.se/claim/personalIdentityNumber".to_owned(),
            coordination_number: Some("https://id.oidc.se/claim/coordinationNumber".to_owned()),
            name: "name".to_owned(),
        }
    }
}

/// The claims about a member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StaffClaims {
    /// Holds the municipality's identifier of the person, the same at every login.
    pub subject: String,
    /// Holds the whole name.
    pub name: String,
}

impl StaffClaims {
    /// The organisational identity of the Swedish profile, section 2.2.2. What the person may do stands in the municipality's own list.
    pub(crate) fn swedish_profile() -> Self {
        Self { subject: "https://id.oidc.se/claim/orgAffiliation".to_owned(), name: "name".to_owned() }
    }
}

/// A provider that cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum ProviderSettingsError {
    /// People could not safely be sent back to it.
    #[error("{0} is not https (plain http is for a loopback address, and only where that is allowed)")]
    Insecure(Url),
    /// The HTTP client could not be made, for instance for want of root certificates.
    #[error("no HTTP client could be made")]
    Http(#[source] reqwest::Error),
}

/// Whether an address is https, or plain http to a loopback address where that is allowed.
pub(super) fn is_secure(url: &Url, allow_loopback_http: bool) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && allow_loopback_http && is_here(url.host().as_ref()))
}
