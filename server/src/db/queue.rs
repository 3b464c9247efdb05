//! The job queue: enqueued in the transaction that causes it, claimed by one worker at a time, run at least once, and parked after its tries.

use domain::id::{JobId, MunicipalityId, QueryId};
use domain::job::JobCause;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Db, DbError, SystemTx, TenantTx, query, query_as};
use crate::chain::chain;

/// The channel on which a commit tells of new jobs.
pub(super) const CHANNEL: &str = "fornya_job";

/// A job is tried this many times, over some minutes, before it is parked.
pub(crate) const TRIES: i16 = 10;

/// Work to be done after a commit. It holds identifiers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Job {
    /// Ask one source about one person.
    AskAuthority { query: QueryId },
}

impl Job {
    const ASK_AUTHORITY: &str = "ask-authority";

    /// The name of its kind, in the queue and in metrics.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::AskAuthority { .. } => Self::ASK_AUTHORITY,
        }
    }

    fn dedupe_key(&self) -> String {
        match self {
            Self::AskAuthority { query } => query.to_string(),
        }
    }

    /// The question that a stored job of this kind and key is to ask, whatever its payload says.
    pub(super) fn question(kind: &str, dedupe_key: &str) -> Option<QueryId> {
        if kind == Self::ASK_AUTHORITY { dedupe_key.parse().ok() } else { None }
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
    id: JobId,
}

/// How workers are to take jobs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taking {
    /// Real time.
    pub now: Timestamp,
    /// The business time of whatever is parked.
    pub at: Timestamp,
    /// How long a claim holds from now.
    pub hold: SignedDuration,
    pub limit: i64,
}

/// A row of the queue as it is after it was taken.
struct Taken {
    municipality_id: Uuid,
    id: Uuid,
    kind: String,
    payload: serde_json::Value,
    attempts: i16,
    cause: String,
    is_parked: bool,
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
    /// Takes up to `limit` due jobs, oldest first. One that has had its tries is parked instead. A job that this binary cannot read, such as
    /// one that a newer binary enqueued, holds up nobody: it is let be and comes again, until it has had its tries.
    pub(crate) async fn take(db: &Db, taking: Taking) -> Result<Vec<Self>, DbError> {
        let Taking { now, at, hold, limit } = taking;
        let mut tx = SystemTx::begin(db).await?;
        let rows = query_as!(
            Taken,
            r#"
            update job
               set attempts = case when attempts < $4 then attempts + 1 else attempts end,
                   claimed_until = case when attempts < $4 then $2::timestamptz end,
                   cause = case when attempts < $4 then $5 else coalesce(cause, $5) end,
                   parked_at = case when attempts >= $4 then $6::timestamptz end
             where (municipality_id, id) in (
                       select municipality_id, id
                         from job
                        where parked_at is null and (claimed_until is null or claimed_until < $1)
                        order by enqueued_at
                        limit $3
                          for update skip locked)
            returning municipality_id, id, kind, payload, attempts, cause as "cause!", parked_at is not null as "is_parked!"
            "#,
            now,
            now + hold,
            limit,
            TRIES,
            JobCause::Unfinished,
            at,
        )
        .fetch_all(tx.connection())
        .await?;
        let (parked, taken): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.is_parked);
        let (mut claims, mut unreadable) = (Vec::with_capacity(taken.len()), Vec::new());
        for row in taken {
            match serde_json::from_value(row.payload) {
                Ok(job) => claims.push(Self {
                    municipality: MunicipalityId(row.municipality_id),
                    job,
                    attempts: row.attempts,
                    id: JobId(row.id),
                }),
                Err(error) => {
                    tracing::error!(job.id = %row.id, error = %chain(&error), "The job {} cannot be read", row.id);
                    count("unreadable", "failed");
                    unreadable.push((row.municipality_id, row.id));
                }
            }
        }
        if !unreadable.is_empty() {
            let (municipalities, ids): (Vec<_>, Vec<_>) = unreadable.into_iter().unzip();
            query!(
                r#"
                update job set cause = $3
                 where (municipality_id, id) in (select u.municipality, u.id from unnest($1::uuid[], $2::uuid[]) as u (municipality, id))
                "#,
                municipalities,
                ids,
                JobCause::Unreadable,
            )
            .execute(tx.connection())
            .await?;
        }
        tx.commit().await?;
        for row in parked {
            tracing::error!(job.id = %row.id, municipality = %row.municipality_id, cause = row.cause,
                "A job is parked after {TRIES} tries: an administrator is to send it again or drop it");
            count(known_kind(&row.kind), "parked");
        }
        Ok(claims)
    }

    /// Holds the job until another time than it was taken for, while it runs. A claim that another worker has taken over in the meantime
    /// stays theirs.
    pub(crate) async fn hold_until(&self, db: &Db, until: Timestamp) -> Result<(), DbError> {
        self.settle(db, Some(until), None, self.attempts).await
    }

    /// The try came to nothing: the job is to be tried again at this time, or parked.
    pub(crate) async fn failed(&self, db: &Db, again: Timestamp, cause: JobCause) -> Result<(), DbError> {
        self.settle(db, Some(again), Some(cause), self.attempts).await
    }

    /// The job was not tried to its end, for no fault of its own: the try is given back.
    pub(crate) async fn let_go(&self, db: &Db) -> Result<(), DbError> {
        self.settle(db, None, None, self.attempts - 1).await
    }

    async fn settle(
        &self,
        db: &Db,
        until: Option<Timestamp>,
        cause: Option<JobCause>,
        attempts: i16,
    ) -> Result<(), DbError> {
        let mut tx = SystemTx::begin(db).await?;
        query!(
            r#"
            update job set claimed_until = $4, cause = coalesce($5, cause), attempts = $6
             where municipality_id = $1 and id = $2 and attempts = $3
            "#,
            self.municipality,
            self.id,
            self.attempts,
            until,
            cause,
            attempts,
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

/// Counts what became of a job.
pub(crate) fn count(kind: &'static str, result: &'static str) {
    metrics::counter!("fornya_jobs_total", "kind" => kind, "result" => result).increment(1);
}

/// The kind of a stored job, one of few: a label of a metric may not be whatever stands in a row.
fn known_kind(stored: &str) -> &'static str {
    if stored == Job::ASK_AUTHORITY { Job::ASK_AUTHORITY } else { "unreadable" }
}
