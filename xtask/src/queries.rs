//! The queries that are checked when compiling, and `.sqlx`, which describes them.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::{Result, bail};
use embedded_postgres::Access;
use xshell::cmd;

use crate::database::Throwaway;
use crate::files;
use crate::install;
use crate::project::{Project, execute};
use crate::steps::Steps;

const DESCRIBED: &str = ".sqlx";
/// What the database says, before it is compared or kept.
const FOUND: &str = "target/queries";
const SOURCES: [&str; 4] = ["app", "demo", "server", "tests"];

pub(crate) fn prepare(project: &Project, steps: &mut Steps) -> Result<()> {
    steps.outlive_interrupt()?;
    steps.step("What is needed", || install::for_building(project))?;
    let throwaway = steps.step("Postgres", || Throwaway::start(project))?;
    steps.step("Queries", || describe(project, throwaway.postgres.access()))?;
    project.sh.remove_path(DESCRIBED)?;
    fs::create_dir(project.path(DESCRIBED))?;
    let found = files::under(&[project.path(FOUND)])?;
    for file in &found {
        project.sh.copy_file(file, DESCRIBED)?;
    }
    println!("{} queries are described in {DESCRIBED}", found.len());
    Ok(())
}

/// Compares `.sqlx` with what the database says, unless nothing has changed since it was found the same.
pub(crate) fn check(project: &Project, postgres: &Access) -> Result<()> {
    let inputs = ["migrations", DESCRIBED, "app/src", "demo", "server", "tests/src", "Cargo.lock"];
    files::unless_done(project, FOUND, &inputs, || {
        describe(project, postgres)?;
        if !files::same(&project.path(DESCRIBED), &project.path(FOUND))? {
            bail!("{DESCRIBED} is not what the database says. Refresh it with ./dev prepare and commit it.");
        }
        Ok(())
    })
}

/// Asks a freshly migrated database about every query that is checked when compiling.
fn describe(project: &Project, postgres: &Access) -> Result<()> {
    let url = migrated(project, postgres, "queries")?;
    let found = project.path(FOUND);
    project.sh.remove_path(&found)?;
    project.sh.create_dir(&found)?;
    touch_queries(project)?;
    let check = cmd!(project.sh, "cargo check --locked --workspace --all-targets");
    execute(check.env("DATABASE_URL", url).env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", found))
}

/// A new database with the files of `migrations/` in it. Not by `server migrate`: the server may not compile yet.
pub(crate) fn migrated(project: &Project, postgres: &Access, name: &str) -> Result<String> {
    let url = postgres.make_new_database(name)?;
    let psql = postgres.program("psql");
    for file in files::under(&[project.path("migrations")])? {
        let options = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"];
        execute(cmd!(project.sh, "{psql} {url} {options...} --file {file}"))?;
    }
    Ok(url)
}

/// The queries are asked about while their crates compile, so these must look changed.
#[expect(clippy::disallowed_methods, reason = "the time of a file is the machine's own")]
fn touch_queries(project: &Project) -> Result<()> {
    let sources: Vec<PathBuf> = SOURCES.iter().map(|folder| project.path(folder)).collect();
    for file in files::under(&sources)? {
        if file.extension().is_some_and(|extension| extension == "rs") && has_query(&fs::read_to_string(&file)?) {
            File::options().append(true).open(&file)?.set_modified(SystemTime::now())?;
        }
    }
    Ok(())
}

/// Whether a text calls `query!`, `query_as!` or another of that family.
fn has_query(text: &str) -> bool {
    let of_a_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    text.match_indices("query").any(|(start, _)| text[start..].trim_start_matches(of_a_name).starts_with('!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_checked_queries_count() {
        assert!(has_query("let rows = sqlx::query_as!(Row, \"select 1\");"));
        assert!(has_query("query!(\"select 1\")"));
        assert!(!has_query("sqlx::query(\"select 1\"); // query, not checked!"));
    }
}
