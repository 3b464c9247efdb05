//! `server backup FILE`: the whole database as one file of `pg_dump`, as it was at one moment, while the service runs. Until it has been read
//! through it is called `FILE.part`: what has the right name is whole.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use sqlx::postgres::PgConnection;
use sqlx::{ConnectOptions as _, Connection as _};

use super::archive::{self, Archive, ArchiveError};
use super::programs::{ProgramError, Programs};
use crate::config::{Settings, SettingsError};
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
    #[error("{file} is there already: choose another name")]
    Exists { file: PathBuf },
    /// Another backup writes it, or one that was killed has left it.
    #[error("{file} cannot be made: it is there already (remove it, unless a backup is running), or its folder is not")]
    Part { file: PathBuf, source: std::io::Error },
    #[error("{file} could not be written to the disk")]
    Written { file: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Program(#[from] ProgramError),
    #[error("what was written cannot be read again")]
    Archive(#[from] ArchiveError),
}

/// Backs the database up, and proves that the file can be read again.
pub async fn backup(settings: &Settings, file: &Path) -> Result<(), BackupError> {
    let (setting, url) = ("database.backup_url", settings.database.backup()?);
    let connected = url.options().application_name("fornya-backup").connect().await;
    let mut server = connected.map_err(|source| BackupError::Connect { setting, source })?;
    if !is_free(&mut server).await? {
        return Err(BackupError::Held { setting });
    }
    db::schema_of(&mut server).await?.ok_or(BackupError::NoSchema)?;
    let programs = Programs::of(&mut server, url).await?;
    server.close().await?;

    // Known before a long work, and made sure of at its end.
    if fs::exists(file).map_err(written(file))? {
        return Err(BackupError::Exists { file: file.to_owned() });
    }
    let part = part_of(file);
    let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part);
    let out = out.map_err(|source| BackupError::Part { file: part.clone(), source })?;
    let kept = match dump(&programs, out, &part).await {
        Ok(()) => keep(&programs, &part, file).await,
        Err(error) => Err(error),
    };
    let removed = fs::remove_file(&part);
    let Archive { schema, tables, .. } = kept?;
    removed.map_err(written(&part))?;
    let bytes = fs::metadata(file).map(|about| about.len()).unwrap_or_default();
    tracing::info!(schema, tables, bytes, file = %file.display(), "The database is backed up in {}", file.display());
    tracing::info!(
        "Not in it: the master key, without which what is sealed in it cannot be opened; the client keys, the certificates and the settings; \
         the logins at Postgres and their passwords. Names of officials are in it as they are, and amounts and times of what nobody is named in: keep it as the database itself"
    );
    Ok(())
}

/// Whether row security does not hold the login.
async fn is_free(server: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        .fetch_one(server)
        .await
}

fn written(file: &Path) -> impl FnOnce(std::io::Error) -> BackupError {
    move |source| BackupError::Written { file: file.to_owned(), source }
}

/// What a file is called until it is whole.
pub(super) fn part_of(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".part");
    name.into()
}

/// Writes everything, as `pg_dump` sees it at one moment, through to the disk.
async fn dump(programs: &Programs, out: File, part: &Path) -> Result<(), BackupError> {
    let on_disk = out.try_clone().map_err(written(part))?;
    programs.run("pg_dump", &["--format=custom", "--no-password", LOCK, &programs.database()], Some(out)).await?;
    on_disk.sync_all().map_err(written(part))
}

/// Gives a backup its name once it has been read through, and never the name of another.
pub(super) async fn keep(programs: &Programs, part: &Path, file: &Path) -> Result<Archive, BackupError> {
    archive::read_through(programs, part).await?;
    let archive = Archive::read(programs, part).await?;
    fs::hard_link(part, file).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => BackupError::Exists { file: file.to_owned() },
        _ => written(file)(error),
    })?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(written(file))?;
    Ok(archive)
}
