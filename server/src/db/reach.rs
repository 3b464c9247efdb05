//! Whether the database can be reached: who asks while it is away, or has no room, is told so at once.
//!
//! The pool tries for as long as it is allowed to. So whenever something goes wrong, or takes longer than it should, one task looks by
//! itself whether a connection can be made, until one can. While none can, and nothing is begun on those that there are, nobody waits. A
//! server that is slow is not away: who gets a connection goes on, and who gets none is told so alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool, Postgres, Transaction};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::{DbError, KmsError};
use crate::chain::chain;

/// After this long without a connection one looks whether the database is there at all.
const SUSPICIOUS: Duration = Duration::from_millis(100);

/// So long a connection of one's own may take to be made.
const CONNECTS_WITHIN: Duration = Duration::from_secs(5);

/// How long to wait before one looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Nothing can be begun in the database now.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Unavailable {
    #[error("it is away: {0}")]
    Away(Arc<str>),
    #[error("no connection was to be had in time")]
    Full,
}

impl Unavailable {
    pub(super) fn silent() -> Self {
        Self::Away(Arc::from("it does not answer"))
    }
}

/// A connection of one's own, beside the pool: where there is none to be had, it says why, and a pool only that it waited.
pub(super) async fn connect(options: &PgConnectOptions) -> Result<PgConnection, DbError> {
    Ok(timeout(CONNECTS_WITHIN, options.connect()).await.map_err(|_| Unavailable::silent())??)
}

/// What is known of whether the database is there.
pub(super) struct Reach {
    /// Why it is away, while it is.
    away: watch::Sender<Option<Arc<str>>>,
    looking: AtomicBool,
    /// How many transactions the server has begun.
    begun: AtomicU64,
    /// How long to wait for a connection while all are in use.
    patience: Duration,
    /// How long the server may say nothing before it counts as away.
    silence: Duration,
}

impl Reach {
    pub(super) fn new(patience: Duration) -> Self {
        Self {
            away: watch::Sender::new(None),
            looking: AtomicBool::new(false),
            begun: AtomicU64::new(0),
            patience,
            silence: patience.saturating_mul(5),
        }
    }

    /// Begins a transaction, or says at once that none can be begun.
    pub(super) async fn begin(self: &Arc<Self>, pool: &PgPool) -> Result<Transaction<'static, Postgres>, DbError> {
        let begun = self.with(pool, || pool.begin()).await?;
        self.begun.fetch_add(1, Ordering::Relaxed);
        Ok(begun)
    }

    /// Does what needs a connection of the pool's, or says at once that there is none to be had.
    pub(super) async fn with<T, F>(self: &Arc<Self>, pool: &PgPool, work: impl Fn() -> F) -> Result<T, DbError>
    where
        F: Future<Output = Result<T, sqlx::Error>>,
    {
        let mut away = self.away.subscribe();
        if let Some(why) = away.borrow().clone() {
            return Err(Unavailable::Away(why).into());
        }
        let lasting = async {
            // Connections that the pool kept may have died with the server that they led to. There are no more than it holds.
            for _ in 0..pool.options().get_max_connections() {
                match work().await {
                    Err(error) if is_lost(&error) => self.look(pool),
                    done => return done,
                }
            }
            work().await
        };
        let slow = async {
            let suspicious = SUSPICIOUS.min(self.patience / 10);
            sleep(suspicious).await;
            self.look(pool);
            sleep(self.patience.saturating_sub(suspicious)).await;
        };
        tokio::select! {
            biased;
            done = lasting => match done {
                Err(sqlx::Error::PoolTimedOut) => Err(Unavailable::Full.into()),
                done => Ok(done?),
            },
            gone = away.wait_for(Option::is_some) => {
                let why = gone.ok().and_then(|why| why.clone()).unwrap_or_else(|| Arc::from("it closes"));
                Err(Unavailable::Away(why).into())
            }
            () = slow => Err(Unavailable::Full.into()),
        }
    }

    /// Looks whether the database is there, aside from whoever asks; one looks at a time.
    fn look(self: &Arc<Self>, pool: &PgPool) {
        if self.looking.swap(true, Ordering::AcqRel) {
            return;
        }
        let (reach, options) = (Arc::clone(self), pool.connect_options());
        tokio::spawn(async move {
            let mut is_told = false;
            loop {
                let begun = reach.begun.load(Ordering::Relaxed);
                let Err(why) = connects(&options, reach.silence).await else { break };
                if begun != reach.begun.load(Ordering::Relaxed) {
                    // Whoever was let in meanwhile was answered: it is there, and slow or full.
                    if !std::mem::replace(&mut is_told, true) {
                        tracing::warn!(error = why, "The database takes no new connection");
                    }
                } else if reach.away.send_replace(Some(why.as_str().into())).is_none() {
                    tracing::warn!(error = why, "The database is away");
                }
                sleep(LOOK_AGAIN).await;
            }
            if reach.away.send_replace(None).is_some() {
                tracing::info!("The database is back");
            }
            // Where it is only slow, it is not asked all the time.
            sleep(LOOK_AGAIN).await;
            reach.looking.store(false, Ordering::Release);
        });
    }
}

/// Whether a connection can be made, or why not. A server that has no room for one more is there.
async fn connects(options: &PgConnectOptions, within: Duration) -> Result<(), String> {
    match timeout(within, options.connect()).await {
        Ok(Ok(connection)) => {
            // What is not closed well ends with its socket.
            let _ = timeout(within, connection.close()).await;
            Ok(())
        }
        Ok(Err(error)) if code(&error).as_deref() == Some("53300") => Ok(()),
        Ok(Err(error)) => Err(chain(&error).to_string()),
        Err(_) => Err("it does not answer".to_owned()),
    }
}

fn code(error: &sqlx::Error) -> Option<String> {
    Some(error.as_database_error()?.code()?.into_owned())
}

/// Whether the connection is gone: with a server that stops, or by itself.
fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        error => code(error).is_some_and(|code| code.starts_with("08") || code.starts_with("57P")),
    }
}

/// Why something could not be done in the database that can be done another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hindrance {
    /// It is away, or has no room; or what keeps the master key is away.
    Away,
    /// The server gave up on what took too long: a statement, the wait for a lock, or a transaction in which nothing was done.
    Stuck,
}

/// What hindered, by an error or one of its causes.
pub(crate) fn hindrance(error: &(dyn std::error::Error + 'static)) -> Option<Hindrance> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<Unavailable>() || error.is::<KmsError>() {
            return Some(Hindrance::Away);
        }
        if let Some(found) = error.downcast_ref().and_then(hindrance_of) {
            return Some(found);
        }
        cause = error.source();
    }
    None
}

fn hindrance_of(error: &sqlx::Error) -> Option<Hindrance> {
    if is_lost(error) || matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) {
        return Some(Hindrance::Away);
    }
    match &*code(error)? {
        // Too little of something.
        code if code.starts_with("53") => Some(Hindrance::Away),
        // The three of `TIME_LIMITS`.
        "57014" | "55P03" | "25P03" => Some(Hindrance::Stuck),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;
    use sqlx::postgres::PgPoolOptions;
    use tokio::io::copy_bidirectional;
    use tokio::net::{TcpListener, TcpStream, UnixStream};

    use super::*;
    use crate::chain::chain;
    use crate::db::{Db, MasterKey, Readiness, STUCK_SECONDS, SystemTx, TIME_LIMITS};

    fn key() -> MasterKey {
        MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap()
    }

    #[tokio::test]
    async fn a_server_that_is_away_is_said_to_be_and_why() {
        let db = Db::nowhere();
        for _ in 0..20 {
            let error = SystemTx::begin(&db).await.unwrap_err();
            assert!(matches!(error, DbError::Unavailable(Unavailable::Away(_))), "{error:?}");
            assert!(chain(&error).to_string().contains("refused"), "{}", chain(&error));
            assert_eq!(hindrance(&error), Some(Hindrance::Away));
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_full_pool_is_said_to_be_and_does_not_make_unready(pool: PgPool) {
        let db = Db::served(&pool, 1, key()).await;
        let readiness = Readiness::of(&db);
        let held = db.connection().await.unwrap();
        let error = db.connection().await.unwrap_err();
        assert!(matches!(error, DbError::Unavailable(Unavailable::Full)), "{error:?}");
        assert_eq!(hindrance(&error), Some(Hindrance::Away));
        assert!(readiness.is_ready().await.unwrap());
        assert!(SystemTx::begin(&db).await.is_ok(), "the system's login has connections of its own");
        drop(held);
        assert!(db.connection().await.is_ok());
        db.close().await;
    }

    /// A way to the server on which so many connections are answered, and nothing is said on any more.
    async fn narrow(pool: &PgPool, answered: usize) -> PgConnectOptions {
        let server = pool.connect_options();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = PgConnectOptions::new_without_pgpass().host("127.0.0.1").port(listener.local_addr().unwrap().port());
        let here = here.username(server.get_username()).database(server.get_database().unwrap());
        tokio::spawn(async move {
            let mut silent = Vec::new();
            for number in 0.. {
                let (mut client, _) = listener.accept().await.unwrap();
                if number >= answered {
                    silent.push(client);
                    continue;
                }
                let server = Arc::clone(&server);
                tokio::spawn(async move {
                    if let Some(folder) = server.get_socket() {
                        let socket = folder.join(format!(".s.PGSQL.{}", server.get_port()));
                        copy_bidirectional(&mut client, &mut UnixStream::connect(socket).await.unwrap()).await
                    } else {
                        let address = (server.get_host(), server.get_port());
                        copy_bidirectional(&mut client, &mut TcpStream::connect(address).await.unwrap()).await
                    }
                });
            }
        });
        here
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_server_that_is_slow_is_not_away_and_a_silent_one_is(pool: PgPool) {
        let through = async |answered| {
            let two = PgPoolOptions::new().max_connections(2).acquire_timeout(Duration::from_millis(100));
            Db::of_one(two.connect_lazy_with(narrow(&pool, answered).await), key())
        };
        let db = through(1).await;
        for _ in 0..15 {
            let held = SystemTx::begin(&db).await.unwrap();
            let refused = SystemTx::begin(&db).await.unwrap_err();
            assert!(matches!(refused, DbError::Unavailable(Unavailable::Full)), "{refused:?}");
            held.commit().await.unwrap();
            // It comes back to the pool a moment later.
            for _ in 0..100_000 {
                if db.system.num_idle() > 0 {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        let db = through(0).await;
        let mut refused = SystemTx::begin(&db).await.unwrap_err();
        for _ in 0..100 {
            if matches!(refused, DbError::Unavailable(Unavailable::Away(_))) {
                break;
            }
            refused = SystemTx::begin(&db).await.unwrap_err();
        }
        assert!(chain(&refused).to_string().contains("does not answer"), "{}", chain(&refused));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn connections_that_died_are_made_anew(pool: PgPool) {
        let db = Db::served(&pool, 3, key()).await;
        let readiness = Readiness::of(&db);
        assert!(readiness.is_ready().await.unwrap());
        let three = [SystemTx::begin(&db).await, SystemTx::begin(&db).await, SystemTx::begin(&db).await];
        for one in three {
            one.unwrap().commit().await.unwrap();
        }
        sqlx::query(
            "select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and pid <> pg_backend_pid() and application_name = 'fornya'",
        )
        .execute(&pool)
        .await
        .unwrap();
        for _ in 0..3 {
            let tx = SystemTx::begin(&db).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert!(readiness.is_ready().await.unwrap());
        db.close().await;
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_server_ends_what_is_stuck(pool: PgPool) {
        let db = Db::served(&pool, 2, key()).await;
        let mut tx = SystemTx::begin(&db).await.unwrap();
        for (name, limit) in TIME_LIMITS {
            let set: String =
                sqlx::query_scalar("select current_setting($1)").bind(name).fetch_one(tx.connection()).await.unwrap();
            assert_eq!(set, limit, "{name}");
            assert!(limit.trim_end_matches('s').parse::<u32>().unwrap() <= STUCK_SECONDS, "{name}");
        }
        sqlx::query("set local statement_timeout = 1").execute(tx.connection()).await.unwrap();
        let stuck = sqlx::query("select pg_sleep(600)").execute(tx.connection()).await.unwrap_err();
        assert!(hindrance(&stuck) == Some(Hindrance::Stuck), "{stuck:?}");
        drop(tx);
        let mut first = SystemTx::begin(&db).await.unwrap();
        sqlx::query("select pg_advisory_xact_lock(1)").execute(first.connection()).await.unwrap();
        let mut second = SystemTx::begin(&db).await.unwrap();
        sqlx::query("set local lock_timeout = 1").execute(second.connection()).await.unwrap();
        let waits = sqlx::query("select pg_advisory_xact_lock(1)").execute(second.connection()).await.unwrap_err();
        assert_eq!(hindrance(&waits), Some(Hindrance::Stuck), "{waits:?}");
        assert_eq!(hindrance(&sqlx::Error::RowNotFound), None);
        drop((first, second));
        db.close().await;
    }
}
