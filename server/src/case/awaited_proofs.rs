//! Proof that somebody has said is to come later, until it is there.

use domain::id::{PersonId, RenewalId, StatementId};
use jiff::civil::Date;

use crate::db::{DbError, TenantTx, query};

/// Something that is still to come.
pub(crate) struct Awaited {
    pub of: StatementId,
    pub due: Date,
}

/// Notes what a signer is to show later.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    later: &[StatementId],
    due: Date,
) -> Result<(), DbError> {
    if later.is_empty() {
        return Ok(());
    }
    let municipality = tx.municipality();
    query!(
        r#"
        insert into awaited_proof (municipality_id, renewal_id, person_id, statement_id, due_on)
        select $1, $2, $3, statement_id, $5 from unnest($4::uuid[]) as later (statement_id)
        "#,
        municipality,
        renewal,
        person,
        later,
        due,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What a signer is still to show, in the order of its days.
pub(crate) async fn of_signer(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
) -> Result<Vec<Awaited>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select statement_id, due_on
          from awaited_proof
         where municipality_id = $1 and renewal_id = $2 and person_id = $3 and came_at is null
         order by due_on, statement_id
        "#,
        municipality,
        renewal,
        person,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(rows.into_iter().map(|row| Awaited { of: StatementId(row.statement_id), due: row.due_on.to_jiff() }).collect())
}

/// Notes that proof of these statements has come.
pub(crate) async fn came(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    statements: &[StatementId],
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        r#"
        update awaited_proof
           set came_at = $5
         where municipality_id = $1 and renewal_id = $2 and person_id = $3 and statement_id = any ($4)
        "#,
        municipality,
        renewal,
        person,
        statements,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
