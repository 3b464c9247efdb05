//! Where Debian keeps the programs of Postgres.

use crate::Error;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const VERSIONS: &str = "/usr/lib/postgresql";

/// One installed major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Installation {
    pub(crate) major: u32,
    pub(crate) programs: PathBuf,
}

impl Installation {
    /// The version that made the cluster, or the newest one when there is no cluster yet.
    pub(crate) fn for_cluster(cluster: &Path) -> Result<Self, Error> {
        pick(installed(Path::new(VERSIONS))?, made_by(cluster)?)
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }
}

pub(crate) fn pick(installed: Vec<Installation>, needed: Option<u32>) -> Result<Installation, Error> {
    installed
        .into_iter()
        .filter(|found| needed.is_none_or(|major| found.major == major))
        .max_by_key(|found| found.major)
        .ok_or(Error::NotInstalled { needed })
}

/// Versions with a server, not those of which only the client is installed.
pub(crate) fn installed(versions: &Path) -> Result<Vec<Installation>, Error> {
    let folder = |source| Error::Folder { path: versions.to_owned(), source };
    let entries = match fs::read_dir(versions) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(folder(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(folder)?;
        let programs = entry.path().join("bin");
        let major = entry.file_name().to_string_lossy().parse();
        if let Ok(major) = major
            && programs.join("initdb").exists()
            && programs.join("postgres").exists()
        {
            found.push(Installation { major, programs });
        }
    }
    Ok(found)
}

fn made_by(cluster: &Path) -> Result<Option<u32>, Error> {
    let path = cluster.join("PG_VERSION");
    match fs::read_to_string(&path) {
        Ok(version) => match version.trim().parse() {
            Ok(major) => Ok(Some(major)),
            Err(_) => Err(Error::Foreign { folder: cluster.to_owned() }),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Folder { path, source }),
    }
}
