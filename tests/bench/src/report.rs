//! What was measured, as a table and as JSON.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::Options;
use crate::load::Run;

#[derive(Debug, Serialize)]
pub(crate) struct Report {
    people: u32,
    sessions: u32,
    ready_ms: f64,
    /// The most memory that the service held, in bytes.
    pub(crate) most_memory: u64,
    pub(crate) figures: Vec<Figure>,
}

/// One page or act. Times are in microseconds; each figure is the median of its rounds.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    name: &'static str,
    statements: f64,
    per_second: f64,
    p50: f64,
    p99: f64,
    app_cpu: f64,
    postgres_cpu: f64,
    pgbench_per_second: f64,
    /// How much of pgbench's rate remains behind the service, in the same round.
    ratio: f64,
}

pub(crate) struct Round {
    per_second: f64,
    p50: f64,
    p99: f64,
    app_cpu: f64,
    postgres_cpu: f64,
    pgbench: f64,
}

impl Round {
    #[expect(clippy::cast_precision_loss, reason = "figures for people to read")]
    pub(crate) fn new(run: &Run, app: Duration, postgres: Duration, pgbench: f64) -> Self {
        let each = |used: Duration| micros(used) / run.times.len().max(1) as f64;
        Self {
            per_second: run.per_second(),
            p50: micros(run.within(500)),
            p99: micros(run.within(990)),
            app_cpu: each(app),
            postgres_cpu: each(postgres),
            pgbench,
        }
    }
}

impl Figure {
    pub(crate) fn new(name: &'static str, statements: f64, rounds: &[Round]) -> Self {
        let median = |of: fn(&Round) -> f64| {
            let mut values: Vec<f64> = rounds.iter().map(of).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or_default()
        };
        Self {
            name,
            statements,
            per_second: median(|round| round.per_second),
            p50: median(|round| round.p50),
            p99: median(|round| round.p99),
            app_cpu: median(|round| round.app_cpu),
            postgres_cpu: median(|round| round.postgres_cpu),
            pgbench_per_second: median(|round| round.pgbench),
            ratio: median(|round| round.per_second / round.pgbench),
        }
    }
}

impl Report {
    pub(crate) fn new(options: &Options, ready: Duration) -> Self {
        Self {
            people: options.people,
            sessions: options.sessions,
            ready_ms: micros(ready) / 1000.0,
            most_memory: 0,
            figures: Vec::new(),
        }
    }

    #[expect(clippy::print_stdout, reason = "this is what the program is for")]
    pub(crate) fn print(&self) {
        println!(
            "\n{:<8} {:>10} {:>8} {:>8} {:>9} {:>9} {:>10} {:>10} {:>6}",
            "", "requests/s", "p50 ms", "p99 ms", "app µs", "pg µs", "statements", "pgbench/s", "ratio"
        );
        for it in &self.figures {
            println!(
                "{:<8} {:>10.0} {:>8.1} {:>8.1} {:>9.0} {:>9.0} {:>10.1} {:>10.0} {:>6.2}",
                it.name,
                it.per_second,
                it.p50 / 1000.0,
                it.p99 / 1000.0,
                it.app_cpu,
                it.postgres_cpu,
                it.statements,
                it.pgbench_per_second,
                it.ratio
            );
        }
        println!("\nReady after {:.0} ms; at most {} MB of memory", self.ready_ms, self.most_memory / 1_000_000);
    }

    pub(crate) fn keep(&self, file: &Path) -> Result<()> {
        fs::write(file, serde_json::to_string_pretty(self)?)?;
        println!("Kept in {}", file.display());
        Ok(())
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
