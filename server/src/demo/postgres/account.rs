//! Whom Postgres runs as.

use super::Error;
use std::path::Path;
use std::process::{Command, Stdio};

/// Postgres refuses to run as root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Account {
    /// The caller's own.
    Own,
    /// Debian's account `postgres`, which root steps down to.
    Postgres,
}

impl Account {
    pub(super) fn for_postgres() -> Self {
        if rustix::process::geteuid().is_root() { Self::Postgres } else { Self::Own }
    }

    /// A program that runs as this account, in a clean environment, and gets SIGINT when the thread that starts it ends.
    ///
    /// For Postgres SIGINT means: disconnect everyone, save, stop.
    pub(super) fn command(self, program: &Path) -> Command {
        let mut command = Command::new("/usr/bin/setpriv");
        command.args(["--pdeathsig", "INT"]);
        if self == Self::Postgres {
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
        }
        command.arg("--").arg(program);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
        command.current_dir("/").stdin(Stdio::null());
        command
    }

    /// Makes a folder, and its parents, that only this account and root can enter.
    pub(super) fn make_folder(self, folder: &Path) -> Result<(), Error> {
        let mut install = Command::new("/usr/bin/install");
        install.args(["--directory", "--mode=0700"]);
        if self == Self::Postgres {
            install.args(["--owner=postgres", "--group=postgres"]);
        }
        install.arg("--").arg(folder);
        run(install)
    }

    /// Whether this account gets through all the parents of `folder` and may write there.
    pub(super) fn can_write(self, folder: &Path) -> Result<bool, Error> {
        let mut test = self.command(Path::new("/usr/bin/test"));
        test.arg("-w").arg(folder);
        Ok(test.status().map_err(|error| not_run(&test, &error))?.success())
    }
}

/// Runs a program to its end; an error carries what it wrote.
pub(super) fn run(mut command: Command) -> Result<(), Error> {
    let output = command.output().map_err(|error| not_run(&command, &error))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Error::Program { program: name(&command), said })
}

fn not_run(command: &Command, error: &std::io::Error) -> Error {
    Error::Program { program: name(command), said: error.to_string() }
}

/// The program that was meant, behind `setpriv`.
fn name(command: &Command) -> String {
    let behind = command.get_args().skip_while(|arg| *arg != "--").nth(1);
    let program = if command.get_program() == "/usr/bin/setpriv" { behind } else { None };
    program.unwrap_or(command.get_program()).to_string_lossy().into_owned()
}
