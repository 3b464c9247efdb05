//! The installation's identity providers, and each municipality's way back from them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use url::Url;

use super::oidc::{
    CitizenClaims, ClaimNames, Client, KeyError, Provider, ProviderSettings, ProviderSettingsError, SignatureFormat,
    SigningKey, SigningSettings, StaffClaims, TrustAnchors,
};
use crate::chain::chain;
use crate::clock::Clock;
use crate::config::{self, KeyFileError};
use crate::municipality::Municipality;

/// The providers could not be set up. Stops the start.
#[derive(Debug, thiserror::Error)]
pub enum ProvidersError {
    /// The file of trusted certificates cannot be read.
    #[error("the file {file} of identity.citizen.signature_trust_file cannot be read")]
    File { file: PathBuf, source: std::io::Error },
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// A client key is not an ES256 key.
    #[error("the key in the file of {setting} cannot be used")]
    Key { setting: &'static str, source: KeyError },
    /// The trusted certificates cannot be read.
    #[error("the file of identity.citizen.signature_trust_file holds no certificates")]
    Trust,
    #[error("the provider of {section} cannot be used")]
    Settings { section: &'static str, source: ProviderSettingsError },
    /// A municipality's address is none that people could be sent back to.
    #[error("the way back to the municipality cannot be used")]
    WayBack(#[source] ProviderSettingsError),
    /// A municipality's host makes no address.
    #[error("the way back to the municipality is no address")]
    Address(#[from] url::ParseError),
}

/// The installation's providers, each with its own connections, keys and description: one of each for all municipalities.
pub struct Providers {
    citizens: Arc<Provider>,
    staff: Arc<Provider>,
    clock: Clock,
}

impl Providers {
    /// Reads keys and certificates. No provider is called yet.
    pub fn new(settings: &config::Identity, clock: Clock) -> Result<Self, ProvidersError> {
        let trust = match &settings.citizen.signature_trust_file {
            Some(file) => Some(SigningSettings {
                format: SignatureFormat::JwsX5c,
                trust_anchors: TrustAnchors::from_pem(&read(file)?).ok_or(ProvidersError::Trust)?,
            }),
            None => None,
        };
        Ok(Self {
            citizens: provider(
                ("identity.citizen", "identity.citizen.client_key_file"),
                &settings.citizen,
                ClaimNames::Citizens(CitizenClaims::swedish_profile()),
                &["https://id.oidc.se/scope/naturalPersonNumber", "profile"],
                trust,
            )?,
            staff: provider(
                ("identity.staff", "identity.staff.client_key_file"),
                &settings.staff,
                ClaimNames::Staff(StaffClaims::swedish_profile()),
                &["https://id.oidc.se/scope/naturalPersonOrgId", "profile"],
                None,
            )?,
            clock,
        })
    }

    /// Where citizens of a municipality log in and sign.
    pub fn of_citizens(&self, municipality: &Municipality) -> Result<Client, ProvidersError> {
        client(&self.citizens, municipality, "/login/callback")
    }

    /// Where a municipality's staff logs in.
    pub fn of_staff(&self, municipality: &Municipality) -> Result<Client, ProvidersError> {
        client(&self.staff, municipality, "/staff/login/callback")
    }

    /// Asks both providers to describe themselves, so that what is wrong is told when the service starts and not at the first login. The
    /// service does not wait for it: a provider may be down.
    pub async fn look(&self) {
        for (who, provider) in [("citizen", &self.citizens), ("staff", &self.staff)] {
            match provider.discover(self.clock.real()).await {
                Ok(()) => tracing::info!(issuer = provider.issuer(), "The provider of identity.{who} can be used"),
                Err(error) => {
                    let issuer = provider.issuer();
                    tracing::warn!(issuer, error = %chain(&error), "The provider of identity.{who} cannot be used now");
                }
            }
        }
    }
}

fn client(provider: &Arc<Provider>, municipality: &Municipality, path: &str) -> Result<Client, ProvidersError> {
    provider.client(Url::parse(&municipality.origin)?.join(path)?).map_err(ProvidersError::WayBack)
}

fn provider(
    (section, key): (&'static str, &'static str),
    settings: &config::Provider,
    claims: ClaimNames,
    scopes: &[&str],
    signing: Option<SigningSettings>,
) -> Result<Arc<Provider>, ProvidersError> {
    let client_key = SigningKey::from_pem(&settings.client_key_file.read(key)?)
        .map_err(|source| ProvidersError::Key { setting: key, source })?;
    let settings = ProviderSettings {
        issuer: settings.issuer.clone(),
        client_id: settings.client_id.clone(),
        client_key,
        accepted_levels: settings.accepted_levels.clone(),
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
        claims,
        signing,
        allow_loopback_http: settings.allow_loopback_http,
        timeout: Duration::from_secs(10),
        clock_leeway: SignedDuration::from_secs(30),
    };
    Ok(Arc::new(Provider::new(settings).map_err(|source| ProvidersError::Settings { section, source })?))
}

fn read(file: &Path) -> Result<String, ProvidersError> {
    std::fs::read_to_string(file).map_err(|source| ProvidersError::File { file: file.to_owned(), source })
}
