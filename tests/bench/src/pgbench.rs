//! pgbench, which Postgres brings along: the same statements without a service before them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use server::bench::PLANS;
use sqlx::PgConnection;

use crate::ground::Ground;

/// The lock that clients wait for before they begin.
pub(crate) const START: i64 = 1;

/// The scripts of a figure, one for each client, written to files.
pub(crate) struct Bench {
    files: Vec<PathBuf>,
}

impl Bench {
    pub(crate) fn new(folder: &Path, scripts: &[String]) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let mut files = Vec::new();
        for (number, script) in scripts.iter().enumerate() {
            let file = folder.join(format!("{number}.sql"));
            fs::write(&file, script)?;
            files.push(file);
        }
        Ok(Self { files })
    }

    /// Runs every script so many times, all clients at once: how long it took from when all were ready. pgbench takes seconds to read a script of
    /// long documents.
    pub(crate) async fn run(&self, db: &mut PgConnection, ground: &Ground, times: u32) -> Result<Duration> {
        sqlx::query("select pg_advisory_lock($1)").bind(START).execute(&mut *db).await?;
        // As the service's own connections have it. One role does what its two logins do.
        let settings: Vec<_> = PLANS
            .iter()
            .chain(&[("role", "fornya_register")])
            .map(|(name, value)| format!("-c {name}={value}"))
            .collect();
        let pgbench = ground.postgres.access().program("pgbench");
        let mut running = Vec::new();
        for file in &self.files {
            let child = Command::new(&pgbench)
                .env("PGOPTIONS", settings.join(" "))
                .args([
                    "--no-vacuum",
                    "--protocol=simple",
                    "--client=1",
                    "--jobs=1",
                    "--username=postgres",
                    "--port=5432",
                ])
                .arg(format!("--transactions={times}"))
                .arg("--host")
                .arg(ground.demo.join("postgres"))
                .arg("--file")
                .arg(file)
                .arg("fornya")
                .stdout(Stdio::null())
                .stderr(fs::File::create(file.with_extension("log"))?)
                .spawn()
                .with_context(|| pgbench.display().to_string())?;
            running.push((child, file));
        }
        let ready = i64::try_from(self.files.len())?;
        let waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut *db).await? < ready {
            for (child, file) in &mut running {
                ensure!(child.try_wait()?.is_none(), "pgbench failed: {}", file.with_extension("log").display());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let began = Instant::now();
        sqlx::query("select pg_advisory_unlock($1)").bind(START).execute(&mut *db).await?;
        for (mut child, file) in running {
            let log = file.with_extension("log");
            ensure!(child.wait()?.success(), "pgbench failed: {}", log.display());
        }
        Ok(began.elapsed())
    }
}
