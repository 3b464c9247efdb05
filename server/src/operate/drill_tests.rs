//! The drill: a populated database is backed up, and comes back in a cluster that knows nothing of this service.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use embedded_postgres::{Durability, EmbeddedPostgres};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgPool};
use tempfile::TempDir;

use super::backup::{keep, part_of};
use super::programs::Programs;
use super::{BackupError, RestoreError, backup, restore};
use crate::config::{DatabaseUrl, Settings};
use crate::db::{DbError, MasterKey};
use crate::serve;
use crate::test_support::{Statement, Towns};

/// The address of what a pool is connected to, without what only sqlx understands.
fn address(options: &PgConnectOptions) -> DatabaseUrl {
    let mut url = options.to_url_lossy();
    url.set_query(None);
    url.as_str().parse().unwrap()
}

/// A cluster of its own, with an empty database of an owner who is no superuser.
struct Elsewhere {
    postgres: EmbeddedPostgres,
    folder: TempDir,
}

impl Elsewhere {
    async fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("fornya-drill-").tempdir_in("/tmp").unwrap();
        // The account that runs Postgres must get through.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).unwrap();
        let cluster = folder.path().join("postgres");
        let starting = move || EmbeddedPostgres::start(&cluster, Durability::Throwaway).unwrap();
        let postgres = tokio::task::spawn_blocking(starting).await.unwrap();
        let elsewhere = Self { postgres, folder };
        let mut superuser = elsewhere.connect("postgres", "fornya").await;
        for statement in [
            "create role fornya_owner login createrole",
            "create role fornya_service login noinherit",
            "create role fornya_service_system login noinherit",
            "create database restored owner fornya_owner encoding 'UTF8' template template0",
        ] {
            sqlx::query(statement).execute(&mut superuser).await.unwrap();
        }
        elsewhere
    }

    fn url(&self, login: &str, database: &str) -> DatabaseUrl {
        let url = self.postgres.url();
        url.replacen("postgres@", &format!("{login}@"), 1)
            .replacen("/fornya?", &format!("/{database}?"), 1)
            .parse()
            .unwrap()
    }

    async fn connect(&self, login: &str, database: &str) -> PgConnection {
        PgConnection::connect_with(&self.url(login, database).options()).await.unwrap()
    }

    /// The settings with which the service lives here.
    fn settings(&self, settings: &Settings) -> Settings {
        let mut settings = settings.clone();
        settings.database.url = self.url("fornya_service", "restored");
        settings.database.system_url = self.url("fornya_service_system", "restored");
        settings.database.migration_url = Some(self.url("fornya_owner", "restored"));
        settings
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

/// How many rows each table has.
async fn rows(connection: &mut PgConnection) -> BTreeMap<String, i64> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')",
    )
    .fetch_all(&mut *connection)
    .await
    .unwrap();
    let mut rows = BTreeMap::new();
    for table in tables {
        let count = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from \"{table}\"")));
        let count = count.fetch_one(&mut *connection).await.unwrap();
        rows.insert(table, count);
    }
    rows
}

/// What the catalogue says that may be done, and by whom: policies, row security, and rights to tables, columns, functions and the schema.
async fn rules(connection: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(' ', 'policy', tablename, policyname, cmd, roles::text, qual, with_check) from pg_policies
         union all
         select concat_ws(' ', 'table', relname, relrowsecurity, relforcerowsecurity) from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         union all
         select concat_ws(' ', 'right', table_name, grantee, privilege_type) from information_schema.role_table_grants
          where table_schema = 'public' and grantee like 'fornya\\_%' and grantee <> 'fornya_owner'
         union all
         select concat_ws(' ', 'column', table_name, column_name, grantee, privilege_type) from information_schema.column_privileges
          where table_schema = 'public' and grantee like 'fornya\\_%' and grantee <> 'fornya_owner'
         union all
         select concat_ws(' ', 'function', p.proname, pg_get_function_identity_arguments(p.oid), r.rolname,
                          has_function_privilege(r.oid, p.oid, 'execute'), p.prosecdef, p.proowner = r.oid)
           from pg_proc p, pg_roles r
          where p.pronamespace = 'public'::regnamespace and r.rolname in ('fornya_tenant', 'fornya_system')
         union all
         select concat_ws(' ', 'member', m.member::regrole, m.roleid::regrole, r.rolinherit)
           from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = 'fornya_register'
         union all
         select concat_ws(' ', 'schema', r.rolname, has_schema_privilege(r.oid, 'public', 'usage'), has_schema_privilege(r.oid, 'public', 'create'))
           from pg_roles r where r.rolname in ('fornya_tenant', 'fornya_system')
         union all
         select concat_ws(' ', 'trigger', tgrelid::regclass, tgname) from pg_trigger where not tgisinternal
         order by 1",
    )
    .fetch_all(connection)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_backed_up_comes_back_in_a_cluster_without_its_roles(pool: PgPool) {
    let mut stage = Towns::new(pool.clone()).await;
    let (couple, _) = stage.couple().await;
    let renewal = stage.signed(couple.case, "2026-12", &Statement::default()).await;
    stage.decided(renewal, "granted", "need-by-norm").await;
    stage.written(&stage.home.citizen).await;
    stage.send(&stage.home.citizen, "/messages", &[("subject", "other"), ("message", "Hej!")]).await;
    let service = std::sync::Arc::get_mut(&mut stage.service).unwrap();
    service.settings.database.backup_url = Some(address(&pool.connect_options()));
    let settings = service.settings.clone();
    let elsewhere = Elsewhere::start().await;
    let (there, file) = (elsewhere.settings(&settings), elsewhere.file("fornya.backup"));

    backup(&settings, &file).await.unwrap();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    restore(&there, &file).await.unwrap();

    let (mut before, mut after) = (pool.acquire().await.unwrap(), elsewhere.connect("postgres", "restored").await);
    let (rows_before, rows_after) = (rows(&mut before).await, rows(&mut after).await);
    assert_eq!(rows_after, rows_before);
    assert!(rows_before.values().filter(|count| **count > 0).count() >= 15, "{rows_before:?}");
    let (rules_before, rules_after) = (rules(&mut before).await, rules(&mut after).await);
    assert!(rules_before.len() > 200, "{}", rules_before.len());
    let lost: Vec<_> = rules_before.iter().filter(|rule| !rules_after.contains(rule)).collect();
    let found: Vec<_> = rules_after.iter().filter(|rule| !rules_before.contains(rule)).collect();
    assert!(lost.is_empty() && found.is_empty(), "lost: {lost:#?}, instead: {found:#?}");

    // Each login is granted its role by the operator, and then the service finds everything, sealed values too.
    sqlx::raw_sql("grant fornya_tenant to fornya_service; grant fornya_system to fornya_service_system")
        .execute(&mut after)
        .await
        .unwrap();
    let shown = [
        stage.page(&stage.home.citizen, "/renewal/household").await,
        stage.page(&stage.home.citizen, "/renewal/check").await,
    ];
    let mut restored = serve::service_over(there.clone(), serve::database(&there).unwrap()).unwrap();
    restored.clock = stage.service.clock.clone();
    stage.service = std::sync::Arc::new(restored);
    let there_too = [
        stage.page(&stage.home.citizen, "/renewal/household").await,
        stage.page(&stage.home.citizen, "/renewal/check").await,
    ];
    assert!(shown.iter().all(|page| page.contains("Petra")), "{shown:?}");
    let register = |page: &str| said(page).split_once("<form").map(|(before, _)| before.to_owned());
    assert_eq!(register(&there_too[0]), register(&shown[0]), "each form has names of its own for what is new");
    assert_eq!(said(&there_too[1]), said(&shown[1]));

    let again = restore(&there, &file).await.unwrap_err();
    assert!(matches!(again, RestoreError::NotEmpty { .. }), "{again}");
    let whole = fs::read(&file).unwrap();
    let over = backup(&settings, &file).await.unwrap_err();
    assert!(matches!(over, BackupError::Exists { .. }), "{over}");
    assert!(fs::read(&file).unwrap() == whole && !part_of(&file).exists(), "it is as it was");
    stage.service.db.close().await;
}

/// What a page says, without what is another at each view.
fn said(page: &str) -> &str {
    page.split_once("<h1").unwrap().1.split_once("</main>").unwrap().0
}

async fn refused(settings: &Settings, file: &Path) -> String {
    let error = backup(settings, file).await.unwrap_err();
    assert!(!file.exists() && !part_of(file).exists(), "half a backup is none");
    crate::chain::chain(&error).to_string()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_backup_that_would_lack_rows_or_cannot_be_restored_is_refused(pool: PgPool) {
    let mut stage = Towns::new(pool.clone()).await;
    let service = std::sync::Arc::get_mut(&mut stage.service).unwrap();
    service.settings.database.backup_url = Some(address(&pool.connect_options()));
    let settings = service.settings.clone();
    let elsewhere = Elsewhere::start().await;
    let mut there = elsewhere.settings(&settings);
    there.database.backup_url = None;
    let file = elsewhere.file("fornya.backup");
    let unsaid = refused(&there, &file).await;
    assert!(unsaid.contains("database.backup_url"), "{unsaid}");
    let mut owner = there.clone();
    owner.database.backup_url.clone_from(&there.database.migration_url);
    let held = refused(&owner, &file).await;
    assert!(held.contains("database.backup_url is held by row-level security"), "{held}");
    let mut superuser = there.clone();
    superuser.database.backup_url = Some(elsewhere.url("postgres", "restored"));
    let nothing = refused(&superuser, &file).await;
    assert!(nothing.contains("nothing to back up"), "{nothing}");

    backup(&settings, &file).await.unwrap();
    // A file that was cut off, one that is none, and one of a newer schema: each leaves the database as it was.
    let whole = fs::read(&file).unwrap();
    let cut = elsewhere.file("cut.backup");
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let none = elsewhere.file("none.backup");
    fs::write(&none, "not a backup").unwrap();
    sqlx::query("insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (99999, '', true, '', 0)")
        .execute(&pool)
        .await
        .unwrap();
    let newer = elsewhere.file("newer.backup");
    backup(&settings, &newer).await.unwrap();
    for (wrong, expected) in [(&cut, "Nothing"), (&none, "Nothing was changed"), (&newer, "of schema 99999")] {
        let error = restore(&there, wrong).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    // With another master key the data are there, and it is said that they do not open.
    let mut elsewhere_key = there.clone();
    let key = elsewhere.file("master.key");
    fs::write(&key, MasterKey::generate_base64().unwrap()).unwrap();
    fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    elsewhere_key.keys = crate::config::Keys::in_file(crate::config::KeyFile::new(key));
    let error = restore(&elsewhere_key, &file).await.unwrap_err();
    assert!(matches!(error, RestoreError::Db(DbError::WrongMasterKey)), "{error}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_does_not_read_through_never_has_the_name_of_a_backup(pool: PgPool) {
    let mut stage = Towns::new(pool.clone()).await;
    let url = address(&pool.connect_options());
    let service = std::sync::Arc::get_mut(&mut stage.service).unwrap();
    service.settings.database.backup_url = Some(url.clone());
    let settings = service.settings.clone();
    let folder = tempfile::tempdir().unwrap();
    let (file, part) = (folder.path().join("fornya.backup"), folder.path().join("fornya.backup.part"));
    fs::write(&part, "of a backup that was killed").unwrap();
    let told = backup(&settings, &file).await.unwrap_err();
    assert!(matches!(&told, BackupError::Part { file, .. } if *file == part), "{told}");
    assert!(part.exists(), "it may be that of a backup that is running");
    fs::remove_file(&part).unwrap();

    backup(&settings, &file).await.unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing but the backup is left");
    let whole = fs::read(&file).unwrap();
    let programs = Programs::of(&mut pool.acquire().await.unwrap(), &url).await.unwrap();
    fs::write(&part, &whole).unwrap();
    let over = keep(&programs, &part, &file).await.err().unwrap();
    assert!(matches!(over, BackupError::Exists { .. }), "{over}");
    fs::remove_file(&file).unwrap();

    // The end of the last table's rows: the number by which what was packed is known to be whole stands before five bytes that end it.
    let mut altered = whole.clone();
    let at = whole.len() - 7;
    altered[at] ^= 1;
    for (damage, bytes) in [("cut off", &whole[..at]), ("altered", &altered)] {
        fs::write(&part, bytes).unwrap();
        let refused = keep(&programs, &part, &file).await.err().unwrap();
        assert!(matches!(refused, BackupError::Archive(_)), "{damage}: {refused}");
        assert!(!file.exists(), "{damage}");
    }
    fs::write(&part, &whole).unwrap();
    keep(&programs, &part, &file).await.unwrap();
    assert!(fs::read(&file).unwrap() == whole);
}
