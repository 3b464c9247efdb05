//! `./dev bench`: the service under load, as it is deployed, and beside each figure what Postgres alone does with the same statements.
//!
//! The ground is a country: every municipality, each filled with copies of the demo's households and their year, under keys of its own.
//! The load comes from this process, the service and Postgres are others.

mod copy;
mod country;
mod cpu;
mod eid;
mod ground;
mod load;
mod measure;
mod pgbench;
mod report;
mod service;
mod statements;
mod template;
mod workload;

use std::path::PathBuf;

use clap::Parser;

/// The service under load.
#[derive(Debug, Parser)]
struct Options {
    /// The release build of the service.
    #[arg(long)]
    server: PathBuf,
    /// Where the country is kept from one run to the next.
    #[arg(long)]
    data: PathBuf,
    /// How many people there are, over all municipalities.
    #[arg(long, default_value_t = 200_000)]
    people: u32,
    /// How many of them, and of the staff, are logged in.
    #[arg(long, default_value_t = 50_000)]
    sessions: u32,
    /// How long each page is asked for in each of the three rounds.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// One figure alone.
    #[arg(long)]
    only: Option<workload::What>,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let ground = ground::Ground::prepare(&options).await?;
        let report = measure::all(&options, &ground).await?;
        report.print();
        report.keep(&options.data.join("latest.json"))
    })
}
