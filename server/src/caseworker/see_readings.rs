//! `POST /staff/readings`: a supervisor has looked through the readings.

use domain::id::{ReadingId, UnusualId};
use serde::Deserialize;

use crate::db::{Action, Object, query};
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Supervisor;

/// Those that the page showed as new: what came since has not been seen.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    reading: Vec<ReadingId>,
    #[serde(default)]
    unusual: Vec<UnusualId>,
}

/// They are marked, but for one's own.
pub(crate) async fn act(mut visit: Visit<Supervisor>, Fields(posted): Fields<Posted>) -> Reply {
    let Visit { actor, tx, .. } = &mut visit;
    let (now, seen) = (tx.at(), posted.reading);
    let ids: Vec<_> = seen.iter().map(|reading| reading.0).collect();
    query!("select from see_protected_readings($1, $2, $3)", actor.staff(), ids, now).execute(tx.connection()).await?;
    tx.audit_each(Action::ReviewedReadings, Object::Reading, &seen).await?;
    let ids: Vec<_> = posted.unusual.iter().map(|opening| opening.0).collect();
    query!("select from see_unusual_openings($1, $2, $3)", actor.staff(), ids, now).execute(tx.connection()).await?;
    tx.audit_each(Action::ReviewedReadings, Object::Unusual, &posted.unusual).await?;
    visit.see_other("/staff/readings").await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;
    use uuid::Uuid;

    use crate::test_support::{Statement, Towns};

    const PATH: &str = "/staff/readings";

    #[sqlx::test(migrations = "../migrations")]
    async fn what_the_page_did_not_show_and_ones_own_stay_new(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let [cleared, supervisor, _] = stage.cleared().await;
        let hidden = stage.hidden_case().await;
        let renewal = stage.signed(hidden, "2026-12", &Statement::ordinary()).await;
        let read = async |cookie: &str| {
            stage.send(cookie, &format!("/staff/protected/{renewal}"), &[("reason", "Ska besluta.")]).await
        };
        read(&supervisor).await;
        let own: Uuid = stage.value("select id from protected_reading").await;
        read(&cleared).await;
        let shown: Uuid = stage.value("select id from protected_reading order by id desc limit 1").await;
        read(&cleared).await;
        let unseen = "select count(*) from protected_reading where seen_at is null";
        let fields = [("reading", &*own.to_string()), ("reading", &*shown.to_string())];
        for cookie in [&cleared, &stage.home.caseworker] {
            assert_eq!(stage.send(cookie, PATH, &fields).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(stage.count(unseen).await, 3);
        assert_eq!(stage.send(&supervisor, PATH, &fields).await.led_to(), PATH);
        assert_eq!(stage.count(unseen).await, 2);
        assert!(stage.page(&supervisor, PATH).await.contains("1 ny"));
    }
}
