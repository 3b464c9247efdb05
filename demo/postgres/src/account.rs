//! Whom Postgres runs as.

use crate::Error;
use std::path::Path;
use std::process::{Command, Stdio};

/// Postgres refuses to run as root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SystemAccount {
    Own,
    /// Debian's account `postgres`, which root steps down to.
    Postgres,
}

/// How long a program may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// It gets SIGINT when the thread that starts it ends. For Postgres that means: disconnect everyone, save, stop.
    WithUs,
    ByItself,
}

impl SystemAccount {
    pub(crate) fn for_postgres() -> Self {
        if rustix::process::geteuid().is_root() { Self::Postgres } else { Self::Own }
    }

    /// A program that runs as this account, in a clean environment.
    pub(crate) fn command(self, program: &Path, ends: Ends) -> Command {
        let mut command = Command::new("/usr/bin/setpriv");
        if ends == Ends::WithUs {
            command.args(["--pdeathsig", "INT"]);
        }
        if self == Self::Postgres {
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
        }
        command.arg("--").arg(program);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
        command.current_dir("/").stdin(Stdio::null());
        command
    }

    /// Makes a folder, and its parents, that only this account and root can enter.
    pub(crate) fn make_folder(self, folder: &Path) -> Result<(), Error> {
        let mut install = Command::new("/usr/bin/install");
        install.args(["--directory", "--mode=0700"]);
        if self == Self::Postgres {
            install.args(["--owner=postgres", "--group=postgres"]);
        }
        install.arg("--").arg(folder);
        run(install).map(drop)
    }

    /// Whether this account gets through all the parents of `folder` and passes a test of `test` there, such as `-w`.
    pub(crate) fn passes(self, question: &str, folder: &Path) -> Result<bool, Error> {
        let mut test = self.command(Path::new("/usr/bin/test"), Ends::WithUs);
        test.arg(question).arg(folder);
        Ok(test.status().map_err(|error| not_run(&test, &error))?.success())
    }
}

/// Runs a program to its end and gives what it wrote; an error carries what it complained of.
pub(crate) fn run(mut command: Command) -> Result<String, Error> {
    let output = command.output().map_err(|error| not_run(&command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
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
