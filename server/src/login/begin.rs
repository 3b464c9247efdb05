//! Login begins: the browser is sent to the identity provider.

use axum::response::Response;
use axum_extra::extract::CookieJar;

use super::LoginProblem;
use super::attempt::{self, Purpose};
use super::policy::Visitor;
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};

/// `POST /login`
pub async fn citizen(visit: Visit<Visitor>, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    begin(&visit, jar, Purpose::CitizenLogin).await
}

/// `POST /staff/login`
pub async fn staff(visit: Visit<Visitor>, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    begin(&visit, jar, Purpose::StaffLogin).await
}

async fn begin(visit: &Visit<Visitor>, jar: CookieJar, purpose: Purpose) -> Result<(CookieJar, Response), Problem> {
    let service = &visit.service;
    let now = service.clock.real();
    let pair = service.providers.of(&visit.site.municipality).map_err(Problem::broken)?;
    let provider = if purpose == Purpose::StaffLogin { &pair.staff } else { &pair.citizen };
    let start = provider.begin_login(visit.site.texts.language().code(), now).await.map_err(LoginProblem::from)?;
    let mut tx = visit.tx().await?;
    let cookie = attempt::begin(&mut tx, purpose, start.pending.state(), &start.pending, now).await?;
    tx.commit().await?;
    Ok((jar.add(cookie), see_other(start.url.as_str())))
}
