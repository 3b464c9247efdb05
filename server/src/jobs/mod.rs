//! The job worker: does what transactions have asked for, after their commit.
//!
//! A job is run at least once: it leaves the queue when it is done, and comes again when its worker dies, since a claim holds only for a
//! while and is renewed as long as the job runs. So every kind of job must bear being run twice. Workers of several processes share
//! one queue. A job that has had its tries is parked: an administrator sends it again or drops it.

pub(crate) mod ask_authority;
mod bell;
mod outage;
pub(crate) mod scan_proofs;
#[cfg(test)]
mod tests;
pub(crate) mod watch_protected;

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use domain::job::JobCause;
use jiff::SignedDuration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use tracing::Instrument as _;

use crate::chain::chain;
use crate::db::queue::{self, Taking};
use crate::db::{Claim, DbError, Job, VaultError};
use crate::service::Service;
use outage::Outage;

/// How a worker goes about it.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// The most jobs at once. Nearly all of a job is waiting for an authority, without a connection to the database, so a source that hangs
    /// through a busy hour must find room beside the others.
    at_once: usize,
    /// How long a claim holds without being renewed: as long as the jobs of a dead worker lie still.
    hold: Duration,
    /// How often it looks for jobs that it has not been told of: those of a dead worker, and those to be tried again.
    poll: Duration,
    /// How long running jobs get to finish at a stop. What does not finish is let go of and comes again.
    drain: Duration,
}

impl Pace {
    const SERVICE: Self = Self {
        at_once: 256,
        hold: Duration::from_secs(30),
        poll: Duration::from_secs(5),
        drain: Duration::from_secs(8),
    };
}

/// A failed job is tried again after this long, doubled for each attempt.
const FIRST_RETRY: Duration = Duration::from_secs(1);

/// The longest wait before a failed job is tried again.
const LONGEST_RETRY: Duration = Duration::from_mins(1);

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
enum JobError {
    #[error(transparent)]
    Db(#[from] DbError),
    /// The service stops and could not wait for it.
    #[error("the service stopped before it was done")]
    CutOff,
}

/// Works until `stop` is done, then lets running jobs finish for a while.
pub(crate) async fn work(service: Arc<Service>, stop: impl Future<Output = ()> + Send) {
    work_at(Pace::SERVICE, service, stop).await;
}

async fn work_at(pace: Pace, service: Arc<Service>, stop: impl Future<Output = ()> + Send) {
    let bell = Notify::new();
    let mut hearing = pin!(bell::hear(&service.db, &bell));
    let mut stop = pin!(stop);
    let (cut, was_cut) = watch::channel(false);
    let mut running = JoinSet::new();
    let mut outage = Outage::new("The queue of jobs");
    loop {
        while running.try_join_next().is_some() {}
        let free = pace.at_once.saturating_sub(running.len());
        let pause = match take(&service, pace, free).await {
            Ok(claims) => {
                outage.over();
                for claim in claims {
                    let (span, kind) = (claim.span(), claim.job.kind());
                    let job = run(Arc::clone(&service), pace, claim, was_cut.clone());
                    running.spawn(told_of(kind, job).instrument(span));
                }
                pace.poll
            }
            Err(error) => outage.pause(&error),
        };
        tokio::select! {
            () = &mut stop => break,
            never = &mut hearing => match never {},
            () = bell.notified() => {}
            Some(_) = running.join_next(), if running.len() >= pace.at_once => {}
            () = sleep(pause) => {}
        }
    }
    let all = async |running: &mut JoinSet<()>| while running.join_next().await.is_some() {};
    if timeout(pace.drain, all(&mut running)).await.is_err() {
        tracing::warn!(jobs = running.len(), "Some jobs took too long: they are let go of and come again");
        cut.send_replace(true);
        all(&mut running).await;
    }
}

async fn take(service: &Service, pace: Pace, limit: usize) -> Result<Vec<Claim>, DbError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let (now, at, hold) = (service.clock.real(), service.clock.business(), signed(pace.hold));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Claim::take(&service.db, Taking { now, at, hold, limit }).await
}

/// Runs one job and settles its claim.
async fn run(service: Arc<Service>, pace: Pace, claim: Claim, mut was_cut: watch::Receiver<bool>) {
    let kind = claim.job.kind();
    let began = Instant::now();
    let outcome = tokio::select! {
        outcome = perform(&service, &claim) => outcome,
        never = keep(&service, pace, &claim) => match never {},
        // Whoever could cut it off is gone only together with this task.
        _ = was_cut.wait_for(|cut| *cut) => Err(JobError::CutOff),
    };
    metrics::histogram!("fornya_job_seconds", "kind" => kind).record(began.elapsed().as_secs_f64());
    let result = if outcome.is_ok() { "done" } else { "failed" };
    queue::count(kind, result);
    let again_at = |after: Duration| service.clock.real() + signed(after);
    let settled = match outcome {
        Ok(()) => claim.done(&service.db).await,
        Err(JobError::CutOff) => claim.let_go(&service.db).await,
        Err(JobError::Db(error)) => {
            let attempts = claim.attempts;
            tracing::warn!(error = %chain(&error), "A job failed at attempt {attempts}");
            claim.failed(&service.db, again_at(retry_after(attempts)), cause(&error)).await
        }
    };
    if let Err(error) = settled {
        tracing::warn!(error = %chain(&error), "A job could not be settled: it comes again when its claim has run out");
    }
}

async fn perform(service: &Service, claim: &Claim) -> Result<(), JobError> {
    match &claim.job {
        Job::AskAuthority { query } => {
            Ok(ask_authority::perform(service, claim.municipality, *query, claim.attempts).await?)
        }
    }
}

/// Renews a claim for as long as its job runs.
async fn keep(service: &Service, pace: Pace, claim: &Claim) -> Infallible {
    loop {
        sleep(pace.hold / 3).await;
        let until = service.clock.real() + signed(pace.hold);
        if let Err(error) = claim.hold_until(&service.db, until).await {
            tracing::warn!(error = %chain(&error), "A claim could not be renewed: another worker may run the job too");
        }
    }
}

/// What an administrator is told of a failure.
const fn cause(error: &DbError) -> JobCause {
    match error {
        DbError::Sqlx(_)
        | DbError::Migrate(_)
        | DbError::Locked { .. }
        | DbError::Unavailable(_)
        | DbError::NoLogin { .. }
        | DbError::TooMuch { .. } => JobCause::Database,
        DbError::NoRandom(_) | DbError::Vault(VaultError::Kms(_)) => JobCause::Unfinished,
        DbError::Vault(_) | DbError::Inconsistent { .. } | DbError::WrongMasterKey | DbError::Destroyed(_) => {
            JobCause::Data
        }
    }
}

fn retry_after(attempts: i16) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or_default();
    FIRST_RETRY.saturating_mul(2_u32.saturating_pow(doublings)).min(LONGEST_RETRY)
}

/// All our durations are short.
fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

/// Runs a job of this kind, and tells of it when it ends by a panic: a task that is joined does not say which it was.
async fn told_of(kind: &'static str, job: impl Future<Output = ()>) {
    let _told = IfItPanics { kind };
    job.await;
}

struct IfItPanics {
    kind: &'static str,
}

impl Drop for IfItPanics {
    fn drop(&mut self) {
        if std::thread::panicking() {
            queue::count(self.kind, "failed");
            tracing::error!("A job ended badly: it comes again when its claim has run out");
        }
    }
}
