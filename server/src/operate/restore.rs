//! `server restore FILE`: what `server backup` wrote, in a database that is empty, with the roles that its rules are for.

use std::path::Path;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::archive::{Archive, ArchiveError, Owned};
use super::programs::{ProgramError, Programs};
use crate::chain::chain;
use crate::config::{Settings, SettingsError};
use crate::db::{self, Db, DbError, Logins};
use crate::serve::{self, ServeError};

/// Nothing was restored, or not all is well with what was. The text says which.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("the database of {setting} cannot be used")]
    Connect { setting: &'static str, source: sqlx::Error },
    #[error("the database does not answer as it should")]
    Sqlx(#[from] sqlx::Error),
    #[error(
        "there is something in the database of {setting} already ({what}): restore into a new, empty one. Nothing was changed"
    )]
    NotEmpty { setting: &'static str, what: String },
    #[error("the backup cannot be read. Nothing was changed")]
    Archive(#[from] ArchiveError),
    #[error(
        "the backup is of schema {found}, and this binary knows up to {known}: restore it with the binary that made it or a newer one. Nothing was changed"
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "the role {role} is missing in this cluster and cannot be made: the login of {setting} needs CREATEROLE. Nothing was restored"
    )]
    Role { role: String, setting: &'static str, source: sqlx::Error },
    /// It is one transaction.
    #[error("the backup could not be restored. Nothing of it is in the database")]
    Program(#[from] ProgramError),
    #[error("the backup was restored without all of its rules ({0}): do not use this database")]
    Rules(String),
    #[error("the backup was restored, and the service cannot use it with these settings")]
    Serve(#[from] ServeError),
    #[error("the backup was restored, and the service cannot use it")]
    Db(#[from] DbError),
}

/// Restores a backup, and proves that its rules hold and that the master key opens it.
pub async fn restore(settings: &Settings, file: &Path) -> Result<(), RestoreError> {
    let (setting, url) = ("database.migration_url", settings.database.owner()?);
    let connected = url.options().application_name("fornya-restore").connect().await;
    let mut server = connected.map_err(|source| RestoreError::Connect { setting, source })?;
    if let Some(what) = something_in(&mut server).await? {
        return Err(RestoreError::NotEmpty { setting, what });
    }
    let programs = Programs::of(&mut server, url).await?;
    let archive = Archive::read(&programs, file).await?;
    let known = db::known_schema();
    if archive.schema > known {
        return Err(RestoreError::Newer { found: archive.schema, known });
    }
    for role in &archive.roles {
        make_role(&mut server, role).await.map_err(|source| RestoreError::Role {
            role: role.clone(),
            setting,
            source,
        })?;
    }
    if archive.roles.iter().any(|role| role == db::REGISTER) {
        sqlx::raw_sql(db::REGISTER_IS_BOTH).execute(&mut server).await?;
    }
    let (database, file) = (programs.database(), file.to_string_lossy());
    let how = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-password", &*database, &*file];
    programs.run("pg_restore", &how, None).await?;
    give_to_owners(&mut server, &archive.owned)
        .await
        .map_err(|error| RestoreError::Rules(chain(&error).to_string()))?;
    hold_against(&mut server, &archive).await?;
    sqlx::query("analyze").execute(&mut server).await?;
    server.close().await?;

    let as_both = Logins { tenant: url.options(), system: url.options() };
    let owner = Db::connect(as_both, 1, serve::master_key(settings)?);
    owner.check_master_key().await?;
    owner.close().await;
    let Archive { schema, tables, policies, .. } = archive;
    tracing::info!(schema, tables, policies, "The backup is restored, and the master key opens what is sealed in it");
    if schema < known {
        tracing::info!("Its schema is older than this binary: run `server migrate`");
    } else {
        look_as_service(settings).await?;
    }
    Ok(())
}

/// The first thing that somebody has made in the database.
async fn something_in(server: &mut PgConnection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar(
        "select pg_describe_object('pg_class'::regclass, c.oid, 0)
           from pg_class c
           join pg_namespace n on n.oid = c.relnamespace
          where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_t%'
            and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
          order by c.relname
          limit 1",
    )
    .fetch_optional(server)
    .await
}

/// A role without login, as the migrations make it.
async fn make_role(server: &mut PgConnection, role: &str) -> Result<(), sqlx::Error> {
    let (there, is_superuser): (bool, bool) = sqlx::query_as(
        "select exists (select from pg_roles where rolname = $1), rolsuper from pg_roles where rolname = current_user",
    )
    .bind(role)
    .fetch_one(&mut *server)
    .await?;
    let name = quoted(role);
    if !there {
        sqlx::query(AssertSqlSafe(format!("create role {name} nologin noinherit nobypassrls")))
            .execute(&mut *server)
            .await?;
    }
    if !is_superuser && !is_member(server, role).await? {
        sqlx::query(AssertSqlSafe(format!("grant {name} to current_user"))).execute(&mut *server).await?;
    }
    Ok(())
}

async fn is_member(server: &mut PgConnection, role: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select pg_has_role(current_user, $1, 'member')").bind(role).fetch_one(server).await
}

/// Gives what belongs to a role back to it. It takes the right to make things in the schema, for the moment.
async fn give_to_owners(server: &mut PgConnection, things: &[Owned]) -> Result<(), sqlx::Error> {
    let mut tx = server.begin().await?;
    for Owned { what, owner } in things {
        let owner = quoted(owner);
        for statement in [
            format!("grant create on schema public to {owner}"),
            format!("alter {what} owner to {owner}"),
            format!("revoke create on schema public from {owner}"),
        ] {
            sqlx::query(AssertSqlSafe(statement)).execute(&mut *tx).await?;
        }
    }
    tx.commit().await
}

fn quoted(role: &str) -> String {
    format!("\"{}\"", role.replace('"', "\"\""))
}

/// Every table of the backup is there, with row security in force, and so is every policy.
async fn hold_against(server: &mut PgConnection, archive: &Archive) -> Result<(), RestoreError> {
    let open: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> '_sqlx_migrations'
            and not (relrowsecurity and relforcerowsecurity)
          order by 1",
    )
    .fetch_all(&mut *server)
    .await?;
    if !open.is_empty() {
        return Err(RestoreError::Rules(format!("no row-level security on {}", open.join(", "))));
    }
    let (tables, policies): (i64, i64) = sqlx::query_as(
        "select (select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')),
                (select count(*) from pg_policy)",
    )
    .fetch_one(server)
    .await?;
    let wanted = (i64::try_from(archive.tables), i64::try_from(archive.policies));
    if wanted != (Ok(tables), Ok(policies)) {
        let told = format!("{tables} of {} tables, {policies} of {} policies", archive.tables, archive.policies);
        return Err(RestoreError::Rules(told));
    }
    Ok(())
}

/// Logins are not in a backup. Says what is still to be done where the service's own is not ready.
async fn look_as_service(settings: &Settings) -> Result<(), RestoreError> {
    let service = serve::database(settings)?;
    if let Err(why) = service.check_logins().await {
        tracing::warn!(
            error = %chain(&why),
            "The service's logins cannot use it yet: make them and grant each its role, as docs/operations.md says under \"The database\""
        );
    }
    service.close().await;
    Ok(())
}
