//! `POST /login`, `POST /staff/login`: login begins. The browser is sent to the identity provider.

use axum::response::Response;
use axum_extra::extract::CookieJar;

use crate::db::Actor;
use crate::http::{Here, Problem, see_other};
use crate::session::attempt::{self, Purpose};

pub(crate) async fn citizen(here: Here, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    begin(&here, jar, Purpose::CitizenLogin).await
}

pub(crate) async fn staff(here: Here, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    begin(&here, jar, Purpose::StaffLogin).await
}

async fn begin(here: &Here, jar: CookieJar, purpose: Purpose) -> Result<(CookieJar, Response), Problem> {
    let (service, now) = (&here.service, here.service.clock.real());
    let (providers, municipality) = (&service.providers, &here.site.municipality);
    let of_staff = purpose == Purpose::StaffLogin;
    let client = if of_staff { providers.of_staff(municipality) } else { providers.of_citizens(municipality) };
    let start = client?.begin_login(here.site.texts.language().code(), now).await?;
    let mut tx = here.begin(Actor::Visitor).await?;
    let cookie = attempt::begin(&mut tx, purpose, start.pending.state(), &start.pending, now).await?;
    tx.commit().await?;
    Ok((jar.add(cookie), see_other(start.url.as_str())))
}
