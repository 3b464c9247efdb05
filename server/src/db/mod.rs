//! Postgres: the only ways in.
//!
//! There are two, and both end with the transaction that they begin. [`TenantTx`] (and [`HistoryTx`] around one) carries a municipality
//! and an actor, becomes the role `fornya_tenant` and is held by row-level security to that municipality's rows. [`SystemTx`] becomes
//! `fornya_system`, which may touch only what must be read before a municipality is known. The pool itself is private to this module, so
//! that no query can be made outside the two.

mod audit;
mod bind;
#[cfg(test)]
mod columns_tests;
mod history_tx;
mod migrate;
pub(crate) mod names;
mod namesakes;
mod padded;
pub(crate) mod parked;
mod poll;
pub(crate) mod queue;
mod reach;
mod readiness;
mod seal_plain;
mod session_tx;
mod system_tx;
#[cfg(test)]
mod tenancy_tests;
mod tenant_tx;
mod vault;

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use domain::id::MunicipalityId;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{ConnectOptions, Connection as _, PgPool, Postgres, Transaction};

use migrate::Patience;
pub(crate) use migrate::{known_schema, schema_of};

pub(crate) use audit::{Action, Actor, Object};
pub(crate) use bind::{Bind, query, query_as, query_scalar};
pub(crate) use history_tx::HistoryTx;
pub(crate) use queue::{Claim, Job};
pub(crate) use reach::{Hindrance, hindrance};
use reach::{Reach, Unavailable};
pub(crate) use readiness::Readiness;
pub(crate) use session_tx::{About, Presented, SessionTimes, ToSay};
pub(crate) use system_tx::{MunicipalityRow, NewMunicipality, SystemTx};
pub(crate) use tenant_tx::TenantTx;
pub(crate) use vault::VaultError;
pub use vault::{Column, MasterKey, RowKey, Vault};

/// What can go wrong between the service and its database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Postgres refused or was not reached.
    #[error("the database refused")]
    Sqlx(#[from] sqlx::Error),
    /// Nothing could be begun.
    #[error("the database cannot be used now")]
    Unavailable(#[from] Unavailable),
    /// The schema could not be brought up to date.
    #[error("a migration failed")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// Somebody else holds what a migration needs.
    #[error(
        "a migration waited {waited} times for a table that {who} uses: let that end, or end it, and run `server migrate` again. \
         The migration is not done, and the service goes on as before"
    )]
    Locked { waited: u32, who: String },
    /// A sealed value did not open, or a key is missing.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Nothing secret could be made.
    #[error(transparent)]
    NoRandom(#[from] crate::random::NoRandom),
    /// The master key is not the one that this database was sealed with.
    #[error("the key of keys.master_key_file is not the key of this database: it does not open what is sealed there")]
    WrongMasterKey,
    /// A row holds what no version of this service writes.
    #[error("the column {column} holds a value that cannot be read")]
    Inconsistent {
        /// `table.column`.
        column: &'static str,
    },
}

/// Gives an error that is made of [`DbError`] the way there from what a query, the vault and the source of randomness say: `?` is enough.
macro_rules! through_db {
    ($error:ty) => {
        $crate::db::through_db!($error: sqlx::Error, $crate::db::VaultError, $crate::random::NoRandom);
    };
    ($error:ty: $($source:ty),*) => {$(
        impl From<$source> for $error {
            fn from(error: $source) -> Self {
                $crate::db::DbError::from(error).into()
            }
        }
    )*};
}

pub(crate) use through_db;

impl DbError {
    /// Whether a unique or exclusion rule refused the row: somebody was first.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Sqlx(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

/// How each connection plans: statements find their rows by key, so that one plan is right for all values, and to plan each time costs more
/// than the rows do.
pub const PLANS: (&str, &str) = ("plan_cache_mode", "force_generic_plan");

/// After so many seconds the server has ended whatever was stuck.
pub(crate) const STUCK_SECONDS: u32 = 20;

/// What the server ends by itself, when who asked is stuck or gone: a statement, waiting for a lock, and a transaction in which nothing is
/// done. Shorter than a request may take by default, so that the connection is free again before it.
const TIME_LIMITS: [(&str, &str); 3] =
    [("statement_timeout", "20s"), ("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "20s")];

/// After how long without use a connection may be gone.
const RESTED: Duration = Duration::from_secs(10);

/// How long a connection is waited for while all are in use. How many wait at all is up to who lets requests in.
const PATIENCE: Duration = Duration::from_secs(1);

/// The database of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: PgPool,
    reach: Arc<Reach>,
    master: Arc<MasterKey>,
    vaults: Arc<RwLock<HashMap<MunicipalityId, Arc<Vault>>>>,
}

impl Db {
    /// Opens a pool for the service. No connection is made yet.
    pub fn connect(options: PgConnectOptions, max_connections: u32, master: MasterKey) -> Self {
        Self::limited(options.options(TIME_LIMITS), max_connections, master)
    }

    /// The same for the owner of the schema, whose work takes the time that it takes.
    pub fn connect_owner(options: PgConnectOptions, max_connections: u32, master: MasterKey) -> Self {
        Self::limited(options, max_connections, master)
    }

    fn limited(options: PgConnectOptions, max_connections: u32, master: MasterKey) -> Self {
        let options = options
            .application_name("fornya")
            .options([PLANS])
            .log_slow_statements(tracing::log::LevelFilter::Off, Duration::ZERO)
            .log_statements(tracing::log::LevelFilter::Off);
        let pool = PgPoolOptions::new()
            .max_connections(max_connections)
            .acquire_timeout(PATIENCE)
            // A connection that was just in use is there; only one that has rested is asked, at the price of a round trip.
            .test_before_acquire(false)
            .before_acquire(|connection, rest| {
                Box::pin(async move {
                    if rest.idle_for > RESTED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_lazy_with(options);
        Self::with_patience(PATIENCE, pool, master)
    }

    /// The same over a pool that a test made.
    pub fn over(pool: PgPool, master: MasterKey) -> Self {
        Self::with_patience(pool.options().get_acquire_timeout(), pool, master)
    }

    fn with_patience(patience: Duration, pool: PgPool, master: MasterKey) -> Self {
        let reach = Arc::new(Reach::new(patience));
        Self { pool, reach, master: Arc::new(master), vaults: Arc::default() }
    }

    /// Brings the schema up to date, and seals what an older one held plain. The login must own the schema.
    pub async fn migrate(&self) -> Result<(), DbError> {
        self.migrate_with(Patience::default()).await
    }

    async fn migrate_with(&self, patience: Patience) -> Result<(), DbError> {
        migrate::run(reach::connect(&self.pool.connect_options()).await?, patience).await?;
        seal_plain::all(self).await
    }

    /// Whether the master key opens every municipality's key. One that another process made before under another master key tells itself here.
    pub async fn check_master_key(&self) -> Result<(), DbError> {
        let mut tx = SystemTx::begin(self).await?;
        for key in tx.keys().await? {
            self.fits(Some(key))?;
        }
        tx.commit().await
    }

    fn fits(&self, key: Option<(MunicipalityId, Vec<u8>)>) -> Result<(), DbError> {
        match key {
            Some((municipality, wrapped)) if self.master.unwrap(municipality, &wrapped).is_err() => {
                Err(DbError::WrongMasterKey)
            }
            _ => Ok(()),
        }
    }

    /// Begins a transaction; at once or not at all while the database is away.
    async fn begin(&self) -> Result<Transaction<'static, Postgres>, DbError> {
        self.reach.begin(&self.pool).await
    }

    /// A connection for a single statement.
    async fn connection(&self) -> Result<PoolConnection<Postgres>, DbError> {
        self.reach.with(&self.pool, || self.pool.acquire()).await
    }

    /// A connection that hears of new jobs at once.
    pub async fn job_listener(&self) -> Result<PgListener, DbError> {
        let mut listener = self.reach.with(&self.pool, || PgListener::connect_with(&self.pool)).await?;
        listener.listen(queue::CHANNEL).await?;
        Ok(listener)
    }

    /// Waits for running transactions and closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// The vault of a municipality, its key made at first use.
    async fn vault(&self, municipality: MunicipalityId) -> Result<Arc<Vault>, DbError> {
        let kept = self.vaults.read().ok().and_then(|vaults| vaults.get(&municipality).cloned());
        if let Some(vault) = kept {
            return Ok(vault);
        }
        let mut tx = SystemTx::begin(self).await?;
        let wrapped = if let Some(wrapped) = tx.kept_key(municipality).await? {
            wrapped
        } else {
            // One at a time, so that the first key of all is there to be compared with.
            tx.one_maker_of_keys().await?;
            self.fits(tx.some_key().await?)?;
            tx.municipality_key(municipality, || self.master.new_wrapped_key(municipality)).await?
        };
        tx.commit().await?;
        let vault = self.master.unwrap(municipality, &wrapped).map_err(|_| DbError::WrongMasterKey)?;
        let vault = Arc::new(vault);
        if let Ok(mut vaults) = self.vaults.write() {
            vaults.insert(municipality, Arc::clone(&vault));
        }
        Ok(vault)
    }
}
