//! `/admin/jobs/{id}/drop`: a parked job is dropped for a reason, after a question.

use app::admin::drop_job;
use app::admin::model::DropJob;
use app::model::{FieldError, Form, Phrase};
use axum::http::StatusCode;
use domain::id::JobId;
use domain::job::DropReason;
use serde::Deserialize;

use super::jobs::shown;
use crate::authority::store;
use crate::db::parked::Dropped;
use crate::db::{Action, Actor, Object, parked};
use crate::http::{Fields, Path, Problem, Reply, Visit};
use crate::session::policy::Admin;

/// `GET`: the question before it.
pub(crate) async fn page(visit: Visit<Admin>, Path(id): Path<JobId>) -> Reply {
    ask(visit, id, String::new(), Vec::new()).await
}

async fn ask(mut visit: Visit<Admin>, id: JobId, reason: String, errors: Vec<FieldError>) -> Reply {
    let job = parked::list(&mut visit.tx, Some(id), 1).await?.0.pop().ok_or(Problem::NotFound)?;
    visit.tx.audit(Action::SawJobs, Object::Job(id)).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let question = DropJob { job: shown(&visit.here, &job), reason, form: Form { errors, ..Form::default() } };
    visit.page_with(status, drop_job::page(question)).await
}

/// The form of the question.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    reason: String,
}

/// `POST`: it is gone, and nobody waits for an answer that will not come. Dropped twice, it is dropped once; what is not parked any more is not
/// dropped, and that is said.
pub(crate) async fn act(mut visit: Visit<Admin>, Path(id): Path<JobId>, Fields(posted): Fields<Posted>) -> Reply {
    let Some(reason) = DropReason::from_code(&posted.reason) else {
        let missing = FieldError::new("reason", Phrase::new("error-drop-reason-missing"));
        return ask(visit, id, posted.reason, vec![missing]).await;
    };
    match parked::drop_one(&mut visit.tx, id, visit.actor.staff(), reason).await? {
        Dropped::Gone(Some(question)) => {
            // An administrator knows of no case: the service ends the question.
            visit.tx.stand_for(Actor::System).await?;
            store::end(&mut visit.tx, question, &store::given_up("dropped")).await?;
        }
        Dropped::Gone(None) | Dropped::WasGone => {}
        Dropped::NotParked => {
            visit.tx.audit(Action::Refused, Object::Job(id)).await?;
            return visit.page_with(StatusCode::CONFLICT, drop_job::not_parked()).await;
        }
    }
    visit.see_other("/admin/jobs").await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::{Agency, Answer};
    use domain::id::QueryId;
    use sqlx::PgPool;
    use uuid::Uuid;

    use crate::authority::store;
    use crate::db::Column;
    use crate::test_support::{Connected, add_source, audited, parked_job};

    /// The address at which a parked job that asks a question is dropped.
    async fn parked_question(stage: &Connected, pool: &PgPool) -> String {
        let towns = &stage.towns;
        let mut tx = towns.tx(&towns.home).await;
        add_source(&mut tx, Agency::Fk).await;
        tx.commit().await.unwrap();
        towns.begun(&towns.home.citizen).await;
        sqlx::query("update job set parked_at = now(), cause = 'data', attempts = 10").execute(pool).await.unwrap();
        let job: Uuid = sqlx::query_scalar("select id from job").fetch_one(pool).await.unwrap();
        format!("/admin/jobs/{job}/drop")
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_dropped_job_that_cannot_be_read_leaves_no_question_open(pool: PgPool) {
        let stage = Connected::new(pool.clone()).await;
        let path = parked_question(&stage, &pool).await;
        sqlx::query("update job set payload = '{\"kind\": \"ask-authority\", \"of\": 1}'")
            .execute(&pool)
            .await
            .unwrap();
        assert_eq!(stage.press(&path, &[("reason", "cannot-be-done")]).await.led_to(), "/admin/jobs");
        assert_eq!(stage.towns.count("select count(*) from authority_query where answered_at is null").await, 0);
        assert_eq!(stage.towns.count("select count(*) from authority_query").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_job_is_dropped_for_a_reason_and_its_question_ends(pool: PgPool) {
        let stage = Connected::new(pool.clone()).await;
        let towns = &stage.towns;
        let path = parked_question(&stage, &pool).await;
        let question = stage.page(&path).await;
        assert!(question.contains("Vill du ta bort jobbet?"), "{question}");

        for fields in [vec![], vec![("reason", "because")]] {
            let again = stage.press(&path, &fields).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(again.body.contains("Välj varför du tar bort jobbet"), "{}", again.body);
        }
        assert_eq!(towns.count("select count(*) from job").await, 1, "nothing is dropped without a reason");
        for _ in 0..2 {
            let dropped = stage.press(&path, &[("reason", "cannot-be-done")]).await;
            assert_eq!(dropped.led_to(), "/admin/jobs");
        }
        assert_eq!(towns.count("select count(*) from job").await, 0);
        let list = stage.page("/admin/jobs").await;
        assert!(list.contains("Det går inte att göra") && list.contains("ali,"), "{list}");
        assert_eq!(stage.towns.look(&towns.home.admin, &path).await.status, StatusCode::NOT_FOUND);

        let mut tx = towns.tx(&towns.home).await;
        let (query, sealed): (Uuid, Vec<u8>) =
            sqlx::query_as("select id, answer_sealed from authority_query").fetch_one(tx.connection()).await.unwrap();
        let answer: Answer = tx.vault().open_json(Column::QueryAnswer, QueryId(query), &sealed).unwrap();
        assert_eq!(answer, store::given_up("dropped"), "nobody waits for it");
        assert_eq!(audited(&mut tx, "dropped-job").await, 1);
        assert_eq!(audited(&mut tx, "got-no-answer").await, 0, "the source was not called");
        let failed: i64 = sqlx::query_scalar("select count(*) from authority_source where last_failure_at is not null")
            .fetch_one(tx.connection())
            .await
            .unwrap();
        assert_eq!(failed, 0);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_else_drops_a_job_and_one_that_is_not_parked_stays(pool: PgPool) {
        let stage = Connected::new(pool.clone()).await;
        let job = parked_job(&pool, stage.towns.home.id, r#"{"kind": "later"}"#, "unreadable").await;
        let path = format!("/admin/jobs/{job}/drop");
        let reason = [("reason", "not-needed")];
        for (host, cookie) in stage.strangers() {
            for refused in
                [stage.towns.get(host, cookie, &path).await, stage.towns.post(host, cookie, &path, &reason).await]
            {
                let status = refused.status;
                assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status), "{status}");
            }
        }
        let away = &stage.towns.away;
        assert_eq!(stage.towns.get(&away.host, &away.admin, &path).await.status, StatusCode::NOT_FOUND);
        stage.towns.post(&away.host, &away.admin, &path, &reason).await;
        assert_eq!(stage.towns.count("select count(*) from job").await, 1);
        stage.press("/admin/jobs/again", &[("job", "all")]).await;
        let told = stage.press(&path, &reason).await;
        assert_eq!(told.status, StatusCode::CONFLICT);
        assert!(told.body.contains("Jobbet har inte stannat längre"), "{}", told.body);
        assert_eq!(stage.towns.count("select count(*) from job").await, 1, "it is the workers' again");
    }
}
