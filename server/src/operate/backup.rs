//! `server backup FILE`: the whole database as one file of `pg_dump`, as it was at one moment, while the service runs.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use sqlx::postgres::PgConnection;
use sqlx::{ConnectOptions as _, Connection as _};

use super::archive::{Archive, ArchiveError};
use super::programs::{ProgramError, Programs};
use crate::config::Settings;
use crate::db;

/// How long a table may be held by somebody else, such as a migration.
const LOCK: &str = "--lock-wait-timeout=30000";

/// No backup was made. The text says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("the database of {setting} cannot be used")]
    Connect { setting: &'static str, source: sqlx::Error },
    #[error("the database does not answer as it should")]
    Sqlx(#[from] sqlx::Error),
    /// Row security would leave rows out, and `pg_dump` refuses.
    #[error(
        "the login of {setting} is held by row-level security: as a superuser, once, `create role fornya_backup login bypassrls \
         password '…'; grant pg_read_all_data to fornya_backup`, and name that login in database.backup_url"
    )]
    Held { setting: &'static str },
    #[error("there is no schema of this service in the database: nothing to back up")]
    NoSchema,
    /// It is never written over: an older backup may be the only good one.
    #[error("{file} cannot be made: it is there already, or its folder is not")]
    File { file: PathBuf, source: std::io::Error },
    #[error("{file} could not be written to the disk")]
    Written { file: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Program(#[from] ProgramError),
    #[error("what was written is no whole backup")]
    Archive(#[from] ArchiveError),
    #[error("what was written has {found} of {wanted} tables")]
    Incomplete { found: usize, wanted: usize },
}

/// Backs the database up, and proves that the file can be read again.
pub async fn backup(settings: &Settings, file: &Path) -> Result<(), BackupError> {
    let database = &settings.database;
    let (setting, url) = match (&database.backup_url, &database.migration_url) {
        (Some(url), _) => ("database.backup_url", url),
        (None, Some(url)) => ("database.migration_url", url),
        (None, None) => ("database.url", &database.url),
    };
    let connected = url.options().application_name("fornya-backup").connect().await;
    let mut server = connected.map_err(|source| BackupError::Connect { setting, source })?;
    if !is_free(&mut server).await? {
        return Err(BackupError::Held { setting });
    }
    let schema = db::schema_of(&mut server).await?.ok_or(BackupError::NoSchema)?;
    let programs = Programs::of(&mut server, url).await?;
    let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let out = out.map_err(|source| BackupError::File { file: file.to_owned(), source })?;
    let made = dump(&mut server, &programs, file, out).await;
    if made.is_err() {
        // Half a backup must not be taken for one. That it cannot be removed says less than why it was not made.
        let _ = fs::remove_file(file);
    }
    let tables = made?;
    let bytes = fs::metadata(file).map(|about| about.len()).unwrap_or_default();
    tracing::info!(schema, tables, bytes, file = %file.display(), "The database is backed up in {}", file.display());
    tracing::info!(
        "Not in it: the master key, without which what is sealed in it cannot be opened; the client keys, the certificates and the settings; \
         the logins at Postgres and their passwords. Names of people are in it as they are: keep it as the database itself"
    );
    Ok(server.close().await?)
}

/// Whether row security does not hold the login.
async fn is_free(server: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        .fetch_one(server)
        .await
}

/// Writes everything as one snapshot shows it. Gives the number of tables.
async fn dump(server: &mut PgConnection, programs: &Programs, file: &Path, out: File) -> Result<usize, BackupError> {
    let written = |source| BackupError::Written { file: file.to_owned(), source };
    let on_disk = out.try_clone().map_err(written)?;
    let mut tx = server.begin_with("begin isolation level repeatable read read only").await?;
    let snapshot: String = sqlx::query_scalar("select pg_export_snapshot()").fetch_one(&mut *tx).await?;
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')",
    )
    .fetch_all(&mut *tx)
    .await?;
    let (snapshot, database) = (format!("--snapshot={snapshot}"), programs.database());
    programs.run("pg_dump", &["--format=custom", "--no-password", LOCK, &snapshot, &database], Some(out)).await?;
    tx.rollback().await?;
    on_disk.sync_all().map_err(written)?;
    let found = Archive::read(programs, file).await?.tables;
    if found == tables.len() { Ok(found) } else { Err(BackupError::Incomplete { found, wanted: tables.len() }) }
}
