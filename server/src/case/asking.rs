//! Asking the authorities: for one renewal, about one adult, after that adult has begun or opened it.
//!
//! SSBTEK may be used only while a case is handled (SoL 15 kap., SFS 2025:468), so nothing is asked before a renewal has been begun, and a
//! co-applicant's authorities are asked when the co-applicant has logged in. Each question is a row, and a job asks it: a source that
//! hangs holds up neither the page nor the other sources.

use domain::authority::{Answer, NotAsked};
use domain::id::{PersonId, QueryId, RenewalId, SourceId};
use uuid::Uuid;

use super::answers::{self, NewQuestion};
use crate::db::{Action, Column, DbError, Job, Object, TenantTx, query};

/// Asks every source about one person, except those that have been asked for this renewal already.
pub async fn ask_all(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<(), DbError> {
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
    for source in sources {
        ask(tx, renewal, person, source.id, source.enabled).await?;
    }
    Ok(())
}

/// Asks anew every source whose newest answer failed or came in part, and gives how many were asked.
pub async fn ask_again(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<usize, DbError> {
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
    let mut asked = 0;
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
            ask(tx, renewal, person, query.source_id, query.enabled).await?;
            asked += 1;
        }
    }
    Ok(asked)
}

async fn ask(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    source: Uuid,
    enabled: bool,
) -> Result<(), DbError> {
    let query = QueryId(Uuid::now_v7());
    let answer = (!enabled).then_some((tx.at(), &Answer::NotAsked(NotAsked::SwitchedOff)));
    answers::insert(tx, &NewQuestion { query, renewal, person, source: SourceId(source) }, answer).await?;
    if enabled {
        tx.audit(Action::AskedAuthority, Object::Source(source)).await?;
        tx.enqueue(&Job::AskAuthority { query }).await?;
    }
    Ok(())
}
