//! Postgres' own programs, which every operator knows: what they write can be read without this service.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use sqlx::postgres::PgConnection;
use tokio::process::Command;

use crate::config::DatabaseUrl;

/// Where Debian keeps each version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// So much of what a program complains of is told.
const TOLD: usize = 1_000;

/// A program could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    #[error("{program} cannot be run: install Postgres' client programs (Debian: postgresql-client)")]
    Start { program: String, source: std::io::Error },
    #[error("{program} failed: {said}")]
    Failed {
        program: String,
        /// Its complaints, without the rows that they may quote.
        said: String,
    },
    #[error("the version of Postgres cannot be asked for")]
    Version(#[from] sqlx::Error),
}

/// The programs that go with one server.
pub(super) struct Programs {
    folder: Option<PathBuf>,
    url: String,
    password: Option<String>,
}

impl Programs {
    /// Those of the server's own version where they are installed, or else whichever are found.
    pub(super) async fn of(server: &mut PgConnection, url: &DatabaseUrl) -> Result<Self, ProgramError> {
        let version: String = sqlx::query_scalar("show server_version_num").fetch_one(server).await?;
        let major = version.parse::<u32>().unwrap_or_default() / 10_000;
        let folder = Path::new(VERSIONS).join(major.to_string()).join("bin");
        let (url, password) = url.apart();
        Ok(Self { folder: Some(folder).filter(|folder| folder.is_dir()), url: url.into(), password })
    }

    /// The argument that names the database, without its password.
    pub(super) fn database(&self) -> String {
        format!("--dbname={}", self.url)
    }

    /// Runs one of them, with what it writes going to a file or given back.
    pub(super) async fn run(
        &self,
        name: &str,
        arguments: &[&str],
        out: Option<std::fs::File>,
    ) -> Result<Vec<u8>, ProgramError> {
        let program = self.folder.as_ref().map_or_else(|| PathBuf::from(name), |folder| folder.join(name));
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        command.stdout(out.map_or_else(Stdio::piped, Stdio::from));
        // An argument could be read by everybody on the machine.
        command.envs(self.password.as_ref().map(|password| ("PGPASSWORD", password)));
        let failed = |source| ProgramError::Start { program: name.to_owned(), source };
        let output = command.spawn().map_err(failed)?.wait_with_output().await.map_err(failed)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(ProgramError::Failed {
            program: name.to_owned(),
            said: complaints(name, &String::from_utf8_lossy(&output.stderr)),
        })
    }
}

/// The lines of the program itself. Those between them are Postgres' details, which quote rows.
fn complaints(name: &str, said: &str) -> String {
    let own = said.lines().filter_map(|line| line.split_once(": ").filter(|(who, _)| who.ends_with(name)));
    own.map(|(_, what)| what).collect::<Vec<_>>().join("; ").chars().take(TOLD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_is_told_of_what_went_wrong() {
        let said = "pg_restore: while PROCESSING TOC:\npg_restore: error: COPY failed for table \"person\": ERROR:  duplicate key\n\
                    DETAIL:  Key (name)=(Petra) already exists.\nCONTEXT:  COPY person, line 1: \"Petra\"\n";
        let told = complaints("pg_restore", said);
        assert_eq!(told, "while PROCESSING TOC:; error: COPY failed for table \"person\": ERROR:  duplicate key");
    }
}
