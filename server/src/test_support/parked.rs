//! Jobs that could not be done.

use domain::id::{JobId, MunicipalityId};
use sqlx::PgPool;
use uuid::Uuid;

/// A job of a municipality that is parked after its tries.
pub(crate) async fn parked_job(pool: &PgPool, town: MunicipalityId, payload: &str, cause: &str) -> JobId {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into job (municipality_id, id, kind, payload, dedupe_key, enqueued_at, attempts, cause, parked_at)
         values ($1, $2, $3::jsonb ->> 'kind', $3::jsonb, $2::text, '2026-11-24', 10, $4, '2026-11-24')",
    )
    .bind(town.0)
    .bind(id)
    .bind(payload)
    .bind(cause)
    .execute(pool)
    .await
    .unwrap();
    JobId(id)
}
