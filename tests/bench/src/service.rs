//! The service itself, the release build as an installation runs it: a process of its own behind a settings file.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use demo::identity_provider::LEVEL_HIGH;
use rustix::process::{Pid, Signal, kill_process};

use crate::country::BUSINESS_DATE;
use crate::cpu::Process;
use crate::eid::Eid;
use crate::ground::Ground;
use crate::load;

/// How long it may take to get ready before something is wrong.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Service {
    process: Child,
    pub(crate) address: SocketAddr,
    /// From its start until it said that it was ready.
    pub(crate) ready_after: Duration,
}

impl Service {
    pub(crate) async fn start(server: &Path, ground: &Ground, eid: &Eid) -> Result<Self> {
        let (address, ops) = (free_address()?, free_address()?);
        let file = settings(ground, eid, address, ops)?;
        let log = fs::File::create(ground.demo.join("service.log"))?;
        let began = Instant::now();
        let process = Command::new(server)
            .args(["serve", "--settings"])
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .with_context(|| server.display().to_string())?;
        let mut service = Self { process, address, ready_after: Duration::ZERO };
        while !is_ready(ops).await {
            if began.elapsed() > PATIENCE || service.process.try_wait()?.is_some() {
                bail!("the service did not get ready: {}", ground.demo.join("service.log").display());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        service.ready_after = began.elapsed();
        Ok(service)
    }

    /// Brings the country's schema up to this build's.
    pub(crate) fn migrate(server: &Path, ground: &Ground, eid: &Eid) -> Result<()> {
        let file = settings(ground, eid, free_address()?, free_address()?)?;
        let ended = Command::new(server).args(["migrate", "--settings"]).arg(&file).status()?;
        ensure!(ended.success(), "the schema could not be brought up to date: {ended}");
        Ok(())
    }

    pub(crate) fn process(&self) -> Process {
        Process(self.process.id())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let ended = kill_process(Pid::from_child(&self.process), Signal::TERM).map_err(Into::into);
        if let Err(error) = ended.and_then(|()| self.process.wait()) {
            eprintln!("The service goes on running: {error}");
        }
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

async fn is_ready(ops: SocketAddr) -> bool {
    let asked = load::get(ops, "localhost", "/ready").await;
    asked.is_ok_and(|status| status == 200)
}

fn settings(ground: &Ground, eid: &Eid, address: SocketAddr, ops: SocketAddr) -> Result<PathBuf> {
    let demo = &ground.demo;
    let path = |relative: &str| demo.join(relative).display().to_string();
    let provider = |trust: bool| {
        let mut table = toml::toml! {
            client_id = "fornya"
            allow_loopback_http = true
        };
        table.insert("accepted_levels".to_owned(), vec![LEVEL_HIGH].into());
        table.insert("issuer".to_owned(), eid.issuer().into());
        table.insert("client_key_file".to_owned(), path("identity/client/client.key.pem").into());
        if trust {
            table.insert("signature_trust_file".to_owned(), path("identity/signers.pem").into());
        }
        table
    };
    let mut settings = toml::toml! {
        [http]
        public_scheme = "http"
        allowance = 10_000
        connections = 8192
        connections_per_client = 8192
        [database]
        max_connections = 16
        [authorities]
        allowed_hosts = []
        [log]
        format = "json"
        filter = "warn,server=info"
    };
    let mut put = |section: &str, name: &str, value: toml::Value| {
        let section = settings.entry(section).or_insert_with(|| toml::Table::new().into());
        if let Some(section) = section.as_table_mut() {
            section.insert(name.to_owned(), value);
        }
    };
    put("http", "listen", address.to_string().into());
    put("ops", "listen", ops.to_string().into());
    for (name, login) in
        [("url", "fornya_service"), ("system_url", "fornya_service_system"), ("migration_url", "fornya_owner")]
    {
        put("database", name, ground.url_of(login).into());
    }
    put("keys", "master_key_file", path("master.key").into());
    put("demo", "business_date", BUSINESS_DATE.into());
    put("identity", "citizen", provider(true).into());
    put("identity", "staff", provider(false).into());
    let file = demo.join("fornya.toml");
    fs::write(&file, toml::to_string(&settings)?)?;
    Ok(file)
}
