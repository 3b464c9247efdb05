//! `POST /staff/readings`: a supervisor has looked through the readings.

use domain::id::ReadingId;
use serde::Deserialize;

use crate::db::{Action, Object, query};
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Supervisor;

/// The newest that the page showed: what came since has not been seen.
#[derive(Deserialize)]
pub(crate) struct Posted {
    newest: ReadingId,
}

/// All up to it are marked.
pub(crate) async fn act(mut visit: Visit<Supervisor>, Fields(posted): Fields<Posted>) -> Reply {
    let Visit { actor, tx, .. } = &mut visit;
    let now = tx.at();
    query!("select from see_protected_readings($1, $2, $3)", actor.staff(), posted.newest, now)
        .execute(tx.connection())
        .await?;
    tx.audit(Action::ReviewedReadings, Object::Reading(posted.newest)).await?;
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
    async fn what_came_after_the_page_was_shown_stays_new(pool: PgPool) {
        let (stage, time) = Towns::at_rest(pool).await;
        let [cleared, supervisor, _] = stage.cleared().await;
        let hidden = stage.hidden_case().await;
        let renewal = stage.signed(hidden, "2026-12", &Statement::ordinary()).await;
        let read = async || {
            time.pass(1);
            stage.send(&cleared, &format!("/staff/protected/{renewal}"), &[("reason", "Ska besluta.")]).await
        };
        read().await;
        let newest: Uuid = stage.value("select id from protected_reading").await;
        read().await;
        let unseen = "select count(*) from protected_reading where seen_at is null";
        let fields = [("newest", &*newest.to_string())];
        for cookie in [&cleared, &stage.home.caseworker] {
            assert_eq!(stage.send(cookie, PATH, &fields).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(stage.count(unseen).await, 2);
        assert_eq!(stage.send(&supervisor, PATH, &fields).await.led_to(), PATH);
        assert_eq!(stage.count(unseen).await, 1);
        assert!(stage.page(&supervisor, PATH).await.contains("1 ny"));
    }
}
