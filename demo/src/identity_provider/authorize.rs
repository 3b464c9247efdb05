//! What a person does here: choose who to be, sign, or cancel.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use url::Url;

use super::eid::ToSign;
use super::push::{Asked, REQUEST_URI};
use super::store::Granted;
use super::{Inner, LEVEL_HIGH, LEVEL_LOW};

/// RFC 9126, section 4.
#[derive(Deserialize)]
pub(super) struct AuthorizeQuery {
    client_id: String,
    request_uri: String,
}

/// The first page: the people to choose from, or what is to be signed where the request says by whom.
pub(super) async fn show(State(inner): State<Arc<Inner>>, Query(query): Query<AuthorizeQuery>) -> Response {
    let now = inner.now();
    let login = query.request_uri.strip_prefix(REQUEST_URI).unwrap_or_default();
    let Some(asked) = inner.store.request(login, now).filter(|asked| asked.client_id == query.client_id) else {
        return inner.pages.nothing_under_way();
    };
    let Some(number) = asked.bound_to.as_deref().filter(|_| asked.to_sign.is_some()) else {
        return inner.pages.choose(&inner, login, &asked);
    };
    match inner.people.iter().position(|person| person.number().is_some_and(|own| own.digits() == number)) {
        Some(person) => {
            inner.store.choose(login, person, now);
            inner.pages.sign(&inner, login, &asked, person)
        }
        None => refuse(&inner, login, "unmet_authentication_requirements"),
    }
}

/// What is sent from the first page: a person, or cancel.
#[derive(Deserialize)]
pub(super) struct ChooseForm {
    login: String,
    person: Option<String>,
    level: Option<String>,
}

/// Logs the chosen person in, or shows what is to be signed.
pub(super) async fn choose(State(inner): State<Arc<Inner>>, Form(form): Form<ChooseForm>) -> Response {
    let now = inner.now();
    let Some(asked) = inner.store.request(&form.login, now) else {
        return inner.pages.nothing_under_way();
    };
    let Some(key) = form.person else {
        return refuse(&inner, &form.login, "access_denied");
    };
    let Some(person) = inner.people.iter().position(|person| person.key == key) else {
        return inner.pages.nothing_under_way();
    };
    let number = inner.people.get(person).and_then(super::Holder::number).map(domain::PersonNumber::digits);
    if asked.bound_to.is_some() && asked.bound_to != number {
        return refuse(&inner, &form.login, "unmet_authentication_requirements");
    }
    if asked.to_sign.is_some() {
        inner.store.choose(&form.login, person, now);
        return inner.pages.sign(&inner, &form.login, &asked, person);
    }
    let level = if form.level.as_deref() == Some("low") { LEVEL_LOW } else { LEVEL_HIGH };
    let Some(asked) = inner.store.end_request(&form.login, now) else {
        return inner.pages.nothing_under_way();
    };
    grant(&inner, Granted { asked, person, level, at: now, signature: None })
}

/// What is sent from the page with the text to sign.
#[derive(Deserialize)]
pub(super) struct SignForm {
    login: String,
    act: String,
}

pub(super) async fn sign(State(inner): State<Arc<Inner>>, Form(form): Form<SignForm>) -> Response {
    let now = inner.now();
    if form.act != "sign" {
        return refuse(&inner, &form.login, "access_denied");
    }
    let Some(asked) = inner.store.end_request(&form.login, now) else {
        return inner.pages.nothing_under_way();
    };
    let (name, value) = signed(&inner, &asked, asked.chosen);
    back(&asked, inner.issuer(), &[(name, &value)])
}

/// What [`sign`] does, without a page and as the person whom the request names: where the browser would be sent back to.
pub(super) fn sign_unseen(inner: &Inner, request_uri: &str) -> Option<Url> {
    let asked = inner.store.end_request(request_uri.strip_prefix(REQUEST_URI)?, inner.now())?;
    let number = asked.bound_to.as_deref()?;
    let place = inner.people.iter().position(|person| person.number().is_some_and(|own| own.digits() == number));
    let (name, value) = signed(inner, &asked, place);
    address_back(&asked, inner.issuer(), &[(name, &value)])
}

/// The answer to a person's signature: a code, or an error.
fn signed(inner: &Inner, asked: &Asked, place: Option<usize>) -> (&'static str, String) {
    let (Some(place), Some(what)) = (place, &asked.to_sign) else {
        return ("error", "invalid_request".to_owned());
    };
    let Some(person) = inner.people.get(place) else {
        return ("error", "server_error".to_owned());
    };
    let now = inner.now();
    let to_sign = ToSign { message: &what.message, tbs_data: &what.tbs_data, relying_party: &asked.client_id };
    match inner.eid.sign(person, &to_sign, now) {
        Ok(made) => {
            let signature = Some((made.jws, made.certificate));
            granted(inner, Granted { asked: asked.clone(), person: place, level: LEVEL_HIGH, at: now, signature })
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "The demo's eID could not sign");
            ("error", "server_error".to_owned())
        }
    }
}

fn grant(inner: &Inner, granted_now: Granted) -> Response {
    let asked = granted_now.asked.clone();
    let (name, value) = granted(inner, granted_now);
    back(&asked, inner.issuer(), &[(name, &value)])
}

fn granted(inner: &Inner, granted: Granted) -> (&'static str, String) {
    ("code", inner.store.keep_code(granted, inner.now()))
}

fn refuse(inner: &Inner, login: &str, error: &str) -> Response {
    match inner.store.end_request(login, inner.now()) {
        Some(asked) => back(&asked, inner.issuer(), &[("error", error)]),
        None => inner.pages.nothing_under_way(),
    }
}

/// Sends the browser back with an answer (RFC 6749 4.1.2, RFC 9207).
fn back(asked: &Asked, issuer: &str, answer: &[(&str, &str)]) -> Response {
    match address_back(asked, issuer, answer) {
        Some(url) => Redirect::to(url.as_str()).into_response(),
        None => axum::http::StatusCode::BAD_REQUEST.into_response(),
    }
}

fn address_back(asked: &Asked, issuer: &str, answer: &[(&str, &str)]) -> Option<Url> {
    let mut url = Url::parse(&asked.redirect_uri).ok()?;
    url.query_pairs_mut().extend_pairs(answer).append_pair("state", &asked.state).append_pair("iss", issuer);
    Some(url)
}
