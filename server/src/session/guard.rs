//! The rule that guards an address, enforced before its handler runs.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use domain::staff::StaffRole;
use uuid::Uuid;

use super::{Kind, Staff};
use crate::gate::Class;
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
    /// A logged in administrator.
    Admin,
}

impl Guard {
    /// Which session it asks for.
    pub(crate) const fn kind(self) -> Option<Kind> {
        match self {
            Self::Open => None,
            Self::Citizen => Some(Kind::Citizen),
            Self::Caseworker | Self::Admin => Some(Kind::Staff),
        }
    }

    /// The role of staff that it asks for.
    pub(crate) const fn staff_role(self) -> Option<StaffRole> {
        match self {
            Self::Open | Self::Citizen => None,
            Self::Caseworker => Some(StaffRole::Caseworker),
            Self::Admin => Some(StaffRole::Admin),
        }
    }

    /// The name in the list of addresses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Citizen => "citizen",
            Self::Caseworker => StaffRole::Caseworker.code(),
            Self::Admin => StaffRole::Admin.code(),
        }
    }
}

/// Lets a request through to its handler with the actor that the guard asks for, or not at all.
pub(crate) async fn enforce(
    State((service, guard)): State<(Arc<Service>, Guard)>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    admit(&service, guard, &mut request).await?;
    Ok(next.run(request).await)
}

/// Puts the actor that the guard asks for into the request, with the transaction in which the session was read.
async fn admit(service: &Service, guard: Guard, request: &mut Request) -> Result<(), Problem> {
    let Some(kind) = guard.kind() else { return Ok(()) };
    let site = request.extensions().get::<Site>().ok_or(Problem::NotFound)?.clone();
    let class = *request.extensions().get::<Class>().ok_or_else(|| Problem::broken("the address has no class"))?;
    let token = presented(kind, request.headers())?;
    let (db, municipality) = (&service.db, site.municipality.id);
    let (now, at) = (service.clock.real(), service.clock.business());
    // The session lives, and whoever's it is may do this now.
    let limits = &service.gate.limits;
    let may = |person: Uuid| {
        limits.saw(limits.key(&token));
        limits.admit_person(class, person).map_err(Problem::TooMany)
    };
    let extensions = request.extensions_mut();
    if kind == Kind::Citizen {
        let opened = session::open_citizen(db, municipality, &token, now, at).await?.ok_or(Problem::LoggedOut)?;
        may(opened.actor.person.0)?;
        extensions.insert(Admitted::new(opened));
        return Ok(());
    }
    let opened = session::open_staff(db, municipality, &token, now, at).await?;
    let Admission { actor, tx, begun, ends } = opened.ok_or(Problem::LoggedOut)?;
    match (guard, actor) {
        (Guard::Caseworker, Staff::Caseworker(caseworker)) => {
            may(caseworker.staff.0)?;
            extensions.insert(Admitted::new(Admission { actor: caseworker, tx, begun, ends }));
        }
        (Guard::Admin, Staff::Admin(admin)) => {
            may(admin.staff.0)?;
            extensions.insert(Admitted::new(Admission { actor: admin, tx, begun, ends }));
        }
        _ => return Err(Problem::NotAllowed),
    }
    Ok(())
}

/// The token that a request presents for a kind of session.
pub(super) fn presented(kind: Kind, headers: &HeaderMap) -> Result<String, Problem> {
    let jar = CookieJar::from_headers(headers);
    let token = jar.get(kind.cookie_name()).map(|cookie| cookie.value().to_owned());
    token.ok_or(Problem::NotLoggedIn)
}
