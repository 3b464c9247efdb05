//! The worker against a real database and the demo's authorities.

mod parking;

use std::sync::Arc;

use domain::authority::{Agency, Answer, Failure, FailureKind, NotAsked};
use domain::id::{QueryId, RenewalId, SourceId};
use jiff::Timestamp;
use jiff::civil::date;
use jiff_sqlx::ToSqlx as _;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use super::*;
use crate::authority::SourceSettings;
use crate::case::asking;
use crate::db::{Actor, Column, TenantTx};
use crate::test_support::authorities::{TestAuthorities, connect, stored};
use crate::test_support::{Rest, Towns};
use demo::people::{Behaviour, DemoSource};

/// Quick about everything but the work itself.
const PACE: Pace = Pace {
    at_once: 16,
    hold: Duration::from_secs(30),
    poll: Duration::from_millis(20),
    drain: Duration::from_millis(50),
};

/// A municipality with a renewal, and the authorities that are asked about it. The citizen is a job seeker with an unemployment fund, and
/// gets nothing from the other agencies.
struct Stage {
    pool: PgPool,
    towns: Towns,
    authorities: TestAuthorities,
    renewal: RenewalId,
}

impl Stage {
    async fn new(pool: PgPool) -> Self {
        let towns = Towns::new(pool.clone()).await;
        Self::of(pool, towns).await
    }

    /// The same, where no time passes but what the test lets pass.
    async fn at_rest(pool: PgPool) -> (Self, Rest) {
        let (towns, rest) = Towns::at_rest(pool.clone()).await;
        (Self::of(pool, towns).await, rest)
    }

    async fn of(pool: PgPool, mut towns: Towns) -> Self {
        let authorities = TestAuthorities::start().await;
        Arc::get_mut(&mut towns.service).unwrap().sources = authorities.sources();
        let stage = Self { pool, towns, authorities, renewal: RenewalId(Uuid::now_v7()) };
        stage.begin_renewal().await;
        stage
    }

    async fn begin_renewal(&self) {
        let home = &self.towns.home;
        let mut tx = self.tx().await;
        let at = tx.at();
        sqlx::query(
            "insert into renewal (municipality_id, id, case_id, norm_month, state, begun_by, begun_at)
             values ($1, $2, $3, $4, 'draft', $5, $6)",
        )
        .bind(home.id.0)
        .bind(self.renewal.0)
        .bind(home.case.0)
        .bind(date(2026, 12, 1).to_sqlx())
        .bind(home.person.0)
        .bind(at.to_sqlx())
        .execute(tx.connection())
        .await
        .unwrap();
        sqlx::query(
            "insert into signer (municipality_id, renewal_id, person_id, role, state, changed_at, applies_since)
             values ($1, $2, $3, 'applicant', 'awaited', $4, $4)",
        )
        .bind(home.id.0)
        .bind(self.renewal.0)
        .bind(home.person.0)
        .bind(at.to_sqlx())
        .execute(tx.connection())
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    fn service(&self) -> Arc<Service> {
        Arc::clone(&self.towns.service)
    }

    async fn tx(&self) -> TenantTx {
        self.towns.tx(&self.towns.home).await
    }

    /// Connects an agency, which has plenty of time to answer.
    async fn add_agency(&self, agency: Agency) -> SourceId {
        let settings = SourceSettings { answer_timeout_ms: 60_000, ..self.authorities.agency(agency) };
        self.add_source(Some(agency), stored(&settings)).await
    }

    async fn add_source(&self, agency: Option<Agency>, settings: Value) -> SourceId {
        let mut tx = self.tx().await;
        let source = connect(&mut tx, agency, settings).await;
        tx.commit().await.unwrap();
        source
    }

    fn order(&self, source: DemoSource, behaviour: Behaviour) {
        self.authorities.handle.set_behaviour(None, Some(source), behaviour);
    }

    /// Asks every source that has not been asked.
    async fn ask(&self) {
        let mut tx = self.tx().await;
        asking::ask_all(&mut tx, self.renewal, self.towns.home.person).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn query(&self, source: SourceId) -> QueryId {
        let mut tx = self.tx().await;
        QueryId(
            sqlx::query_scalar("select id from authority_query where source_id = $1")
                .bind(source.0)
                .fetch_one(tx.connection())
                .await
                .unwrap(),
        )
    }

    async fn answer(&self, source: SourceId) -> Option<Answer> {
        let query = self.query(source).await;
        let mut tx = self.tx().await;
        let sealed: Option<Vec<u8>> = sqlx::query_scalar("select answer_sealed from authority_query where id = $1")
            .bind(query.0)
            .fetch_one(tx.connection())
            .await
            .unwrap();
        sealed.map(|sealed| tx.vault().open_json(Column::QueryAnswer, query, &sealed).unwrap())
    }

    /// When it last answered, when it last failed, and how.
    async fn health(&self, source: SourceId) -> (bool, bool, Option<String>) {
        let mut tx = self.tx().await;
        sqlx::query_as(
            "select last_success_at is not null, last_failure_at is not null, last_failure_kind from authority_source where id = $1",
        )
        .bind(source.0)
        .fetch_one(tx.connection())
        .await
        .unwrap()
    }

    async fn audited(&self, source: SourceId) -> Vec<String> {
        let mut tx = self.tx().await;
        sqlx::query_scalar("select action from audit_entry where object_id = $1 order by at, id")
            .bind(source.0)
            .fetch_all(tx.connection())
            .await
            .unwrap()
    }

    async fn jobs(&self) -> i64 {
        let at = self.towns.service.clock.business();
        let begun = TenantTx::begin(&self.towns.service.db, self.towns.home.id, Actor::System, at);
        let mut tx = begun.await.unwrap();
        sqlx::query_scalar("select count(*) from job").fetch_one(tx.connection()).await.unwrap()
    }

    /// Works until this many jobs are left.
    async fn work_until(&self, left: i64) {
        let done = async {
            while self.jobs().await > left {
                tokio::task::yield_now().await;
            }
        };
        work_at(PACE, self.service(), done).await;
    }

    /// Runs the job of a source as its nth attempt.
    async fn attempt(&self, source: SourceId, attempts: i16) {
        let query = self.query(source).await;
        ask_authority::perform(&self.towns.service, self.towns.home.id, query, attempts).await.unwrap();
    }

    /// As the schema's owner: what the service itself may not change.
    async fn change(&self, statement: &'static str) {
        sqlx::raw_sql(statement).execute(&self.pool).await.unwrap();
    }
}

/// As a worker takes jobs, at this time.
const fn taking(now: Timestamp, hold: SignedDuration) -> Taking {
    Taking { now, at: now, hold, limit: 8 }
}

fn failed(kind: FailureKind, code: &str) -> Answer {
    Answer::Failed(Failure { kind, code: Some(code.to_owned()) })
}

#[sqlx::test(migrations = "../migrations")]
async fn an_answer_is_kept_and_told_of(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let (fund, board) = (stage.add_agency(Agency::So).await, stage.add_agency(Agency::Csn).await);
    stage.ask().await;
    stage.work_until(0).await;

    let Some(Answer::Answered(content)) = stage.answer(fund).await else { panic!("the fund answers") };
    let months: Vec<_> = content.rows.iter().filter_map(|row| Some(row.pay_date?.month())).collect();
    assert_eq!(months, [9, 10, 11, 12], "from three months before the norm month to its end");
    assert_eq!(stage.answer(board).await, Some(Answer::NothingFound));
    for source in [fund, board] {
        assert_eq!(stage.health(source).await, (true, false, None));
        assert_eq!(stage.audited(source).await, ["asked-authority", "got-answer"]);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_source_that_hangs_holds_up_nobody_and_is_asked_again_after_a_stop(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let slow = stage.add_agency(Agency::Skv).await;
    let quick = [stage.add_agency(Agency::So).await, stage.add_agency(Agency::Af).await];
    stage.order(DemoSource::Skv, Behaviour::Hang);
    stage.ask().await;
    stage.work_until(1).await;
    for source in quick {
        assert!(matches!(stage.answer(source).await, Some(Answer::Answered(_))));
    }
    assert_eq!(stage.answer(slow).await, None, "the stop did not wait for it");

    stage.authorities.handle.reset_behaviours();
    stage.work_until(0).await;
    assert!(stage.answer(slow).await.is_some(), "its claim was let go of");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_source_that_does_not_answer_in_time_has_failed(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let impatient = SourceSettings { answer_timeout_ms: 100, ..stage.authorities.agency(Agency::Csn) };
    let source = stage.add_source(Some(Agency::Csn), stored(&impatient)).await;
    stage.order(DemoSource::Csn, Behaviour::Hang);
    stage.ask().await;
    stage.work_until(0).await;
    let failure = Failure { kind: FailureKind::TimedOut, code: None };
    assert_eq!(stage.answer(source).await, Some(Answer::Failed(failure)));
    assert_eq!(stage.health(source).await, (false, true, Some("timed-out".to_owned())));
    assert_eq!(stage.audited(source).await, ["asked-authority", "got-no-answer"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_work_of_a_dead_worker_comes_again(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_agency(Agency::So).await;
    stage.ask().await;
    let service = stage.service();
    let long_ago = service.clock.real() - SignedDuration::from_mins(2);
    let dead = Claim::take(&service.db, taking(long_ago, SignedDuration::from_mins(1))).await.unwrap();
    assert_eq!(dead.len(), 1);

    stage.work_until(0).await;
    assert!(matches!(stage.answer(source).await, Some(Answer::Answered(_))));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_claim_that_was_taken_over_stays_with_the_other_worker(pool: PgPool) {
    let stage = Stage::new(pool).await;
    stage.add_agency(Agency::So).await;
    stage.ask().await;
    let service = &stage.towns.service;
    let (db, now, hold) = (&service.db, service.clock.real(), SignedDuration::from_mins(1));
    let slow = Claim::take(db, taking(now - hold - hold, hold)).await.unwrap().remove(0);
    let other = Claim::take(db, taking(now, hold)).await.unwrap().remove(0);
    slow.hold_until(db, now - hold).await.unwrap();
    assert!(Claim::take(db, taking(now, hold)).await.unwrap().is_empty(), "the slow one cannot let go of it");
    other.hold_until(db, now - hold).await.unwrap();
    assert_eq!(Claim::take(db, taking(now, hold)).await.unwrap()[0].attempts, 3);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_job_that_cannot_be_read_holds_up_nobody(pool: PgPool) {
    let stage = Stage::new(pool).await;
    stage
        .change(
            r#"insert into job (municipality_id, id, kind, payload, dedupe_key, enqueued_at)
               select id, gen_random_uuid(), 'later', '{"kind": "later"}', 'later', '2000-01-01' from municipality"#,
        )
        .await;
    let source = stage.add_agency(Agency::So).await;
    stage.ask().await;
    stage.work_until(1).await;
    assert!(stage.answer(source).await.is_some());
}

#[sqlx::test(migrations = "../migrations")]
async fn an_answered_question_is_not_asked_again(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_agency(Agency::So).await;
    stage.ask().await;
    stage.attempt(source, 1).await;
    let first = stage.answer(source).await;
    stage.order(DemoSource::So, Behaviour::Fail);
    stage.attempt(source, 2).await;
    assert_eq!(stage.answer(source).await, first);
    assert_eq!(stage.audited(source).await, ["asked-authority", "got-answer"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn no_question_is_left_open_for_ever(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let tried = stage.add_agency(Agency::So).await;
    let unreadable = stage.add_source(None, json!({ "kind": "fax" })).await;
    let endpoint = "https://elsewhere.example/".parse().unwrap();
    let elsewhere = SourceSettings { endpoint, ..stage.authorities.agency(Agency::Fk) };
    let elsewhere = stage.add_source(Some(Agency::Fk), stored(&elsewhere)).await;
    stage.ask().await;
    stage.attempt(tried, 6).await;
    assert_eq!(stage.answer(tried).await, Some(failed(FailureKind::Unreachable, "gave-up")));
    for source in [unreadable, elsewhere] {
        stage.attempt(source, 1).await;
        assert_eq!(stage.answer(source).await, Some(failed(FailureKind::Unreachable, "not-askable")));
        assert_eq!(stage.health(source).await, (false, true, Some("unreachable".to_owned())));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_must_not_be_asked_any_longer_is_not_asked(pool: PgPool) {
    let stage = Stage::new(pool).await;
    for (agency, change, undo, reason) in [
        (
            Agency::So,
            "update authority_source set enabled = false",
            "update authority_source set enabled = true",
            NotAsked::SwitchedOff,
        ),
        (
            Agency::Af,
            "update person set protection = 'protected'",
            "update person set protection = 'none'",
            NotAsked::NotApplicable,
        ),
        (
            Agency::Fk,
            "update renewal set state = 'withdrawn'",
            "update renewal set state = 'draft'",
            NotAsked::NotApplicable,
        ),
        (
            Agency::Csn,
            "update renewal set state = 'decided', submitted_at = now(), reference = 'x'",
            "update renewal set state = 'draft', submitted_at = null, reference = null",
            NotAsked::NotApplicable,
        ),
        (
            Agency::Skv,
            "update assistance_case set closed_on = '2026-11-24'",
            "update assistance_case set closed_on = null",
            NotAsked::NotApplicable,
        ),
        (
            Agency::Pm,
            "update household_member set left_on = '2026-11-24'",
            "update household_member set left_on = null",
            NotAsked::NotApplicable,
        ),
    ] {
        let source = stage.add_agency(agency).await;
        stage.ask().await;
        stage.change(change).await;
        stage.attempt(source, 1).await;
        stage.change(undo).await;
        assert_eq!(stage.answer(source).await, Some(Answer::NotAsked(reason)), "{change}");
        assert_eq!(stage.health(source).await, (false, false, None), "{change}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_lost_connection_to_the_database_is_survived(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_agency(Agency::So).await;
    let done = async {
        stage
            .change(
                "select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and pid <> pg_backend_pid()",
            )
            .await;
        stage.ask().await;
        while stage.jobs().await > 0 {
            tokio::task::yield_now().await;
        }
    };
    work_at(PACE, stage.service(), done).await;
    assert!(matches!(stage.answer(source).await, Some(Answer::Answered(_))));
}

#[tokio::test]
async fn a_panic_is_counted_under_the_kind_of_its_job() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let _counted = metrics::set_default_local_recorder(&recorder);
    let mut running = JoinSet::new();
    running.spawn(told_of("ask-authority", async { panic!("a fault of ours") }));
    running.spawn(told_of("ask-authority", async {}));
    while running.join_next().await.is_some() {}
    let counted = recorder.handle().render();
    let expected = "fornya_jobs_total{kind=\"ask-authority\",result=\"failed\"} 1";
    assert!(counted.contains(expected) && counted.matches("fornya_jobs_total{").count() == 1, "{counted}");
}

#[test]
fn a_failed_job_waits_longer_each_time() {
    let waits: Vec<_> = [0, 1, 2, 3, 7, 8, i16::MAX].map(|attempts| retry_after(attempts).as_secs()).into();
    assert_eq!(waits, [1, 1, 2, 4, 60, 60, 60]);
}
