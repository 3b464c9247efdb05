//! The worker against a real database and the demo's authorities.

use std::sync::Arc;

use domain::authority::{Agency, Answer, Failure, FailureKind, NotAsked};
use domain::id::{MunicipalityId, PersonId, QueryId, RenewalId, SourceId};
use jiff::civil::date;
use jiff_sqlx::ToSqlx as _;
use serde_json::{Value, json};
use sqlx::PgPool;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::asking;
use crate::authority::SourceSettings;
use crate::config::Authorities;
use crate::db::{Actor, Column, TenantTx};
use crate::demo::authorities::{self, Handle, Listen};
use crate::demo::people::{Behaviour, People, Source as DemoSource};
use crate::http::test_world::TestWorld;

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
    world: TestWorld,
    authorities: Handle,
    people: Arc<People>,
    municipality: MunicipalityId,
    renewal: RenewalId,
    person: PersonId,
    _folder: TempDir,
}

impl Stage {
    async fn new(pool: PgPool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let people = Arc::new(People::shipped().unwrap());
        let any = "127.0.0.1:0".parse().unwrap();
        let listen = Listen { ssbtek: any, energy: any };
        let authorities =
            authorities::start(folder.path(), listen, Arc::clone(&people), date(2026, 11, 24)).await.unwrap();
        let mut world = TestWorld::new(pool.clone()).await;
        let allowed_hosts = authorities.network_rules().allowed.into_iter().collect();
        let rules = Authorities { allowed_hosts, allow_loopback: true, allow_private: false };
        Arc::get_mut(&mut world.service).unwrap().sources = Sources::new(&rules);
        let service = &world.service;
        let host = world.hosts().remove(0);
        let municipality = service.municipalities.at(&service.db, &host).await.unwrap().unwrap().id;
        let mut stage = Self {
            pool,
            world,
            authorities,
            people,
            municipality,
            renewal: RenewalId(Uuid::now_v7()),
            person: PersonId(Uuid::nil()),
            _folder: folder,
        };
        stage.begin_renewal().await;
        stage
    }

    async fn begin_renewal(&mut self) {
        let mut tx = self.tx().await;
        let at = tx.at();
        let (person, case): (Uuid, Uuid) =
            sqlx::query_as("select person_id, case_id from household_member").fetch_one(tx.connection()).await.unwrap();
        sqlx::query(
            "insert into renewal (municipality_id, id, case_id, norm_month, state, begun_by, begun_at)
             values ($1, $2, $3, $4, 'draft', $5, $6)",
        )
        .bind(self.municipality.0)
        .bind(self.renewal.0)
        .bind(case)
        .bind(date(2026, 12, 1).to_sqlx())
        .bind(person)
        .bind(at.to_sqlx())
        .execute(tx.connection())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        self.person = PersonId(person);
    }

    fn service(&self) -> Arc<Service> {
        Arc::clone(&self.world.service)
    }

    async fn tx(&self) -> TenantTx {
        let service = &self.world.service;
        TenantTx::begin(&service.db, self.municipality, Actor::System, service.clock.business()).await.unwrap()
    }

    fn settings(&self, agency: Agency, answer_timeout_ms: u32) -> SourceSettings {
        let municipality = self.people.municipality("exempelby").unwrap();
        SourceSettings { answer_timeout_ms, ..self.authorities.ssbtek_source(agency, municipality).unwrap() }
    }

    /// Connects an agency, which has plenty of time to answer.
    async fn add_agency(&self, agency: Agency) -> SourceId {
        let settings = serde_json::to_value(self.settings(agency, 60_000)).unwrap();
        self.add_source(Some(agency), settings).await
    }

    async fn add_source(&self, agency: Option<Agency>, settings: Value) -> SourceId {
        let id = SourceId(Uuid::now_v7());
        let mut tx = self.tx().await;
        sqlx::query(
            "insert into authority_source (municipality_id, id, name, agency, settings, enabled, position)
             values ($1, $2, 'Källa', $3, $4, true, (select count(*) from authority_source))",
        )
        .bind(self.municipality.0)
        .bind(id.0)
        .bind(agency.map(Agency::code))
        .bind(settings)
        .execute(tx.connection())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    fn order(&self, source: DemoSource, behaviour: Behaviour) {
        self.authorities.set_behaviour(None, Some(source), behaviour);
    }

    /// Asks every source that has not been asked.
    async fn ask(&self) {
        let mut tx = self.tx().await;
        asking::ask_all(&mut tx, self.renewal, self.person).await.unwrap();
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
        sealed.map(|sealed| tx.vault().open_json(Column::QueryAnswer, query.0, &sealed).unwrap())
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
        let mut tx = self.tx().await;
        sqlx::query_scalar("select count(*) from job").fetch_one(tx.connection()).await.unwrap()
    }

    /// Works until this many jobs are left.
    async fn work_until(&self, left: i64) {
        let done = async {
            while self.jobs().await > left {
                tokio::task::yield_now().await;
            }
        };
        let work = work_at(PACE, self.service(), done);
        timeout(Duration::from_secs(30), work).await.expect("the worker gets done");
    }

    /// Runs the job of a source as its nth attempt.
    async fn attempt(&self, source: SourceId, attempts: i16) {
        let query = self.query(source).await;
        ask_authority::perform(&self.world.service, self.municipality, query, attempts).await.unwrap();
    }

    /// As the schema's owner: what the service itself may not change.
    async fn change(&self, statement: &'static str) {
        sqlx::raw_sql(statement).execute(&self.pool).await.unwrap();
    }
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

    stage.authorities.reset_behaviours();
    stage.work_until(0).await;
    assert_eq!(stage.answer(slow).await, Some(Answer::NothingFound), "its claim was let go of");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_source_that_does_not_answer_in_time_has_failed(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let settings = serde_json::to_value(stage.settings(Agency::Csn, 100)).unwrap();
    let source = stage.add_source(Some(Agency::Csn), settings).await;
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
    let dead = Claim::take(&service.db, long_ago, SignedDuration::from_mins(1), 8).await.unwrap();
    assert_eq!(dead.len(), 1);

    stage.work_until(0).await;
    assert!(matches!(stage.answer(source).await, Some(Answer::Answered(_))));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_claim_that_was_taken_over_stays_with_the_other_worker(pool: PgPool) {
    let stage = Stage::new(pool).await;
    stage.add_agency(Agency::So).await;
    stage.ask().await;
    let (db, now, hold) = (&stage.world.service.db, stage.world.service.clock.real(), SignedDuration::from_mins(1));
    let slow = Claim::take(db, now - hold - hold, hold, 8).await.unwrap().remove(0);
    let other = Claim::take(db, now, hold, 8).await.unwrap().remove(0);
    slow.hold_until(db, now - hold).await.unwrap();
    assert!(Claim::take(db, now, hold, 8).await.unwrap().is_empty(), "the slow one cannot let go of it");
    other.hold_until(db, now - hold).await.unwrap();
    assert_eq!(Claim::take(db, now, hold, 8).await.unwrap()[0].attempts, 3);
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
    let mut elsewhere = stage.settings(Agency::Fk, 1_000);
    elsewhere.endpoint = "https://elsewhere.example/".parse().unwrap();
    let elsewhere = stage.add_source(Some(Agency::Fk), serde_json::to_value(elsewhere).unwrap()).await;
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
            "update person set protected = true",
            "update person set protected = false",
            NotAsked::NotApplicable,
        ),
        (
            Agency::Fk,
            "update renewal set state = 'withdrawn'",
            "update renewal set state = 'draft'",
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
    timeout(Duration::from_secs(30), work_at(PACE, stage.service(), done)).await.expect("the worker gets done");
    assert!(matches!(stage.answer(source).await, Some(Answer::Answered(_))));
}

#[test]
fn a_failed_job_waits_longer_each_time() {
    let waits: Vec<_> = [0, 1, 2, 3, 7, 8, i16::MAX].map(|attempts| retry_after(attempts).as_secs()).into();
    assert_eq!(waits, [1, 1, 2, 4, 60, 60, 60]);
}
