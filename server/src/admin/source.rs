//! `GET /admin/sources/{id}`: one authority source.

use app::admin::model::{OpenedSource, Test};
use app::admin::source;
use axum::extract::Path;
use domain::id::SourceId;
use jiff_sqlx::Timestamp as SqlTimestamp;

use super::sources::{shown, stored};
use super::{certificate, probe_result};
use crate::db::{Action, DbError, Object, TenantTx, query};
use crate::http::{Problem, Reply, Visit};
use crate::session::policy::Admin;

/// How it is reached, how it fares, and its latest test.
pub(crate) async fn page(mut visit: Visit<Admin>, Path(id): Path<SourceId>) -> Reply {
    let (here, tx) = (&visit.here, &mut visit.tx);
    let row = stored(tx, Some(id)).await?.pop().ok_or(Problem::NotFound)?;
    let switched = last_switch(tx, id).await?;
    let test = latest_test(tx, id).await?;
    tx.audit(Action::SawSources, Object::Source(id)).await?;
    let (source, settings) = shown(here, row)?;
    let local = |at: SqlTimestamp| here.local(at.to_jiff());
    let test = test.map(|(at, by, stages)| {
        let stages = probe_result::shown(stages, |at| here.local(at).date())?;
        Ok::<_, DbError>(Test { at: local(at), by, stages })
    });
    let opened = OpenedSource {
        source,
        certificate_until: certificate::valid_until(&settings).await.map(|at| here.local(at).date()),
        switched: switched.map(|(by, at)| (by, local(at))),
        test: test.transpose()?,
    };
    visit.page(source::page(opened)).await
}

async fn last_switch(tx: &mut TenantTx, id: SourceId) -> Result<Option<(String, SqlTimestamp)>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select f.name, a.at
          from audit_entry a
          join staff f on (f.municipality_id, f.id) = (a.municipality_id, a.actor_id)
         where a.municipality_id = $1 and a.object_kind = 'source' and a.object_id = $2 and a.action = $3
         order by a.at desc, a.id desc
         limit 1
        "#,
        municipality,
        id,
        Action::SwitchedSource.name(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| (row.name, row.at)))
}

async fn latest_test(
    tx: &mut TenantTx,
    id: SourceId,
) -> Result<Option<(SqlTimestamp, String, serde_json::Value)>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select t.tested_at as at, f.name, t.stages
          from source_test t
          join staff f on (f.municipality_id, f.id) = (t.municipality_id, t.tested_by)
         where t.municipality_id = $1 and t.source_id = $2
        "#,
        municipality,
        id,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| (row.at, row.name, row.stages)))
}
