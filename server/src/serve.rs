//! The service from start to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use app::i18n::{Catalogue, CatalogueError};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::authority::Sources;
use crate::chain::chain;
use crate::clock::{Clock, ClockError};
use crate::config::{KeyFileError, Settings, SettingsError};
use crate::db::{Db, DbError, MasterKey, VaultError};
use crate::http::{assets, ops};
use crate::identity::providers::{Providers, ProvidersError};
use crate::municipality::Municipalities;
use crate::service::Service;
use crate::{jobs, routes};

/// How often what was measured is gathered in: until then each time that was taken lies by itself.
const GATHER: Duration = Duration::from_secs(5);

/// How long running requests get to finish at a stop.
const DRAIN: Duration = Duration::from_secs(10);

/// The service could not start, or ended badly. The text says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A setting cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The master key is not one.
    #[error("the file of keys.master_key_file cannot be used")]
    MasterKey(#[from] VaultError),
    /// Nobody answers there, or not to this login.
    #[error("the database of {setting} cannot be used")]
    Database { setting: &'static str, source: DbError },
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
    Listen { address: SocketAddr, source: std::io::Error },
    /// Metrics could not be set up.
    #[error("metrics cannot be set up")]
    Metrics(#[from] BuildError),
    #[error("serving failed")]
    Io(#[from] std::io::Error),
}

/// Opens the database that the settings name, as the service's own login or as the schema's owner.
pub fn database(settings: &Settings, as_owner: bool) -> Result<Db, ServeError> {
    let master = settings.keys.master_key_file.read("keys.master_key_file")?;
    let url = settings.database.migration_url.as_ref().filter(|_| as_owner).unwrap_or(&settings.database.url);
    let connections = settings.database.max_connections.get();
    Ok(Db::connect(url.options(), connections, MasterKey::from_base64(&master)?))
}

/// Makes the service of these settings. Nothing outside is called yet but the database.
pub async fn service(settings: Settings) -> Result<Arc<Service>, ServeError> {
    let db = database(&settings, false)?;
    let ready = match db.is_ready().await {
        // A pool only says that it waited too long. A connection of one's own says why.
        Err(DbError::Sqlx(sqlx::Error::PoolTimedOut)) => match db.reason().await {
            Some(source) => return Err(ServeError::Database { setting: "database.url", source }),
            None => db.is_ready().await?,
        },
        ready => ready?,
    };
    if !ready {
        return Err(ServeError::OldSchema);
    }
    db.check_master_key().await?;
    Ok(Arc::new(service_over(settings, db)?))
}

/// The service over a database that is known to be ready.
pub(crate) fn service_over(settings: Settings, db: Db) -> Result<Service, ServeError> {
    let clock = Clock::new(settings.demo.as_ref().map(|demo| demo.business_date))?;
    Ok(Service {
        municipalities: Municipalities::new(&settings.http),
        providers: Providers::new(&settings.identity, clock.clone())?,
        sources: Sources::new(&settings.authorities),
        catalogue: Catalogue::load()?,
        assets: Arc::new(assets::paths()?),
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
        Ok(Self { public: listen(settings.http.listen).await?, ops: listen(settings.ops.listen).await? })
    }
}

/// Serves until `stop` is done, then lets running requests and jobs finish.
pub async fn serve(
    service: Arc<Service>,
    listeners: Listeners,
    stop: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let metrics = metrics()?;
    let (stopping, stopped) = watch::channel(false);
    let Listeners { public, ops } = listeners;
    tracing::info!(address = %public.local_addr()?, ops = %ops.local_addr()?, "The service listens");

    let app = routes::router(&service).into_make_service_with_connect_info::<SocketAddr>();
    let ops_app = ops::router(Arc::clone(&service), metrics.clone());
    let mut tasks = tokio::task::JoinSet::new();
    let wait = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that the sender is gone: that is a stop too.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    tasks.spawn(axum::serve(public, app).with_graceful_shutdown(wait(stopped.clone())).into_future());
    tasks.spawn(axum::serve(ops, ops_app).with_graceful_shutdown(wait(stopped.clone())).into_future());
    let gathered = wait(stopped.clone());
    tasks.spawn(async move {
        gather(&metrics, gathered).await;
        Ok(())
    });
    let watching = jobs::watch_protected::watch(Arc::clone(&service), wait(stopped.clone()));
    tasks.spawn(async move {
        watching.await;
        Ok(())
    });
    let (looking, looked) = (Arc::clone(&service), wait(stopped.clone()));
    tasks.spawn(async move {
        tokio::select! {
            () = looking.providers.look() => {}
            () = looked => {}
        }
        Ok(())
    });
    let worker = Arc::clone(&service);
    tasks.spawn(async move {
        jobs::work(worker, wait(stopped)).await;
        Ok(())
    });

    stop.await;
    tracing::info!("Stopping: running requests finish");
    // Without receivers everything has stopped already.
    let _ = stopping.send(true);
    let drained = tokio::time::timeout(DRAIN, async {
        while let Some(ended) = tasks.join_next().await {
            match ended {
                Ok(result) => result?,
                Err(error) => tracing::error!(error = %chain(&error), "A part of the service ended badly"),
            }
        }
        Ok::<(), std::io::Error>(())
    })
    .await;
    if let Ok(result) = drained {
        result?;
    } else {
        tracing::warn!("Some requests took too long and were cut off");
    }
    service.db.close().await;
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })
}

/// Nobody needs to read the metrics for them to take no more room.
async fn gather(metrics: &PrometheusHandle, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    while tokio::time::timeout(GATHER, &mut stop).await.is_err() {
        metrics.run_upkeep();
    }
}

fn metrics() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new()
        .set_buckets(&[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0])?
        .install_recorder()
}
