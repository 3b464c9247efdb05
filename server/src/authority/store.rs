//! The sources that a municipality has connected, as they are stored.

use domain::authority::{Answer, Failure, FailureKind};
use domain::id::{QueryId, SourceId};
use serde_json::Value;

use crate::db::{Action, Column, DbError, Object, TenantTx, query, query_scalar};

/// The settings of a source, as the column has them.
pub(crate) async fn settings(tx: &mut TenantTx, id: SourceId) -> Result<Option<Value>, DbError> {
    let municipality = tx.municipality();
    let settings = query_scalar!(
        "select settings from authority_source where municipality_id = $1 and id = $2",
        municipality,
        id,
    );
    Ok(settings.fetch_optional(tx.connection()).await?)
}

/// Whether a source is switched on, its row held until the transaction ends.
pub(crate) async fn lock(tx: &mut TenantTx, id: SourceId) -> Result<Option<bool>, DbError> {
    let municipality = tx.municipality();
    let enabled = query_scalar!(
        "select enabled from authority_source where municipality_id = $1 and id = $2 for no key update",
        municipality,
        id,
    );
    Ok(enabled.fetch_optional(tx.connection()).await?)
}

/// Switches a source on or off.
pub(crate) async fn switch(tx: &mut TenantTx, id: SourceId, on: bool) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!("update authority_source set enabled = $3 where municipality_id = $1 and id = $2", municipality, id, on)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Keeps what a source has answered to a question, and notes it with the source, unless the question has an answer.
pub(crate) async fn keep(tx: &mut TenantTx, question: QueryId, answer: &Answer) -> Result<(), DbError> {
    match end(tx, question, answer).await? {
        Some(source) => note(tx, source, answer).await,
        None => Ok(()),
    }
}

/// Ends a question with this answer, whoever says it, unless it has one. Gives the source that it was for.
pub(crate) async fn end(tx: &mut TenantTx, question: QueryId, answer: &Answer) -> Result<Option<SourceId>, DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let sealed = tx.vault().seal_json(Column::QueryAnswer, question, answer)?;
    let source = query_scalar!(
        r#"
        update authority_query
           set answered_at = $3, answer_sealed = $4
         where municipality_id = $1 and id = $2 and answered_at is null
        returning source_id
        "#,
        municipality,
        question,
        at,
        sealed,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(source.map(SourceId))
}

/// What is kept when the service itself could not put a question.
pub(crate) fn given_up(code: &str) -> Answer {
    Answer::Failed(Failure { kind: FailureKind::Unreachable, code: Some(code.to_owned()) })
}

/// Notes with a source how it answered, and in the trail that it did.
pub(crate) async fn note(tx: &mut TenantTx, source: SourceId, answer: &Answer) -> Result<(), DbError> {
    match answer {
        Answer::NotAsked(_) => Ok(()),
        Answer::Failed(failure) => {
            note_failure(tx, source, failure.kind).await?;
            tx.audit(Action::GotNoAnswer, Object::Source(source)).await
        }
        Answer::Answered(_) | Answer::NothingFound | Answer::Partly { .. } => {
            note_success(tx, source).await?;
            tx.audit(Action::GotAnswer, Object::Source(source)).await
        }
    }
}

async fn note_failure(tx: &mut TenantTx, source: SourceId, kind: FailureKind) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        r#"
        update authority_source
           set last_failure_at = $3, last_failure_kind = $4
         where municipality_id = $1 and id = $2
        "#,
        municipality,
        source,
        at,
        kind,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

async fn note_success(tx: &mut TenantTx, source: SourceId) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        "update authority_source set last_success_at = $3 where municipality_id = $1 and id = $2",
        municipality,
        source,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
