//! `POST /admin/jobs/again`: a parked job, or every one, is given to the workers again.

use domain::form::Which;
use domain::id::JobId;
use serde::Deserialize;

use crate::db::parked;
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Admin;

/// The form of the button.
#[derive(Deserialize)]
pub(crate) struct Posted {
    /// Which of those that are parked.
    job: Which<JobId>,
}

/// With all their tries before them. What is no longer parked stays as it is.
pub(crate) async fn act(mut visit: Visit<Admin>, Fields(posted): Fields<Posted>) -> Reply {
    parked::send_again(&mut visit.tx, posted.job).await?;
    visit.see_other("/admin/jobs").await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Connected, audited, parked_job};

    const PAYLOAD: &str = r#"{"kind": "ask-authority", "query": "01890000-0000-7000-8000-000000000000"}"#;

    #[sqlx::test(migrations = "../migrations")]
    async fn one_is_sent_again_or_all_and_another_municipalitys_never(pool: PgPool) {
        let stage = Connected::new(pool.clone()).await;
        let (home, away) = (stage.towns.home.id, stage.towns.away.id);
        let mut jobs = Vec::new();
        for town in [home, home, home, away] {
            jobs.push(parked_job(&pool, town, PAYLOAD, "database").await);
        }
        let fresh = "select count(*) from job where parked_at is null and attempts = 0 and claimed_until is null";
        let (first, theirs) = (jobs[0].to_string(), jobs[3].to_string());
        for (job, sent) in [("", 0), ("alla", 0), (first.as_str(), 1), (&first, 1), (&theirs, 1), ("all", 3)] {
            let pressed = stage.press("/admin/jobs/again", &[("job", job)]).await;
            if sent == 0 {
                assert_eq!(pressed.status, StatusCode::BAD_REQUEST, "{job:?} is neither one nor all");
            } else {
                assert_eq!(pressed.led_to(), "/admin/jobs");
            }
            assert_eq!(sqlx::query_scalar::<_, i64>(fresh).fetch_one(&pool).await.unwrap(), sent, "{job:?}");
        }
        assert_eq!(stage.press("/admin/jobs/again", &[]).await.status, StatusCode::BAD_REQUEST);
        let mut tx = stage.towns.tx(&stage.towns.home).await;
        assert_eq!(audited(&mut tx, "sent-job-again").await, 3, "each once");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_else_sends_a_job_again(pool: PgPool) {
        let stage = Connected::new(pool.clone()).await;
        parked_job(&pool, stage.towns.home.id, PAYLOAD, "database").await;
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.post(host, cookie, "/admin/jobs/again", &[("job", "all")]).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
        assert_eq!(stage.towns.count("select count(*) from job where parked_at is null").await, 0);
    }
}
