//! The figures: each page and act three times under load, and after each time the same statements by pgbench.

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::Options;
use crate::country;
use crate::eid::{self, Eid};
use crate::ground::Ground;
use crate::load::{self, CLIENTS, Requests, Run, Until};
use crate::pgbench::Bench;
use crate::report::{Figure, Report, Round};
use crate::service::Service;
use crate::statements;
use crate::workload::{LoggedIn, What};

const ROUNDS: usize = 3;
/// How many requests' statements are recorded.
const RECORDED: u64 = 2_000;

/// Everything that a figure needs.
struct Bed<'a> {
    options: &'a Options,
    ground: &'a Ground,
    eid: &'a Eid,
    logged_in: &'a LoggedIn,
    db: PgConnection,
}

/// What was recorded of a figure.
struct Recorded {
    what: What,
    bench: Bench,
    requests: usize,
    /// Statements a request, begin and commit included.
    statements: f64,
}

pub(crate) async fn all(options: &Options, ground: &Ground) -> Result<Report> {
    let mut db = PgConnection::connect(&ground.url).await?;
    let logged_in = LoggedIn::new(&mut db, options.sessions).await?;
    let signers = logged_in.signers(&mut db, &ground.demo.join("master.key")).await?;
    let eid = Eid::start(&ground.demo, &signers).await?;
    Service::migrate(&options.server, ground, &eid)?;
    let mut bed = Bed { options, ground, eid: &eid, logged_in: &logged_in, db };
    let whats = What::value_variants().iter().copied().filter(|what| options.only.is_none_or(|only| only == *what));

    let mut recorded = Vec::new();
    bed.log_statements(true).await?;
    for what in whats {
        println!("Recording the statements of {}", what.name());
        recorded.push(bed.record(what).await?);
    }
    bed.log_statements(false).await?;

    let service = Service::start(&options.server, ground, &eid).await?;
    let mut report = Report::new(options, service.ready_after);
    for recorded in &recorded {
        println!("Measuring {}", recorded.what.name());
        let figure = bed.measure(&service, recorded).await?;
        report.figures.push(figure);
    }
    report.most_memory = service.process().most_memory()?;
    Ok(report)
}

impl Bed<'_> {
    /// From the next connections on.
    async fn log_statements(&mut self, on: bool) -> Result<()> {
        let changes = if on {
            ["set log_statement = 'all'", "set log_error_verbosity = 'default'"]
        } else {
            ["reset log_statement", "reset log_error_verbosity"]
        };
        for change in changes {
            sqlx::query(AssertSqlSafe(format!("alter database fornya {change}"))).execute(&mut self.db).await?;
        }
        Ok(())
    }

    async fn record(&mut self, what: What) -> Result<Recorded> {
        let service = Service::start(&self.options.server, self.ground, self.eid).await?;
        let began = eid::now();
        let requests = self.logged_in.requests(what, &mut self.db, &service, self.eid).await?;
        if !what.changes() {
            // Once before, so that connections are there and what is known of municipalities is.
            one_by_one(&service, &requests).await?;
        }
        let from = fs::metadata(self.ground.log())?.len();
        let run = one_by_one(&service, &requests).await?;
        // What the service says when it ends is nobody's request.
        let text = self.log_since(from)?;
        drop(service);
        let transactions = statements::transactions(&text)?;
        let scripts = statements::scripts(&transactions, usize::try_from(CLIENTS)?, began)?;
        self.undo(what).await?;
        Ok(Recorded {
            what,
            bench: Bench::new(&self.options.data.join("pgbench").join(what.name()), &scripts)?,
            requests: run.times.len(),
            statements: per(transactions.iter().map(Vec::len).sum(), run.times.len()),
        })
    }

    async fn measure(&mut self, service: &Service, recorded: &Recorded) -> Result<Figure> {
        let time = Duration::from_secs(self.options.seconds);
        let what = recorded.what;
        let mut turn = 0;
        let mut rounds = Vec::new();
        // The first is a rehearsal: caches fill on both sides.
        for number in 0..=ROUNDS {
            sqlx::query("update session set seen_at = now(), begun_at = now()").execute(&mut self.db).await?;
            let requests = self.logged_in.requests(what, &mut self.db, service, self.eid).await?;
            let until = if what == What::Sign { Until::Turn(u64::MAX) } else { Until::Elapsed(time) };
            let from = if what.changes() { 0 } else { turn };
            let (run, app, postgres) = self.loaded(service, &requests, from, until).await?;
            turn += u64::try_from(run.times.len())?;
            self.undo(what).await?;
            let once = recorded.bench.run(&mut self.db, self.ground, 1).await?;
            let (times, took) = if what.changes() {
                (1, once)
            } else {
                let times = (time.as_secs_f64() / once.as_secs_f64()).ceil().clamp(1.0, 1e6);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "between one and a million"
                )]
                let times = times as u32;
                (times, recorded.bench.run(&mut self.db, self.ground, times).await?)
            };
            self.undo(what).await?;
            if number > 0 {
                let pgbench = per(recorded.requests, 1) * f64::from(times) / took.as_secs_f64();
                rounds.push(Round::new(&run, app, postgres, pgbench));
            }
        }
        Ok(Figure::new(what.name(), recorded.statements, &rounds))
    }

    /// A run, with what the service and Postgres used of the processors meanwhile.
    async fn loaded(
        &self,
        service: &Service,
        requests: &Arc<dyn Requests>,
        from: u64,
        until: Until,
    ) -> Result<(Run, Duration, Duration)> {
        let (app, postgres) = (service.process(), self.ground.postmaster()?);
        let before = (app.own()?, postgres.with_children()?);
        let run = load::run(service.address, requests, CLIENTS, from, until).await?;
        Ok((run, app.own()?.saturating_sub(before.0), postgres.with_children()?.saturating_sub(before.1)))
    }

    /// Makes what was saved or signed as it was before, so that the same statements do the same again.
    async fn undo(&mut self, what: What) -> Result<()> {
        let renewals = self.logged_in.renewals();
        match what {
            What::Save => {
                sqlx::query(
                    "update renewal_draft d set revision = it.revision
                       from unnest($1::uuid[], $2::uuid[], $3::int[]) as it (municipality, renewal, revision)
                      where (d.municipality_id, d.renewal_id) = (it.municipality, it.renewal)",
                )
                .bind(renewals.iter().map(|(municipality, _)| *municipality).collect::<Vec<_>>())
                .bind(renewals.iter().map(|(_, renewal)| *renewal).collect::<Vec<_>>())
                .bind(self.logged_in.revisions())
                .execute(&mut self.db)
                .await?;
            }
            What::Sign => {
                country::unsign(&mut self.db, &renewals).await?;
                sqlx::query("update identity_attempt set used_at = null").execute(&mut self.db).await?;
            }
            What::Home | What::Payouts | What::Inbox | What::Opened => {}
        }
        Ok(())
    }

    fn log_since(&self, from: u64) -> Result<String> {
        let mut log = fs::File::open(self.ground.log())?;
        log.seek(SeekFrom::Start(from))?;
        let mut text = String::new();
        log.read_to_string(&mut text)?;
        Ok(text)
    }
}

async fn one_by_one(service: &Service, requests: &Arc<dyn Requests>) -> Result<Run> {
    load::run(service.address, requests, 1, 0, Until::Turn(RECORDED)).await
}

#[expect(clippy::cast_precision_loss, reason = "figures for people to read")]
fn per(count: usize, of: usize) -> f64 {
    count as f64 / of as f64
}
