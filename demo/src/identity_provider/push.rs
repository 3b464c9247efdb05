//! Pushed authorization requests (RFC 9126) with a signed request object (RFC 9101).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::oauth::{ClientProof, OAuthError, authenticated_client, request_object};
use super::{Inner, LEVEL_HIGH, LEVEL_LOW, Serves};

/// Before the name of a kept request (RFC 9126, section 2.2).
pub(super) const REQUEST_URI: &str = "urn:ietf:params:oauth:request_uri:";
pub(super) const SIGN_SCOPE: &str = "https://id.oidc.se/scope/sign";
pub(super) const PERSONAL_NUMBER: &str = "https://id.oidc.se/claim/personalIdentityNumber";
pub(super) const COORDINATION_NUMBER: &str = "https://id.oidc.se/claim/coordinationNumber";

/// What a client pushes.
#[derive(Deserialize)]
pub(super) struct PushForm {
    request: String,
    #[serde(flatten)]
    proof: ClientProof,
}

/// The claims of a request object that matter here.
#[derive(Deserialize)]
struct RequestObject {
    client_id: String,
    response_type: String,
    redirect_uri: String,
    scope: String,
    state: String,
    nonce: String,
    code_challenge: String,
    code_challenge_method: String,
    acr_values: Option<String>,
    prompt: Option<String>,
    ui_locales: Option<String>,
    #[serde(default)]
    claims: RequestedClaims,
    #[serde(rename = "https://id.oidc.se/param/signRequest")]
    sign_request: Option<SignRequest>,
}

#[derive(Default, Deserialize)]
struct RequestedClaims {
    #[serde(default)]
    id_token: BTreeMap<String, Option<RequestedClaim>>,
}

#[derive(Deserialize)]
struct RequestedClaim {
    value: Option<Value>,
}

#[derive(Deserialize)]
struct SignRequest {
    tbs_data: String,
    sign_message: SignMessage,
}

#[derive(Deserialize)]
struct SignMessage {
    #[serde(rename = "message#sv")]
    swedish: Option<String>,
    message: Option<String>,
    mime_type: Option<String>,
}

/// A request that was found good.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) code_challenge: String,
    /// Claims asked for in the ID token by name.
    pub(super) claims: Vec<String>,
    pub(super) english: bool,
    /// The identity number that the person must have.
    pub(super) bound_to: Option<String>,
    pub(super) to_sign: Option<Signable>,
    /// Who is to sign, once that is known.
    pub(super) chosen: Option<usize>,
}

/// What is to be signed.
#[derive(Clone)]
pub(super) struct Signable {
    pub(super) tbs_data: Vec<u8>,
    pub(super) message: String,
}

/// Takes a request and gives a reference to it.
pub(super) async fn push(State(inner): State<Arc<Inner>>, Form(form): Form<PushForm>) -> Result<Response, OAuthError> {
    let client = authenticated_client(&inner, &form.proof)?;
    let object: RequestObject = request_object(&inner, client, &form.request)?;
    if object.client_id != client.id {
        return Err(OAuthError::invalid_request_object("the request object names another client"));
    }
    if !client.redirect_uris.contains(&object.redirect_uri) {
        return Err(OAuthError::invalid_request("the redirect address is not registered"));
    }
    let asked = judged(&inner, object)?;
    let name = inner.store.keep_request(asked, inner.now());
    let answer = json!({ "request_uri": format!("{REQUEST_URI}{name}"), "expires_in": 300 });
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

fn judged(inner: &Inner, object: RequestObject) -> Result<Asked, OAuthError> {
    let scopes: Vec<String> = object.scope.split(' ').map(str::to_owned).collect();
    let has_scope = |wanted: &str| scopes.iter().any(|scope| scope == wanted);
    if object.response_type != "code" || !has_scope("openid") {
        return Err(OAuthError::invalid_request("only the code flow of OpenID Connect is offered"));
    }
    if object.code_challenge_method != "S256" || object.code_challenge.len() != 43 {
        return Err(OAuthError::invalid_request("PKCE with S256 is required"));
    }
    let levels = object.acr_values.as_deref().unwrap_or(LEVEL_HIGH);
    if !levels.split(' ').any(|level| level == LEVEL_HIGH || level == LEVEL_LOW) {
        return Err(OAuthError::invalid_request("none of the levels of assurance is offered"));
    }
    let to_sign = match (has_scope(SIGN_SCOPE), object.sign_request) {
        (false, _) => None,
        (true, _) if inner.settings.serves == Serves::Staff => {
            return Err(OAuthError::invalid_request("signing is not offered"));
        }
        (true, None) => return Err(OAuthError::invalid_request("there is nothing to sign")),
        (true, Some(request)) => {
            let prompts: Vec<&str> = object.prompt.as_deref().unwrap_or_default().split(' ').collect();
            if !prompts.contains(&"login") || !prompts.contains(&"consent") {
                return Err(OAuthError::invalid_request("signing requires the prompts login and consent"));
            }
            Some(signable(request).ok_or(OAuthError::invalid_request("the sign request cannot be shown"))?)
        }
    };
    let bound_to = [PERSONAL_NUMBER, COORDINATION_NUMBER]
        .iter()
        .find_map(|claim| object.claims.id_token.get(*claim)?.as_ref()?.value.as_ref()?.as_str())
        .map(str::to_owned);
    Ok(Asked {
        client_id: object.client_id,
        redirect_uri: object.redirect_uri,
        state: object.state,
        nonce: object.nonce,
        code_challenge: object.code_challenge,
        claims: object.claims.id_token.into_keys().collect(),
        english: object.ui_locales.is_some_and(|locales| locales.starts_with("en")),
        bound_to,
        to_sign,
        chosen: None,
    })
}

/// A sign request that can be shown: plain text in Swedish, or in no named language.
fn signable(request: SignRequest) -> Option<Signable> {
    let message = request.sign_message;
    if message.mime_type.is_some_and(|mime_type| mime_type != "text/plain") {
        return None;
    }
    let text = BASE64_STANDARD.decode(message.swedish.or(message.message)?).ok()?;
    Some(Signable { tbs_data: BASE64_STANDARD.decode(request.tbs_data).ok()?, message: String::from_utf8(text).ok()? })
}
