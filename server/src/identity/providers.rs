//! The identity providers of each municipality: the installation's providers, with the municipality's own way back.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use domain::id::MunicipalityId;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::oidc::{
    CitizenClaims, ClaimNames, KeyError, Provider, ProviderSettings, ProviderSettingsError, SignatureFormat,
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

/// The two providers of a municipality.
#[derive(Debug)]
pub struct Pair {
    /// For citizens: login and signing.
    pub citizen: Provider,
    pub staff: Provider,
}

/// One of the two.
type Which = fn(&Pair) -> &Provider;

/// Makes and keeps the providers of each municipality.
pub struct Providers {
    citizen: ProviderSettings,
    staff: ProviderSettings,
    clock: Clock,
    made: RwLock<HashMap<MunicipalityId, Arc<Pair>>>,
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
            citizen: provider(
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
            made: RwLock::default(),
        })
    }

    /// The providers of a municipality.
    pub fn of(&self, municipality: &Municipality) -> Result<Arc<Pair>, ProvidersError> {
        if let Some(pair) = self.made.read().ok().and_then(|made| made.get(&municipality.id).cloned()) {
            return Ok(pair);
        }
        let way_back = |settings: &ProviderSettings, path: &str| -> Result<Provider, ProvidersError> {
            let redirect_uri = Url::parse(&municipality.origin)?.join(path)?;
            Ok(Provider::new(ProviderSettings { redirect_uri, ..settings.clone() })?)
        };
        let pair = Arc::new(Pair {
            citizen: way_back(&self.citizen, "/login/callback")?,
            staff: way_back(&self.staff, "/staff/login/callback")?,
        });
        if let Ok(mut made) = self.made.write() {
            made.insert(municipality.id, Arc::clone(&pair));
        }
        Ok(pair)
    }

    /// The origins that a form may lead to through a redirect: the providers' authorization addresses, or where those are not known yet,
    /// the issuers'. Every page asks for them, so none waits for a provider but the first, and that one only for a moment.
    pub async fn origins(&self, municipality: &Municipality) -> Vec<String> {
        let mut origins: Vec<String> = Vec::with_capacity(2);
        let pair = self.of(municipality).ok();
        let of: [(Which, &ProviderSettings); 2] =
            [(|pair| &pair.citizen, &self.citizen), (|pair| &pair.staff, &self.staff)];
        for (provider, settings) in of {
            let known = match &pair {
                Some(pair) => origin(pair, provider, self.clock.real()).await,
                None => None,
            };
            let origin = known.or_else(|| Some(Url::parse(&settings.issuer).ok()?.origin().ascii_serialization()));
            origins.extend(origin.filter(|origin| !origins.contains(origin)));
        }
        origins
    }
}

/// The origin of one of the two, as known. Where it is not, the provider is asked aside from the request, which waits a moment for it.
async fn origin(pair: &Arc<Pair>, of: Which, now: Timestamp) -> Option<String> {
    let provider = of(pair);
    if let Some(origin) = provider.authorization_origin() {
        return Some(origin);
    }
    if provider.may_be_asked(now) {
        let asked = Arc::clone(pair);
        let asking = tokio::spawn(async move { of(&asked).discover(now).await });
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
) -> Result<ProviderSettings, ProvidersError> {
    Ok(ProviderSettings {
        issuer: settings.issuer.clone(),
        client_id: settings.client_id.clone(),
        client_key: SigningKey::from_pem(&read(&settings.client_key_file)?)?,
        redirect_uri: Url::parse(&settings.issuer)?,
        accepted_levels: settings.accepted_levels.clone(),
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
        claims,
        signing,
        allow_loopback_http: settings.allow_loopback_http,
        timeout: Duration::from_secs(10),
        clock_leeway: SignedDuration::from_secs(30),
    })
}

fn read(file: &Path) -> Result<String, ProvidersError> {
    std::fs::read_to_string(file).map_err(|source| ProvidersError::File { file: file.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read as _};

    use sqlx::PgPool;

    use super::*;
    use crate::test_support::world::TestWorld;

    #[sqlx::test(migrations = "../migrations")]
    async fn no_page_waits_for_a_provider_that_hangs(pool: PgPool) {
        let world = TestWorld::new(pool).await;
        let service = &world.service;
        let municipality = service.municipalities.at(&service.db, &world.hosts()[0]).await.unwrap().unwrap();
        // Connections are taken by the system, and nobody ever answers.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        silent.set_nonblocking(true).unwrap();
        let issuer = format!("http://{}", silent.local_addr().unwrap());
        let mut identity = service.settings.identity.clone();
        (identity.citizen.issuer, identity.staff.issuer) = (issuer.clone(), issuer.clone());
        let providers = Providers::new(&identity, service.clock.clone()).unwrap();

        let mut asking = Vec::new();
        for _ in 0..20 {
            let origins = providers.origins(&municipality).await;
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
