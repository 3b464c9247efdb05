//! `POST /admin/sources/{id}/test`: the connection to a source is tested, stage by stage. Nobody is asked about.

use std::sync::Arc;
use std::time::Duration;

use domain::id::{MunicipalityId, SourceId};
use jiff::Timestamp;
use serde_json::Value;
use tokio::time::timeout;

use super::probe_result::Stored;
use crate::authority::store;
use crate::chain::chain;
use crate::db::{Action, Actor, DbError, Object, TenantTx, query};
use crate::http::{Path, Problem, Reply, Visit, see_other};
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
    let patience =
        Duration::from_secs(here.service.settings.http.request_timeout_seconds.get().into()).saturating_sub(SPARE);
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

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use axum::http::StatusCode;
    use domain::authority::Agency;
    use serde_json::json;
    use sqlx::PgPool;

    use super::*;
    use crate::authority::SourceSettings;
    use crate::test_support::Connected;
    use crate::test_support::authorities::sources;

    fn test(source: SourceId) -> String {
        format!("/admin/sources/{source}/test")
    }

    /// The latest test of a source, as it is stored.
    async fn stored_test(stage: &Connected, source: SourceId) -> Option<Value> {
        let mut tx = stage.towns.tx(&stage.towns.home).await;
        sqlx::query_scalar("select stages from source_test where source_id = $1")
            .bind(source.0)
            .fetch_optional(tx.connection())
            .await
            .unwrap()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_test_goes_through_every_stage(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let source = stage.add_agency(Agency::Fk).await;
        let page = format!("/admin/sources/{source}");
        assert!(stage.page(&page).await.contains("har inte provats"));
        assert_eq!(stage.press(&test(source), &[]).await.location.as_ref(), Some(&page));
        let stored = stored_test(&stage, source).await.unwrap();
        let states: Vec<_> = stored["stages"].as_array().unwrap().iter().map(|stage| &stage["state"]).collect();
        assert_eq!(states, ["ok"; 5], "{stored}");
        let page = stage.page(&page).await;
        for words in ["Förbindelsen fungerar", "Hitta adressen", "Bli insläppt", "gick bra", "ali"] {
            assert!(page.contains(words), "{words}");
        }
        assert!(stage.audited(source).await.contains(&("admin".to_owned(), "tested-source".to_owned())));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_test_says_which_stage_failed(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let mut nobody = stage.authorities.agency(Agency::Csn);
        nobody.tls.as_mut().unwrap().identity = None;
        let denied = stage.add_source(Some(Agency::Csn), &nobody).await;
        let endpoint = "https://elsewhere.example/".parse().unwrap();
        let elsewhere = SourceSettings { endpoint, ..stage.authorities.agency(Agency::So) };
        let unusable = stage.add_source(Some(Agency::So), &elsewhere).await;
        for (source, words) in
            [(denied, "Källan godtog inte vårt certifikat"), (unusable, "Källans inställningar går inte att använda")]
        {
            stage.press(&test(source), &[]).await;
            let page = stage.page(&format!("/admin/sources/{source}")).await;
            assert!(page.contains("Förbindelsen fungerar inte"), "{words}");
            assert!(page.contains(words), "{words}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_source_that_hangs_does_not_hold_up_the_page(pool: PgPool) {
        let mut stage = Connected::new(pool).await;
        // Takes connections and never says a word.
        let deaf = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = deaf.local_addr().unwrap();
        let service = Arc::get_mut(&mut stage.towns.service).unwrap();
        service.sources = sources([address.to_string()]);
        service.settings.http.request_timeout_seconds = NonZeroU32::new(5).unwrap();
        let endpoint = format!("https://{address}/").parse().unwrap();
        let settings = SourceSettings { endpoint, connect_timeout_ms: 60_000, ..stage.authorities.agency(Agency::Fk) };
        let source = stage.add_source(Some(Agency::Fk), &settings).await;

        let page = format!("/admin/sources/{source}");
        assert_eq!(stage.press(&test(source), &[]).await.location.as_ref(), Some(&page));
        assert_eq!(stored_test(&stage, source).await, Some(json!({ "state": "running" })));
        assert!(stage.page(&page).await.contains("Provet är inte klart"));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_else_tests_a_source(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let source = stage.add_agency(Agency::Fk).await;
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.post(host, cookie, &test(source), &[]).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
        let away = &stage.towns.away;
        assert_eq!(stage.towns.post(&away.host, &away.admin, &test(source), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stored_test(&stage, source).await, None);
        assert!(stage.audited(source).await.is_empty());
    }
}
