//! Answers the administrator's port: one method a page, one tenant transaction a method.

use app::admin::port::{AdminReads, DayCount, OpenedSource, Protocol, Source, SourceState, Test};
use app::port::AuthorityName;
use domain::authority::{Agency, FailureKind};
use domain::id::SourceId;
use jiff::SignedDuration;
use jiff_sqlx::{Timestamp as SqlTimestamp, ToSqlx as _};
use url::Url;
use uuid::Uuid;

use super::{certificate, stored_test};
use crate::authority::{SourceKind, SourceSettings};
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::problem::Problem;
use crate::http::visit::Reader;
use crate::session::policy::Admin;

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such source, or it is another municipality's.
    #[error("it is not there")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Db(error) => error.into(),
        }
    }
}

/// Reads for one administrator in one request.
pub type AdminReader = Reader<Admin>;

/// A source as it is stored, with what became of its questions of the last 24 hours.
struct Row {
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

impl AdminReader {
    fn shown(&self, row: Row) -> Result<(Source, SourceSettings), DbError> {
        let inconsistent = |column| DbError::Inconsistent { column };
        let settings: SourceSettings =
            serde_json::from_value(row.settings).map_err(|_| inconsistent("authority_source.settings"))?;
        let agency = row.agency.map(|code| Agency::from_code(&code).ok_or(inconsistent("authority_source.agency")));
        let failure = row.last_failure_at.zip(row.last_failure_kind).map(|(at, kind)| {
            let kind = FailureKind::from_code(&kind).ok_or(inconsistent("authority_source.last_failure_kind"))?;
            Ok::<_, DbError>((self.local(at.to_jiff()), kind))
        });
        let source = Source {
            id: SourceId(row.id),
            name: agency.transpose()?.map_or(AuthorityName::Named(row.name), AuthorityName::Agency),
            protocol: match settings.kind {
                SourceKind::Ssbtek { .. } => Protocol::Ssbtek,
                SourceKind::Json(_) => Protocol::Json,
            },
            state: if row.enabled { SourceState::On } else { SourceState::Off },
            endpoint: without_secrets(&settings.endpoint),
            connect_timeout: settings.connect_timeout(),
            answer_timeout: settings.answer_timeout(),
            last_success: row.last_success_at.map(|at| self.local(at.to_jiff())),
            last_failure: failure.transpose()?,
            day: DayCount { asked: count(row.asked), failed: count(row.failed) },
        };
        Ok((source, settings))
    }
}

impl AdminReads for AdminReader {
    type Error = ReadError;

    async fn sources(&self) -> Result<Vec<Source>, ReadError> {
        let mut tx = self.tx().await?;
        let rows = rows(&mut tx, None).await?;
        tx.audit(Action::SawSources, Object::None).await?;
        tx.commit().await?;
        Ok(rows.into_iter().map(|row| Ok(self.shown(row)?.0)).collect::<Result<_, DbError>>()?)
    }

    async fn source(&self, id: SourceId) -> Result<OpenedSource, ReadError> {
        let mut tx = self.tx().await?;
        let row = rows(&mut tx, Some(id)).await?.pop().ok_or(ReadError::NotFound)?;
        let switched = last_switch(&mut tx, id).await?;
        let test = latest_test(&mut tx, id).await?;
        tx.audit(Action::SawSources, Object::Source(id.0)).await?;
        tx.commit().await?;

        let (source, settings) = self.shown(row)?;
        let local = |at: SqlTimestamp| self.local(at.to_jiff());
        let test = test.map(|(at, by, stages)| {
            let stages = stored_test::shown(stages, |at| self.local(at).date())?;
            Ok::<_, DbError>(Test { at: local(at), by, stages })
        });
        Ok(OpenedSource {
            source,
            certificate_until: certificate::valid_until(&settings).await.map(|at| self.local(at).date()),
            switched: switched.map(|(by, at)| (by, local(at))),
            test: test.transpose()?,
        })
    }
}

/// Every source, or one. What was asked and what failed is counted in the audit trail: the answers themselves are sealed.
async fn rows(tx: &mut TenantTx, only: Option<SourceId>) -> Result<Vec<Row>, DbError> {
    let (municipality, since) = (tx.municipality().0, tx.at() - SignedDuration::from_hours(24));
    Ok(sqlx::query_as!(
        Row,
        r#"
        select s.id, s.name, s.agency, s.settings, s.enabled, s.last_success_at as "last_success_at: SqlTimestamp",
               s.last_failure_at as "last_failure_at: SqlTimestamp", s.last_failure_kind,
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
        only.map(|id| id.0),
        Action::AskedAuthority.name(),
        Action::GotNoAnswer.name(),
        since.to_sqlx() as _,
    )
    .fetch_all(tx.connection())
    .await?)
}

async fn last_switch(tx: &mut TenantTx, id: SourceId) -> Result<Option<(String, SqlTimestamp)>, DbError> {
    let municipality = tx.municipality().0;
    let row = sqlx::query!(
        r#"
        select f.name, a.at as "at: SqlTimestamp"
          from audit_entry a
          join staff f on (f.municipality_id, f.id) = (a.municipality_id, a.actor_id)
         where a.municipality_id = $1 and a.object_kind = 'source' and a.object_id = $2 and a.action = $3
         order by a.at desc, a.id desc
         limit 1
        "#,
        municipality,
        id.0,
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
    let municipality = tx.municipality().0;
    let row = sqlx::query!(
        r#"
        select t.tested_at as "at: SqlTimestamp", f.name, t.stages
          from source_test t
          join staff f on (f.municipality_id, f.id) = (t.municipality_id, t.tested_by)
         where t.municipality_id = $1 and t.source_id = $2
        "#,
        municipality,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| (row.at, row.name, row.stages)))
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
    use super::*;

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
