//! The code for an ID token.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use domain::person_number::NumberKind;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::oauth::{ClientProof, OAuthError, authenticated_client};
use super::push::{COORDINATION_NUMBER, PERSONAL_NUMBER};
use super::store::{Granted, unguessable};
use super::{Fault, Holder, Identity, Inner};

/// The profile's longest life of an ID token, in seconds.
const LIFETIME: i64 = 300;

/// What a client asks with.
#[derive(Deserialize)]
pub(super) struct TokenForm {
    grant_type: String,
    code: String,
    redirect_uri: String,
    code_verifier: String,
    #[serde(flatten)]
    proof: ClientProof,
}

/// Gives the tokens, once for each code.
pub(super) async fn token(
    State(inner): State<Arc<Inner>>,
    Form(form): Form<TokenForm>,
) -> Result<Response, OAuthError> {
    match inner.settings.fault {
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Broken) => return Err(OAuthError::server_error("out of order")),
        _ => {}
    }
    let client = authenticated_client(&inner, &form.proof)?;
    if form.grant_type != "authorization_code" {
        return Err(OAuthError { code: "unsupported_grant_type", description: "only codes are exchanged" });
    }
    let granted = inner
        .store
        .take_code(&form.code, inner.now())
        .ok_or(OAuthError::invalid_grant("the code is unknown, used or too old"))?;
    if granted.asked.client_id != client.id || granted.asked.redirect_uri != form.redirect_uri {
        return Err(OAuthError::invalid_grant("the code was given to another client or address"));
    }
    if hash(form.code_verifier.as_bytes()) != granted.asked.code_challenge {
        return Err(OAuthError::invalid_grant("the code verifier does not fit"));
    }
    let access_token = unguessable();
    let id_token = id_token(&inner, &granted, &access_token)?;
    let answer = json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": LIFETIME,
        "id_token": id_token,
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

fn id_token(inner: &Inner, granted: &Granted, access_token: &str) -> Result<String, OAuthError> {
    let unsigned = |_| OAuthError::server_error("the key would not sign");
    let now = inner.now().as_second();
    let person = inner.people.get(granted.person).ok_or(OAuthError::server_error("no such person"))?;
    let mut claims = Map::new();
    let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    set("iss", inner.issuer().into());
    set("sub", hash(format!("{} {} {}", inner.key.id(), granted.asked.client_id, person.key).as_bytes()).into());
    set("aud", granted.asked.client_id.as_str().into());
    set("iat", now.into());
    set("exp", (now + LIFETIME).into());
    set("auth_time", granted.at.as_second().into());
    set("nonce", granted.asked.nonce.as_str().into());
    set("acr", granted.level.into());
    set("at_hash", half_hash(access_token).into());
    set("txn", uuid::Uuid::new_v4().to_string().into());
    for (name, value) in claims_about(person, granted) {
        set(name, value);
    }
    if let Some((signature, certificate)) = &granted.signature {
        let evidence = json!({
            "iss": inner.issuer(),
            "iat": granted.at.as_second(),
            "method": "demo-eid",
            "certificate": hash(certificate),
        });
        let evidence = inner.key.sign("authentication-evidence+jwt", &evidence).map_err(unsigned)?;
        set("https://id.oidc.se/claim/userSignature", BASE64_STANDARD.encode(signature).into());
        set("https://id.oidc.se/claim/userCertificate", BASE64_STANDARD.encode(certificate).into());
        set("https://id.oidc.se/claim/authnEvidence", BASE64_STANDARD.encode(evidence).into());
    }
    match inner.settings.fault {
        Some(Fault::WrongNonce) => {
            claims.insert("nonce".to_owned(), "another".into());
        }
        Some(Fault::Expired) => {
            claims.insert("exp".to_owned(), (now - 3_600).into());
        }
        Some(Fault::MissingClaim) => {
            claims.retain(|name, _| !name.starts_with("https://id.oidc.se/claim/"));
        }
        _ => {}
    }
    let token = inner.key.sign("JWT", &claims).map_err(unsigned)?;
    Ok(if inner.settings.fault == Some(Fault::ForgedSignature) { forged(&token) } else { token })
}

/// The claims about a person that were asked for in the ID token itself. What a scope asks for stands at `UserInfo` alone wherever there is an
/// access token (OpenID Connect Core 5.4), and there is no `UserInfo` here.
fn claims_about(person: &Holder, granted: &Granted) -> Vec<(&'static str, Value)> {
    let mut claims = vec![("name", json!(person.name()))];
    // Who has one name has one of the claims.
    for (claim, part) in [("given_name", &person.given_name), ("family_name", &person.family_name)] {
        if !part.is_empty() {
            claims.push((claim, json!(part)));
        }
    }
    match &person.identity {
        Identity::Citizen { number } => {
            let claim = match number.kind() {
                NumberKind::Personal => PERSONAL_NUMBER,
                NumberKind::Coordination => COORDINATION_NUMBER,
            };
            claims.push((claim, json!(number.digits())));
        }
        Identity::Staff { employee, organisation_number, roles } => {
            let affiliation = format!("{employee}@{organisation_number}");
            claims.push(("https://id.oidc.se/claim/orgAffiliation", json!(affiliation)));
            claims.push(("https://id.oidc.se/claim/orgNumber", json!(organisation_number)));
            claims.push(("https://id.oidc.se/claim/orgName", json!(person.group)));
            claims.push(("roles", json!(roles)));
        }
    }
    claims.retain(|(claim, _)| granted.asked.claims.iter().any(|asked| asked == claim));
    claims
}

/// The same token with one bit of its signature turned.
fn forged(token: &str) -> String {
    let Some((signed, signature)) = token.rsplit_once('.') else { return token.to_owned() };
    let mut signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    if let Some(first) = signature.first_mut() {
        *first ^= 1;
    }
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

pub(super) fn hash(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}

/// `at_hash` (OpenID Connect Core 3.1.3.6).
fn half_hash(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(text.as_bytes())[..16])
}
