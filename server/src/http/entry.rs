//! The way into an address: what its class allows whoever asks, and then a place among what is being done.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest as _, MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use tokio::time::timeout;

use super::problem::Problem;
use super::upload::brings_files;
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
        // A form that could bring files and brings none is a form as any.
        let brings_files = self.class == Class::Upload && brings_files(request.headers());
        let class = if self.class == Class::Upload && !brings_files { Class::Save } else { self.class };
        gate.limits.admit(class, network, session).map_err(Problem::TooMany)?;
        // Files are taken in further on, once the session is known to live, and their place is taken there.
        let _place = if brings_files {
            None
        } else {
            self.hold_body(&mut request).await?;
            Some(gate.admission.enter(class).map_err(Problem::Busy)?)
        };
        request.extensions_mut().insert(class);
        let response = next.run(request).await;
        match (session, response.status()) {
            // What a page asks while it is open goes by no guard that would note that the session lives.
            (Some(session), StatusCode::OK) if self.class == Class::Fetch => gate.limits.saw(session),
            (Some(session), StatusCode::UNAUTHORIZED) => gate.limits.has_ended(session),
            _ => {}
        }
        Ok(response)
    }

    /// Waits for the whole body before a place or a connection to the database is taken, so that who sends slowly holds none.
    async fn hold_body(&self, request: &mut Request) -> Result<(), Problem> {
        let http = &self.service.settings.http;
        let mut awaited = Request::new(std::mem::take(request.body_mut()));
        DefaultBodyLimit::max(http.body_limit_bytes.get() as usize).apply(&mut awaited);
        // The body that is handed on has been measured here.
        DefaultBodyLimit::disable().apply(request);
        let longest = Duration::from_secs(http.request_timeout_seconds.get().into());
        let held = timeout(longest, Bytes::from_request(awaited, &())).await.map_err(|_| Problem::TooSlow)??;
        *request.body_mut() = Body::from(held);
        Ok(())
    }

    fn session(&self, request: &Request) -> Option<SessionKey> {
        let jar = CookieJar::from_headers(request.headers());
        Some(self.service.gate.limits.key(jar.get(self.cookie?)?.value()))
    }
}
