//! The database of a test, as the service's own logins reach it.

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::logins::Role;
use super::*;

/// More than one request and one job at a time: a test has few.
const CONNECTIONS: u32 = 4;

/// A municipality's vault, without a database.
pub(super) async fn vault() -> Vault {
    let municipality = MunicipalityId(uuid::Uuid::from_u128(1));
    let master = MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap();
    let wrapped = master.new_wrapped_key(municipality).await.unwrap();
    master.unwrap(municipality, &wrapped).await.unwrap()
}

impl Db {
    /// The logins that an installation has, to the database of a pool that a test was given.
    pub(crate) async fn over(pool: PgPool, master: MasterKey) -> Self {
        make_logins(&mut pool.acquire().await.unwrap(), None).await.unwrap();
        let options = pool.connect_options();
        let [tenant, system] = [(Role::Tenant, SERVICE), (Role::System, SERVICE_SYSTEM)]
            .map(|(role, login)| beside(&pool, (*options).clone().username(login), role));
        let patience = pool.options().get_acquire_timeout();
        Self::with_patience(patience, [tenant, system], [Some(Role::Tenant), Some(Role::System)], master)
    }

    /// The same database and keys, as who fills its register. Behind the role is the superuser that the test was given, so that
    /// `set local role none` does what no login of the service may.
    pub(crate) fn register(&self, pool: &PgPool) -> Self {
        let register = beside(pool, (*pool.connect_options()).clone(), Role::Register);
        Self { tenant: register.clone(), system: register, roles: [Some(Role::Register); 2], ..self.clone() }
    }

    /// The same database, as its owner.
    pub(crate) fn owned(pool: &PgPool, master: MasterKey) -> Self {
        Self::connect_owner(&pool.connect_options(), master)
    }

    /// What `server migrate` sees to beside the migrations, on a schema that has them.
    pub(crate) async fn migrated(pool: &PgPool) {
        let key = MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap();
        Self::owned(pool, key).migrate().await.unwrap();
    }

    /// As the settings of an installation would open it, on a schema that `migrate` has seen to.
    pub(super) async fn served(pool: &PgPool, connections: u32, master: MasterKey) -> Self {
        Self::migrated(pool).await;
        let options = pool.connect_options();
        make_logins(&mut pool.acquire().await.unwrap(), None).await.unwrap();
        let [tenant, system] = [SERVICE, SERVICE_SYSTEM].map(|login| (*options).clone().username(login));
        Self::connect(Logins { tenant, system }, connections, master)
    }

    /// At an address where nobody listens.
    pub(crate) fn nowhere() -> Self {
        let nowhere: PgConnectOptions = "postgres://fornya@127.0.0.1:1/fornya".parse().unwrap();
        let key = MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap();
        Self::connect(Logins { tenant: nowhere.clone(), system: nowhere }, CONNECTIONS, key)
    }

    /// Over one pool of any login, which is both.
    pub(super) fn of_one(pool: PgPool, master: MasterKey) -> Self {
        let patience = pool.options().get_acquire_timeout();
        Self::with_patience(patience, [pool.clone(), pool], [Some(Role::Tenant), Some(Role::System)], master)
    }
}

/// Connections that end with those of the test's own pool: the database is removed after it.
fn beside(pool: &PgPool, options: PgConnectOptions, role: Role) -> PgPool {
    let made = PgPoolOptions::new().max_connections(CONNECTIONS).connect_lazy_with(role.connecting(options));
    let (closing, also) = (pool.close_event(), made.clone());
    tokio::spawn(async move {
        closing.await;
        also.close().await;
    });
    made
}
