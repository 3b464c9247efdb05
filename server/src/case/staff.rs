//! Those who work with cases, by name.

use domain::id::StaffId;

use crate::db::{DbError, TenantTx, query};

/// The caseworkers who are there, but for one, by name.
pub(crate) async fn others(tx: &mut TenantTx, but: StaffId) -> Result<Vec<(StaffId, String)>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select id, name
          from staff
         where municipality_id = $1 and role = 'caseworker' and ended_at is null and id <> $2
         order by name, id
        "#,
        municipality,
        but,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (StaffId(row.id), row.name)).collect())
}
