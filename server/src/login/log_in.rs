//! `POST /login`, `POST /staff/login`: login begins. The browser gets a page from which it goes on to the identity provider.

use app::document::Viewer;
use app::sent_on::SentTo;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use url::Url;

use crate::db::Actor;
use crate::http::{Here, Problem};
use crate::session::attempt::{self, Purpose};
use crate::session::{HasKind, Kind, LoginProblem, outcome};

pub(crate) async fn act<A: HasKind>(here: Here, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    let (purpose, back, to) = match A::KIND {
        Kind::Citizen => (Purpose::CitizenLogin, "/", SentTo::Eid),
        Kind::Staff => (Purpose::StaffLogin, "/staff", SentTo::StaffLogin),
    };
    outcome::begun(purpose);
    let begun = begin::<A>(&here, &jar, purpose).await;
    let (address, cookie) = begun.inspect_err(|problem| outcome::ended(Some(purpose), problem.outcome()))?;
    let page = here.send_on(Viewer::Anonymous, back, to, &address).await?;
    Ok((jar.add(cookie), page))
}

/// Tells the provider that somebody comes, and keeps the attempt.
async fn begin<A: HasKind>(
    here: &Here,
    jar: &CookieJar,
    purpose: Purpose,
) -> Result<(Url, Cookie<'static>), LoginProblem> {
    let (service, now) = (&here.service, here.service.clock.real());
    let (providers, municipality) = (&service.providers, &here.site.municipality);
    let client = match A::KIND {
        Kind::Citizen => providers.of_citizens(municipality)?,
        Kind::Staff => providers.of_staff(municipality)?,
    };
    let start = client.begin_login(here.site.texts.language().code(), now).await?;
    let mut tx = here.begin(Actor::Visitor).await?;
    let cookie = attempt::begin(&mut tx, purpose, start.pending.state(), &start.pending, jar, now).await?;
    tx.commit().await?;
    Ok((start.url, cookie))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;
    use url::Url;

    use crate::test_support::Towns;
    use crate::test_support::eid::TestEid;

    #[sqlx::test(migrations = "../migrations")]
    async fn a_browser_is_sent_on_with_an_attempt_of_its_own_and_nothing_personal(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let _eid = TestEid::start(&mut stage).await;
        for (path, purpose) in [("/login", "citizen-login"), ("/staff/login", "staff-login")] {
            let (one, other) = (stage.send("", path, &[]).await, stage.send("", path, &[]).await);
            assert_eq!(one.status, StatusCode::OK, "a redirect after a form's post would be held to form-action");
            let address: Url = one.led_to().parse().unwrap();
            let link = format!("href=\"{}\"", address.as_str().replace('&', "&amp;"));
            assert!(one.body.contains(&link) && !one.body.contains("<script"), "{}", one.body);
            assert_eq!(one.headers["referrer-policy"], "strict-origin");
            let names: Vec<_> = address.query_pairs().map(|(name, _)| name.into_owned()).collect();
            assert_eq!(names, ["client_id", "request_uri"], "{address}");
            assert_ne!(one.browser(""), other.browser(""));
            let mut tx = stage.tx(&stage.home).await;
            let begun: i64 = sqlx::query_scalar("select count(*) from identity_attempt where purpose = $1")
                .bind(purpose)
                .fetch_one(tx.connection())
                .await
                .unwrap();
            assert_eq!(begun, 2, "{purpose}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_provider_that_is_away_is_told_of_and_nothing_is_begun(pool: PgPool) {
        let stage = Towns::new(pool).await;
        for path in ["/login", "/staff/login"] {
            let away = stage.send("", path, &[]).await;
            assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
            assert!(away.body.contains("E-legitimationen svarar inte just nu"), "{}", away.body);
        }
        assert_eq!(stage.count("select count(*) from identity_attempt").await, 0);
    }
}
