//! A private Postgres, so that the demo needs no server to be set up.
//!
//! It listens on a Unix socket in a folder of its own and nowhere else, so it meets no other server on the machine. It ends
//! with the process that started it, even when that process is killed with no chance to tidy up.

mod account;
mod installation;
mod process;
#[cfg(test)]
mod tests;

use account::Account;
use installation::Installation;
use process::Process;
use sqlx::Postgres;
use sqlx::migrate::MigrateDatabase;
use sqlx::postgres::PgConnectOptions;
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const SUPERUSER: &str = "postgres";
const DATABASE: &str = "fornya";
const SOCKET_NAME: &str = ".s.PGSQL.5432";
/// `sockaddr_un` holds 108 bytes, the last of them zero.
const LONGEST_SOCKET_PATH: usize = 107;

/// A running Postgres with an empty or earlier filled database `fornya`. It is stopped when dropped.
#[derive(Debug)]
pub struct EmbeddedPostgres {
    // Dropped in this order: the server ends before its socket's folder and its lock are given up.
    process: Process,
    socket: SocketFolder,
    _lock: File,
}

/// Whether what was committed must survive a power cut. It survives a killed process either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Commits reach the disk before they are acknowledged.
    Kept,
    /// Nothing is forced to disk: faster, for tests that throw the folder away.
    Throwaway,
}

/// Why a private Postgres could not be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No Postgres of Debian's layout is there, or not the version that made the cluster.
    #[error("PostgreSQL {} is not installed under /usr/lib/postgresql: install it with apt-get install postgresql",
        .needed.map_or_else(|| "(any version)".to_owned(), |major| major.to_string()))]
    NotInstalled {
        /// The major version that made the cluster, if there is one.
        needed: Option<u32>,
    },
    /// The folder holds something that this module did not put there.
    #[error("{} is not empty and holds no cluster: choose another folder", .folder.display())]
    Foreign {
        /// The folder that was asked for.
        folder: PathBuf,
    },
    /// The account that runs Postgres cannot enter the folder, for example because it stands under `/root`.
    #[error("{} cannot be entered by the account postgres: choose a folder outside private homes", .folder.display())]
    Unreachable {
        /// The folder that was asked for.
        folder: PathBuf,
    },
    /// Another process holds this cluster.
    #[error("{} is in use by another process", .folder.display())]
    InUse {
        /// The folder that was asked for.
        folder: PathBuf,
    },
    /// The folder could not be made, read or changed.
    #[error("could not use {}", .path.display())]
    Folder {
        /// What was being read or written.
        path: PathBuf,
        /// The system's own word.
        source: io::Error,
    },
    /// A program could not be run, or ended with an error.
    #[error("{program} failed: {said}")]
    Program {
        /// The program's name.
        program: String,
        /// What it wrote, or why it could not be run.
        said: String,
    },
    /// Postgres ended, or was not ready in time.
    #[error("PostgreSQL did not start: {log}")]
    Start {
        /// The last lines of its log.
        log: String,
    },
    /// Postgres went on in spite of every signal.
    #[error("PostgreSQL did not stop")]
    Stop,
    /// Postgres runs but the database could not be made.
    #[error("could not make the database {DATABASE}")]
    Database(#[from] sqlx::Error),
    /// The asynchronous runtime stopped while Postgres was starting or stopping.
    #[error("interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

impl EmbeddedPostgres {
    /// Starts the cluster in `folder`, which is made at the first start, and waits until it answers.
    ///
    /// As root the cluster belongs to the account `postgres`, since Postgres refuses to run as root; as anyone else it
    /// belongs to the caller. A cluster left behind by an unclean stop is taken over.
    pub async fn start(folder: &Path, durability: Durability) -> Result<Self, Error> {
        let folder = folder.to_owned();
        let postgres = tokio::task::spawn_blocking(move || Self::start_blocking(&folder, durability)).await??;
        let url = postgres.url();
        if !Postgres::database_exists(&url).await? {
            Postgres::create_database(&url).await?;
        }
        Ok(postgres)
    }

    /// Stops the server: open transactions are rolled back, and what was committed is on disk.
    pub async fn stop(self) -> Result<(), Error> {
        tokio::task::spawn_blocking(move || self.process.end()).await?
    }

    /// How to connect to the service's database as its owner.
    pub fn connect_options(&self) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass().socket(&self.socket.path).username(SUPERUSER).database(DATABASE)
    }

    /// The same as an address, as `DATABASE_URL` or `psql` take it.
    pub fn url(&self) -> String {
        let socket: String = url::form_urlencoded::byte_serialize(self.socket.path.as_os_str().as_bytes()).collect();
        format!("postgres://{SUPERUSER}@localhost/{DATABASE}?host={socket}")
    }

    fn start_blocking(folder: &Path, durability: Durability) -> Result<Self, Error> {
        let account = Account::for_postgres();
        let folder = own_folder(folder, account)?;
        let lock = take_lock(&folder)?;
        let cluster = folder.join("cluster");
        let installation = Installation::for_cluster(&cluster)?;
        if cluster.exists() {
            process::wait_for_the_last(&cluster)?;
        } else {
            init(&folder, &cluster, account, &installation)?;
        }
        let socket = SocketFolder::beside(&folder, account)?;
        let process = Process::start(server_command(&cluster, &socket.path, account, &installation, durability))?;
        Ok(Self { process, socket, _lock: lock })
    }
}

/// Makes the folder, or recognises one that was made here earlier; nobody else's folder changes hands.
fn own_folder(folder: &Path, account: Account) -> Result<PathBuf, Error> {
    let failed = |source| Error::Folder { path: folder.to_owned(), source };
    let known = folder.join("lock").exists();
    let empty = !folder.exists() || fs::read_dir(folder).map_err(failed)?.next().is_none();
    if !known && !empty {
        return Err(Error::Foreign { folder: folder.to_owned() });
    }
    account.make_folder(folder)?;
    let folder = folder.canonicalize().map_err(failed)?;
    if account.can_write(&folder)? { Ok(folder) } else { Err(Error::Unreachable { folder }) }
}

/// Holds the cluster against a second start; the system gives the lock up when this process ends, however it ends.
fn take_lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join("lock");
    let opened = File::options().create(true).truncate(false).write(true).open(&path);
    let file = opened.map_err(|source| Error::Folder { path: path.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse { folder: folder.to_owned() }),
        Err(TryLockError::Error(source)) => Err(Error::Folder { path, source }),
    }
}

/// Makes the cluster under another name first, so that an interrupted start leaves nothing half made.
fn init(folder: &Path, cluster: &Path, account: Account, installation: &Installation) -> Result<(), Error> {
    let unfinished = folder.join("unfinished");
    let failed = |source| Error::Folder { path: unfinished.clone(), source };
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(failed)?;
    }
    let mut initdb = account.command(&installation.program("initdb"));
    initdb.arg("--pgdata").arg(&unfinished);
    initdb.args(["--username", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
    initdb.args(["--data-checksums", "--no-instructions"]);
    account::run(initdb)?;
    fs::rename(&unfinished, cluster).map_err(failed)
}

fn server_command(
    cluster: &Path,
    socket: &Path,
    account: Account,
    installation: &Installation,
    durability: Durability,
) -> std::process::Command {
    let mut postgres = account.command(&installation.program("postgres"));
    postgres.arg("-D").arg(cluster).arg("-k").arg(socket).args(["-p", "5432"]);
    let mut settings = vec![
        "listen_addresses=",
        "unix_socket_permissions=0700",
        "timezone=UTC",
        "log_timezone=UTC",
        "lc_messages=C",
        "log_destination=stderr",
        "logging_collector=off",
        // Errors of statements can quote what a person typed; the service sees them on its own connection anyway.
        "log_min_messages=log",
        "log_error_verbosity=terse",
    ];
    if durability == Durability::Throwaway {
        settings.extend(["fsync=off", "full_page_writes=off"]);
    }
    for setting in settings {
        postgres.args(["-c", setting]);
    }
    postgres
}

/// Where the socket stands: in the cluster's folder, or apart when that path is too long for a socket.
///
/// Whoever reaches the socket is let in, so the folder is closed to everyone but the account and root.
#[derive(Debug)]
struct SocketFolder {
    path: PathBuf,
    apart: bool,
}

impl SocketFolder {
    fn beside(folder: &Path, account: Account) -> Result<Self, Error> {
        if folder.join(SOCKET_NAME).as_os_str().len() <= LONGEST_SOCKET_PATH {
            return Ok(Self { path: folder.to_owned(), apart: false });
        }
        let path = PathBuf::from(format!("/tmp/fornya-{}", Uuid::new_v4().simple()));
        account.make_folder(&path)?;
        Ok(Self { path, apart: true })
    }
}

impl Drop for SocketFolder {
    fn drop(&mut self) {
        if self.apart
            && let Err(error) = fs::remove_dir_all(&self.path)
        {
            tracing::warn!(%error, folder = %self.path.display(), "The socket's folder could not be removed");
        }
    }
}
