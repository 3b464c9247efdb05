//! Asking the authorities: for one renewal, about one adult, after that adult has begun or opened it.
//!
//! SSBTEK may be used only while a case is handled (SoL 15 kap., SFS 2025:468), so nothing is asked before a renewal has been begun, and
//! about nobody before they have said themselves that they apply: who logs in to read a message has not. The database takes no question
//! before that. Each question is a row, and a job asks it: a source that hangs holds up neither the page nor the other sources.

use domain::authority::{Answer, NotAsked};
use domain::id::{PersonId, QueryId, RenewalId, SourceId};
use uuid::Uuid;

use super::answers::{self, Answered};
use super::signers;
use crate::db::{Action, Column, DbError, Job, Object, TenantTx, query};

/// A person applies by an act of their own: from now on their authorities may be asked, and are.
pub(crate) async fn apply(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<(), DbError> {
    if signers::apply(tx, renewal, person).await? {
        tx.audit(Action::Applied, Object::Renewal(renewal)).await?;
        ask_all(tx, renewal, person).await?;
    }
    Ok(())
}

/// Asks every source about one person, except those that have been asked for this renewal already.
pub(crate) async fn ask_all(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    let sources = query!(
        r#"
        select s.id, s.enabled
          from authority_source s
         where s.municipality_id = $1
           and not exists (
                   select from authority_query q
                    where (q.municipality_id, q.source_id) = (s.municipality_id, s.id)
                      and q.renewal_id = $2 and q.person_id = $3)
         order by s.position
        "#,
        municipality,
        renewal,
        person,
    )
    .fetch_all(tx.connection())
    .await?;
    let sources = sources.into_iter().map(|source| (SourceId(source.id), source.enabled));
    ask(tx, renewal, person, sources).await
}

/// Asks anew every source whose newest answer failed or came in part.
pub(crate) async fn ask_again(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    let newest = query!(
        r#"
        select distinct on (q.source_id) q.id, q.source_id, q.answer_sealed, s.enabled
          from authority_query q
          join authority_source s on (s.municipality_id, s.id) = (q.municipality_id, q.source_id)
         where q.municipality_id = $1 and q.renewal_id = $2 and q.person_id = $3
         order by q.source_id, q.asked_at desc, q.id desc
        "#,
        municipality,
        renewal,
        person,
    )
    .fetch_all(tx.connection())
    .await?;
    let mut again = Vec::new();
    for query in newest {
        let Some(sealed) = query.answer_sealed else { continue };
        let answer: Answer = tx.vault().open_json(Column::QueryAnswer, QueryId(query.id), &sealed)?;
        let more = match answer {
            Answer::Partly { .. } | Answer::Failed(_) => true,
            Answer::NotAsked(NotAsked::SwitchedOff) => query.enabled,
            Answer::Answered(_) | Answer::NothingFound | Answer::NotAsked(NotAsked::NotApplicable) => false,
        };
        if more {
            again.push((SourceId(query.source_id), query.enabled));
        }
    }
    ask(tx, renewal, person, again).await
}

/// Asks the sources that are switched on; of the others it is written that they were not asked.
async fn ask(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    sources: impl IntoIterator<Item = (SourceId, bool)>,
) -> Result<(), DbError> {
    let (on, off): (Vec<_>, Vec<_>) = sources.into_iter().partition(|(_, enabled)| *enabled);
    if !off.is_empty() {
        let answer = Answer::NotAsked(NotAsked::SwitchedOff);
        let answers: Vec<_> = off.iter().map(|(source, _)| (QueryId(Uuid::now_v7()), *source, &answer)).collect();
        let came = tx.at();
        answers::insert(tx, &Answered { renewal, person, came, answers: &answers }).await?;
    }
    if !on.is_empty() {
        let on: Vec<_> = on.iter().map(|(source, _)| (QueryId(Uuid::now_v7()), *source)).collect();
        answers::ask(tx, renewal, person, &on).await?;
        let sources: Vec<_> = on.iter().map(|(_, source)| *source).collect();
        tx.audit_each(Action::AskedAuthority, Object::Source, &sources).await?;
        let jobs: Vec<_> = on.iter().map(|(query, _)| Job::AskAuthority { query: *query }).collect();
        tx.enqueue(&jobs).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::authority::Agency;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Statement, Statements, Towns, add_signed, add_source, day, month};

    #[sqlx::test(migrations = "../migrations")]
    async fn all_that_is_switched_off_is_written_in_one_statement(pool: PgPool) {
        let stage = Towns::new(pool.clone()).await;
        let (case, person) = (stage.home.case, stage.home.person);
        let mut tx = stage.tx(&stage.home).await;
        for agency in [Agency::Fk, Agency::Csn, Agency::So] {
            add_source(&mut tx, agency).await;
        }
        sqlx::query("update authority_source set enabled = false").execute(tx.connection()).await.unwrap();
        let renewal =
            add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &Statement::default()).await;
        let statements = Statements::new(pool).await;
        statements.reset().await;
        ask_all(&mut tx, renewal, person).await.unwrap();
        let (_, made) = statements.since_reset().await;
        let inserts: Vec<_> = made.iter().filter(|one| one.contains("insert into authority_query")).collect();
        assert!(matches!(inserts[..], [one] if one.starts_with("1 ×")), "{made:?}");

        let asked = answers::newest(&mut tx, renewal).await.unwrap();
        let off = |one: &&answers::Asked| matches!(one.answer, Some((_, Answer::NotAsked(NotAsked::SwitchedOff))));
        assert_eq!((asked.len(), asked.iter().filter(off).count()), (3, 3));
    }
}
