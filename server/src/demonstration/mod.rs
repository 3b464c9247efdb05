//! The service among the parties of the demo: `server demo` starts them, writes a register and a year of history, and runs the service as
//! anybody would.

#[cfg(test)]
mod adapter_tests;
mod logins;
mod ports;
mod seed;
pub(crate) mod sources;
mod world;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use demo::people::Behaviour;

use crate::config::Settings;
use crate::db::DbError;
use crate::serve::{self, Listeners, ServeError};
use ports::Ports;
use world::{World, WorldError};

/// `server demo`
#[derive(Debug, Clone, Args)]
pub struct DemoOptions {
    /// The folder with the demo's database, keys and certificates; made at the first start.
    #[arg(long, default_value = "data")]
    pub data: PathBuf,
    /// Where the service listens. With port 0 any free port is taken, and kept for the next start.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The day that the demo's world stands on.
    #[arg(long, default_value = "2026-11-24")]
    pub business_date: Date,
    /// A Postgres server of your own instead of the embedded one.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The data need not outlive a loss of power: for tests.
    #[arg(long)]
    pub throwaway: bool,
    /// What every authority does, about everyone, instead of what the people's stories say.
    #[arg(long)]
    pub authorities: Option<Behaviour>,
    /// Say on standard output when it is ready as one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// The demo could not start, or ended badly.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The world around the service.
    #[error(transparent)]
    World(#[from] WorldError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Seed(#[from] seed::SeedError),
    /// Log lines could not be started.
    #[error("log lines cannot be started")]
    Log(#[source] Box<dyn std::error::Error>),
    /// What is told could not be written.
    #[error("standard output cannot be written to")]
    Output(#[from] std::io::Error),
}

/// What is told on standard output when the demo is ready.
#[derive(Debug, Serialize)]
struct Ready {
    #[expect(clippy::struct_field_names, reason = "the line says `\"ready\": true`")]
    ready: bool,
    /// Where the service listens.
    listen: SocketAddr,
    /// Where each municipality is visited, by its key, and where operators look.
    addresses: std::collections::BTreeMap<String, String>,
}

/// Starts the world and the service in it, and runs both until `stop` is done.
pub async fn run(
    options: DemoOptions,
    stop: impl Future<Output = ()> + Send,
    log: impl FnOnce(&Settings) -> Result<(), Box<dyn std::error::Error>>,
) -> Result<(), DemoError> {
    // The addresses are taken first and kept: what comes before serving takes long enough for somebody else to take them.
    let ports = Ports::kept(&options.data, options.listen).await?;
    let listeners = Listeners::at(ports.public(options.listen), ports.operators()).await?;
    let world = World::start(&options, ports).await?;
    log(&world.settings).map_err(DemoError::Log)?;
    if let Some(behaviour) = options.authorities {
        world.authorities.set_behaviour(None, None, behaviour);
    }
    if options.database_url.is_none() {
        logins::give_to_owner(&world.creator).await?;
    }
    serve::migrate(&world.settings).await?;
    logins::make(&world.creator).await?;
    let register = serve::register(&world.settings).await?;
    let filling = serve::service_over(world.settings.clone(), register)?;
    seed::fill(&filling, &world).await?;
    filling.db.close().await;
    let service = serve::service(world.settings.clone()).await?;
    let db = service.db.clone();
    tell(&options, &world)?;
    serve::serve(service, listeners, stop).await?;
    db.close().await;
    world.stop().await?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "this is what the command is for: to say where to go")]
fn tell(options: &DemoOptions, world: &World) -> Result<(), std::io::Error> {
    let addresses = world.addresses();
    if options.json {
        let ready = Ready { ready: true, listen: world.settings.http.listen, addresses };
        println!("{}", serde_json::to_string(&ready)?);
        return Ok(());
    }
    println!("\nFörnya, demo: {}. Invented people, {}.\n", world.people.municipalities.len(), options.business_date);
    for municipality in &world.people.municipalities {
        let address = world.address_of(municipality);
        println!("  {}", municipality.name);
        println!("    citizens  {address}/");
        println!("    staff     {address}/staff");
        for person in world.people.adults(&municipality.key) {
            let story = person.description.as_ref().map_or("", |description| description.sv.as_str());
            println!("      {:<24} {story}", person.name());
        }
        for staff in world.people.staff.iter().filter(|staff| staff.municipality == municipality.key) {
            println!("      {:<24} {}", staff.name, staff.role.code());
        }
        println!();
    }
    println!("  Health, readiness and metrics: http://{}", world.settings.ops.listen);
    println!("  Stop with Ctrl-C. The data stay in {}.\n", options.data.display());
    Ok(())
}
