//! A private Postgres, so that neither the demo nor the tests need a server to be set up.
//!
//! It listens on a Unix socket in a folder of its own and nowhere else, so it meets no other server on the machine. It ends
//! with the process that started it, even when that process is killed with no chance to tidy up; only a [`Detached`] one stays.
//!
//! Everything here blocks. Postgres' own programs make the databases, so that no client library is compiled for it.

mod account;
mod detached;
mod installation;
mod process;
#[cfg(test)]
mod tests;

pub use detached::Detached;

use account::{Ends, SystemAccount};
use installation::Installation;
use process::Process;
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const SUPERUSER: &str = "postgres";
const DATABASE: &str = "fornya";
const SOCKET_NAME: &str = ".s.PGSQL.5432";
/// `sockaddr_un` holds 108 bytes, the last of them zero.
const LONGEST_SOCKET_PATH: usize = 107;
/// What holds for every server.
const SETTINGS: [&str; 9] = [
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

/// A running Postgres with an empty or earlier filled database `fornya`. It is stopped when dropped.
#[derive(Debug)]
pub struct EmbeddedPostgres {
    // Dropped in this order: the server ends before its socket's folder and its lock are given up.
    process: Process,
    access: Access,
    _socket: SocketFolder,
    _lock: File,
}

/// What a Postgres is for. What was committed survives a killed process in each; the settings follow from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Data to keep: commits reach the disk before they are acknowledged.
    Keep,
    /// Data to throw away: nothing is forced to disk.
    Throwaway,
    /// Tests, and work by hand: nothing is forced to disk, many may connect, and `pg_stat_statements` counts each statement.
    Development,
}

impl Durability {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Keep => &[],
            Self::Throwaway => &["fsync=off", "full_page_writes=off"],
            Self::Development => &[
                "fsync=off",
                "full_page_writes=off",
                "max_connections=300",
                "shared_preload_libraries=pg_stat_statements",
                // Each test has a database of its own, and the same statement counts anew in each.
                "pg_stat_statements.max=50000",
                "pg_stat_statements.track=top",
                "pg_stat_statements.track_utility=on",
            ],
        }
    }
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
    /// The folder's path is longer than a socket's may be.
    #[error("{} is too long a path for a socket: choose a shorter one", .folder.display())]
    TooLong {
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
}

impl EmbeddedPostgres {
    /// Starts the cluster in `folder`, which is made at the first start, and waits until it answers.
    ///
    /// As root the cluster belongs to the account `postgres`, since Postgres refuses to run as root; as anyone else it
    /// belongs to the caller. A cluster left behind by an unclean stop is taken over.
    pub fn start(folder: &Path, purpose: Durability) -> Result<Self, Error> {
        let cluster = Cluster::open(folder)?;
        process::wait_for_the_last(&cluster.data)?;
        let socket = SocketFolder::beside(&cluster.folder, cluster.account)?;
        let process = Process::start(cluster.server(&socket.path, purpose))?;
        let Cluster { account, installation, lock, .. } = cluster;
        let access = Access { account, installation, socket: socket.path.clone() };
        let postgres = Self { process, access, _socket: socket, _lock: lock };
        postgres.access.make_database(DATABASE)?;
        Ok(postgres)
    }

    /// Stops the server: open transactions are rolled back, and what was committed is on disk.
    pub fn stop(self) -> Result<(), Error> {
        self.process.end()
    }

    /// The address of the service's database, as its owner: what `DATABASE_URL` and `psql` take.
    pub fn url(&self) -> String {
        self.access.url(DATABASE)
    }

    /// The same server with other databases.
    pub fn access(&self) -> &Access {
        &self.access
    }
}

/// Whether a cluster is in this folder that no process holds.
pub fn is_abandoned(folder: &Path) -> bool {
    File::open(folder.join("lock")).is_ok_and(|lock| lock.try_lock().is_ok())
}

/// Whether the account that runs Postgres gets into this folder.
pub fn can_enter(folder: &Path) -> Result<bool, Error> {
    SystemAccount::for_postgres().passes("-x", folder)
}

/// How a running server is reached.
#[derive(Debug)]
pub struct Access {
    account: SystemAccount,
    installation: Installation,
    socket: PathBuf,
}

impl Access {
    fn url(&self, database: &str) -> String {
        let socket: String = form_urlencoded::byte_serialize(self.socket.as_os_str().as_bytes()).collect();
        format!("postgres://{SUPERUSER}@localhost/{database}?host={socket}")
    }

    /// Makes another database, unless it is there, and gives its address.
    pub fn make_database(&self, name: &str) -> Result<String, Error> {
        let mut look = self.client("psql");
        look.args(["--dbname=postgres", "--no-psqlrc", "--tuples-only", "--no-align", "--command"]);
        look.arg(format!("select 1 from pg_database where datname = '{}'", name.replace('\'', "''")));
        if account::run(look)?.trim().is_empty() {
            let mut create = self.client("createdb");
            create.arg("--").arg(name);
            account::run(create)?;
        }
        Ok(self.url(name))
    }

    /// Makes a database that is empty, whatever was there of this name.
    pub fn make_new_database(&self, name: &str) -> Result<String, Error> {
        let mut drop_old = self.client("dropdb");
        drop_old.args(["--if-exists", "--force", "--"]).arg(name);
        account::run(drop_old)?;
        self.make_database(name)
    }

    /// Where one of Postgres' own programs is, of the same version as the server.
    pub fn program(&self, name: &str) -> PathBuf {
        self.installation.program(name)
    }

    fn client(&self, program: &str) -> Command {
        let mut command = self.account.command(&self.installation.program(program), Ends::WithUs);
        command.arg("--host").arg(&self.socket).args(["--port=5432", "--username", SUPERUSER]);
        command
    }
}

/// A folder with a cluster in it, held against others.
struct Cluster {
    folder: PathBuf,
    data: PathBuf,
    account: SystemAccount,
    installation: Installation,
    lock: File,
}

impl Cluster {
    /// Makes the cluster at the first time.
    fn open(folder: &Path) -> Result<Self, Error> {
        let account = SystemAccount::for_postgres();
        let folder = own_folder(folder, account)?;
        let lock = take_lock(&folder)?;
        let data = folder.join("cluster");
        let installation = Installation::for_cluster(&data)?;
        if !data.exists() {
            init(&folder, &data, account, &installation)?;
        }
        Ok(Self { folder, data, account, installation, lock })
    }

    fn server(&self, socket: &Path, purpose: Durability) -> Command {
        let mut postgres = self.account.command(&self.installation.program("postgres"), Ends::WithUs);
        postgres.arg("-D").arg(&self.data).arg("-k").arg(socket).args(["-p", "5432"]);
        for setting in server_settings(purpose) {
            postgres.args(["-c", setting]);
        }
        postgres
    }
}

fn server_settings(purpose: Durability) -> impl Iterator<Item = &'static str> {
    SETTINGS.iter().chain(purpose.settings()).copied()
}

/// Makes the folder, or recognises one that was made here earlier; nobody else's folder changes hands.
fn own_folder(folder: &Path, account: SystemAccount) -> Result<PathBuf, Error> {
    let failed = |source| Error::Folder { path: folder.to_owned(), source };
    let known = folder.join("lock").exists();
    let empty = !folder.exists() || fs::read_dir(folder).map_err(failed)?.next().is_none();
    if !known && !empty {
        return Err(Error::Foreign { folder: folder.to_owned() });
    }
    account.make_folder(folder)?;
    let folder = folder.canonicalize().map_err(failed)?;
    if account.passes("-w", &folder)? { Ok(folder) } else { Err(Error::Unreachable { folder }) }
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
fn init(folder: &Path, cluster: &Path, account: SystemAccount, installation: &Installation) -> Result<(), Error> {
    let unfinished = folder.join("unfinished");
    let failed = |source| Error::Folder { path: unfinished.clone(), source };
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(failed)?;
    }
    let mut initdb = account.command(&installation.program("initdb"), Ends::WithUs);
    initdb.arg("--pgdata").arg(&unfinished);
    initdb.args(["--username", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
    initdb.args(["--data-checksums", "--no-instructions"]);
    account::run(initdb)?;
    fs::rename(&unfinished, cluster).map_err(failed)
}

/// Where the socket stands: in the cluster's folder, or apart when that path is too long for a socket.
///
/// Whoever reaches the socket is let in, so the folder is closed to everyone but the account and root.
#[derive(Debug)]
struct SocketFolder {
    path: PathBuf,
    _apart: Option<TempDir>,
}

impl SocketFolder {
    fn beside(folder: &Path, account: SystemAccount) -> Result<Self, Error> {
        if folder.join(SOCKET_NAME).as_os_str().len() <= LONGEST_SOCKET_PATH {
            return Ok(Self { path: folder.to_owned(), _apart: None });
        }
        let apart = tempfile::Builder::new().prefix("fornya-").tempdir_in("/tmp");
        let apart = apart.map_err(|source| Error::Folder { path: "/tmp".into(), source })?;
        account.make_folder(apart.path())?;
        Ok(Self { path: apart.path().to_owned(), _apart: Some(apart) })
    }
}
