//! The rule that guards an address, enforced before its handler runs.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::RequestExt as _;
use axum::extract::{FromRequest as _, MatchedPath, RawPathParams, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use domain::staff::StaffRole;
use uuid::Uuid;

use super::policy::{Cleared, Supervisor};
use super::{Kind, Staff};
use crate::http::Problem;
use crate::http::site::Site;
use crate::http::visit::{Admission, Admitted};
use crate::service::Service;
use crate::session;

/// Who may come to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    Open,
    /// A logged in citizen with an ongoing case.
    Citizen,
    /// A logged in caseworker.
    Caseworker,
    /// One with clearance.
    Cleared,
    /// One who supervises.
    Supervisor,
    /// A logged in administrator.
    Admin,
}

impl Guard {
    /// Which session it asks for.
    pub(crate) const fn kind(self) -> Option<Kind> {
        match self {
            Self::Open => None,
            Self::Citizen => Some(Kind::Citizen),
            Self::Caseworker | Self::Cleared | Self::Supervisor | Self::Admin => Some(Kind::Staff),
        }
    }

    /// The role of staff that it asks for.
    pub(crate) const fn staff_role(self) -> Option<StaffRole> {
        match self {
            Self::Open | Self::Citizen => None,
            Self::Caseworker | Self::Cleared | Self::Supervisor => Some(StaffRole::Caseworker),
            Self::Admin => Some(StaffRole::Admin),
        }
    }

    /// The name in the list of addresses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Citizen => "citizen",
            Self::Caseworker => StaffRole::Caseworker.code(),
            Self::Cleared => "cleared",
            Self::Supervisor => "supervisor",
            Self::Admin => StaffRole::Admin.code(),
        }
    }
}

/// Lets a request through to its handler with the actor that the guard asks for, or not at all.
pub(crate) async fn enforce(
    State((service, guard)): State<(Arc<Service>, Guard)>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.extensions().get::<MatchedPath>().cloned();
    let mut response = match admit(&service, guard, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    // For the log line and the metrics, which stand outside the router.
    if let Some(path) = path {
        response.extensions_mut().insert(path);
    }
    response
}

/// Puts the actor that the guard asks for into the request, with the transaction in which the session was read.
async fn admit(service: &Service, guard: Guard, request: &mut Request) -> Result<(), Problem> {
    let Some(kind) = guard.kind() else { return Ok(()) };
    hold_body(request).await?;
    let about = named(request).await;
    let site = request.extensions().get::<Site>().ok_or(Problem::NotFound)?.clone();
    let token = presented(kind, request.headers())?;
    let (db, municipality) = (&service.db, site.municipality.id);
    let (now, at) = (service.clock.real(), service.clock.business());
    let extensions = request.extensions_mut();
    if kind == Kind::Citizen {
        let opened = session::open_citizen(db, municipality, &token, now, at).await?;
        extensions.insert(Admitted::new(opened));
        return Ok(());
    }
    let about = if guard == Guard::Caseworker { about } else { None };
    let Admission { actor, tx, begun, ends } =
        session::open_staff(db, municipality, &token, about, now, at).await?;
    let not_allowed = || Problem::NotAllowed;
    match (guard, actor) {
        (Guard::Caseworker, Staff::Caseworker(actor)) => {
            extensions.insert(Admitted::new(Admission { actor, tx, begun, ends }));
        }
        (Guard::Cleared, Staff::Caseworker(actor)) => {
            let actor = Cleared::of(actor).ok_or_else(not_allowed)?;
            extensions.insert(Admitted::new(Admission { actor, tx, begun, ends }));
        }
        (Guard::Supervisor, Staff::Caseworker(actor)) => {
            let actor = Supervisor::of(actor).ok_or_else(not_allowed)?;
            extensions.insert(Admitted::new(Admission { actor, tx, begun, ends }));
        }
        (Guard::Admin, Staff::Admin(actor)) => {
            extensions.insert(Admitted::new(Admission { actor, tx, begun, ends }));
        }
        _ => return Err(Problem::NotAllowed),
    }
    Ok(())
}

/// The renewal or message that an address names.
async fn named(request: &mut Request) -> Option<Uuid> {
    let parameters: RawPathParams = request.extract_parts().await.ok()?;
    parameters.iter().find(|(name, _)| *name == "id")?.1.parse().ok()
}

/// The token that a request presents for a kind of session.
pub(super) fn presented(kind: Kind, headers: &HeaderMap) -> Result<String, Problem> {
    let jar = CookieJar::from_headers(headers);
    let token = jar.get(kind.cookie_name()).map(|cookie| cookie.value().to_owned());
    token.ok_or(Problem::NotLoggedIn)
}

/// Waits for the whole body before a connection to the database is taken, so that who sends slowly holds none.
async fn hold_body(request: &mut Request) -> Result<(), Problem> {
    let body = std::mem::take(request.body_mut());
    let held = Bytes::from_request(Request::new(body), &()).await?;
    *request.body_mut() = Body::from(held);
    Ok(())
}
