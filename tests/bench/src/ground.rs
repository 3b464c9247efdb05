//! What the service is measured on: the country in a Postgres of its own, kept from one run to the next.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use embedded_postgres::{Detached, Durability};
use rustix::process::{Pid, Signal, kill_process};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::Options;
use crate::country::{self, BUSINESS_DATE};
use crate::cpu::Process;

pub(crate) struct Ground {
    /// The folder of the demo that everything began with: its keys are in it.
    pub(crate) demo: PathBuf,
    pub(crate) url: String,
    pub(crate) postgres: Detached,
}

/// Raised when a country is made in another way, so that one of before is not measured.
const WAY: u32 = 3;

impl Ground {
    /// The country of an earlier run, or a new one.
    pub(crate) async fn prepare(options: &Options) -> Result<Self> {
        fs::create_dir_all(&options.data)?;
        let data = options.data.canonicalize()?;
        let (demo, mark) = (data.join("demo"), data.join("country.txt"));
        let wanted = format!("{} people, made in way {WAY}\n", options.people);
        if fs::read_to_string(&mark).ok().as_ref() != Some(&wanted) {
            if demo.exists() {
                Detached::stop(&demo.join("postgres"))?;
                fs::remove_dir_all(&demo)?;
            }
            demo_of_a_year(&options.server, &demo)?;
            let ground = Self::started(&demo, Durability::Throwaway)?;
            let mut db = PgConnection::connect(&ground.url).await?;
            // A quarter of a small machine, and logs that are not written over again while the country is made.
            for setting in ["shared_buffers = '2GB'", "max_wal_size = '8GB'"] {
                sqlx::query(AssertSqlSafe(format!("alter system set {setting}"))).execute(&mut db).await?;
            }
            db.close().await?;
            drop(ground);
            let ground = Self::started(&demo, Durability::Throwaway)?;
            country::fill(&ground.url, &demo.join("master.key"), options.people).await?;
            drop(ground);
            fs::write(&mark, wanted)?;
        }
        Self::started(&demo, Durability::Keep)
    }

    fn started(demo: &Path, purpose: Durability) -> Result<Self> {
        let postgres = Detached::start(&demo.join("postgres"), purpose)?;
        Ok(Self { demo: demo.to_owned(), url: postgres.url(), postgres })
    }

    /// The process that all of Postgres' others belong to.
    pub(crate) fn postmaster(&self) -> Result<Process> {
        let file = fs::read_to_string(self.demo.join("postgres/cluster/postmaster.pid"))?;
        Ok(Process(file.lines().next().context("a process identifier")?.parse()?))
    }

    /// What Postgres has logged.
    pub(crate) fn log(&self) -> PathBuf {
        self.demo.join("postgres/log")
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        if let Err(error) = Detached::stop(&self.demo.join("postgres")) {
            eprintln!("Postgres goes on running: {error}");
        }
    }
}

/// Lets the demo write its municipalities and their year.
fn demo_of_a_year(server: &Path, folder: &Path) -> Result<()> {
    let mut demo = Command::new(server)
        .args(["demo", "--json", "--throwaway", "--listen", "127.0.0.1:0", "--business-date", BUSINESS_DATE, "--data"])
        .arg(folder)
        .env_remove("DATABASE_URL")
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| server.display().to_string())?;
    let mut said = String::new();
    BufReader::new(demo.stdout.take().context("its output")?).read_line(&mut said)?;
    ensure!(said.contains("\"ready\":true"), "the demo did not get ready: {said}");
    kill_process(Pid::from_child(&demo), Signal::INT)?;
    let ended = demo.wait()?;
    ensure!(ended.success(), "the demo ended badly: {ended}");
    Ok(())
}
