//! Jobs that are parked after their tries: what an administrator sees of them and may do with them.

use domain::form::Which;
use domain::id::{JobId, QueryId, StaffId};
use domain::job::{DropReason, JobCause};
use jiff::Timestamp;

use super::queue::{CHANNEL, Job};
use super::{Action, DbError, Object, TenantTx, query, query_scalar};

/// A job that no worker takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredParkedJob {
    pub id: JobId,
    /// What it is to do; nothing where this version of the service cannot read it.
    pub job: Option<Job>,
    pub enqueued: Timestamp,
    pub parked: Timestamp,
    pub attempts: i16,
    pub cause: JobCause,
}

/// The parked jobs of the municipality, or one of them, the longest parked first; and how many there are in all.
pub(crate) async fn list(
    tx: &mut TenantTx,
    only: Option<JobId>,
    limit: i64,
) -> Result<(Vec<StoredParkedJob>, i64), DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select id, payload, enqueued_at, parked_at as "parked_at!", attempts, cause as "cause!", count(*) over () as "total!"
          from job
         where municipality_id = $1 and parked_at is not null and ($2::uuid is null or id = $2)
         order by parked_at, id
         limit $3
        "#,
        municipality,
        only,
        limit,
    )
    .fetch_all(tx.connection())
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let jobs = rows.into_iter().map(|row| {
        Ok(StoredParkedJob {
            id: JobId(row.id),
            job: serde_json::from_value(row.payload).ok(),
            enqueued: row.enqueued_at.to_jiff(),
            parked: row.parked_at.to_jiff(),
            attempts: row.attempts,
            cause: JobCause::from_code(&row.cause).ok_or(DbError::Inconsistent { column: "job.cause" })?,
        })
    });
    Ok((jobs.collect::<Result<_, DbError>>()?, total))
}

/// Gives one parked job, or all of them, to the workers again, with all its tries before it.
pub(crate) async fn send_again(tx: &mut TenantTx, which: Which<JobId>) -> Result<(), DbError> {
    let municipality = tx.municipality();
    let sent = query_scalar!(
        r#"
        with sent as (
            update job
               set attempts = 0, claimed_until = null, cause = null, parked_at = null
             where municipality_id = $1 and parked_at is not null and ($2::uuid is null or id = $2)
            returning id)
        select id as "id!" from sent, pg_notify($3, '')
        "#,
        municipality,
        which.one(),
        CHANNEL,
    )
    .fetch_all(tx.connection())
    .await?;
    let sent: Vec<_> = sent.into_iter().map(JobId).collect();
    tx.audit_each(Action::SentJobAgain, Object::Job, &sent).await
}

/// What became of a job that was to be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dropped {
    /// It is gone, and with it what would have answered this question.
    Gone(Option<QueryId>),
    /// Somebody had dropped it before.
    WasGone,
    /// It has been sent again, or was never there.
    NotParked,
}

/// Takes a parked job out of the queue for good, and keeps who dropped it and why.
pub(crate) async fn drop_one(
    tx: &mut TenantTx,
    id: JobId,
    by: StaffId,
    reason: DropReason,
) -> Result<Dropped, DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let gone = query!(
        r#"
        with gone as (
            delete from job where municipality_id = $1 and id = $2 and parked_at is not null returning *),
        kept as (
            insert into dropped_job (municipality_id, job_id, kind, payload, enqueued_at, attempts, cause, parked_at, dropped_at, dropped_by, reason)
            select municipality_id, id, kind, payload, enqueued_at, attempts, cause, parked_at, $3, $4, $5 from gone)
        select kind, dedupe_key from gone
        "#,
        municipality,
        id,
        at,
        by,
        reason,
    )
    .fetch_optional(tx.connection())
    .await?;
    if let Some(row) = gone {
        tx.audit(Action::DroppedJob, Object::Job(id)).await?;
        return Ok(Dropped::Gone(Job::question(&row.kind, &row.dedupe_key)));
    }
    let was_gone = query_scalar!(
        r#"select exists (select from dropped_job where municipality_id = $1 and job_id = $2) as "was_gone!""#,
        municipality,
        id,
    );
    Ok(if was_gone.fetch_one(tx.connection()).await? { Dropped::WasGone } else { Dropped::NotParked })
}

/// Who dropped which job of late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DroppedRow {
    pub by: String,
    pub at: Timestamp,
    pub enqueued: Timestamp,
    pub job: Option<Job>,
    pub reason: DropReason,
}

/// What has been dropped, the latest first.
pub(crate) async fn dropped(tx: &mut TenantTx, limit: i64) -> Result<Vec<DroppedRow>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select d.payload, d.enqueued_at, d.dropped_at, d.reason, f.name
          from dropped_job d
          join staff f on (f.municipality_id, f.id) = (d.municipality_id, d.dropped_by)
         where d.municipality_id = $1
         order by d.dropped_at desc, d.job_id
         limit $2
        "#,
        municipality,
        limit,
    )
    .fetch_all(tx.connection())
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(DroppedRow {
            by: row.name,
            at: row.dropped_at.to_jiff(),
            enqueued: row.enqueued_at.to_jiff(),
            job: serde_json::from_value(row.payload).ok(),
            reason: DropReason::from_code(&row.reason).ok_or(DbError::Inconsistent { column: "dropped_job.reason" })?,
        })
    });
    rows.collect()
}
