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
    let cookie = attempt::begin(&mut tx, purpose, start.pending.state(), &start.pending, &jar, now).await?;
    tx.commit().await?;
    Ok((jar.add(cookie), see_other(start.url.as_str())))
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
            let address: Url = one.led_to().parse().unwrap();
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
