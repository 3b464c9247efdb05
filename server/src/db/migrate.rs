//! Migrations, which never make the service wait for long.
//!
//! A migration that changes a table waits for whoever uses it, and whoever comes after waits behind the migration. So it waits a moment only, lets
//! everybody through, and tries again; after some times it gives up and says who was in the way.

use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::DbError;

/// The state of what was not got in time (`lock_not_available`).
const NOT_AVAILABLE: &str = "55P03";

/// How long and how often a migration waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// The longest that others wait behind it.
    pub lock: Duration,
    pub times: u32,
    /// Between two times: others are let through.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { lock: Duration::from_secs(2), times: 15, pause: Duration::from_secs(2) }
    }
}

/// The newest schema that this binary knows.
pub(crate) fn known_schema() -> i64 {
    sqlx::migrate!("../migrations").iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// The schema of a database; none where it has none of this service's.
pub(crate) async fn schema_of(connection: &mut PgConnection) -> Result<Option<i64>, sqlx::Error> {
    let is_there = sqlx::query_scalar("select to_regclass('public._sqlx_migrations') is not null");
    if is_there.fetch_one(&mut *connection).await? { newest(connection).await } else { Ok(None) }
}

/// The newest migration that went well. Not checked when compiling: the table is sqlx's own and not among our migrations.
pub(super) async fn newest(connection: &mut PgConnection) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(connection).await
}

/// Brings the schema up to date on a connection of its own, which ends with it: what it holds is let go of.
pub(super) async fn run(mut connection: PgConnection, patience: Patience) -> Result<(), DbError> {
    let timeout = format!("set lock_timeout = {}", patience.lock.as_millis());
    sqlx::query(AssertSqlSafe(timeout)).execute(&mut connection).await?;
    let mut waited = 0;
    loop {
        let Err(error) = sqlx::migrate!("../migrations").run(&mut connection).await else { break };
        if !is_locked(&error) {
            return Err(error.into());
        }
        waited += 1;
        let who = who(&mut connection).await?;
        if waited >= patience.times {
            return Err(DbError::Locked { waited, who });
        }
        tracing::warn!(waited, "A migration waits for {who}");
        // The lock that keeps two migrations apart belongs to the connection, and the next time takes it again.
        sqlx::query("select pg_advisory_unlock_all()").execute(&mut connection).await?;
        tokio::time::sleep(patience.pause).await;
    }
    // The service's own login, a member of the role, must see how new the schema is.
    sqlx::query("grant select on _sqlx_migrations to fornya_system").execute(&mut connection).await?;
    Ok(connection.close().await?)
}

fn is_locked(error: &MigrateError) -> bool {
    let (MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) = error else { return false };
    error.as_database_error().and_then(DatabaseError::code).is_some_and(|code| code == NOT_AVAILABLE)
}

/// Whoever has been in a transaction of this database for longest, as an operator finds them.
async fn who(connection: &mut PgConnection) -> Result<String, DbError> {
    let oldest: Option<(i32, String, String, i32)> = sqlx::query_as(
        "select pid, coalesce(usename, ''), application_name, extract(epoch from now() - xact_start)::int
           from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
            and backend_type = 'client backend'
          order by xact_start
          limit 1",
    )
    .fetch_optional(connection)
    .await?;
    Ok(oldest.map_or_else(
        || "somebody".to_owned(),
        |(pid, login, program, seconds)| {
            format!("the process {pid} of Postgres (login {login}, program {program:?}, for {seconds} s)")
        },
    ))
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use super::*;
    use crate::db::{Db, MasterKey};

    const IMPATIENT: Patience = Patience { lock: Duration::from_millis(50), times: 2, pause: Duration::ZERO };

    #[sqlx::test(migrations = false)]
    async fn a_reader_who_stays_is_named_and_nobody_waits_behind_the_migration(pool: PgPool) {
        let db = Db::over(pool.clone(), MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap());
        // The next one changes `decision`.
        sqlx::migrate!("../migrations").run_to(14, &pool).await.unwrap();
        let read = "select count(*) from decision";
        let mut reader = pool.begin().await.unwrap();
        sqlx::query("set local application_name = 'report'").execute(&mut *reader).await.unwrap();
        sqlx::query(read).execute(&mut *reader).await.unwrap();

        let refused = db.migrate_with(IMPATIENT).await.unwrap_err();
        assert!(matches!(refused, DbError::Locked { waited: 2, .. }), "{refused:?}");
        let said = refused.to_string();
        assert!(said.contains("program \"report\"") && said.contains("run `server migrate` again"), "{said}");
        let newest = "select max(version) from _sqlx_migrations";
        assert_eq!(sqlx::query_scalar::<_, i64>(newest).fetch_one(&pool).await.unwrap(), 14);
        sqlx::query(read).execute(&pool).await.unwrap();

        reader.rollback().await.unwrap();
        db.migrate_with(IMPATIENT).await.unwrap();
        assert!(sqlx::query_scalar::<_, i64>(newest).fetch_one(&pool).await.unwrap() >= 15);
    }
}
