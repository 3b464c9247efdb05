//! Building and starting the service, and measuring it.

use std::env;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::install;
use crate::product;
use crate::project::{Project, execute};
use crate::steps::Steps;

/// Builds the service and becomes it.
pub(crate) fn run(project: &Project, steps: &mut Steps, fresh: bool) -> Result<()> {
    steps.step("What is needed", || install::for_building(project))?;
    let data = data_folder(project)?;
    if fresh {
        steps.step(&format!("Forgetting {}", data.display()), || forget(&data))?;
    }
    steps.step("Style", || product::style(project))?;
    steps.step("Islands", || product::islands(project))?;
    steps.step("Server", || execute(cmd!(project.sh, "cargo build --locked --package server")))?;
    steps.print_times();
    println!();
    let server = project.target.join("debug/server");
    let failed = Command::new(&server).arg("demo").arg("--data").arg(data).current_dir(&project.root).exec();
    Err(failed).with_context(|| server.display().to_string())
}

pub(crate) fn build(project: &Project, steps: &mut Steps) -> Result<()> {
    let server = release(project, steps)?;
    steps.print_times();
    println!("{}", server.display());
    Ok(())
}

/// The rules' speed, and then the service under load; with `args`, which go to the program that makes it, the load alone.
pub(crate) fn bench(project: &Project, steps: &mut Steps, args: &[&str]) -> Result<()> {
    for entry in fs::read_dir(&project.root)? {
        let entry = entry?;
        if args.is_empty() && entry.path().join("benches").is_dir() {
            let package = entry.file_name();
            let measure = cmd!(project.sh, "cargo bench --locked --package {package} --bench *");
            steps.step(&format!("Measurements of {}", package.display()), || execute(measure))?;
        }
    }
    let server = release(project, steps)?;
    let data = if in_reach(project)? { project.target.join("bench") } else { PathBuf::from("/var/lib/fornya-bench") };
    let load =
        cmd!(project.sh, "cargo run --locked --release --package bench -- --server {server} --data {data} {args...}");
    steps.step("The service under load", || execute(load))?;
    steps.print_times();
    Ok(())
}

/// The binary for another machine.
fn release(project: &Project, steps: &mut Steps) -> Result<PathBuf> {
    steps.step("What is needed", || install::for_building(project))?;
    steps.step("Style", || product::style(project))?;
    steps.step("Islands", || product::islands(project))?;
    steps.step("Server", || execute(cmd!(project.sh, "cargo build --locked --release --package server")))?;
    Ok(project.target.join("release/server"))
}

fn own_database() -> bool {
    env::var_os("DATABASE_URL").is_some_and(|url| !url.is_empty())
}

fn data_folder(project: &Project) -> Result<PathBuf> {
    let here = own_database() || in_reach(project)?;
    Ok(if here { project.path("data") } else { PathBuf::from("/var/lib/fornya") })
}

/// Root's Postgres runs as another account, which cannot enter a private home.
fn in_reach(project: &Project) -> Result<bool> {
    Ok(embedded_postgres::can_enter(&project.root)?)
}

fn forget(data: &std::path::Path) -> Result<()> {
    if own_database() {
        bail!("--fresh forgets the private Postgres only; empty the one in DATABASE_URL yourself.");
    }
    let postgres = data.join("postgres");
    if postgres.exists() && !embedded_postgres::is_abandoned(&postgres) {
        bail!("The service is running: stop it first.");
    }
    if data.exists() {
        fs::remove_dir_all(data).with_context(|| data.display().to_string())?;
    }
    Ok(())
}
