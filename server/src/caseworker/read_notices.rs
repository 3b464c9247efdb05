//! A caseworker has read their notices.

use axum::response::Response;
use jiff_sqlx::ToSqlx as _;

use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::login::policy::Caseworker;

/// `POST /staff/notices`
pub async fn handle(visit: Visit<Caseworker>) -> Result<Response, Problem> {
    let mut tx = visit.tx().await?;
    mark_read(&mut tx, &visit.actor).await?;
    tx.commit().await?;
    Ok(see_other("/staff/notices"))
}

/// Marks the caseworker's own, and those for everybody: one who has read what is for all has read it for all.
async fn mark_read(tx: &mut TenantTx, caseworker: &Caseworker) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality().0, tx.at());
    sqlx::query!(
        r#"
        update notice set read_at = $3
         where municipality_id = $1 and (staff_id = $2 or staff_id is null) and read_at is null
        "#,
        municipality,
        caseworker.staff().0,
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::ReadNotice, Object::None).await
}
