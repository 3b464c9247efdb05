//! Migrations, which never make the service wait for long.
//!
//! A migration that changes a table waits for whoever uses it, and whoever comes after waits behind the migration. So it waits a moment only, lets
//! everybody through, and tries again; after some times it gives up and says who was in the way.

use std::collections::HashMap;
use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use super::{DbError, reach};

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
pub(super) async fn run(owner: &PgConnectOptions, patience: Patience) -> Result<(), DbError> {
    // The statements of a migration are nobody's to read.
    let owner = owner.clone().application_name("fornya-migrate").disable_statement_logging();
    let mut connection = reach::connect(&owner).await?;
    let timeout = format!("set lock_timeout = {}", patience.lock.as_millis());
    sqlx::query(AssertSqlSafe(timeout)).execute(&mut connection).await?;
    let (mut waited, mut in_the_way) = (0, InTheWay::default());
    loop {
        let Err(error) = sqlx::migrate!("../migrations").run(&mut connection).await else { break };
        if !is_locked(&error) {
            return Err(error.into());
        }
        waited += 1;
        let who = in_the_way.note(holders(&mut connection).await?, waited);
        if waited >= patience.times {
            return Err(DbError::Locked { waited, who });
        }
        tracing::warn!(waited, "A migration waits for {who}");
        // The lock that keeps two migrations apart belongs to the connection, and the next time takes it again.
        sqlx::query("select pg_advisory_unlock_all()").execute(&mut connection).await?;
        tokio::time::sleep(patience.pause).await;
    }
    // The service must see how new the schema is.
    sqlx::query("grant select on _sqlx_migrations to fornya_system").execute(&mut connection).await?;
    Ok(connection.close().await?)
}

fn is_locked(error: &MigrateError) -> bool {
    let (MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) = error else { return false };
    error.as_database_error().and_then(DatabaseError::code).is_some_and(|code| code == NOT_AVAILABLE)
}

/// A process that holds a lock which a migration may need.
#[derive(sqlx::FromRow)]
struct Holder {
    pid: i32,
    virtualtransaction: String,
    login: String,
    program: String,
    /// How long its transaction has lasted, where our login may know.
    seconds: Option<i32>,
}

/// Whoever holds a table of this service, or keeps another migration out. The owner of the schema need not be a superuser: of others' processes
/// everybody is told the number, the login, the program and the locks, and only who may read all statistics since when.
async fn holders(connection: &mut PgConnection) -> Result<Vec<Holder>, sqlx::Error> {
    sqlx::query_as(
        "select distinct pid, l.virtualtransaction, coalesce(a.usename, '') as login, a.application_name as program,
                extract(epoch from now() - a.xact_start)::int as seconds
           from pg_locks l
           join pg_stat_activity a using (pid)
          where l.granted and pid <> pg_backend_pid()
            and l.database = (select oid from pg_database where datname = current_database())
            and (l.locktype = 'advisory'
                 or l.relation in (select oid from pg_class where relnamespace = 'public'::regnamespace))",
    )
    .fetch_all(connection)
    .await
}

/// How often each transaction was met by a migration that waited.
#[derive(Default)]
struct InTheWay(HashMap<(i32, String), u32>);

impl InTheWay {
    /// The one of these that has been there most often, and of several the longest, as an operator finds it.
    fn note(&mut self, holders: Vec<Holder>, waited: u32) -> String {
        let met = holders.into_iter().map(|holder| {
            let times = self.0.entry((holder.pid, holder.virtualtransaction.clone())).or_default();
            *times += 1;
            (*times, holder)
        });
        let longest = met.max_by_key(|(times, holder)| (*times, holder.seconds));
        longest.map_or_else(
            || "somebody".to_owned(),
            |(times, Holder { pid, login, program, seconds, .. })| {
                let since = seconds.map_or_else(|| format!("met {times} of {waited} times"), |s| format!("for {s} s"));
                format!("the process {pid} of Postgres (login {login}, program {program:?}, {since})")
            },
        )
    }
}

#[cfg(test)]
pub(super) mod tests {
    use sqlx::PgPool;
    use sqlx::postgres::PgPoolOptions;

    use super::*;

    const IMPATIENT: Patience = Patience { lock: Duration::from_millis(50), times: 2, pause: Duration::ZERO };

    /// A pool of an owner who is no superuser, as in an installation, to a database with nothing in it: the one that a test is given may
    /// have the schema from its template.
    pub(in crate::db) async fn owners(pool: &PgPool) -> PgPool {
        sqlx::raw_sql(
            "drop schema public cascade;
             create schema public authorization pg_database_owner;
             grant usage on schema public to public;
             do $$
             begin
                 create role owner_of_a_test createrole;
             exception
                 when duplicate_object or unique_violation then null;
             end $$;
             do $$ begin execute format('alter database %I owner to owner_of_a_test', current_database()); end $$",
        )
        .execute(pool)
        .await
        .unwrap();
        let options = pool.connect_options().as_ref().clone().options([("role", "owner_of_a_test")]);
        PgPoolOptions::new().connect_with(options).await.unwrap()
    }

    #[sqlx::test(migrations = false)]
    async fn a_reader_who_stays_is_named_and_nobody_waits_behind_the_migration(pool: PgPool) {
        let owner = owners(&pool).await;
        let options = owner.connect_options();
        // The next one changes `decision`.
        sqlx::migrate!("../migrations").run_to(14, &owner).await.unwrap();
        let read = "select count(*) from decision";
        let mut reader = pool.begin().await.unwrap();
        sqlx::query("set local application_name = 'report'").execute(&mut *reader).await.unwrap();
        sqlx::query(read).execute(&mut *reader).await.unwrap();

        let refused = run(&options, IMPATIENT).await.unwrap_err();
        assert!(matches!(refused, DbError::Locked { waited: 2, .. }), "{refused:?}");
        let said = refused.to_string();
        let told = "program \"report\", met 2 of 2 times)";
        assert!(said.contains(told) && said.contains("run `server migrate` again"), "{said}");
        let newest = "select max(version) from _sqlx_migrations";
        assert_eq!(sqlx::query_scalar::<_, i64>(newest).fetch_one(&pool).await.unwrap(), 14);
        sqlx::query(read).execute(&pool).await.unwrap();

        reader.rollback().await.unwrap();
        run(&options, IMPATIENT).await.unwrap();
        assert!(sqlx::query_scalar::<_, i64>(newest).fetch_one(&pool).await.unwrap() >= 15);
        owner.close().await;
    }

    #[test]
    fn who_stays_is_named_before_who_comes_and_goes() {
        let holder = |pid: i32, transaction: &str, seconds| Holder {
            pid,
            virtualtransaction: transaction.to_owned(),
            login: "fornya".to_owned(),
            program: "fornya".to_owned(),
            seconds,
        };
        let mut in_the_way = InTheWay::default();
        in_the_way.note(vec![holder(1, "1/7", None), holder(2, "2/1", None)], 1);
        let stays = in_the_way.note(vec![holder(2, "2/1", None), holder(1, "1/8", None)], 2);
        assert!(stays.contains("process 2 ") && stays.contains("met 2 of 2 times"), "{stays}");
        let known = in_the_way.note(vec![holder(3, "3/1", Some(9)), holder(4, "4/1", Some(61))], 3);
        assert!(known.contains("process 4 ") && known.contains("for 61 s"), "{known}");
        assert_eq!(in_the_way.note(Vec::new(), 4), "somebody");
    }
}
