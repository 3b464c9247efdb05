//! Who asks, now and then, from a page that is open: a token is presented, and one statement both looks at the session and answers.

use std::sync::Arc;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::IntoResponse as _;
use domain::id::MunicipalityId;
use serde::Serialize;

use super::Kind;
use super::guard::{Guard, presented};
use crate::db::{Db, Presented};
use crate::http::{Here, Problem, Reply};
use crate::service::Service;

/// A question that is answered only to a living session of the kind that the address's guard asks for, and does not keep it alive.
pub(crate) struct Asker {
    here: Here,
    guard: Guard,
    kind: Kind,
    /// What the browser presents.
    pub presented: Presented,
}

impl Asker {
    /// The database that is asked.
    pub(crate) fn db(&self) -> &Db {
        &self.here.service.db
    }

    pub(crate) fn municipality(&self) -> MunicipalityId {
        self.here.site.municipality.id
    }

    /// How many seconds are left of the session; nothing when it has ended or is another role's.
    pub(crate) async fn seconds_left(&self) -> Result<Option<u32>, Problem> {
        let of_staff = self.kind == Kind::Staff;
        let standing = self.db().session_standing(self.municipality(), &self.presented, of_staff).await?;
        let own = standing.filter(|standing| standing.role == self.guard.staff_role());
        Ok(own.map(|own| self.here.seconds_until(self.kind.ends(own.times))))
    }

    /// The answer as JSON; nothing stands for no such session.
    pub(crate) fn answer<T: Serialize>(answer: Option<T>) -> Reply {
        let answer = answer.ok_or(Problem::LoggedOut)?;
        Ok(Json(answer).into_response())
    }
}

impl FromRequestParts<Arc<Service>> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Self::Rejection> {
        let here = Here::from_request_parts(parts, service).await?;
        let guard = parts.extensions.get::<Guard>().copied();
        let (guard, kind) = guard
            .and_then(|guard| Some((guard, guard.kind()?)))
            .ok_or_else(|| Problem::broken("the address has no guard with a kind of session"))?;
        let token = presented(kind, &parts.headers)?;
        let presented = kind.presented(&token, here.service.clock.real());
        Ok(Self { here, guard, kind, presented })
    }
}
