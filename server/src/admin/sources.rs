//! `GET /admin/sources`: the authority sources of the municipality.

use app::admin::model::{DayCount, Protocol, SourceRow};
use app::admin::sources;
use app::model::AuthorityName;
use domain::authority::{Agency, FailureKind};
use domain::id::SourceId;
use jiff::SignedDuration;
use jiff_sqlx::Timestamp as SqlTimestamp;
use url::Url;
use uuid::Uuid;

use crate::authority::{SourceKind, SourceSettings};
use crate::db::{Action, DbError, Object, TenantTx, query_as};
use crate::http::{Here, Reply, Visit};
use crate::session::policy::Admin;

/// Each with how it fares.
pub(crate) async fn page(mut visit: Visit<Admin>) -> Reply {
    let rows = stored(&mut visit.tx, None).await?;
    let sources = rows.into_iter().map(|row| Ok(shown(&visit.here, row)?.0)).collect::<Result<_, DbError>>()?;
    visit.tx.audit(Action::SawSources, Object::None).await?;
    visit.page(sources::page(sources)).await
}

/// A source as it is stored, with what became of its questions of the last 24 hours.
pub(super) struct Row {
    id: Uuid,
    name: String,
    agency: Option<String>,
    settings: serde_json::Value,
    enabled: bool,
    last_success_at: Option<SqlTimestamp>,
    last_failure_at: Option<SqlTimestamp>,
    last_failure_kind: Option<String>,
    asked: i64,
    failed: i64,
}

/// Every source, or one. What was asked and what failed is counted in the audit trail: the answers themselves are sealed.
pub(super) async fn stored(tx: &mut TenantTx, only: Option<SourceId>) -> Result<Vec<Row>, DbError> {
    let (municipality, since) = (tx.municipality(), tx.at() - SignedDuration::from_hours(24));
    Ok(query_as!(
        Row,
        r#"
        select s.id, s.name, s.agency, s.settings, s.enabled, s.last_success_at,
               s.last_failure_at, s.last_failure_kind,
               day.asked as "asked!", day.failed as "failed!"
          from authority_source s
         cross join lateral (
                   select count(*) filter (where a.action = $3) as asked, count(*) filter (where a.action = $4) as failed
                     from audit_entry a
                    where a.municipality_id = s.municipality_id
                      and a.object_kind = 'source' and a.object_id = s.id and a.at > $5) day
         where s.municipality_id = $1 and ($2::uuid is null or s.id = $2)
         order by s.position
        "#,
        municipality,
        only,
        Action::AskedAuthority.name(),
        Action::GotNoAnswer.name(),
        since,
    )
    .fetch_all(tx.connection())
    .await?)
}

pub(super) fn shown(here: &Here, row: Row) -> Result<(SourceRow, SourceSettings), DbError> {
    let inconsistent = |column| DbError::Inconsistent { column };
    let settings: SourceSettings =
        serde_json::from_value(row.settings).map_err(|_| inconsistent("authority_source.settings"))?;
    let agency = row.agency.map(|code| Agency::from_code(&code).ok_or(inconsistent("authority_source.agency")));
    let failure = row.last_failure_at.zip(row.last_failure_kind).map(|(at, kind)| {
        let kind = FailureKind::from_code(&kind).ok_or(inconsistent("authority_source.last_failure_kind"))?;
        Ok::<_, DbError>((here.local(at.to_jiff()), kind))
    });
    let source = SourceRow {
        id: SourceId(row.id),
        name: agency.transpose()?.map_or(AuthorityName::Named(row.name), AuthorityName::Agency),
        protocol: match settings.kind {
            SourceKind::Ssbtek { .. } => Protocol::Ssbtek,
            SourceKind::Json(_) => Protocol::Json,
        },
        enabled: row.enabled,
        endpoint: without_secrets(&settings.endpoint),
        connect_timeout: settings.connect_timeout(),
        answer_timeout: settings.answer_timeout(),
        last_success: row.last_success_at.map(|at| here.local(at.to_jiff())),
        last_failure: failure.transpose()?,
        day: DayCount { asked: count(row.asked), failed: count(row.failed) },
    };
    Ok((source, settings))
}

/// Scheme, host, port and path: what else a stored address may hold is not for a page.
fn without_secrets(endpoint: &Url) -> String {
    format!("{}{}", endpoint.origin().ascii_serialization(), endpoint.path())
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::Connected;

    #[sqlx::test(migrations = "../migrations")]
    async fn the_list_tells_how_each_source_fares(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let source = stage.add_agency(Agency::Fk).await;
        let energy = stage.add_source(None, &stage.authorities.energy()).await;
        let mut tx = stage.towns.tx(&stage.towns.home).await;
        for action in [Action::AskedAuthority, Action::AskedAuthority, Action::AskedAuthority, Action::GotNoAnswer] {
            tx.audit(action, Object::Source(source)).await.unwrap();
        }
        sqlx::query(
            "update authority_source set last_failure_at = now(), last_failure_kind = 'timed-out' where id = $1",
        )
        .bind(source.0)
        .execute(tx.connection())
        .await
        .unwrap();
        tx.commit().await.unwrap();

        let page = stage.page("/admin/sources").await;
        for words in [
            "Försäkringskassan",
            "SSBTEK",
            "Exempelby Energi",
            stage.authorities.handle.ssbtek_url.as_str(),
            stage.authorities.handle.json_url.as_str(),
            "3 frågor, 1 fel",
            "inga frågor, inga fel",
            &format!("/admin/sources/{energy}"),
        ] {
            assert!(page.contains(words), "{words}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_list_is_for_the_towns_own_administrator(pool: PgPool) {
        let stage = Connected::new(pool).await;
        stage.add_agency(Agency::Fk).await;
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.get(host, cookie, "/admin/sources").await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
            assert!(!refused.body.contains("Försäkringskassan"));
        }
        let away = &stage.towns.away;
        let theirs = stage.towns.get(&away.host, &away.admin, "/admin/sources").await;
        assert!(theirs.status == StatusCode::OK && !theirs.body.contains("Försäkringskassan"), "{}", theirs.body);
        assert!(stage.page("/admin/sources").await.contains("Försäkringskassan"));
    }

    #[test]
    fn an_address_is_shown_without_what_may_be_secret() {
        for (stored, shown) in [
            ("https://ssbtek.example/ssbtek/v10", "https://ssbtek.example/ssbtek/v10"),
            ("https://user:word@energy.example:8443/invoices?key=1#a", "https://energy.example:8443/invoices"),
            ("http://[::1]:8080", "http://[::1]:8080/"),
        ] {
            assert_eq!(without_secrets(&stored.parse().unwrap()), shown);
        }
    }
}
