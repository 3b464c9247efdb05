//! A Postgres that outlives the process that started it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::account::{self, Ends, SystemAccount};
use crate::installation::Installation;
use crate::{Access, Cluster, DATABASE, Durability, Error, LONGEST_SOCKET_PATH, SOCKET_NAME, server_settings};

/// A Postgres for work by hand, which stays until it is told to stop.
#[derive(Debug)]
pub struct Detached {
    access: Access,
}

impl Detached {
    /// Starts the cluster in `folder`, which is made at the first start; does nothing when it runs already. What it logs stands in the file
    /// `log` there.
    pub fn start(folder: &Path, purpose: Durability) -> Result<Self, Error> {
        let cluster = Cluster::open(folder)?;
        let Cluster { folder, data, account, installation, .. } = &cluster;
        if folder.join(SOCKET_NAME).as_os_str().len() > LONGEST_SOCKET_PATH {
            return Err(Error::TooLong { folder: folder.clone() });
        }
        let mut status = pg_ctl(*account, installation, data);
        status.arg("status");
        if account::run(status).is_err() {
            let mut start = pg_ctl(*account, installation, data);
            start.arg("--log").arg(folder.join("log")).arg("--options").arg(options(folder, purpose));
            start.args(["--wait", "--silent", "start"]);
            account::run(start)?;
        }
        let access = Access { account: *account, installation: installation.clone(), socket: folder.clone() };
        access.make_database(DATABASE)?;
        Ok(Self { access })
    }

    /// Stops the server of this folder; does nothing when there is none.
    pub fn stop(folder: &Path) -> Result<(), Error> {
        let data = folder.join("cluster");
        if !fs::exists(data.join("postmaster.pid")).map_err(|source| Error::Folder { path: data.clone(), source })? {
            return Ok(());
        }
        let mut stop = pg_ctl(SystemAccount::for_postgres(), &Installation::for_cluster(&data)?, &data);
        stop.args(["--mode=fast", "--wait", "--silent", "stop"]);
        account::run(stop).map(drop)
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

fn pg_ctl(account: SystemAccount, installation: &Installation, data: &Path) -> Command {
    let mut command = account.command(&installation.program("pg_ctl"), Ends::ByItself);
    command.arg("--pgdata").arg(data);
    command
}

/// The server's options in the form that a shell takes apart, as `pg_ctl` has it do.
fn options(socket: &Path, purpose: Durability) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
    let mut options = format!("-p 5432 -k {}", quoted(&socket.to_string_lossy()));
    for setting in server_settings(purpose) {
        options.push_str(" -c ");
        options.push_str(&quoted(setting));
    }
    options
}
