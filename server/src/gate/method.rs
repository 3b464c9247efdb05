//! The methods that there are.

use axum::extract::Request;
use axum::http::header::ALLOW;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// A request's method as it may be counted and logged: what a client invents has no name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Head,
    Post,
    /// Refused before anything else is looked at.
    Other,
}

impl Verb {
    pub(crate) fn of(method: &Method) -> Self {
        match *method {
            Method::GET => Self::Get,
            Method::HEAD => Self::Head,
            Method::POST => Self::Post,
            _ => Self::Other,
        }
    }

    /// The label in metrics and log lines.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Other => "other",
        }
    }
}

/// Refuses every other method than those that the table of addresses has.
pub(crate) async fn refuse_others(request: Request, next: Next) -> Response {
    if Verb::of(request.method()) == Verb::Other {
        let allowed = [(ALLOW, HeaderValue::from_static("GET, HEAD, POST"))];
        return (StatusCode::METHOD_NOT_ALLOWED, allowed).into_response();
    }
    next.run(request).await
}
