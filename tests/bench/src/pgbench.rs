//! pgbench, which Postgres brings along: the same statements without a service before them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::ground::Ground;

/// The scripts of a figure, one for each client, written to files.
pub(crate) struct Bench {
    files: Vec<std::path::PathBuf>,
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

    /// Runs every script so many times, all clients at once.
    pub(crate) fn run(&self, ground: &Ground, times: u32) -> Result<Duration> {
        let began = Instant::now();
        let mut running = Vec::new();
        for file in &self.files {
            let pgbench = ground.postgres.access().program("pgbench");
            let child = Command::new(&pgbench)
                // As the service's own connections have it.
                .env("PGOPTIONS", "-c plan_cache_mode=force_generic_plan")
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
        for (mut child, file) in running {
            let log = file.with_extension("log");
            ensure!(child.wait()?.success(), "pgbench failed: {}", log.display());
        }
        Ok(began.elapsed())
    }
}
