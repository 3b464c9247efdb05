//! The way into an address: what its class allows whoever asks, and then a place among what is being done.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest as _, MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;

use super::problem::Problem;
use crate::gate::Class;
use crate::gate::limits::SessionKey;
use crate::service::Service;

/// How an address is entered.
#[derive(Clone)]
pub(crate) struct Entry {
    pub service: Arc<Service>,
    pub class: Class,
    /// The cookie of the session that it asks for.
    pub cookie: Option<&'static str>,
}

/// Lets a request in, or says when to come again.
pub(crate) async fn enter(State(entry): State<Entry>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().cloned();
    let mut response = entry.pass(request, next).await.unwrap_or_else(Problem::into_response);
    // For the log line and the metrics, which stand outside the router.
    if let Some(path) = path {
        response.extensions_mut().insert(path);
    }
    response
}

impl Entry {
    async fn pass(&self, mut request: Request, next: Next) -> Result<Response, Problem> {
        let gate = &self.service.gate;
        let network = gate.clients.of(request.headers(), request.extensions())?;
        let session = self.session(&request);
        gate.limits.admit(self.class, network, session).map_err(Problem::TooMany)?;
        // What may bring files is taken in further on, once the session is known to live.
        if self.class != Class::Upload {
            hold_body(&mut request).await?;
        }
        let _place = gate.admission.enter(self.class).map_err(Problem::Busy)?;
        request.extensions_mut().insert(self.class);
        let response = next.run(request).await;
        match (session, response.status()) {
            // What a page asks while it is open goes by no guard that would note that the session lives.
            (Some(session), StatusCode::OK) if self.class == Class::Fetch => gate.limits.saw(session),
            (Some(session), StatusCode::UNAUTHORIZED) => gate.limits.has_ended(session),
            _ => {}
        }
        Ok(response)
    }

    fn session(&self, request: &Request) -> Option<SessionKey> {
        let jar = CookieJar::from_headers(request.headers());
        Some(self.service.gate.limits.key(jar.get(self.cookie?)?.value()))
    }
}

/// Waits for the whole body before a place or a connection to the database is taken, so that who sends slowly holds none.
async fn hold_body(request: &mut Request) -> Result<(), Problem> {
    let mut awaited = Request::new(std::mem::take(request.body_mut()));
    for request in [&mut awaited, &mut *request] {
        // The settings have set a limit outside; axum has one of its own.
        DefaultBodyLimit::disable().apply(request);
    }
    let held = Bytes::from_request(awaited, &()).await?;
    *request.body_mut() = Body::from(held);
    Ok(())
}
