//! What a provider says about itself: fetched when first needed, kept, and fetched anew when it is old or a key is unknown.

use std::sync::{Arc, RwLock};

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, DiscoveryError, IssuerUrl, JsonWebKeySet, ProviderMetadata};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use super::error::{DiscoveryFault, LoginError};
use super::http::{Failure, Http, HttpError};
use super::request::SIGN_SCOPE;
use super::settings::{ProviderSettings, is_secure};
use crate::chain::chain;

/// How long a discovery document is used without asking again.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// How long to leave a provider alone after it failed to answer, so that people do not queue up behind its time limit.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);
/// How seldom unknown keys make us fetch the key set, so that forged tokens cannot make us flood the provider.
const KEY_PAUSE: SignedDuration = SignedDuration::from_secs(10);

/// The fields of a discovery document that OpenID Connect Discovery itself does not have.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Extensions {
    /// RFC 9126, section 5.
    pushed_authorization_request_endpoint: Option<Url>,
    /// RFC 9207, section 3.
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Extensions {}

pub(super) type Metadata = ProviderMetadata<
    Extensions,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider's document and keys that were found usable.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) metadata: Metadata,
    pub(super) push_endpoint: Url,
    pub(super) keys: JsonWebKeySet<CoreJsonWebKey>,
    fetched_at: Timestamp,
    keys_fetched_at: Timestamp,
}

/// The cache of one provider.
#[derive(Debug, Default)]
pub(super) struct Discovery {
    /// Read without waiting for whoever asks the provider.
    known: RwLock<Option<Arc<Known>>>,
    /// Held by the one who asks. How it last came to nothing.
    asking: Mutex<Option<Failed>>,
}

/// A question that came to nothing.
#[derive(Debug)]
struct Failed {
    at: Timestamp,
    why: Failure,
}

impl Discovery {
    /// The provider as known, however old: no call is made or waited for.
    fn kept(&self) -> Option<Arc<Known>> {
        self.known.read().ok()?.clone()
    }

    fn keep(&self, known: &Arc<Known>) {
        if let Ok(mut kept) = self.known.write() {
            *kept = Some(Arc::clone(known));
        }
    }

    fn fresh(&self, now: Timestamp) -> Option<Arc<Known>> {
        self.kept().filter(|known| within(known.fetched_at, FRESH, now))
    }

    /// The provider as known, asked for where it is unknown or old. Where it does not answer, what is known is used on.
    pub(super) async fn known(
        &self,
        settings: &ProviderSettings,
        http: &Http,
        now: Timestamp,
    ) -> Result<Arc<Known>, LoginError> {
        if let Some(known) = self.fresh(now) {
            return Ok(known);
        }
        let mut failed = self.asking.lock().await;
        // Whoever asked while this one waited may have got it.
        if let Some(known) = self.fresh(now) {
            return Ok(known);
        }
        let pausing = failed.as_ref().filter(|failed| within(failed.at, PAUSE, now));
        if let Some(before) = pausing {
            return self.used_on(&before.why).ok_or_else(|| before.why.clone().into());
        }
        let began = Instant::now();
        let why = match fetch(settings, http, now).await {
            Ok(known) => {
                let known = Arc::new(known);
                self.keep(&known);
                *failed = None;
                return Ok(known);
            }
            Err(why) => why,
        };
        // The pause begins when the failure is known, which may be a whole time limit later.
        let took = SignedDuration::from_secs(i64::try_from(began.elapsed().as_secs()).unwrap_or(0));
        *failed = Some(Failed { at: now.saturating_add(took).unwrap_or(now), why: why.clone() });
        let (old, error) = (self.used_on(&why), LoginError::from(why));
        let Some(old) = old else { return Err(error) };
        let issuer = settings.issuer.as_str();
        tracing::warn!(issuer, error = %chain(&error), "An identity provider does not answer; its old description is used");
        Ok(old)
    }

    /// What is known of the provider, where it has only fallen silent.
    fn used_on(&self, why: &Failure) -> Option<Arc<Known>> {
        self.kept().filter(|_| matches!(why, Failure::Silent(_)))
    }

    /// The provider with its keys fetched anew because `seen` lacked one; `None` where that was done a moment ago.
    pub(super) async fn with_new_keys(
        &self,
        seen: &Arc<Known>,
        http: &Http,
        now: Timestamp,
    ) -> Result<Option<Arc<Known>>, LoginError> {
        let _asking = self.asking.lock().await;
        if let Some(known) = self.kept()
            && !Arc::ptr_eq(&known, seen)
        {
            return Ok(Some(known));
        }
        if within(seen.keys_fetched_at, KEY_PAUSE, now) {
            return Ok(None);
        }
        let keys = JsonWebKeySet::fetch_async(seen.metadata.jwks_uri(), http).await.map_err(discovery_error)?;
        let known = Arc::new(Known {
            metadata: seen.metadata.clone(),
            push_endpoint: seen.push_endpoint.clone(),
            keys,
            fetched_at: seen.fetched_at,
            keys_fetched_at: now,
        });
        self.keep(&known);
        Ok(Some(known))
    }
}

/// Whether `now` is less than `span` after `at` (or before it: another request may have been quicker).
fn within(at: Timestamp, span: SignedDuration, now: Timestamp) -> bool {
    now.duration_since(at) < span
}

async fn fetch(settings: &ProviderSettings, http: &Http, now: Timestamp) -> Result<Known, Failure> {
    let unsuitable = |fault| Err(Failure::Unsuitable(fault));
    let issuer = IssuerUrl::new(settings.issuer.as_str().to_owned());
    let issuer = issuer.map_err(|_| Failure::Unsuitable(DiscoveryFault::Issuer))?;
    let metadata = Metadata::discover_async(issuer, http).await.map_err(discovery_error)?;

    let Some(token_endpoint) = metadata.token_endpoint() else {
        return unsuitable(DiscoveryFault::NoTokenEndpoint);
    };
    let Some(push_endpoint) = metadata.additional_metadata().pushed_authorization_request_endpoint.clone() else {
        return unsuitable(DiscoveryFault::NoPushedRequests);
    };
    let addresses =
        [metadata.authorization_endpoint().url(), token_endpoint.url(), metadata.jwks_uri().url(), &push_endpoint];
    if !addresses.iter().all(|url| is_secure(url, settings.allow_loopback_http)) {
        return unsuitable(DiscoveryFault::Insecure);
    }
    let takes_private_key_jwt = metadata
        .token_endpoint_auth_methods_supported()
        .is_some_and(|methods| methods.contains(&CoreClientAuthMethod::PrivateKeyJwt));
    if !takes_private_key_jwt {
        return unsuitable(DiscoveryFault::NoPrivateKeyJwt);
    }
    // The list is mandatory in the Swedish profile only; a broker without it is judged by its tokens.
    let has_accepted_level = metadata
        .acr_values_supported()
        .is_none_or(|levels| levels.iter().any(|level| settings.accepted_levels.contains(level)));
    if !has_accepted_level {
        return unsuitable(DiscoveryFault::NoAcceptedLevel);
    }
    let offers_signing =
        metadata.scopes_supported().is_some_and(|scopes| scopes.iter().any(|scope| scope.as_str() == SIGN_SCOPE));
    if settings.signing.is_some() && !offers_signing {
        return unsuitable(DiscoveryFault::NoSigning);
    }
    let keys = metadata.jwks().clone();
    Ok(Known { metadata, push_endpoint, keys, fetched_at: now, keys_fetched_at: now })
}

fn discovery_error(error: DiscoveryError<HttpError>) -> Failure {
    match error {
        DiscoveryError::Request(error) => error.into(),
        DiscoveryError::Validation(_) => Failure::Unsuitable(DiscoveryFault::Issuer),
        _ => Failure::Unsuitable(DiscoveryFault::Unreadable),
    }
}
