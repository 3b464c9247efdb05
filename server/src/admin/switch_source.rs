//! A source is switched on or off: whether it is asked when somebody renews.

use axum::extract::Path;
use axum::response::Response;
use axum_extra::extract::Form;
use domain::id::SourceId;
use serde::Deserialize;

use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::login::policy::Admin;

/// The form of the switch.
#[derive(Deserialize)]
pub struct Posted {
    enabled: Wanted,
}

/// As the form sends it.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    On,
    Off,
}

/// `POST /admin/sources/{id}/switch`
///
/// Pressed twice, or on a stale page, it changes nothing the second time.
pub async fn handle(
    visit: Visit<Admin>,
    Path(id): Path<SourceId>,
    Form(posted): Form<Posted>,
) -> Result<Response, Problem> {
    let mut tx = visit.tx().await?;
    let was_on = lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let on = posted.enabled == Wanted::On;
    if on != was_on {
        switch(&mut tx, id, on).await?;
        tx.audit(Action::SwitchedSource, Object::Source(id.0)).await?;
    }
    tx.commit().await?;
    Ok(see_other(&format!("/admin/sources/{id}")))
}

async fn lock(tx: &mut TenantTx, id: SourceId) -> Result<Option<bool>, DbError> {
    let municipality = tx.municipality().0;
    Ok(sqlx::query_scalar!(
        "select enabled from authority_source where municipality_id = $1 and id = $2 for no key update",
        municipality,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

async fn switch(tx: &mut TenantTx, id: SourceId, on: bool) -> Result<(), DbError> {
    let municipality = tx.municipality().0;
    sqlx::query!(
        "update authority_source set enabled = $3 where municipality_id = $1 and id = $2",
        municipality,
        id.0,
        on,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
