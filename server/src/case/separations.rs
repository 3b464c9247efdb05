//! That two adults of a case have moved apart: who said so, who is in the case no more, and whether that was put right.

use app::model::PersonName;
use domain::id::{CaseId, MessageId, PersonId, SeparationId, StaffId};
use jiff::Timestamp;
use jiff_sqlx::Timestamp as SqlTimestamp;
use uuid::Uuid;

use crate::db::{DbError, TenantTx, names, query, query_scalar};

/// What was said, as staff read it beside the message that told them.
pub(crate) struct Separation {
    pub id: SeparationId,
    pub case: CaseId,
    /// Who is in the case no more.
    pub left_by: PersonId,
    pub name: PersonName,
    pub said: Timestamp,
    /// When the one who is in it no more said that it is wrong.
    pub disputed: Option<Timestamp>,
    pub undone: Option<Timestamp>,
}

/// Keeps that it was said.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    case: CaseId,
    by: PersonId,
    left: PersonId,
    message: MessageId,
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        r#"
        insert into separation (municipality_id, id, case_id, said_by, left_by, message_id, said_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        "#,
        municipality,
        SeparationId(Uuid::now_v7()),
        case,
        by,
        left,
        message,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The latest in a case, whatever became of it.
pub(crate) async fn latest(tx: &mut TenantTx, case: CaseId) -> Result<Option<Separation>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select s.id, s.left_by, p.name_sealed as "name_sealed!", s.said_at, s.disputed_at, s.undone_at
          from separation s
          join person p on (p.municipality_id, p.id) = (s.municipality_id, s.left_by)
         where s.municipality_id = $1 and s.case_id = $2
         order by s.said_at desc
         limit 1
        "#,
        municipality,
        case,
    )
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let left_by = PersonId(row.left_by);
    Ok(Some(Separation {
        id: SeparationId(row.id),
        case,
        left_by,
        name: names::open(&tx.vault(), left_by, &row.name_sealed)?,
        said: row.said_at.to_jiff(),
        disputed: row.disputed_at.map(SqlTimestamp::to_jiff),
        undone: row.undone_at.map(SqlTimestamp::to_jiff),
    }))
}

/// Puts the one who left back into the household, and waits for their signature again. Tells whether it could be done: somebody else may
/// stand in their place by now, or a colleague was first.
pub(crate) async fn undo(tx: &mut TenantTx, separation: &Separation, by: StaffId) -> Result<bool, DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let is_back =
        query_scalar!(r#"select rejoin_household($1, $2) as "is_back!""#, separation.case, separation.left_by)
            .fetch_one(tx.connection())
            .await?;
    if !is_back {
        return Ok(false);
    }
    query!(
        "update separation set undone_at = $3, undone_by = $4 where municipality_id = $1 and id = $2 and undone_at is null",
        municipality,
        separation.id,
        at,
        by,
    )
    .execute(tx.connection())
    .await?;
    query!(
        r#"
        update signer s set state = 'awaited', changed_at = $4
          from renewal r
         where (r.municipality_id, r.id) = (s.municipality_id, s.renewal_id)
           and s.municipality_id = $1 and r.case_id = $2 and s.person_id = $3 and s.state = 'left'
           and r.state in ('draft', 'submitted', 'under-review', 'completion-requested')
        "#,
        municipality,
        separation.case,
        separation.left_by,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(true)
}
