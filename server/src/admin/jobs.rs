//! `GET /admin/jobs`: the jobs of the municipality that are parked after their tries.

use app::admin::jobs;
use app::admin::model::{DroppedJob, JobKind, Jobs, ParkedJob};

use crate::db::{Action, Job, Object, parked};
use crate::http::{Here, Reply, Visit};
use crate::session::policy::Admin;

/// How many jobs are shown at once; the rest are counted.
const SHOWN: i64 = 50;
/// How many of those that were dropped are shown.
const SHOWN_DROPPED: i64 = 20;

/// Those that have waited longest, and the latest that were dropped.
pub(crate) async fn page(mut visit: Visit<Admin>) -> Reply {
    let (here, tx) = (&visit.here, &mut visit.tx);
    let (waiting, total) = parked::list(tx, None, SHOWN).await?;
    let dropped = parked::dropped(tx, SHOWN_DROPPED).await?;
    let seen: Vec<_> = waiting.iter().map(|job| job.id).collect();
    tx.audit_list(Action::SawJobs, Object::Job, &seen).await?;
    let dropped = dropped.into_iter().map(|one| DroppedJob {
        kind: kind(one.job.as_ref()),
        since: here.local(one.enqueued),
        at: here.local(one.at),
        by: one.by,
        reason: one.reason,
    });
    let shown = Jobs {
        parked: waiting.into_iter().map(|job| shown(here, &job)).collect(),
        total: u32::try_from(total).unwrap_or(u32::MAX),
        dropped: dropped.collect(),
    };
    visit.page(jobs::page(shown)).await
}

/// A parked job as pages show it.
pub(super) fn shown(here: &Here, job: &parked::StoredParkedJob) -> ParkedJob {
    ParkedJob {
        id: job.id,
        kind: kind(job.job.as_ref()),
        since: here.local(job.enqueued),
        parked: here.local(job.parked),
        tries: u32::try_from(job.attempts).unwrap_or_default(),
        cause: job.cause,
    }
}

const fn kind(job: Option<&Job>) -> JobKind {
    match job {
        Some(Job::AskAuthority { .. }) => JobKind::AskAuthority,
        None => JobKind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Connected, audited, parked_job};

    #[sqlx::test(migrations = "../migrations")]
    async fn the_list_tells_what_stopped_when_and_why(pool: PgPool) {
        let stage = Connected::new(pool.clone()).await;
        let none = stage.page("/admin/jobs").await;
        assert!(none.contains("Inget jobb har stannat"), "{none}");
        let (home, away) = (stage.towns.home.id, stage.towns.away.id);
        let known = r#"{"kind": "ask-authority", "query": "01890000-0000-7000-8000-000000000000"}"#;
        for (town, payload, cause) in
            [(home, known, "database"), (home, r#"{"kind": "later"}"#, "unreadable"), (away, known, "data")]
        {
            parked_job(&pool, town, payload, cause).await;
        }
        let page = stage.page("/admin/jobs").await;
        for told in [
            "2 jobb har stannat",
            "Fråga en myndighet",
            "Okänt jobb",
            "Databasen svarade inte",
            "känner inte till jobbet",
            ">10<",
            "Skicka alla igen",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(!page.contains("Sparade uppgifter"), "that is another municipality's");
        assert!(!page.contains("01890000"), "no identifier of a question is shown");
        let mut tx = stage.towns.tx(&stage.towns.home).await;
        assert_eq!(audited(&mut tx, "saw-jobs").await, 3, "an empty list, and each of two");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_list_is_for_the_towns_own_administrator(pool: PgPool) {
        let stage = Connected::new(pool).await;
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.get(host, cookie, "/admin/jobs").await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
    }
}
