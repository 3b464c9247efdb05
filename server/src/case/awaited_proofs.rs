//! Proof that somebody has said is to come later, until it is there.

use domain::id::{PersonId, ProofId, RenewalId, StatementId};
use jiff::civil::Date;

use crate::db::{DbError, TenantTx, query};

/// Something that was to come later.
pub(crate) struct Awaited {
    pub of: StatementId,
    pub due: Date,
    pub has_come: bool,
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

/// What a signer was to show later, what has not come first.
pub(crate) async fn of_signer(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
) -> Result<Vec<Awaited>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select statement_id, due_on, came_at is not null as "has_come!"
          from awaited_proof
         where municipality_id = $1 and renewal_id = $2 and person_id = $3
         order by came_at is not null, due_on, statement_id
        "#,
        municipality,
        renewal,
        person,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Awaited { of: StatementId(row.statement_id), due: row.due_on.to_jiff(), has_come: row.has_come })
        .collect())
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

/// What a file that was found harmful had settled is awaited again, where nothing else has come of it.
pub(crate) async fn reopen(tx: &mut TenantTx, harmful: ProofId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!(
        r#"
        update awaited_proof a
           set came_at = null
          from proof p
         where p.municipality_id = $1 and p.id = $2
           and (a.municipality_id, a.renewal_id, a.person_id, a.statement_id) = (p.municipality_id, p.renewal_id, p.person_id, p.statement_id)
           and not exists (
               select from proof o
                where (o.municipality_id, o.renewal_id, o.person_id, o.statement_id) = (p.municipality_id, p.renewal_id, p.person_id, p.statement_id)
                  and o.id <> p.id and o.scan <> 'harmful')
        "#,
        municipality,
        harmful,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
