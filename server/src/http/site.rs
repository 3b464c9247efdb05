//! What every request to a municipality's address carries: whose address it is, the reader's language, a nonce, an id for the log.

use std::sync::Arc;

use app::i18n::Texts;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, HOST};
use axum::http::{HeaderMap, Uri};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;

use super::problem::Problem;
use crate::municipality::Municipality;
use crate::random;
use crate::service::Service;

/// The cookie with the reader's choice of language.
pub(crate) const LANGUAGE_COOKIE: &str = "__Host-fornya-language";

/// The site that a request came to. Put there by [`resolve`], so every page and problem page can have it.
#[derive(Clone)]
pub(crate) struct Site {
    /// Whose address it is.
    pub municipality: Arc<Municipality>,
    /// The texts in the reader's language.
    pub texts: Texts,
    /// The nonce of this response's scripts.
    pub nonce: String,
    /// The path of the request, without its query.
    pub path: String,
}

/// An id for one request: short enough to be read aloud, and telling nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestId(pub String);

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Finds the municipality of the Host header. Another host gets nothing: not even a hint that the service is here.
pub(crate) async fn resolve(
    State(service): State<Arc<Service>>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let headers = request.headers();
    let host = single_host(request.uri(), headers)?;
    let municipality = service.municipalities.at(&service.db, host).await?.ok_or(Problem::NotFound)?;
    let site = Site {
        municipality,
        texts: texts(&service, headers),
        nonce: random::token()?,
        path: request.uri().path().to_owned(),
    };
    request.extensions_mut().insert(site.clone());
    let mut response = next.run(request).await;
    response.extensions_mut().insert(site);
    Ok(response)
}

/// The one host that a request names. What a proxy reads in one place and we in another would be two.
fn single_host<'r>(address: &Uri, headers: &'r HeaderMap) -> Result<&'r str, Problem> {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Problem::BadRequest) };
    let host = host.to_str().map_err(|_| Problem::BadRequest)?;
    match address.authority() {
        Some(other) if !other.as_str().eq_ignore_ascii_case(host) => Err(Problem::BadRequest),
        _ => Ok(host),
    }
}

/// The texts in the chosen language, else in the one that the browser likes best, else in Swedish.
fn texts(service: &Service, headers: &HeaderMap) -> Texts {
    let jar = CookieJar::from_headers(headers);
    let chosen = jar.get(LANGUAGE_COOKIE).and_then(|cookie| service.catalogue.texts(cookie.value()));
    chosen.unwrap_or_else(|| {
        let liked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        service.catalogue.negotiate(liked.unwrap_or_default())
    })
}
