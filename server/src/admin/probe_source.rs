//! `POST /admin/sources/{id}/test`: the connection to a source is tested, stage by stage. Nobody is asked about.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Path;
use domain::id::{MunicipalityId, SourceId};
use jiff::Timestamp;
use serde_json::Value;
use tokio::time::timeout;

use super::probe_result::Stored;
use crate::authority::store;
use crate::chain::chain;
use crate::db::{Action, Actor, DbError, Object, TenantTx, query};
use crate::http::{Problem, Reply, Visit, see_other};
use crate::service::Service;
use crate::session::policy::Admin;

/// What is left of the time that a request may take, for the page after it.
const SPARE: Duration = Duration::from_secs(5);

/// The result is there when the page comes, unless the source takes longer than a request may: the page then says that the test runs.
pub(crate) async fn act(visit: Visit<Admin>, Path(id): Path<SourceId>) -> Reply {
    let Visit { here, actor, mut tx, .. } = visit;
    let settings = store::settings(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let begun = tx.at();
    begin(&mut tx, id, &actor).await?;
    tx.audit(Action::TestedSource, Object::Source(id)).await?;
    tx.commit().await?;

    let test = Test {
        service: Arc::clone(&here.service),
        municipality: here.site.municipality.id,
        actor: Actor::Admin(actor.staff()),
        source: id,
        settings,
        begun,
    };
    let running = tokio::spawn(test.run());
    let patience = Duration::from_secs(here.service.settings.http.request_timeout_seconds).saturating_sub(SPARE);
    if let Ok(ended) = timeout(patience, running).await {
        ended??;
    } else {
        tracing::info!(source.id = %id, "A connection test outlasts its request and goes on");
    }
    Ok(see_other(&format!("/admin/sources/{id}")))
}

async fn begin(tx: &mut TenantTx, id: SourceId, admin: &Admin) -> Result<(), DbError> {
    let (municipality, at, running) = (tx.municipality(), tx.at(), Stored::Running.column()?);
    query!(
        r#"
        insert into source_test (municipality_id, source_id, tested_at, tested_by, stages)
        values ($1, $2, $3, $4, $5)
            on conflict (municipality_id, source_id) do update
           set tested_at = excluded.tested_at, tested_by = excluded.tested_by, stages = excluded.stages
        "#,
        municipality,
        id,
        at,
        admin.staff(),
        running,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A test that has been begun.
struct Test {
    service: Arc<Service>,
    municipality: MunicipalityId,
    actor: Actor,
    source: SourceId,
    settings: Value,
    begun: Timestamp,
}

impl Test {
    /// Runs it with no transaction open, and keeps the result. The source is made anew, so that a renewed certificate is read.
    async fn run(self) -> Result<(), DbError> {
        let result = match self.service.sources.make(self.municipality, self.source, self.settings.clone()) {
            Ok(source) => Stored::Done { stages: source.probe(self.service.clock.real()).await },
            Err(error) => {
                tracing::warn!(source.id = %self.source, error = %chain(&error), "A source cannot be made of its settings");
                Stored::Unusable
            }
        };
        self.keep(&result).await
    }

    /// A newer test of the same source is left alone.
    async fn keep(&self, result: &Stored) -> Result<(), DbError> {
        let at = self.service.clock.business();
        let mut tx = TenantTx::begin(&self.service.db, self.municipality, self.actor, at).await?;
        let result = result.column()?;
        query!(
            r#"
            update source_test
               set stages = $4
             where municipality_id = $1 and source_id = $2 and tested_at = $3
            "#,
            self.municipality,
            self.source,
            self.begun,
            result,
        )
        .execute(tx.connection())
        .await?;
        tx.commit().await
    }
}
