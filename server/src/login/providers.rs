//! The identity providers of each municipality: the installation's providers, with the municipality's own way back.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use domain::id::MunicipalityId;
use jiff::SignedDuration;
use url::Url;

use super::oidc::{
    CitizenClaims, ClaimNames, KeyError, Provider, Settings, SettingsError, SignatureFormat, Signing, SigningKey,
    StaffClaims, TrustAnchors,
};
use crate::clock::Clock;
use crate::config;
use crate::municipality::Municipality;

/// The providers could not be set up. Stops the start.
#[derive(Debug, thiserror::Error)]
pub enum ProvidersError {
    /// A key or certificate file cannot be read.
    #[error("the file {file} cannot be read: {source}")]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A client key is not an ES256 key.
    #[error("the client key cannot be used: {0}")]
    Key(#[from] KeyError),
    /// The trusted certificates cannot be read.
    #[error("the file of identity.citizen.signature_trust_file holds no certificates")]
    Trust,
    /// The settings do not fit together.
    #[error("an identity provider cannot be used: {0}")]
    Settings(#[from] SettingsError),
    /// A municipality's host makes no address.
    #[error("the way back to the municipality is no address: {0}")]
    Address(#[from] url::ParseError),
}

/// The two providers of a municipality.
#[derive(Debug)]
pub struct Pair {
    /// For citizens: login and signing.
    pub citizen: Provider,
    /// For staff: login.
    pub staff: Provider,
}

/// Makes and keeps the providers of each municipality.
pub struct Providers {
    citizen: Settings,
    staff: Settings,
    clock: Clock,
    made: RwLock<HashMap<MunicipalityId, Arc<Pair>>>,
}

impl Providers {
    /// Reads keys and certificates. No provider is called yet.
    pub fn new(settings: &config::Identity, clock: Clock) -> Result<Self, ProvidersError> {
        let trust = match &settings.citizen.signature_trust_file {
            Some(file) => Some(Signing {
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
        let way_back = |settings: &Settings, path: &str| -> Result<Provider, ProvidersError> {
            let redirect_uri = Url::parse(&municipality.origin)?.join(path)?;
            Ok(Provider::new(Settings { redirect_uri, ..settings.clone() })?)
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
    /// the issuers'.
    pub async fn origins(&self, municipality: &Municipality) -> Vec<String> {
        let mut origins: Vec<String> = Vec::with_capacity(2);
        let pair = self.of(municipality).ok();
        let now = self.clock.real();
        for (provider, settings) in
            [(pair.as_ref().map(|p| &p.citizen), &self.citizen), (pair.as_ref().map(|p| &p.staff), &self.staff)]
        {
            let known = match provider {
                Some(provider) => provider.authorization_origin(now).await.ok(),
                None => None,
            };
            let origin = known.or_else(|| Some(Url::parse(&settings.issuer).ok()?.origin().ascii_serialization()));
            origins.extend(origin.filter(|origin| !origins.contains(origin)));
        }
        origins
    }
}

fn provider(
    settings: &config::Provider,
    claims: ClaimNames,
    scopes: &[&str],
    signing: Option<Signing>,
) -> Result<Settings, ProvidersError> {
    Ok(Settings {
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
