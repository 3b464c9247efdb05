//! Jobs that cannot be done: they are tried, and then parked.

use sqlx::PgPool;

use super::*;
use crate::db::queue::TRIES;

/// Lets workers take jobs as often as they may, each time an hour after the last, until they find none.
async fn taken_until_none(stage: &Stage, mut each: impl AsyncFnMut(&Claim, Timestamp)) -> i16 {
    let service = stage.service();
    let mut now = service.clock.real();
    for times in 0..=TRIES {
        now += SignedDuration::from_hours(1);
        let claims = Claim::take(&service.db, taking(now, SignedDuration::from_secs(30))).await.unwrap();
        for claim in &claims {
            each(claim, now).await;
        }
        let waiting = "select count(*) from job where parked_at is null";
        if sqlx::query_scalar::<_, i64>(waiting).fetch_one(&stage.pool).await.unwrap() == 0 {
            return times;
        }
    }
    panic!("the job is never parked");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_job_that_cannot_be_done_is_parked_after_its_tries_with_the_latest_cause(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let cause = async || -> String {
        sqlx::query_scalar("select cause from job where parked_at is not null").fetch_one(&stage.pool).await.unwrap()
    };
    stage
        .change(
            r#"insert into job (municipality_id, id, kind, payload, dedupe_key, enqueued_at)
               select id, gen_random_uuid(), 'later', '{"kind": "later"}', 'later', '2000-01-01' from municipality limit 1"#,
        )
        .await;
    let tried = taken_until_none(&stage, async |_, _| panic!("it cannot be read")).await;
    assert_eq!((tried, cause().await.as_str()), (TRIES, "unreadable"));
    stage.change("delete from job").await;

    stage.add_agency(Agency::So).await;
    stage.ask().await;
    let mut seen = Vec::new();
    let service = stage.service();
    let tried = taken_until_none(&stage, async |claim, now| {
        seen.push(claim.attempts);
        if claim.attempts < TRIES {
            claim.failed(&service.db, now, JobCause::Database).await.unwrap();
        }
    })
    .await;
    assert_eq!((tried, seen), (TRIES, (1..=TRIES).collect()));
    assert_eq!(cause().await, "unfinished", "the last worker died with it");
    let later = service.clock.real() + SignedDuration::from_hours(1000);
    let taken = Claim::take(&service.db, taking(later, SignedDuration::from_secs(30))).await.unwrap();
    assert!(taken.is_empty(), "nobody takes a parked job");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_job_that_the_database_refuses_is_tried_again_until_it_is_done(pool: PgPool) {
    let (stage, time) = Stage::at_rest(pool).await;
    let source = stage.add_agency(Agency::So).await;
    stage.ask().await;
    stage.change("revoke update on authority_query from fornya_tenant").await;
    let until = async |state: &'static str| {
        while !sqlx::query_scalar::<_, bool>(state).fetch_one(&stage.pool).await.unwrap() {
            tokio::task::yield_now().await;
        }
    };
    let tries = async {
        until("select exists (select from job where attempts = 1 and cause = 'database')").await;
        time.pass(1);
        until("select exists (select from job where attempts = 2 and cause = 'database')").await;
        stage.change("grant update on authority_query to fornya_tenant").await;
        time.pass(1);
        until("select not exists (select from job)").await;
    };
    work_at(PACE, stage.service(), tries).await;
    assert!(matches!(stage.answer(source).await, Some(Answer::Answered(_))));
}
