//! `POST /login`, `POST /staff/login`: login begins. The browser is sent to the identity provider.

use axum::response::Response;
use axum_extra::extract::CookieJar;

use crate::db::Actor;
use crate::http::{Here, Problem, see_other};
use crate::session::attempt::{self, Purpose};
use crate::session::{HasKind, Kind};

pub(crate) async fn act<A: HasKind>(here: Here, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    let (service, now) = (&here.service, here.service.clock.real());
    let (providers, municipality) = (&service.providers, &here.site.municipality);
    let (client, purpose) = match A::KIND {
        Kind::Citizen => (providers.of_citizens(municipality)?, Purpose::CitizenLogin),
        Kind::Staff => (providers.of_staff(municipality)?, Purpose::StaffLogin),
    };
    let start = client.begin_login(here.site.texts.language().code(), now).await?;
    let mut tx = here.begin(Actor::Visitor).await?;
    let cookie = attempt::begin(&mut tx, purpose, start.pending.state(), &start.pending, now).await?;
    tx.commit().await?;
    Ok((jar.add(cookie), see_other(start.url.as_str())))
}
