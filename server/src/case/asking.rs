//! Asking the authorities: for one renewal, about one adult, after that adult has begun or opened it.
//!
//! SSBTEK may be used only while a case is handled (SoL 15 kap., SFS 2025:468), so nothing is asked before a renewal has been begun, and a
//! co-applicant's authorities are asked when the co-applicant has logged in. Each question is a row, and a job asks it: a source that
//! hangs holds up neither the page nor the other sources.

use domain::authority::{Answer, NotAsked};
use domain::id::{PersonId, QueryId, RenewalId, SourceId};
use uuid::Uuid;

use super::answers::{self, Answered};
use crate::db::{Action, Column, DbError, Job, Object, TenantTx, query};

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

/// Asks anew every source whose newest answer failed or came in part, and gives how many were asked.
pub(crate) async fn ask_again(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<usize, DbError> {
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
            Answer::Answered(_)
            | Answer::NothingFound
            | Answer::NotAsked(NotAsked::AwaitsCoApplicant | NotAsked::NotApplicable) => false,
        };
        if more {
            again.push((SourceId(query.source_id), query.enabled));
        }
    }
    let asked = again.len();
    ask(tx, renewal, person, again).await?;
    Ok(asked)
}

/// Asks the sources that are switched on; of the others it is written that they were not asked.
async fn ask(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    sources: impl IntoIterator<Item = (SourceId, bool)>,
) -> Result<(), DbError> {
    let (on, off): (Vec<_>, Vec<_>) = sources.into_iter().partition(|(_, enabled)| *enabled);
    for (source, _) in off {
        let (query, came) = (QueryId(Uuid::now_v7()), tx.at());
        let answer = &Answer::NotAsked(NotAsked::SwitchedOff);
        answers::insert(tx, &Answered { query, renewal, person, source, came, answer }).await?;
    }
    if !on.is_empty() {
        let on: Vec<_> = on.iter().map(|(source, _)| (QueryId(Uuid::now_v7()), *source)).collect();
        answers::ask(tx, renewal, person, &on).await?;
        let sources: Vec<_> = on.iter().map(|(_, source)| source.0).collect();
        tx.audit_each(Action::AskedAuthority, Object::Source, &sources).await?;
        let jobs: Vec<_> = on.iter().map(|(query, _)| Job::AskAuthority { query: *query }).collect();
        tx.enqueue(&jobs).await?;
    }
    Ok(())
}
