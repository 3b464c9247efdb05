//! The two Postgres servers of the tools: one that goes away with the run, and one for working by hand.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use embedded_postgres::{Detached, Durability, EmbeddedPostgres};
use tempfile::TempDir;
use xshell::cmd;

use crate::project::{Project, execute};
use crate::queries;

const THROWAWAY: &str = "fornya-test.";

/// A Postgres for tests, gone with all its data when dropped.
pub(crate) struct Throwaway {
    // Dropped in this order: the server ends before its folder goes.
    pub(crate) postgres: EmbeddedPostgres,
    _folder: TempDir,
}

impl Throwaway {
    /// Starts it, and names it in `DATABASE_URL` for all that is run from here on.
    pub(crate) fn start(project: &Project) -> Result<Self> {
        remove_leftovers(Path::new("/tmp"))?;
        // Not in target/: root's Postgres runs as another account, which cannot enter a private home.
        let folder =
            tempfile::Builder::new().prefix(THROWAWAY).permissions(Permissions::from_mode(0o711)).tempdir_in("/tmp")?;
        let postgres = EmbeddedPostgres::start(&cluster(folder.path()), Durability::Development)?;
        project.sh.set_var("DATABASE_URL", postgres.url());
        Ok(Self { postgres, _folder: folder })
    }

    /// Puts the schema into what every new database of this server is made from: each test has one of its own, and finds its migrations
    /// done.
    pub(crate) fn prepare_template(&self, project: &Project) -> Result<()> {
        let url = self.postgres.access().make_database("template1")?;
        let server = project.target.join("debug/server");
        let settings = write_settings(project, &project.target.join("template"), &url)?;
        execute(cmd!(project.sh, "{server} migrate --settings {settings}"))
    }
}

fn cluster(folder: &Path) -> PathBuf {
    folder.join("postgres")
}

/// Removes what runs that were killed have left.
fn remove_leftovers(parent: &Path) -> io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let ours = entry.file_name().to_string_lossy().starts_with(THROWAWAY);
        if ours && embedded_postgres::is_abandoned(&cluster(&entry.path())) {
            // Another account's folder stays: that is for its owner to remove.
            drop(fs::remove_dir_all(entry.path()));
        }
    }
    Ok(())
}

/// Starts the Postgres for working by hand, and brings its schema up to date.
pub(crate) fn start(project: &Project) -> Result<()> {
    let postgres = Detached::start(&by_hand(project), Durability::Development)?;
    let url = postgres.url();
    println!("DATABASE_URL={url}");
    let server = project.target.join("debug/server");
    if build_server(project).is_err() {
        // Queries that .sqlx does not know yet: the files of migrations/ say what they mean.
        eprintln!("The server does not compile by .sqlx; its queries are asked about instead");
        let fresh = queries::migrated(project, postgres.access(), "queries")?;
        let build = cmd!(project.sh, "cargo build --locked --package server").env("SQLX_OFFLINE", "false");
        execute(build.env("DATABASE_URL", fresh))?;
    }
    let folder = project.target.join("db");
    let settings = write_settings(project, &folder, &url)?;
    execute(cmd!(project.sh, "{server} migrate --settings {settings}")).with_context(|| {
        format!(
            "A migration that has run was changed? Then begin anew: ./dev db stop && rm -rf {}",
            by_hand(project).display()
        )
    })
}

pub(crate) fn stop(project: &Project) -> Result<()> {
    Ok(Detached::stop(&by_hand(project))?)
}

fn build_server(project: &Project) -> Result<()> {
    execute(cmd!(project.sh, "cargo build --locked --package server").env_remove("DATABASE_URL"))
}

/// One for each work tree, with a name short enough for a socket.
fn by_hand(project: &Project) -> PathBuf {
    let name: Vec<char> = project.root.to_string_lossy().replace('/', "-").chars().collect();
    let name: String = name[name.len().saturating_sub(60)..].iter().collect();
    PathBuf::from(format!("/tmp/fornya-db{name}"))
}

/// `server migrate` reads a whole settings file, though it uses the database alone.
fn write_settings(project: &Project, folder: &Path, url: &str) -> Result<PathBuf> {
    let key = folder.join("master.key");
    // 32 bytes of zero: nothing real is ever sealed here.
    project.sh.write_file(&key, format!("{}=\n", "A".repeat(43)))?;
    fs::set_permissions(&key, Permissions::from_mode(0o600))?;
    let provider = r#"issuer = "http://127.0.0.1:1"
client_id = "fornya"
client_key_file = "none"
accepted_levels = ["none"]
allow_loopback_http = true"#;
    let file = folder.join("fornya.toml");
    let text = format!(
        r#"[http]
listen = "127.0.0.1:8080"
public_scheme = "http"
[ops]
listen = "127.0.0.1:8081"
[database]
url = "{url}"
system_url = "{url}"
migration_url = "{url}"
[keys]
master_key_file = "{}"
[identity.citizen]
{provider}
signature_trust_file = "none"
[identity.staff]
{provider}
[authorities]
allowed_hosts = []
[log]
format = "text"
"#,
        key.display()
    );
    project.sh.write_file(&file, text)?;
    Ok(file)
}
