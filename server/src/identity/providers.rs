//! The installation's identity providers, and each municipality's way back from them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::oidc::{
    CitizenClaims, ClaimNames, Client, KeyError, Provider, ProviderSettings, ProviderSettingsError, SignatureFormat,
    SigningKey, SigningSettings, StaffClaims, TrustAnchors,
};
use crate::clock::Clock;
use crate::config;
use crate::municipality::Municipality;

/// How long a page waits for a provider that nobody has asked yet.
const PATIENCE: Duration = Duration::from_millis(500);

/// The providers could not be set up. Stops the start.
#[derive(Debug, thiserror::Error)]
pub enum ProvidersError {
    /// A key or certificate file cannot be read.
    #[error("the file {file} cannot be read")]
    File { file: PathBuf, source: std::io::Error },
    /// A client key is not an ES256 key.
    #[error("the client key cannot be used")]
    Key(#[from] KeyError),
    /// The trusted certificates cannot be read.
    #[error("the file of identity.citizen.signature_trust_file holds no certificates")]
    Trust,
    /// The settings do not fit together.
    #[error("an identity provider cannot be used")]
    Settings(#[from] ProviderSettingsError),
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
                &settings.citizen,
                ClaimNames::Citizens(CitizenClaims::swedish_profile()),
                &["https://id.oidc.se/scope/naturalPersonNumber", "profile"],
                trust,
            )?,
            staff: provider(
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

    /// The origins that a form may lead to through a redirect: the providers' authorization addresses, or where those are not known yet,
    /// the issuers'. Every page asks for them, so none waits for a provider but the first, and that one only for a moment.
    pub async fn origins(&self) -> Vec<String> {
        let mut origins: Vec<String> = Vec::with_capacity(2);
        for provider in [&self.citizens, &self.staff] {
            let origin = match known_origin(provider, self.clock.real()).await {
                Some(known) => Some(known),
                None => provider.issuer_origin(),
            };
            origins.extend(origin.filter(|origin| !origins.contains(origin)));
        }
        origins
    }
}

fn client(provider: &Arc<Provider>, municipality: &Municipality, path: &str) -> Result<Client, ProvidersError> {
    Ok(provider.client(Url::parse(&municipality.origin)?.join(path)?)?)
}

/// The origin of a provider, as known. Where it is not, the provider is asked aside from the request, which waits a moment for it.
async fn known_origin(provider: &Arc<Provider>, now: Timestamp) -> Option<String> {
    if let Some(origin) = provider.authorization_origin() {
        return Some(origin);
    }
    if provider.may_be_asked(now) {
        let asked = Arc::clone(provider);
        let asking = tokio::spawn(async move { asked.discover(now).await });
        // What comes of it is read below; why it came to nothing is told by the login that needs it.
        let _ = tokio::time::timeout(PATIENCE, asking).await;
    }
    provider.authorization_origin()
}

fn provider(
    settings: &config::Provider,
    claims: ClaimNames,
    scopes: &[&str],
    signing: Option<SigningSettings>,
) -> Result<Arc<Provider>, ProvidersError> {
    let settings = ProviderSettings {
        issuer: settings.issuer.clone(),
        client_id: settings.client_id.clone(),
        client_key: SigningKey::from_pem(&read(&settings.client_key_file)?)?,
        accepted_levels: settings.accepted_levels.clone(),
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
        claims,
        signing,
        allow_loopback_http: settings.allow_loopback_http,
        timeout: Duration::from_secs(10),
        clock_leeway: SignedDuration::from_secs(30),
    };
    Ok(Arc::new(Provider::new(settings)?))
}

fn read(file: &Path) -> Result<String, ProvidersError> {
    std::fs::read_to_string(file).map_err(|source| ProvidersError::File { file: file.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read as _};

    use sqlx::PgPool;

    use super::*;
    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn no_page_waits_for_a_provider_that_hangs(pool: PgPool) {
        let towns = Towns::new(pool).await;
        let service = &towns.service;
        // Connections are taken by the system, and nobody ever answers.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        silent.set_nonblocking(true).unwrap();
        let issuer = format!("http://{}", silent.local_addr().unwrap());
        let mut identity = service.settings.identity.clone();
        (identity.citizen.issuer, identity.staff.issuer) = (issuer.clone(), issuer.clone());
        let providers = Providers::new(&identity, service.clock.clone()).unwrap();

        let mut asking = Vec::new();
        for _ in 0..20 {
            let origins = providers.origins().await;
            assert_eq!(origins, [issuer.as_str()], "what is set stands in for what is not known");
            asking.extend(std::iter::from_fn(|| silent.accept().ok()));
        }
        assert_eq!(asking.len(), 2, "each provider is asked once");
        for (mut connection, _) in asking {
            connection.set_nonblocking(true).unwrap();
            while connection.read(&mut [0; 1024]).is_ok_and(|read| read > 0) {}
            let waits = connection.read(&mut [0]).map_err(|error| error.kind());
            assert_eq!(waits, Err(ErrorKind::WouldBlock), "the question is still open: no page has waited for its end");
        }
    }
}
