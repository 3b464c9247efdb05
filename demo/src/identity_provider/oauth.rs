//! What the endpoints for services have in common: error answers, and who is asking.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{Inner, RegisteredClient};

/// RFC 7523, section 2.2.
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The longest time that a signed request or assertion may live, in seconds.
const MAX_LIFETIME: i64 = 600;
/// How far a client's clock may be ahead, in seconds.
const LEEWAY: i64 = 60;

/// An error answer (RFC 6749, section 5.2).
#[derive(Debug)]
pub(super) struct OAuthError {
    pub(super) code: &'static str,
    pub(super) description: &'static str,
}

impl OAuthError {
    pub(super) fn invalid_request(description: &'static str) -> Self {
        Self { code: "invalid_request", description }
    }

    pub(super) fn invalid_request_object(description: &'static str) -> Self {
        Self { code: "invalid_request_object", description }
    }

    pub(super) fn invalid_client(description: &'static str) -> Self {
        Self { code: "invalid_client", description }
    }

    pub(super) fn invalid_grant(description: &'static str) -> Self {
        Self { code: "invalid_grant", description }
    }

    pub(super) fn server_error(description: &'static str) -> Self {
        Self { code: "server_error", description }
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let status = match self.code {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            "server_error" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = json!({ "error": self.code, "error_description": self.description });
        (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
    }
}

/// The fields that prove which client is asking.
#[derive(Deserialize)]
pub(super) struct ClientProof {
    #[serde(rename = "client_id")]
    id: String,
    #[serde(rename = "client_assertion_type")]
    assertion_type: String,
    #[serde(rename = "client_assertion")]
    assertion: String,
}

/// The claims that each thing signed by a client has.
#[derive(Deserialize)]
struct Times {
    iat: i64,
    exp: i64,
    jti: String,
}

/// Which client is asking, by its assertion (`private_key_jwt`, OpenID Connect Core 9). Each assertion holds once.
pub(super) fn authenticated_client<'a>(
    inner: &'a Inner,
    proof: &ClientProof,
) -> Result<&'a RegisteredClient, OAuthError> {
    let client = inner.client(&proof.id).ok_or(OAuthError::invalid_client("unknown client"))?;
    if proof.assertion_type != ASSERTION_TYPE {
        return Err(OAuthError::invalid_client("unknown type of client assertion"));
    }
    let times: Times = signed_by_client(inner, client, &proof.assertion, &["exp", "iss", "aud", "sub"])
        .ok_or(OAuthError::invalid_client("the client assertion does not hold"))?;
    let now = inner.now();
    if !is_current(&times, now) {
        return Err(OAuthError::invalid_client("the client assertion is not valid now"));
    }
    if !inner.store.is_first_use(times.jti, times.exp, now) {
        return Err(OAuthError::invalid_client("the client assertion was used before"));
    }
    Ok(client)
}

/// The claims of a signed request object (RFC 9101).
pub(super) fn request_object<T: DeserializeOwned>(
    inner: &Inner,
    client: &RegisteredClient,
    object: &str,
) -> Result<T, OAuthError> {
    let refused = || OAuthError::invalid_request_object("the request object does not hold");
    let times: Times = signed_by_client(inner, client, object, &["exp", "iss", "aud"]).ok_or_else(refused)?;
    if !is_current(&times, inner.now()) {
        return Err(OAuthError::invalid_request_object("the request object is not valid now"));
    }
    signed_by_client(inner, client, object, &["exp", "iss", "aud"]).ok_or_else(refused)
}

fn is_current(times: &Times, now: Timestamp) -> bool {
    let now = now.as_second();
    times.iat <= now + LEEWAY && now < times.exp && times.exp - times.iat <= MAX_LIFETIME
}

fn signed_by_client<T: DeserializeOwned>(
    inner: &Inner,
    client: &RegisteredClient,
    jwt: &str,
    required: &[&str],
) -> Option<T> {
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_required_spec_claims(required);
    validation.set_issuer(&[&client.id]);
    validation.set_audience(&[inner.issuer()]);
    validation.sub = required.contains(&"sub").then(|| client.id.clone());
    // Judged by the provider's own clock instead.
    validation.validate_exp = false;
    client.keys.iter().find_map(|key| {
        let key = DecodingKey::from_jwk(key).ok()?;
        Some(jsonwebtoken::decode(jwt, &key, &validation).ok()?.claims)
    })
}
