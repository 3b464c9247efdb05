//! The service from start to stop.

mod descriptors;
#[cfg(test)]
mod flood_tests;
#[cfg(test)]
mod start_tests;
#[cfg(test)]
mod stop_tests;

use std::any::Any;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use app::i18n::{Catalogue, CatalogueError};
use axum::Router;
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tokio::time::timeout;

use crate::authority::Sources;
use crate::chain::chain;
use crate::clock::{Clock, ClockError};
use crate::config::{Database, KeyFileError, MasterKeySource, Settings, SettingsError};
use crate::db::{Db, DbError, Kms, Logins, MasterKey, Readiness, VaultError};
use crate::file;
use crate::gate::Gate;
use crate::gate::connections::{self, Door};
use crate::http::assets;
use crate::http::ops::{self, Ops};
use crate::identity::providers::{Providers, ProvidersError};
use crate::municipality::Municipalities;
use crate::service::Service;
use crate::{jobs, routes};

/// How often what was measured is gathered in: until then each time that was taken lies by itself.
const GATHER: Duration = Duration::from_secs(5);

/// How long every part of the service gets to end at a stop: somewhat longer than its requests and its jobs get.
const ENDS_WITHIN: Duration = Duration::from_secs(12);

/// The service could not start, or ended badly. The text says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A setting cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The master key is not one.
    #[error("what {setting} names cannot be used")]
    MasterKey { setting: &'static str, source: VaultError },
    #[error(transparent)]
    Db(#[from] DbError),
    /// The schema is older than this binary.
    #[error("the schema of the database is older than this binary: run `server migrate` first")]
    OldSchema,
    /// The time zone is missing.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The identity providers cannot be set up.
    #[error(transparent)]
    Providers(#[from] ProvidersError),
    /// The texts cannot be used.
    #[error(transparent)]
    Texts(#[from] CatalogueError),
    /// The built style and scripts cannot be used.
    #[error(transparent)]
    Assets(#[from] assets::AssetError),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}")]
    Listen { address: SocketAddr, source: io::Error },
    /// Metrics could not be set up.
    #[error("metrics cannot be set up")]
    Metrics(#[from] BuildError),
    #[error("serving failed")]
    Io(#[from] io::Error),
    /// Nobody was told any more how the service is.
    #[error("the thread for operators ended badly")]
    Operators(#[source] io::Error),
}

/// Opens the database that the settings name, as the service's own logins.
pub fn database(settings: &Settings) -> Result<Db, ServeError> {
    let Database { url, system_url, max_connections, .. } = &settings.database;
    let logins = Logins { tenant: url.options(), system: system_url.options() };
    Ok(Db::connect(logins, max_connections.get(), master_key(settings)?))
}

/// Opens it as who fills registers.
pub async fn register(settings: &Settings) -> Result<Db, ServeError> {
    let db = Db::connect_register(settings.database.register()?.options(), master_key(settings)?);
    ready(&db).await?;
    Ok(db)
}

/// Opens it as the owner of the schema, who may become the role of keys.
pub fn owner(settings: &Settings) -> Result<Db, ServeError> {
    Ok(Db::connect_owner(&settings.database.owner()?.options(), master_key(settings)?))
}

/// Brings the schema up to date, as its owner.
pub async fn migrate(settings: &Settings) -> Result<(), ServeError> {
    Ok(owner(settings)?.migrate().await?)
}

/// The master key of the settings, and the one that it replaces while one is named. A key management service is not asked yet.
pub(crate) fn master_key(settings: &Settings) -> Result<MasterKey, ServeError> {
    let key = of_source(settings.keys.source()?)?;
    match settings.keys.previous()? {
        Some(previous) => Ok(key.in_place_of(of_source(previous)?)),
        None => Ok(key),
    }
}

fn of_source(source: MasterKeySource) -> Result<MasterKey, ServeError> {
    match source {
        MasterKeySource::File(setting, file) => {
            MasterKey::from_base64(&file.read(setting)?).map_err(|source| ServeError::MasterKey { setting, source })
        }
        MasterKeySource::Kms { url, token } => {
            let kms = Kms::new(&url, token).map_err(VaultError::from);
            let kms = kms.map_err(|source| ServeError::MasterKey { setting: "keys.kms_url", source })?;
            Ok(MasterKey::kept_by(kms))
        }
    }
}

/// Makes the service of these settings. Nothing outside is called yet but the database.
pub async fn service(settings: Settings) -> Result<Arc<Service>, ServeError> {
    let db = database(&settings)?;
    ready(&db).await?;
    Ok(Arc::new(service_over(settings, db)?))
}

async fn ready(db: &Db) -> Result<(), ServeError> {
    db.check_logins().await?;
    if !Readiness::of(db).is_ready().await? {
        return Err(ServeError::OldSchema);
    }
    Ok(db.check_master_key().await?)
}

/// The time that business is done in.
pub fn clock(settings: &Settings) -> Result<Clock, ServeError> {
    Ok(Clock::new(settings.demo.as_ref().map(|demo| demo.business_date))?)
}

/// The service over a database that is known to be ready.
pub(crate) fn service_over(settings: Settings, db: Db) -> Result<Service, ServeError> {
    let clock = clock(&settings)?;
    Ok(Service {
        municipalities: Municipalities::new(&settings.http),
        providers: Providers::new(&settings.identity, clock.clone())?,
        sources: Sources::new(&settings.authorities),
        catalogue: Catalogue::load()?,
        assets: Arc::new(assets::paths()?),
        files: file::FileReader::new(settings.files.clamd.as_ref()),
        gate: Gate::new(&settings.http, settings.database.max_connections.get()),
        clock,
        db,
        settings,
    })
}

/// The two addresses, taken: from here on a connection waits rather than fails.
pub struct Listeners {
    public: TcpListener,
    ops: TcpListener,
}

impl Listeners {
    /// Takes both addresses of the settings.
    pub async fn bind(settings: &Settings) -> Result<Self, ServeError> {
        Self::at(settings.http.listen, settings.ops.listen).await
    }

    pub(crate) async fn at(public: SocketAddr, ops: SocketAddr) -> Result<Self, ServeError> {
        Ok(Self { public: listen(public).await?, ops: listen(ops).await? })
    }
}

/// Serves until `stop` is done, then lets running requests and jobs finish.
///
/// At a stop `/ready` fails first. New connections are still taken for a while, so that whoever sends requests here has time to hear of it;
/// what they ask is answered, each answer the last of its connection. Operators are answered to the end.
pub async fn serve(
    service: Arc<Service>,
    listeners: Listeners,
    stop: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let metrics = metrics()?;
    let (stage, staged) = watch::channel(Door::Open);
    let (done, was_done) = watch::channel(Door::Open);
    let Listeners { public, ops } = listeners;
    tracing::info!(address = %public.local_addr()?, ops = %ops.local_addr()?, "The service listens");

    let ops_app = ops::router(Ops {
        served_on: Handle::current(),
        readiness: Readiness::of(&service.db),
        stage: staged.clone(),
        metrics: metrics.clone(),
    });
    let operators = serve_operators(ops, ops_app, was_done)?;
    let rules = descriptors::rules(&service.settings, service.gate.clients.are_behind_proxy());
    let mut parts = JoinSet::new();
    parts.spawn(connections::serve(public, routes::router(&service), rules, staged.clone()));
    let (of_service, no_more) = (Arc::clone(&service), Door::closed(staged.clone()));
    parts.spawn(async move { gather(&of_service, &metrics, no_more).await });
    parts.spawn(jobs::watch_protected::watch(Arc::clone(&service), Door::closed(staged.clone())));
    parts.spawn(jobs::scan_proofs::watch(Arc::clone(&service), Door::closed(staged.clone())));
    let (looking, no_more) = (Arc::clone(&service), Door::closed(staged.clone()));
    parts.spawn(async move {
        tokio::select! {
            () = looking.providers.look() => {}
            () = no_more => {}
        }
    });
    parts.spawn(jobs::work(Arc::clone(&service), Door::closed(staged)));

    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(ended) = parts.join_next() => tell(ended),
        }
    }
    let linger = service.settings.http.linger_seconds;
    tracing::info!("Stopping: new connections are taken for {linger} seconds more");
    stage.send_replace(Door::Leaving);
    tokio::time::sleep(Duration::from_secs(linger.into())).await;
    tracing::info!("Stopping: running requests finish");
    stage.send_replace(Door::Closed);
    let all = async {
        while let Some(ended) = parts.join_next().await {
            tell(ended);
        }
    };
    if timeout(ENDS_WITHIN, all).await.is_err() {
        tracing::warn!("A part of the service took too long to end and was cut off");
        parts.shutdown().await;
    }
    done.send_replace(Door::Closed);
    let operators = end_of(operators).await;
    service.db.close().await;
    tracing::info!("The service has stopped");
    operators
}

/// A part of the service is to end without a word.
fn tell(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(error = %chain(&error), "A part of the service ended badly");
    }
}

/// Serves operators on a thread and descriptors of their own, so that they are answered whatever the public does.
fn serve_operators(
    listener: TcpListener,
    app: Router,
    stage: watch::Receiver<Door>,
) -> Result<JoinHandle<io::Result<()>>, ServeError> {
    let listener = listener.into_std()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let serve = move || {
        runtime.block_on(async {
            connections::serve(TcpListener::from_std(listener)?, app, descriptors::OPERATORS, stage).await;
            Ok(())
        })
    };
    Ok(std::thread::Builder::new().name("operators".to_owned()).spawn(serve)?)
}

/// Waits for the thread of operators, which may have ended long since.
async fn end_of(operators: JoinHandle<io::Result<()>>) -> Result<(), ServeError> {
    let joined = tokio::task::spawn_blocking(|| operators.join()).await.map_err(io::Error::from);
    let ended = joined.and_then(|ended| ended.unwrap_or_else(|panic| Err(io::Error::other(said(&*panic)))));
    ended.map_err(ServeError::Operators)
}

/// What a panic says.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic").to_owned()
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })
}

/// Nobody needs to read the metrics, or to come again, for what is remembered to take no more room.
async fn gather(service: &Service, metrics: &PrometheusHandle, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    while timeout(GATHER, &mut stop).await.is_err() {
        metrics.run_upkeep();
        service.gate.limits.forget();
    }
}

fn metrics() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new()
        .set_buckets(&[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0])?
        .install_recorder()
}
