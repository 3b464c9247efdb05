//! The signed request object, and pushing it to the provider.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::person_number::NumberKind;
use jiff::Timestamp;
use openidconnect::http::StatusCode;
use openidconnect::{PkceCodeChallenge, PkceCodeVerifier};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use url::Url;

use super::discovery::Known;
use super::error::LoginError;
use super::http::Http;
use super::pending::{PendingLogin, SignRequest};
use super::refusal::ErrorAnswer;
use super::settings::{ClaimNames, ProviderSettings};
use crate::random;

/// Asks for a signature (signature extension 3.2).
pub(super) const SIGN_SCOPE: &str = "https://id.oidc.se/scope/sign";
/// Holds what is to be signed (signature extension 3.1).
const SIGN_REQUEST: &str = "https://id.oidc.se/param/signRequest";
/// The provider's own evidence of an authentication (claims specification 2.3.4).
pub(super) const AUTHENTICATION_EVIDENCE: &str = "https://id.oidc.se/claim/authnEvidence";

/// RFC 7523, section 2.2.
pub(super) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How long what we sign for the provider can be used, in seconds: from us to its next answer.
const REQUEST_LIFETIME: i64 = 300;

/// The request object of RFC 9101 for a login, or for a signing where something is to be signed.
pub(super) fn request_object(
    settings: &ProviderSettings,
    redirect_uri: &Url,
    pending: &PendingLogin,
    sign: Option<&SignRequest>,
    ui_locale: &str,
    now: Timestamp,
) -> Result<String, LoginError> {
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(pending.code_verifier.clone()));
    let mut scope = String::from("openid");
    for more in settings.scopes.iter().map(String::as_str).chain(sign.map(|_| SIGN_SCOPE)) {
        scope.push(' ');
        scope.push_str(more);
    }
    let mut object = json!({
        "iss": settings.client_id.as_str(),
        "aud": settings.issuer.as_str(),
        "iat": now.as_second(),
        "nbf": now.as_second(),
        "exp": now.as_second() + REQUEST_LIFETIME,
        "jti": random::token()?,
        "client_id": settings.client_id.as_str(),
        "response_type": "code",
        "redirect_uri": redirect_uri.as_str(),
        "scope": scope,
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": challenge.as_str(),
        "code_challenge_method": "S256",
        "acr_values": settings.accepted_levels.texts().join(" "),
        "prompt": "login",
        "ui_locales": ui_locale,
        "claims": { "id_token": requested_claims(settings, sign) },
    });
    if let Some(sign) = sign {
        object["prompt"] = "login consent".into();
        object[SIGN_REQUEST] = json!({
            "tbs_data": BASE64_STANDARD.encode(&sign.tbs_data),
            "sign_message": {
                "message#sv": BASE64_STANDARD.encode(&sign.message),
                "mime_type": "text/plain",
            },
        });
    }
    Ok(settings.client_key.sign("oauth-authz-req+jwt", &object)?)
}

/// The `claims.id_token` member (OpenID Connect Core 5.5): what we need in the token itself, and who must be the signer.
fn requested_claims(settings: &ProviderSettings, sign: Option<&SignRequest>) -> Map<String, Value> {
    let mut wanted = Map::new();
    wanted.insert("auth_time".to_owned(), json!({ "essential": true }));
    wanted.insert("acr".to_owned(), json!({ "essential": true, "values": settings.accepted_levels.texts() }));
    match &settings.claims {
        ClaimNames::Citizens(names) => {
            wanted.insert(names.name.clone(), Value::Null);
            // A person has one of the two numbers, so neither alone is essential. What is asked for by its scope only may stand at UserInfo
            // instead (OpenID Connect Core 5.4).
            for number in [Some(&names.personal_number), names.coordination_number.as_ref()].into_iter().flatten() {
                wanted.insert(number.clone(), Value::Null);
            }
            if let Some(sign) = sign {
                let claim = match (sign.signer.kind(), &names.coordination_number) {
                    (NumberKind::Coordination, Some(claim)) => claim,
                    _ => &names.personal_number,
                };
                wanted.insert(claim.clone(), json!({ "essential": true, "value": sign.signer.digits() }));
                wanted.insert(AUTHENTICATION_EVIDENCE.to_owned(), Value::Null);
            }
        }
        ClaimNames::Staff(names) => {
            wanted.insert(names.subject.clone(), json!({ "essential": true }));
            wanted.insert(names.name.clone(), json!({ "essential": true }));
        }
    }
    wanted
}

/// A client assertion (RFC 7523, OpenID Connect Core 9), new for each call. Its audience is the issuer, so that it is of no use
/// at another provider.
pub(super) fn client_assertion(settings: &ProviderSettings, now: Timestamp) -> Result<String, LoginError> {
    let claims = json!({
        "iss": settings.client_id.as_str(),
        "sub": settings.client_id.as_str(),
        "aud": settings.issuer.as_str(),
        "jti": random::token()?,
        "iat": now.as_second(),
        "exp": now.as_second() + REQUEST_LIFETIME,
    });
    Ok(settings.client_key.sign("JWT", &claims)?)
}

/// What a push gives (RFC 9126, section 2.2).
#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

/// Pushes the request object and gives the address to send the browser to.
pub(super) async fn push(
    settings: &ProviderSettings,
    known: &Known,
    http: &Http,
    request_object: &str,
    now: Timestamp,
) -> Result<Url, LoginError> {
    let assertion = client_assertion(settings, now)?;
    let form = [
        ("client_id", settings.client_id.as_str()),
        ("request", request_object),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", &assertion),
    ];
    let answer = http.post_form(&known.push_endpoint, &form).await?;
    if answer.status() != StatusCode::CREATED {
        let refusal: ErrorAnswer = serde_json::from_slice(answer.body()).unwrap_or_default();
        return Err(LoginError::Refused(refusal.into()));
    }
    let pushed: Pushed =
        serde_json::from_slice(answer.body()).map_err(|_| LoginError::Answer("answer to the pushed request"))?;
    let mut url = known.metadata.authorization_endpoint().url().clone();
    let client_id = settings.client_id.as_str();
    url.query_pairs_mut().append_pair("client_id", client_id).append_pair("request_uri", &pushed.request_uri);
    Ok(url)
}
