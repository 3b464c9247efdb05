//! Postgres: the only ways in.
//!
//! There are two, and both end with the transaction that they begin. [`TenantTx`] (and [`HistoryTx`] around one) carries a municipality
//! and an actor, is the role `fornya_tenant` and held by row-level security to that municipality's rows. [`SystemTx`] is `fornya_system`,
//! which may touch only what must be read before a municipality is known. Each has a login and a pool of its own, which are private to this
//! module, so that no query can be made outside the two.

mod audit;
mod bind;
#[cfg(test)]
mod columns_tests;
mod history_tx;
mod keys_tx;
#[cfg(test)]
mod kms_tests;
mod logins;
mod migrate;
pub(crate) mod names;
mod namesakes;
#[cfg(test)]
mod of_tests;
mod padded;
pub(crate) mod parked;
mod poll;
pub(crate) mod queue;
mod reach;
mod readiness;
mod resealing;
#[cfg(test)]
mod resealing_tests;
#[cfg(test)]
mod rights_tests;
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

use logins::Role;
pub(crate) use logins::{Logins, TooMuch};
pub(crate) use logins::{REGISTER, REGISTER_IS_BOTH, SERVICE, SERVICE_REGISTER, SERVICE_SYSTEM, make_logins};
use migrate::Patience;
pub(crate) use migrate::{known_schema, schema_of};

pub(crate) use audit::{Action, Actor, Object};
pub(crate) use bind::{Bind, query, query_as, query_scalar};
pub(crate) use history_tx::HistoryTx;
use keys_tx::DestroyedKeys;
pub(crate) use keys_tx::{KeysTx, are_destroyed, wait_for_running};
pub(crate) use queue::{Claim, Job};
pub(crate) use reach::{Hindrance, hindrance};
use reach::{Reach, Unavailable};
pub(crate) use readiness::Readiness;
pub(crate) use resealing::{Resealed, Sealed};
pub(crate) use session_tx::{About, Presented, SessionTimes, ToSay};
pub(crate) use system_tx::{MunicipalityRow, NewMunicipality, SystemTx};
pub(crate) use tenant_tx::TenantTx;
pub use vault::{Column, MasterKey, RowKey, Vault, Version};
pub(crate) use vault::{FileKey, FilePart, FilePlace, Kms, KmsError, VaultError};
use vault::{KeyName, StoredKey, StoredKeys};

/// What can go wrong between the service and its database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Postgres refused or was not reached.
    #[error("the database refused")]
    Sqlx(#[from] sqlx::Error),
    /// Nothing could be begun.
    #[error("the database cannot be used now")]
    Unavailable(#[from] Unavailable),
    /// Nobody answers there, or not to this login, or it may not become what it is for.
    #[error("the database of {setting} cannot be used")]
    NoLogin { setting: &'static str, source: Box<Self> },
    /// What the database forbids would be allowed.
    #[error("the login {login} of {setting} may more than the service should: {what}")]
    TooMuch { setting: &'static str, login: String, what: TooMuch },
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
    #[error(
        "the master key of the settings (keys.master_key_file, or what stands in its place) is not the key of this database: it does not \
         open what is sealed there"
    )]
    WrongMasterKey,
    /// Nothing of the municipality can be read any more.
    #[error("the municipality is no longer served")]
    Destroyed(#[from] DestroyedKeys),
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
/// than the rows do; and none of them runs for so long that compiling it would pay.
pub const PLANS: [(&str, &str); 2] = [("plan_cache_mode", "force_generic_plan"), ("jit", "off")];

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

/// How many connections the system's login has beside the tenant's. One of them listens for jobs.
const SYSTEM_CONNECTIONS: u32 = 4;

/// The database of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    tenant: PgPool,
    system: PgPool,
    /// What the two are from their first statement on.
    roles: [Option<Role>; 2],
    reach: Arc<Reach>,
    master: Arc<MasterKey>,
    vaults: Arc<RwLock<HashMap<MunicipalityId, Arc<Vault>>>>,
}

impl Db {
    /// Opens the pools of the service. No connection is made yet.
    pub fn connect(logins: Logins, max_connections: u32, master: MasterKey) -> Self {
        let roles = [Some(Role::Tenant), Some(Role::System)];
        let tenant = pool(logins.tenant.options(TIME_LIMITS), roles[0], max_connections);
        let system = pool(logins.system.options(TIME_LIMITS), roles[1], SYSTEM_CONNECTIONS);
        Self::with_patience(PATIENCE, [tenant, system], roles, master)
    }

    /// The same for who fills the register, whose work takes the time that it takes.
    pub fn connect_register(login: PgConnectOptions, master: MasterKey) -> Self {
        let register = pool(login, Some(Role::Register), SYSTEM_CONNECTIONS);
        Self::with_patience(PATIENCE, [register.clone(), register], [Some(Role::Register); 2], master)
    }

    /// The same for the owner of the schema, who becomes the role of keys where it needs to.
    pub fn connect_owner(login: &PgConnectOptions, master: MasterKey) -> Self {
        let [own, system] = [None, Some(Role::System)].map(|role| pool(login.clone(), role, SYSTEM_CONNECTIONS));
        Self::with_patience(PATIENCE, [own, system], [None, Some(Role::System)], master)
    }

    fn with_patience(
        patience: Duration,
        [tenant, system]: [PgPool; 2],
        roles: [Option<Role>; 2],
        master: MasterKey,
    ) -> Self {
        let reach = Arc::new(Reach::new(patience));
        Self { tenant, system, roles, reach, master: Arc::new(master), vaults: Arc::default() }
    }

    /// Brings the schema up to date, and seals what an older one held plain. The login must own the schema.
    pub async fn migrate(&self) -> Result<(), DbError> {
        migrate::run(&self.tenant.connect_options(), Patience::default()).await?;
        seal_plain::all(self).await
    }

    /// Whether the master key opens every municipality's keys, and can be used now. One that another process made before under another master
    /// key tells itself here.
    pub async fn check_master_key(&self) -> Result<(), DbError> {
        let mut tx = SystemTx::begin(self).await?;
        let keys = tx.keys().await?;
        tx.commit().await?;
        if let Some(one) = keys.first() {
            self.master.bytes(one).await.map_err(wrong_master)?;
        }
        for key in &keys {
            self.fits(Some(key)).await?;
        }
        Ok(())
    }

    async fn fits(&self, key: Option<&StoredKey>) -> Result<(), DbError> {
        match key {
            Some(key) if !self.master.fits(key).await => Err(DbError::WrongMasterKey),
            _ => Ok(()),
        }
    }

    /// Begins a transaction as one of the two roles; at once or not at all while the database is away.
    async fn begin(&self, pool: &PgPool) -> Result<Transaction<'static, Postgres>, DbError> {
        self.reach.begin(pool).await
    }

    /// A connection for a single statement that begins with a session.
    async fn connection(&self) -> Result<PoolConnection<Postgres>, DbError> {
        self.reach.with(&self.tenant, || self.tenant.acquire()).await
    }

    /// Lets nothing be left of wrapped keys that were removed. The login must own the schema.
    pub(crate) async fn tidy_keys(&self) -> Result<(), DbError> {
        sqlx::query("vacuum municipality_key").execute(&mut *self.connection().await?).await?;
        Ok(())
    }

    /// A connection that hears of new jobs at once.
    pub async fn job_listener(&self) -> Result<PgListener, DbError> {
        let mut listener = self.reach.with(&self.system, || PgListener::connect_with(&self.system)).await?;
        listener.listen(queue::CHANNEL).await?;
        Ok(listener)
    }

    /// Waits for running transactions and closes every connection.
    pub async fn close(&self) {
        self.tenant.close().await;
        self.system.close().await;
    }

    /// The vault of a municipality, its key made at first use.
    async fn vault(&self, municipality: MunicipalityId) -> Result<Arc<Vault>, DbError> {
        let kept = self.vaults.read().ok().and_then(|vaults| vaults.get(&municipality).cloned());
        if let Some(vault) = kept {
            return Ok(vault);
        }
        self.look_again(municipality).await
    }

    /// The vault of the keys that a transaction was told of when it began (`keys_of`). Nothing where this process knew of others: it has looked
    /// again, and the transaction is to be begun anew.
    async fn vault_of(&self, municipality: MunicipalityId, keys: &[i32]) -> Result<Option<Arc<Vault>>, DbError> {
        let vault = self.vault(municipality).await?;
        if vault.knows(keys) {
            return Ok(Some(vault));
        }
        self.look_again(municipality).await?;
        Ok(None)
    }

    /// The vault of the keys that a municipality has now: another process has made a new one, or destroyed them all.
    async fn look_again(&self, municipality: MunicipalityId) -> Result<Arc<Vault>, DbError> {
        let stored = self.stored_keys(municipality).await;
        if matches!(stored, Err(DbError::Destroyed(_)))
            && let Ok(mut vaults) = self.vaults.write()
        {
            vaults.remove(&municipality);
        }
        let vault = Arc::new(self.master.vault(municipality, &stored?).await.map_err(wrong_master)?);
        if let Ok(mut vaults) = self.vaults.write() {
            vaults.insert(municipality, Arc::clone(&vault));
        }
        Ok(vault)
    }

    async fn stored_keys(&self, municipality: MunicipalityId) -> Result<StoredKeys, DbError> {
        let mut tx = SystemTx::begin(self).await?;
        let mut stored = tx.keys_of(municipality).await?;
        if stored.keys.is_empty() {
            // One at a time, so that the first key of all is there to be compared with.
            tx.one_maker_of_keys().await?;
            stored = tx.keys_of(municipality).await?;
        }
        if stored.keys.is_empty() {
            self.fits(tx.some_key().await?.as_ref()).await?;
            let made = self.master.new_key(KeyName::first(municipality)).await?;
            tx.add_key(&made).await?;
            stored.keys.push(made);
        }
        tx.commit().await?;
        Ok(stored)
    }
}

/// What it means that a stored key did not open.
fn wrong_master(error: VaultError) -> DbError {
    match error {
        VaultError::DoesNotOpen(_) => DbError::WrongMasterKey,
        other => other.into(),
    }
}

fn pool(options: PgConnectOptions, role: Option<Role>, max_connections: u32) -> PgPool {
    let options = match role {
        Some(role) => role.connecting(options),
        None => options,
    };
    let options = options
        .application_name("fornya")
        .options(PLANS)
        .log_slow_statements(tracing::log::LevelFilter::Off, Duration::ZERO)
        .log_statements(tracing::log::LevelFilter::Off);
    PgPoolOptions::new()
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
        .connect_lazy_with(options)
}
