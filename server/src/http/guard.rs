//! The rule that guards an address, enforced before its handler runs.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

use super::problem::Problem;
use super::site::Site;
use crate::db::{Actor, TenantTx};
use crate::login::session::{self, Kind, Staff};
use crate::service::Service;

/// Who may come to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Everybody.
    Open,
    /// A logged in citizen with an ongoing case.
    Citizen,
    /// A logged in caseworker.
    Caseworker,
    /// A logged in administrator.
    Admin,
}

impl Guard {
    /// The name in the list of addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Citizen => "citizen",
            Self::Caseworker => "caseworker",
            Self::Admin => "admin",
        }
    }
}

/// Lets a request through to its handler with the actor that the guard asks for, or not at all.
pub(super) async fn enforce(
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

/// Puts the actor that the guard asks for into the request.
async fn admit(service: &Service, guard: Guard, request: &mut Request) -> Result<(), Problem> {
    let kind = match guard {
        Guard::Open => return Ok(()),
        Guard::Citizen => Kind::Citizen,
        Guard::Caseworker | Guard::Admin => Kind::Staff,
    };
    let logged_out = || Problem::LoggedOut { staff: kind == Kind::Staff };
    let site = request.extensions().get::<Site>().ok_or(Problem::NotFound)?.clone();
    let jar = CookieJar::from_headers(request.headers());
    let token = jar.get(kind.cookie_name()).map(|cookie| cookie.value().to_owned()).ok_or_else(logged_out)?;
    let now = service.clock.real();
    let mut tx = TenantTx::begin(&service.db, site.municipality.id, Actor::Visitor, service.clock.business()).await?;
    let extensions = request.extensions_mut();
    match guard {
        Guard::Open => {}
        Guard::Citizen => {
            let citizen = session::citizen(&mut tx, &token, now).await?.ok_or_else(logged_out)?;
            extensions.insert(citizen);
        }
        Guard::Caseworker | Guard::Admin => match (guard, session::staff(&mut tx, &token, now).await?) {
            (Guard::Caseworker, Some(Staff::Caseworker(caseworker))) => {
                extensions.insert(caseworker);
            }
            (Guard::Admin, Some(Staff::Admin(admin))) => {
                extensions.insert(admin);
            }
            (_, Some(_)) => return Err(Problem::NotAllowed),
            (_, None) => return Err(logged_out()),
        },
    }
    tx.commit().await?;
    Ok(())
}
