//! A login from beginning to end.

use std::sync::Arc;

use domain::PersonNumber;
use jiff::Timestamp;
use openidconnect::core::CoreTokenResponse;
use openidconnect::{OAuth2TokenResponse, TokenResponse};
use serde::Deserialize;
use url::Url;

use super::discovery::{Discovery, Known};
use super::error::{LoginError, Silence, TokenFault};
use super::http::Http;
use super::id_token::{self, Claims};
use super::pending::{PendingLogin, Purpose, SignRequest, StartedFlow};
use super::refusal::ProviderRefusal;
use super::request::{AUTHENTICATION_EVIDENCE, push, request_object};
use super::settings::{CitizenClaims, ClaimNames, ProviderSettings, ProviderSettingsError, StaffClaims, is_secure};
use super::signature::{self, USER_SIGNATURE};
use super::verified::{Verified, VerifiedIdentity, VerifiedSignature, VerifiedStaff};
use super::{exchange, pending};

/// An OpenID provider that we send people to: what it says of itself, its keys and the connections to it. Kept as long as the service runs.
#[derive(Debug)]
pub(crate) struct Provider {
    settings: ProviderSettings,
    http: Http,
    discovery: Discovery,
}

/// We, as one municipality's client of a provider: to one address of ours it sends people back.
#[derive(Debug, Clone)]
pub struct Client {
    pub(super) provider: Arc<Provider>,
    redirect_uri: Url,
}

/// What the provider puts into the address that the browser comes back to.
#[derive(Clone, Default, Deserialize)]
pub struct Callback {
    /// To be exchanged for tokens.
    pub code: Option<String>,
    /// Which login this is the answer to.
    pub state: Option<String>,
    /// Which provider answers (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// The same in words, for whoever runs a service.
    pub error_description: Option<String>,
}

impl Provider {
    /// A provider as set. It is not called yet, so the service can start while the provider is down.
    pub(crate) fn new(settings: ProviderSettings) -> Result<Self, ProviderSettingsError> {
        let http = Http::new(&settings)?;
        Ok(Self { settings, http, discovery: Discovery::default() })
    }

    /// Its client that people come back to at this address, exactly as registered.
    pub(crate) fn client(self: &Arc<Self>, redirect_uri: Url) -> Result<Client, ProviderSettingsError> {
        if is_secure(&redirect_uri, self.settings.allow_loopback_http) {
            Ok(Client { provider: Arc::clone(self), redirect_uri })
        } else {
            Err(ProviderSettingsError::Insecure(redirect_uri))
        }
    }

    /// Asks the provider to describe itself, unless that is known already. A login does it anyway.
    pub(crate) async fn discover(&self, now: Timestamp) -> Result<(), LoginError> {
        self.discovery.known(&self.settings, &self.http, now).await.map(|_| ())
    }

    /// Its identifier.
    pub(crate) fn issuer(&self) -> &str {
        self.settings.issuer.as_str()
    }

    /// The claims of the ID token, verified; with the keys fetched anew where it names an unknown one (key rotation).
    async fn trusted_claims(
        &self,
        pending: &PendingLogin,
        tokens: &CoreTokenResponse,
        known: Arc<Known>,
        now: Timestamp,
    ) -> Result<(Claims, Arc<Known>), LoginError> {
        let token = tokens.id_token().ok_or(LoginError::Answer("token answer (it has no ID token)"))?;
        let verify =
            |known: &Known| id_token::verify(&self.settings, known, pending, token, tokens.access_token(), now);
        match verify(&known) {
            Err(LoginError::ForgedToken(TokenFault::UnknownKey)) => {
                match self.discovery.with_new_keys(&known, &self.http, now).await? {
                    Some(known) => Ok((verify(&known)?, known)),
                    None => Err(LoginError::ForgedToken(TokenFault::UnknownKey)),
                }
            }
            verified => Ok((verified?, known)),
        }
    }

    fn verified(
        &self,
        pending: &PendingLogin,
        claims: &Claims,
        tokens: &CoreTokenResponse,
        known: &Known,
        now: Timestamp,
    ) -> Result<Verified, LoginError> {
        let names = match &self.settings.claims {
            ClaimNames::Staff(names) => return Ok(Verified::Staff(staff(names, claims)?)),
            ClaimNames::Citizens(names) => names,
        };
        let signer = citizen(names, claims)?;
        let Purpose::Signing(expected) = &pending.purpose else {
            return Ok(Verified::Citizen(signer));
        };
        let signing = self.settings.signing.as_ref().ok_or(LoginError::NoSigning)?;
        if signer.number != expected.signer {
            return Err(LoginError::WrongPerson(None));
        }
        let user_signature = decoded(claims, USER_SIGNATURE)?
            .ok_or_else(|| LoginError::MissingClaim { claim: USER_SIGNATURE.to_owned() })?;
        let certificates =
            signature::verify(signing, &user_signature, expected, now).map_err(LoginError::BadSignature)?;
        Ok(Verified::Signature(Box::new(VerifiedSignature {
            signer,
            user_signature,
            certificates,
            authentication_evidence: decoded(claims, AUTHENTICATION_EVIDENCE)?,
            id_token: tokens.id_token().map(ToString::to_string).unwrap_or_default(),
            provider_keys: serde_json::to_string(&known.keys).map_err(|_| LoginError::Answer("key set"))?,
        })))
    }
}

impl Client {
    /// Begins a login. `ui_locale` is the language that the provider is asked to speak, such as `sv`.
    pub async fn begin_login(&self, ui_locale: &str, now: Timestamp) -> Result<StartedFlow, LoginError> {
        self.begin(Purpose::Login, None, ui_locale, now).await
    }

    /// Begins a signing by one given person.
    pub async fn begin_signing(
        &self,
        request: &SignRequest,
        ui_locale: &str,
        now: Timestamp,
    ) -> Result<StartedFlow, LoginError> {
        if self.provider.settings.signing.is_none() {
            return Err(LoginError::NoSigning);
        }
        self.begin(Purpose::Signing(request.expected()), Some(request), ui_locale, now).await
    }

    async fn begin(
        &self,
        purpose: Purpose,
        sign: Option<&SignRequest>,
        ui_locale: &str,
        now: Timestamp,
    ) -> Result<StartedFlow, LoginError> {
        let Provider { settings, http, discovery } = &*self.provider;
        let known = discovery.known(settings, http, now).await?;
        let pending = PendingLogin::begin(settings.issuer.as_str(), settings.client_id.as_str(), purpose, now)?;
        let request_object = request_object(settings, &self.redirect_uri, &pending, sign, ui_locale, now)?;
        let url: Url = push(settings, &known, http, &request_object, now).await?;
        Ok(StartedFlow { url, pending, request_object })
    }

    /// Ends a login with what the browser came back with. The caller has found `pending` by the state and removed it, so that
    /// it is used once, and has made sure that it was this browser that began.
    pub async fn finish(
        &self,
        pending: &PendingLogin,
        callback: Callback,
        now: Timestamp,
    ) -> Result<Verified, LoginError> {
        let Provider { settings, http, discovery } = &*self.provider;
        // Municipalities may use the same broker, each as a client of its own.
        let (issuer, client_id) = (settings.issuer.as_str(), settings.client_id.as_str());
        if pending.issuer != issuer || pending.client_id != client_id {
            return Err(LoginError::WrongProvider);
        }
        if callback.state.as_deref() != Some(pending.state()) {
            return Err(LoginError::UnknownState);
        }
        if now >= pending.expires_at() {
            return Err(LoginError::Expired);
        }
        let known = discovery.known(settings, http, now).await?;
        let must_name_itself = known.metadata.additional_metadata().authorization_response_iss_parameter_supported;
        match &callback.iss {
            Some(named) if named != issuer => return Err(LoginError::WrongProvider),
            None if must_name_itself => return Err(LoginError::WrongProvider),
            _ => {}
        }
        if let Some(error) = callback.error {
            return Err(refused(&error, callback.error_description.as_deref(), pending));
        }
        let code = callback.code.filter(|code| !code.is_empty()).ok_or(LoginError::EmptyCallback)?;
        let tokens = exchange::exchange(settings, &self.redirect_uri, &known, http, pending, code, now).await?;
        let (claims, known) = self.provider.trusted_claims(pending, &tokens, known, now).await?;
        self.provider.verified(pending, &claims, &tokens, &known, now)
    }
}

fn citizen(names: &CitizenClaims, claims: &Claims) -> Result<VerifiedIdentity, LoginError> {
    let coordination_number = names.coordination_number.as_deref();
    let (claim, number) = match (claims.text(&names.personal_number)?, coordination_number) {
        (Some(number), _) => (&*names.personal_number, number),
        (None, Some(claim)) if let Some(number) = claims.text(claim)? => (claim, number),
        (None, _) => return Err(LoginError::MissingClaim { claim: names.personal_number.clone() }),
    };
    let number = PersonNumber::parse(number).map_err(|_| LoginError::MalformedClaim { claim: claim.to_owned() })?;
    Ok(VerifiedIdentity {
        number,
        name: claims.text(&names.name)?.map(str::to_owned),
        level: claims.level.clone(),
        authenticated_at: claims.authenticated_at,
    })
}

fn staff(names: &StaffClaims, claims: &Claims) -> Result<VerifiedStaff, LoginError> {
    Ok(VerifiedStaff {
        subject: claims.required_text(&names.subject)?.to_owned(),
        name: claims.required_text(&names.name)?.to_owned(),
        level: claims.level.clone(),
        authenticated_at: claims.authenticated_at,
    })
}

/// A claim in base64 as bytes; `None` where it is missing.
fn decoded(claims: &Claims, claim: &str) -> Result<Option<Vec<u8>>, LoginError> {
    claims
        .text(claim)?
        .map(|text| pending::from_base64(text).ok_or_else(|| LoginError::MalformedClaim { claim: claim.to_owned() }))
        .transpose()
}

/// The errors that a provider may send a browser back with (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6). Anybody can write anything
/// into that address, and what it holds is logged.
const CALLBACK_ERRORS: [&str; 16] = [
    "access_denied",
    "account_selection_required",
    "consent_required",
    "interaction_required",
    "invalid_request",
    "invalid_request_object",
    "invalid_request_uri",
    "invalid_scope",
    "login_required",
    "request_not_supported",
    "request_uri_not_supported",
    "server_error",
    "temporarily_unavailable",
    "unauthorized_client",
    "unmet_authentication_requirements",
    "unsupported_response_type",
];

/// What an error in the callback means (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6 and Unmet Authentication Requirements 1.0).
fn refused(code: &str, description: Option<&str>, pending: &PendingLogin) -> LoginError {
    let known = CALLBACK_ERRORS.into_iter().find(|known| *known == code).unwrap_or("unknown");
    let refusal = ProviderRefusal::new(known, description);
    match code {
        "access_denied" => LoginError::Cancelled(refusal),
        "server_error" | "temporarily_unavailable" => LoginError::Unreachable(Silence::Said(refusal)),
        "unmet_authentication_requirements" if pending.is_signing() => LoginError::WrongPerson(Some(refusal)),
        "unmet_authentication_requirements" => LoginError::LevelTooLow(Some(refusal)),
        _ => LoginError::Refused(refusal),
    }
}
