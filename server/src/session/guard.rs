//! The rule that guards an address, enforced before its handler runs.

use std::sync::Arc;

use app::document::CITIZEN_HOME;
use axum::extract::{FromRequestParts as _, MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use domain::id::{DecisionId, JobId, MessageId, MunicipalityId, RenewalId, SourceId, StaffId, StatementId};
use domain::staff::StaffRole;
use jiff::SignedDuration;
use uuid::Uuid;

use super::policy::{Cleared, Supervisor};
use super::{Kind, Staff};
use crate::db::{About, Action, Actor, DbError, Object, TenantTx};
use crate::gate::Class;
use crate::http::Problem;
use crate::http::site::Site;
use crate::http::upload::brings_files;
use crate::http::visit::{Admission, Admitted};
use crate::service::Service;
use crate::session;

/// Who may come to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    Open,
    /// A logged in citizen with an ongoing case.
    Citizen,
    /// A logged in citizen with an ongoing case, or with what they had in one.
    Reader,
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
            Self::Citizen | Self::Reader => Some(Kind::Citizen),
            Self::Caseworker | Self::Cleared | Self::Supervisor | Self::Admin => Some(Kind::Staff),
        }
    }

    /// The role of staff that it asks for.
    pub(crate) const fn staff_role(self) -> Option<StaffRole> {
        match self {
            Self::Open | Self::Citizen | Self::Reader => None,
            Self::Caseworker | Self::Cleared | Self::Supervisor => Some(StaffRole::Caseworker),
            Self::Admin => Some(StaffRole::Admin),
        }
    }

    /// The name in the list of addresses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Citizen => "citizen",
            Self::Reader => "reader",
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
    request: Request,
    next: Next,
) -> Response {
    let path = request.extensions().get::<MatchedPath>().cloned();
    let (mut parts, body) = request.into_parts();
    let object = match RawPathParams::from_request_parts(&mut parts, &()).await {
        Ok(params) => named(path.as_ref().map_or("", MatchedPath::as_str), &params),
        Err(_) => Object::None,
    };
    let mut request = Request::from_parts(parts, body);
    let mut who = None;
    let mut response = match admit(&service, guard, object, &mut request, &mut who).await {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    if let Some((municipality, actor)) = who
        && [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&response.status())
        && let Err(error) = note_refusal(&service, municipality, actor, object).await
    {
        response = Problem::from(error).into_response();
    }
    response
}

/// Lets files through that a living session of the guard's kind sends, before any of them is taken in. Who it is, is asked after that.
pub(crate) async fn look(
    State((service, guard)): State<(Arc<Service>, Guard)>,
    request: Request,
    next: Next,
) -> Response {
    if !brings_files(request.headers()) {
        return next.run(request).await;
    }
    let site = request.extensions().get::<Site>().cloned();
    let token = guard.kind().map(|kind| presented(kind, request.headers()).map(|token| (kind, token)));
    match is_living(&service, site, token).await {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

async fn is_living(
    service: &Service,
    site: Option<Site>,
    token: Option<Result<(Kind, String), Problem>>,
) -> Result<(), Problem> {
    let Some((kind, token)) = token.transpose()? else { return Ok(()) };
    let municipality = site.ok_or(Problem::NotFound)?.municipality.id;
    let presented = kind.presented(&token, service.clock.real());
    let standing = service.db.session_standing(municipality, &presented, kind == Kind::Staff).await?;
    standing.map(|_| ()).ok_or(Problem::LoggedOut)
}

/// What an address names, by its pattern: the refusal of a thing is noted with the thing, whoever's it is.
fn named(pattern: &str, params: &RawPathParams) -> Object {
    let id = params.iter().find_map(|(name, value)| (name == "id").then(|| value.parse().ok()).flatten());
    let before = pattern.split_once("/{id}").and_then(|(before, _)| before.rsplit('/').next());
    match (before, id) {
        (Some("decisions"), Some(id)) => Object::Decision(DecisionId(id)),
        (Some("renewals"), Some(id)) => Object::Renewal(RenewalId(id)),
        (Some("open" | "protected"), Some(id)) => Object::RenewalOrMessage(id),
        (Some("messages"), Some(id)) => Object::Message(MessageId(id)),
        (Some("sources"), Some(id)) => Object::Source(SourceId(id)),
        (Some("jobs"), Some(id)) => Object::Job(JobId(id)),
        (Some("officials"), Some(id)) => Object::Staff(StaffId(id)),
        (Some("{list}"), Some(id)) => Object::Statement(StatementId(id)),
        _ => Object::None,
    }
}

/// That somebody who is logged in did not get what they asked for. The request's own transaction is gone by now.
async fn note_refusal(
    service: &Service,
    municipality: MunicipalityId,
    actor: Actor,
    object: Object,
) -> Result<(), DbError> {
    let mut tx = TenantTx::begin(&service.db, municipality, actor, service.clock.business()).await?;
    tx.audit(Action::Refused, object).await?;
    tx.commit().await
}

/// Puts the actor that the guard asks for into the request, with the transaction in which the session was read.
/// Who it is stands in `who` as soon as it is known, also when they are not let in.
async fn admit(
    service: &Service,
    guard: Guard,
    object: Object,
    request: &mut Request,
    who: &mut Option<(MunicipalityId, Actor)>,
) -> Result<(), Problem> {
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
    // What was typed while a closed case was open is taken for as long as a session may idle over it.
    let typing = if *request.method() == Method::POST { kind.idle() } else { SignedDuration::ZERO };
    let extensions = request.extensions_mut();
    if kind == Kind::Citizen {
        let opened = session::open_citizen(db, municipality, &token, now, at).await?;
        *who = Some((municipality, opened.tx.actor()));
        may(opened.actor.person.0)?;
        if guard == Guard::Reader {
            extensions.insert(Admitted::new(opened));
            return Ok(());
        }
        let Admission { actor, tx, begun, ends } = opened;
        // Who has no ongoing case reads what they had.
        let actor = actor.citizen().ok_or_else(|| Problem::see_other(CITIZEN_HOME))?;
        extensions.insert(Admitted::new(Admission { actor, tx, begun, ends }));
        return Ok(());
    }
    let about = match object {
        Object::Renewal(RenewalId(id)) | Object::Message(MessageId(id)) if guard == Guard::Caseworker => {
            Some(About { id, open_after: now - typing })
        }
        _ => None,
    };
    let Admission { actor, tx, begun, ends } = session::open_staff(db, municipality, &token, about, now, at).await?;
    *who = Some((municipality, tx.actor()));
    may(actor.id())?;
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

/// The token that a request presents for a kind of session.
pub(super) fn presented(kind: Kind, headers: &HeaderMap) -> Result<String, Problem> {
    let jar = CookieJar::from_headers(headers);
    let token = jar.get(kind.cookie_name()).map(|cookie| cookie.value().to_owned());
    token.ok_or(Problem::NotLoggedIn)
}
