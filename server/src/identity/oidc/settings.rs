//! What one OpenID provider is to us: addresses, key, levels and the names of its claims.

use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::signature::{SignatureFormat, TrustAnchors};
use super::signing_key::SigningKey;

/// The longest difference between our clock and a provider's that may be set.
const MAX_LEEWAY: SignedDuration = SignedDuration::from_mins(5);

/// One provider as this installation uses it.
#[derive(Debug, Clone)]
pub(crate) struct ProviderSettings {
    /// The provider's identifier, letter for letter as it names itself.
    pub issuer: String,
    /// What we are called there.
    pub client_id: String,
    /// Our key: signs request objects and client assertions.
    pub client_key: SigningKey,
    /// The levels of assurance (`acr`) that are good enough, best first.
    pub accepted_levels: Vec<String>,
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
    /// How far the provider's clock may be from ours, at most five minutes.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "people")]
pub(crate) enum ClaimNames {
    /// Citizens, by identity number.
    Citizens(CitizenClaims),
    /// The municipality's staff, by the municipality's own identifier.
    Staff(StaffClaims),
}

/// The claims about a citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct StaffClaims {
    /// Holds the municipality's identifier of the person, the same at every login.
    pub subject: String,
    /// Holds the whole name.
    pub name: String,
    /// Holds a list of what the person may do (or one text).
    pub roles: String,
}

impl StaffClaims {
    /// The organisational identity of the Swedish profile, section 2.2.2; the profile names no claim for roles.
    pub(crate) fn swedish_profile() -> Self {
        Self {
            subject: "https://id.oidc.se/claim/orgAffiliation".to_owned(),
            name: "name".to_owned(),
            roles: "roles".to_owned(),
        }
    }
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProviderSettingsError {
    /// An address that must be https is not.
    #[error("{setting} must be https (plain http is for a loopback address, and only where that is allowed)")]
    Insecure { setting: &'static str },
    /// A text that is empty, or an address that is none or has a query or a fragment.
    #[error("{setting} is empty, no address, or an address with a query or a fragment")]
    Form { setting: &'static str },
    /// The leeway for clocks is negative or above five minutes.
    #[error("the clock leeway must be from 0 to 5 minutes")]
    Leeway,
    /// Signing is for citizens: the signature names a person by identity number.
    #[error("signing is set for a provider of staff")]
    StaffSigning,
    /// The HTTP client could not be made, for instance for want of root certificates.
    #[error("no HTTP client could be made")]
    Http(#[source] reqwest::Error),
}

impl ProviderSettings {
    /// Refuses what could never work or would not be safe.
    pub(super) fn check(&self) -> Result<(), ProviderSettingsError> {
        let issuer = Url::parse(&self.issuer).map_err(|_| ProviderSettingsError::Form { setting: "issuer" })?;
        self.check_address("issuer", &issuer)?;
        if self.client_id.is_empty() {
            return Err(ProviderSettingsError::Form { setting: "client_id" });
        }
        if self.accepted_levels.is_empty() || self.accepted_levels.iter().any(String::is_empty) {
            return Err(ProviderSettingsError::Form { setting: "accepted_levels" });
        }
        if self.clock_leeway.is_negative() || self.clock_leeway > MAX_LEEWAY {
            return Err(ProviderSettingsError::Leeway);
        }
        if self.signing.is_some() && matches!(self.claims, ClaimNames::Staff(_)) {
            return Err(ProviderSettingsError::StaffSigning);
        }
        Ok(())
    }

    /// Refuses an address of ours that people could not safely be sent back to.
    pub(super) fn check_redirect_uri(&self, redirect_uri: &Url) -> Result<(), ProviderSettingsError> {
        self.check_address("redirect_uri", redirect_uri)
    }

    fn check_address(&self, setting: &'static str, url: &Url) -> Result<(), ProviderSettingsError> {
        if !is_secure(url, self.allow_loopback_http) {
            return Err(ProviderSettingsError::Insecure { setting });
        }
        if url.fragment().is_some() || url.query().is_some() {
            return Err(ProviderSettingsError::Form { setting });
        }
        Ok(())
    }
}

/// Whether an address is https, or plain http to a loopback address where that is allowed.
pub(super) fn is_secure(url: &Url, allow_loopback_http: bool) -> bool {
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" if allow_loopback_http => match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        },
        _ => false,
    }
}
