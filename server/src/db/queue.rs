//! The job queue: enqueued in the transaction that causes it, claimed by one worker at a time, run at least once.

use domain::id::{MunicipalityId, QueryId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Db, DbError, SystemTx, TenantTx, query};
use crate::chain::chain;

/// The channel on which a commit tells of new jobs.
pub(super) const CHANNEL: &str = "fornya_job";

/// Work to be done after a commit. It holds identifiers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Job {
    /// Ask one source about one person.
    AskAuthority { query: QueryId },
}

impl Job {
    /// The name of its kind, in the queue and in metrics.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::AskAuthority { .. } => "ask-authority",
        }
    }

    fn dedupe_key(&self) -> String {
        match self {
            Self::AskAuthority { query } => query.to_string(),
        }
    }
}

/// A job that this worker holds until `claimed_until`.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The municipality whose work it is.
    pub municipality: MunicipalityId,
    pub job: Job,
    /// How many times it has been claimed, this time included.
    pub attempts: i16,
    id: Uuid,
}

pub(super) async fn enqueue(tx: &mut TenantTx, jobs: &[Job]) -> Result<(), DbError> {
    if jobs.is_empty() {
        return Ok(());
    }
    let (municipality, at) = (tx.municipality(), tx.at());
    let ids: Vec<_> = jobs.iter().map(|_| Uuid::now_v7()).collect();
    let kinds: Vec<_> = jobs.iter().map(|job| job.kind().to_owned()).collect();
    let keys: Vec<_> = jobs.iter().map(Job::dedupe_key).collect();
    let payloads = jobs.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>();
    let payloads = payloads.map_err(|_| DbError::Inconsistent { column: "job.payload" })?;
    // The workers hear of it when this transaction commits, and not at all when it does not.
    query!(
        r#"
        with put as (
            insert into job (municipality_id, id, kind, payload, dedupe_key, enqueued_at)
            select $1, e.id, e.kind, e.payload, e.key, $2
              from unnest($3::uuid[], $4::text[], $5::jsonb[], $6::text[]) as e (id, kind, payload, key)
                on conflict (municipality_id, kind, dedupe_key) do nothing
        )
        select pg_notify($7, '') as notified
        "#,
        municipality,
        at,
        ids,
        kinds.as_slice(),
        payloads.as_slice(),
        keys.as_slice(),
        CHANNEL,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(())
}

impl Claim {
    /// Takes up to `limit` due jobs, oldest first, for `hold` from now. A job that this binary cannot read, such as one that a newer binary
    /// enqueued, holds up nobody: it is let be and comes again.
    pub(crate) async fn take(
        db: &Db,
        now: Timestamp,
        hold: jiff::SignedDuration,
        limit: i64,
    ) -> Result<Vec<Self>, DbError> {
        let mut tx = SystemTx::begin(db).await?;
        let rows = query!(
            r#"
            update job
               set claimed_until = $2, attempts = least(attempts + 1, 32767)
             where (municipality_id, id) in (
                       select municipality_id, id
                         from job
                        where claimed_until is null or claimed_until < $1
                        order by enqueued_at
                        limit $3
                          for update skip locked)
            returning municipality_id, id, payload, attempts
            "#,
            now,
            now + hold,
            limit,
        )
        .fetch_all(tx.connection())
        .await?;
        tx.commit().await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let job = serde_json::from_value(row.payload)
                    .inspect_err(|error| tracing::error!(job.id = %row.id, error = %chain(error), "The job {} cannot be read", row.id))
                    .ok()?;
                Some(Self {
                    municipality: MunicipalityId(row.municipality_id),
                    job,
                    attempts: row.attempts,
                    id: row.id,
                })
            })
            .collect())
    }

    /// Holds the job until another time than it was taken for: longer while it runs, or until it is to be tried again. A claim that another
    /// worker has taken over in the meantime stays theirs.
    pub(crate) async fn hold_until(&self, db: &Db, until: Timestamp) -> Result<(), DbError> {
        let mut tx = SystemTx::begin(db).await?;
        query!(
            "update job set claimed_until = $4 where municipality_id = $1 and id = $2 and attempts = $3",
            self.municipality,
            self.id,
            self.attempts,
            until,
        )
        .execute(tx.connection())
        .await?;
        tx.commit().await
    }

    /// What every line of the log says while the job runs.
    pub(crate) fn span(&self) -> tracing::Span {
        let Self { id, municipality, attempts, job } = self;
        match job {
            Job::AskAuthority { query } => {
                tracing::info_span!("job", kind = job.kind(), %id, %municipality, %query, attempts)
            }
        }
    }

    /// The job is done: it leaves the queue.
    pub(crate) async fn done(self, db: &Db) -> Result<(), DbError> {
        let mut tx = SystemTx::begin(db).await?;
        query!("delete from job where municipality_id = $1 and id = $2", self.municipality, self.id)
            .execute(tx.connection())
            .await?;
        tx.commit().await
    }
}
