use super::account::{Ends, SystemAccount};
use super::installation::{Installation, installed, pick};
use super::{Detached, Durability, EmbeddedPostgres, Error, LONGEST_SOCKET_PATH};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open};
use sqlx::{Connection, PgConnection};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Names the folder to the process that `a_killed_parent_leaves_no_server` starts and kills.
const FOLDER_TO_HOLD: &str = "FORNYA_TEST_FOLDER_TO_HOLD";

/// A folder with the given mode, whose parents every account can pass.
fn folder_with_mode(mode: u32) -> TempDir {
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    folder
}

fn open_folder() -> TempDir {
    folder_with_mode(0o711)
}

fn start(folder: &Path) -> Result<EmbeddedPostgres, Error> {
    EmbeddedPostgres::start(folder, Durability::Throwaway)
}

async fn connect(postgres: &EmbeddedPostgres) -> PgConnection {
    PgConnection::connect(&postgres.url()).await.unwrap()
}

async fn count_notes(postgres: &EmbeddedPostgres) -> i64 {
    let mut connection = connect(postgres).await;
    sqlx::query_scalar("select count(*) from note").fetch_one(&mut connection).await.unwrap()
}

async fn write_note(postgres: &EmbeddedPostgres) {
    let mut connection = connect(postgres).await;
    sqlx::raw_sql("create table note (body text); insert into note values ('kept')")
        .execute(&mut connection)
        .await
        .unwrap();
}

#[tokio::test]
async fn what_was_written_survives_a_stop() {
    let parent = open_folder();
    let folder = parent.path().join("postgres");

    let first = EmbeddedPostgres::start(&folder, Durability::Keep).unwrap();
    write_note(&first).await;
    first.stop().unwrap();

    let second = EmbeddedPostgres::start(&folder, Durability::Keep).unwrap();
    assert_eq!(count_notes(&second).await, 1);
}

#[tokio::test]
async fn only_its_own_socket_listens_and_only_the_throwaway_skips_the_disk() {
    let parent = open_folder();
    let postgres = start(&parent.path().join("postgres")).unwrap();
    let mut connection = PgConnection::connect(&postgres.url()).await.unwrap();

    for (setting, expected) in [("listen_addresses", ""), ("fsync", "off"), ("log_min_messages", "log")] {
        let value: String =
            sqlx::query_scalar("select current_setting($1)").bind(setting).fetch_one(&mut connection).await.unwrap();
        assert_eq!(value, expected, "{setting}");
    }
    let mode = fs::metadata(&postgres.access.socket).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test]
async fn a_kept_cluster_waits_for_the_disk() {
    let parent = open_folder();
    let postgres = EmbeddedPostgres::start(&parent.path().join("postgres"), Durability::Keep).unwrap();
    let mut connection = connect(&postgres).await;
    let fsync: String = sqlx::query_scalar("select current_setting('fsync')").fetch_one(&mut connection).await.unwrap();
    assert_eq!(fsync, "on");
}

#[tokio::test]
async fn each_statement_is_counted_for_development() {
    let parent = open_folder();
    let postgres = EmbeddedPostgres::start(&parent.path().join("postgres"), Durability::Development).unwrap();
    let url = postgres.access().make_database("counted").unwrap();
    assert_eq!(postgres.access().make_database("counted").unwrap(), url, "one that is there is left alone");
    let mut connection = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("create extension pg_stat_statements").execute(&mut connection).await.unwrap();

    sqlx::query("select 1 as counted").execute(&mut connection).await.unwrap();
    let calls: i64 = sqlx::query_scalar(
        "select calls from pg_stat_statements join pg_database on oid = dbid
          where datname = 'counted' and query like '%as counted'",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    assert_eq!(calls, 1);
}

#[tokio::test]
async fn a_detached_server_stays_until_it_is_stopped() {
    let parent = open_folder();
    let folder = parent.path().join("postgres");
    let url = Detached::start(&folder, Durability::Development).unwrap().url();
    PgConnection::connect(&url).await.unwrap();

    assert_eq!(Detached::start(&folder, Durability::Development).unwrap().url(), url, "a second start finds the first");
    Detached::stop(&folder).unwrap();
    PgConnection::connect(&url).await.unwrap_err();
    Detached::stop(&folder).unwrap();
}

#[tokio::test]
async fn a_second_start_in_the_same_folder_is_refused_and_the_first_goes_on() {
    let parent = open_folder();
    let folder = parent.path().join("postgres");
    let first = start(&folder).unwrap();

    assert!(matches!(start(&folder), Err(Error::InUse { .. })));
    write_note(&first).await;
    assert_eq!(count_notes(&first).await, 1);
}

#[tokio::test]
async fn a_cluster_whose_server_was_killed_starts_again() {
    let parent = open_folder();
    let folder = parent.path().join("postgres");
    let first = start(&folder).unwrap();
    write_note(&first).await;
    first.process.signal(Signal::KILL).unwrap();
    drop(first);
    let pid_file = folder.join("cluster/postmaster.pid");
    assert!(pid_file.exists());
    // The worst case: its number now belongs to another living process of the same account.
    let mut other =
        SystemAccount::for_postgres().command(Path::new("/usr/bin/sleep"), Ends::WithUs).arg("60").spawn().unwrap();
    let stale = fs::read_to_string(&pid_file).unwrap();
    let (_, rest) = stale.split_once('\n').unwrap();
    fs::write(&pid_file, format!("{}\n{rest}", other.id())).unwrap();

    let second = start(&folder).unwrap();
    assert_eq!(count_notes(&second).await, 1);
    other.kill().unwrap();
    other.wait().unwrap();
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_gets_one_apart_which_goes_away() {
    let parent = open_folder();
    let folder = parent.path().join("a".repeat(LONGEST_SOCKET_PATH));
    let postgres = start(&folder).unwrap();
    let socket = postgres.access.socket.clone();

    write_note(&postgres).await;
    assert_ne!(socket, folder);
    postgres.stop().unwrap();
    assert!(!socket.exists());
}

#[tokio::test]
async fn a_folder_with_other_content_is_left_alone() {
    let parent = open_folder();
    fs::write(parent.path().join("letter.txt"), "mine").unwrap();

    assert!(matches!(start(parent.path()), Err(Error::Foreign { .. })));
    let mode = fs::metadata(parent.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o711);
}

/// `./dev test` runs this where it is run by root.
mod as_root {
    use super::*;

    #[tokio::test]
    #[ignore = "needs to be run by root"]
    async fn root_is_told_when_the_account_cannot_enter() {
        let closed = folder_with_mode(0o700);
        assert!(matches!(start(&closed.path().join("postgres")), Err(Error::Unreachable { .. })));
    }
}

#[tokio::test]
#[ignore = "a process of its own, started and killed by the next test"]
async fn hold_a_server_until_killed() {
    let folder = PathBuf::from(std::env::var_os(FOLDER_TO_HOLD).unwrap());
    let postgres = start(&folder).unwrap();
    println!("holding {}", fs::read_to_string(folder.join("cluster/postmaster.pid")).unwrap().lines().next().unwrap());
    std::io::stdin().read_line(&mut String::new()).unwrap();
    drop(postgres);
}

#[tokio::test]
async fn a_killed_parent_leaves_no_server() {
    let parent = open_folder();
    let folder = parent.path().join("postgres");
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tests::hold_a_server_until_killed", "--ignored", "--nocapture"])
        .env(FOLDER_TO_HOLD, &folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(holder.stdout.take().unwrap());
    let pid = said.lines().find_map(|line| line.unwrap().split("holding ").nth(1)?.trim().parse().ok()).unwrap();
    let server = pidfd_open(Pid::from_raw(pid).unwrap(), PidfdFlags::empty()).unwrap();

    holder.kill().unwrap();
    holder.wait().unwrap();

    retry_on_intr(|| poll(&mut [PollFd::new(&server, PollFlags::IN)], None)).unwrap();
    start(&folder).unwrap();
}

#[test]
fn the_version_that_made_the_cluster_is_used_else_the_newest() {
    let version = |major| Installation { major, programs: PathBuf::from(format!("/usr/lib/postgresql/{major}/bin")) };
    let both = || vec![version(15), version(17), version(9)];

    assert_eq!(pick(both(), None).unwrap().major, 17);
    assert_eq!(pick(both(), Some(15)).unwrap().major, 15);
    assert!(matches!(pick(both(), Some(16)), Err(Error::NotInstalled { needed: Some(16) })));
    assert!(matches!(pick(vec![], None), Err(Error::NotInstalled { needed: None })));
}

#[test]
fn a_version_with_a_client_alone_does_not_count() {
    let versions = TempDir::new().unwrap();
    for (major, programs) in
        [("15", &["initdb", "postgres"][..]), ("16", &["psql"]), ("common", &["initdb", "postgres"])]
    {
        let bin = versions.path().join(major).join("bin");
        fs::create_dir_all(&bin).unwrap();
        for program in programs {
            fs::write(bin.join(program), "").unwrap();
        }
    }

    let found = installed(versions.path()).unwrap();
    assert_eq!(found.iter().map(|version| version.major).collect::<Vec<_>>(), [15]);
    assert_eq!(installed(&versions.path().join("none")).unwrap(), []);
}
