//! The demo's authorities: servers on this machine that speak as the real ones do, about the people of the demo.
//!
//! Six agencies answer through SSBTEK over TLS with client certificates, and an energy company answers in plain JSON. Each can,
//! for each person, answer, answer in part, find nothing, fail or hang, and be told to do otherwise while it runs.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use domain::PersonNumber;
use jiff::civil::Date;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use url::Url;

use crate::people::{Behaviour, DemoSource, People};
use certificates::Files;
use world::World;

mod answers;
mod certificates;
mod energy;
mod ssbtek;
mod tls;
mod world;

/// Why the demo's authorities cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A certificate or token cannot be made.
    #[error("the demo's certificates cannot be made")]
    Certificates(#[from] certificates::CertificateError),
    /// The certificates cannot be used for TLS.
    #[error("the demo's certificates cannot be used")]
    Tls(#[from] tls::TlsError),
    /// An address cannot be listened on.
    #[error("the demo's authorities cannot listen on {address}")]
    Listen { address: SocketAddr, source: io::Error },
    /// An address makes no URL.
    #[error("the demo's authorities have no address")]
    Url(#[from] url::ParseError),
    /// An address is not one of this machine alone.
    #[error("the demo's authorities listen on loopback only, not on {0}")]
    NotLoopback(SocketAddr),
}

/// Where the servers listen. Port 0 takes any that is free.
#[derive(Debug, Clone, Copy)]
pub struct Listen {
    pub ssbtek: SocketAddr,
    pub energy: SocketAddr,
}

/// The running servers. They stop when it is dropped.
#[derive(Debug)]
pub struct Handle {
    pub ssbtek_url: Url,
    /// Where the energy company is asked for invoices.
    pub json_url: Url,
    /// Where the energy company says that it is well.
    pub json_health_url: Url,
    /// The board's certificate and key.
    pub client_identity_pem_path: PathBuf,
    /// The certificate that SSBTEK's own leads to.
    pub ca_pem_path: PathBuf,
    /// The token that the energy company wants.
    pub json_token_path: PathBuf,
    world: Arc<World>,
    _servers: JoinSet<()>,
}

/// Starts the servers. Certificates are made in the folder at the first start and kept. What is paid until `today` is paid,
/// what comes after is planned.
pub async fn start(folder: &Path, listen: Listen, people: Arc<People>, today: Date) -> Result<Handle, StartError> {
    let files = Files::in_folder(folder)?;
    let world = Arc::new(World::new(people, today));
    let mut servers = JoinSet::new();

    let (listener, address) = bind(listen.ssbtek).await?;
    let listener = tls::TlsListener::new(listener, address, &files)?;
    let ssbtek_url = Url::parse(&format!("https://{address}/ssbtek/v10"))?;
    let router = ssbtek::router(Arc::clone(&world));
    servers.spawn(async move { stopped(axum::serve(listener, router).await) });

    let (listener, address) = bind(listen.energy).await?;
    let router = energy::router(Arc::clone(&world), &files.read_token()?);
    servers.spawn(async move { stopped(axum::serve(listener, router).await) });

    Ok(Handle {
        ssbtek_url,
        json_url: Url::parse(&format!("http://{address}{}", energy::INVOICES))?,
        json_health_url: Url::parse(&format!("http://{address}{}", energy::HEALTH))?,
        client_identity_pem_path: files.client,
        ca_pem_path: files.ca,
        json_token_path: files.token,
        world,
        _servers: servers,
    })
}

/// What answers behind SSBTEK's address, without a network: everyone as the file of people says, or all of them in one way.
pub fn ssbtek_service(people: Arc<People>, today: Date, behaviour: Option<Behaviour>) -> Router {
    let world = World::new(people, today);
    if let Some(behaviour) = behaviour {
        world.set_behaviour(None, None, behaviour);
    }
    ssbtek::router(Arc::new(world))
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    if !address.ip().is_loopback() {
        return Err(StartError::NotLoopback(address));
    }
    let listen = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    Ok((listener, address))
}

fn stopped(result: io::Result<()>) {
    if let Err(error) = result {
        tracing::error!(error = &error as &dyn std::error::Error, "One of the demo's authorities stopped");
    }
}

impl Handle {
    /// From now on a source, or all of them, behaves so about one person, or about everyone. The narrower order wins; of
    /// two equally narrow ones the latest does.
    pub fn set_behaviour(&self, person: Option<PersonNumber>, source: Option<DemoSource>, behaviour: Behaviour) {
        self.world.set_behaviour(person, source, behaviour);
    }

    /// Forgets all such orders: everyone is as the file of people says.
    pub fn reset_behaviours(&self) {
        self.world.reset_behaviours();
    }
}
