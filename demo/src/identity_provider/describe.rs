//! What the provider says about itself (OpenID Connect Discovery 1.0, the Swedish profile 5.2, the signature extension 5.3).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::push::{COORDINATION_NUMBER, PERSONAL_NUMBER, SIGN_SCOPE};
use super::{Inner, LEVEL_HIGH, LEVEL_LOW, Serves};

pub(super) async fn configuration(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let issuer = inner.issuer();
    let (scopes, claims): (&[&str], &[&str]) = match inner.settings.serves {
        Serves::Citizens => (
            &[
                "openid",
                "profile",
                "https://id.oidc.se/scope/naturalPersonNumber",
                "https://id.oidc.se/scope/naturalPersonInfo",
                SIGN_SCOPE,
            ],
            &[
                PERSONAL_NUMBER,
                COORDINATION_NUMBER,
                "https://id.oidc.se/claim/userSignature",
                "https://id.oidc.se/claim/userCertificate",
                "https://id.oidc.se/claim/authnEvidence",
                "name",
                "given_name",
                "family_name",
                "txn",
            ],
        ),
        Serves::Staff => (
            &["openid", "profile", "https://id.oidc.se/scope/naturalPersonOrgId"],
            &[
                "https://id.oidc.se/claim/orgAffiliation",
                "https://id.oidc.se/claim/orgName",
                "https://id.oidc.se/claim/orgNumber",
                "roles",
                "name",
                "given_name",
                "family_name",
                "txn",
            ],
        ),
    };
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "pushed_authorization_request_endpoint": format!("{issuer}/par"),
        "require_pushed_authorization_requests": true,
        "authorization_response_iss_parameter_supported": true,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public", "pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "request_object_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": [LEVEL_HIGH, LEVEL_LOW],
        "scopes_supported": scopes,
        "claims_supported": claims,
        "claims_parameter_supported": true,
        "request_parameter_supported": true,
        "request_uri_parameter_supported": true,
        "ui_locales_supported": ["sv", "en"],
        "https://id.oidc.se/disco/userMessageSupported": false,
        "https://id.oidc.se/disco/userMessageSupportedMimeTypes": ["text/plain"],
    }))
}

pub(super) async fn keys(State(inner): State<Arc<Inner>>) -> Json<Value> {
    Json(json!({ "keys": [inner.key.public()] }))
}
