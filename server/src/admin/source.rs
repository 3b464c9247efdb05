//! `GET /admin/sources/{id}`: one authority source.

use app::admin::model::{OpenedSource, Test};
use app::admin::source;
use domain::id::SourceId;
use jiff_sqlx::Timestamp as SqlTimestamp;

use super::sources::{shown, stored};
use super::{certificate, probe_result};
use crate::db::{Action, DbError, Object, TenantTx, query};
use crate::http::{Path, Problem, Reply, Visit};
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

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use sqlx::PgPool;

    use crate::test_support::Connected;

    #[sqlx::test(migrations = "../migrations")]
    async fn a_source_is_shown_with_its_certificate_and_without_its_secrets(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let agency = stage.add_agency(Agency::Fk).await;
        let energy = stage.add_source(None, &stage.authorities.energy()).await;
        let opened = stage.page(&format!("/admin/sources/{agency}")).await;
        assert!(opened.contains("Certifikatet gäller till och med"), "SSBTEK is asked with a certificate");
        assert!(
            opened.contains("har inte provats") && !opened.contains("Ändrat av"),
            "nobody has done anything with it"
        );
        let opened = stage.page(&format!("/admin/sources/{energy}")).await;
        assert!(opened.contains(stage.authorities.handle.json_url.as_str()), "{opened}");
        assert!(!opened.contains("Certifikatet gäller till och med"), "the energy company is not");
        let secret = stage.authorities.handle.json_token_path.display().to_string();
        assert!(!opened.contains(&secret), "no path of a secret is shown");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_source_is_opened_by_the_towns_own_administrator_alone(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let source = stage.add_agency(Agency::Fk).await;
        let path = format!("/admin/sources/{source}");
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.get(host, cookie, &path).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
        let away = &stage.towns.away;
        assert_eq!(stage.towns.get(&away.host, &away.admin, &path).await.status, StatusCode::NOT_FOUND);
        assert!(stage.audited(source).await.is_empty());
        stage.page(&path).await;
        assert_eq!(stage.audited(source).await, [("admin".to_owned(), "saw-sources".to_owned())]);
    }
}
