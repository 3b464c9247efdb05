//! What somebody is told who starts the service, or brings the schema up to date, with logins that cannot be used or may too much.

use sqlx::{AssertSqlSafe, ConnectOptions as _, PgPool};
use url::Url;
use uuid::Uuid;

use super::{ServeError, migrate, service};
use crate::chain::chain;
use crate::config::Settings;
use crate::db::{Db, DbError, TooMuch};
use crate::test_support::Towns;

/// The address of a test's database, as one of the service's logins.
fn address(pool: &PgPool, login: &str) -> Url {
    let mut url = pool.connect_options().to_url_lossy();
    url.set_query(None);
    url.set_username(login).unwrap();
    url
}

/// Settings with which the service starts.
fn settings(stage: &Towns, pool: &PgPool) -> Settings {
    let mut settings = stage.service.settings.clone();
    settings.database.url = address(pool, "fornya_service").as_str().parse().unwrap();
    settings.database.system_url = address(pool, "fornya_service_system").as_str().parse().unwrap();
    settings
}

#[sqlx::test(migrations = "../migrations")]
async fn who_starts_is_told_why_the_database_cannot_be_used(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    Db::migrated(&pool).await;
    let right = settings(&stage, &pool);
    assert!(service(right.clone()).await.is_ok());
    let refused = async |settings: Settings| chain(&service(settings).await.err().unwrap()).to_string();
    for (url, why) in [
        ("postgres://fornya@127.0.0.1:1/fornya", "refused"),
        (address(&pool, "nobody").as_str(), "nobody"),
        (address(&pool, "fornya_service_system").as_str(), "permission denied to set role"),
    ] {
        let mut settings = right.clone();
        settings.database.url = url.parse().unwrap();
        let told = refused(settings).await;
        assert!(told.contains("database.url") && told.contains(why), "{told}");
    }
    let mut turned = right.clone();
    turned.database.system_url = right.database.url.clone();
    let told = refused(turned).await;
    assert!(told.contains("database.system_url") && told.contains("permission denied to set role"), "{told}");

    let mut of_another_program = right;
    for url in [&mut of_another_program.database.url, &mut of_another_program.database.system_url] {
        *url = url.options().database("postgres").to_url_lossy().as_str().split('?').next().unwrap().parse().unwrap();
    }
    let told = refused(of_another_program).await;
    assert!(told.contains("_sqlx_migrations"), "{told}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_login_that_may_too_much_does_not_serve(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    // Logins are the whole cluster's, and other tests go on beside this one.
    let name = format!("trial_{}", Uuid::now_v7().simple());
    let superuser = pool.connect_options().get_username().to_owned();
    for (number, (made, expected)) in [
        ("login noinherit; grant fornya_tenant to {}; alter role {} bypassrls", TooMuch::PassesRowSecurity),
        ("login noinherit; grant fornya_tenant to {}; alter role {} createrole", TooMuch::MakesRoles),
        ("login; grant fornya_tenant to {}", TooMuch::Inherits),
        ("login noinherit; grant fornya_tenant to {}; create table own (); alter table own owner to {}", TooMuch::Owns),
        (
            "login noinherit; grant fornya_tenant, fornya_system to {}",
            TooMuch::OtherRoles(vec!["fornya_system".to_owned()]),
        ),
        ("", TooMuch::PassesRowSecurity),
    ]
    .into_iter()
    .enumerate()
    {
        let login = if made.is_empty() { superuser.clone() } else { format!("{name}_{number}") };
        if !made.is_empty() {
            let make = format!("create role {{}} {made}").replace("{}", &login);
            sqlx::raw_sql(AssertSqlSafe(make)).execute(&pool).await.unwrap();
        }
        let mut settings = settings(&stage, &pool);
        settings.database.url = address(&pool, &login).as_str().parse().unwrap();
        let told = service(settings).await.err().unwrap();
        let ServeError::Db(DbError::TooMuch { setting: "database.url", what, .. }) = told else { panic!("{told:?}") };
        assert_eq!(what, expected, "{made}");
        if !made.is_empty() {
            let gone = format!("drop owned by {login}; drop role {login}");
            sqlx::raw_sql(AssertSqlSafe(gone)).execute(&pool).await.unwrap();
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn who_migrates_is_told_why_the_database_cannot_be_used(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut settings = stage.service.settings.clone();
    let unsaid = migrate(&settings).await.unwrap_err();
    assert!(chain(&unsaid).to_string().contains("database.migration_url"), "{}", chain(&unsaid));
    settings.database.migration_url = Some("postgres://fornya@127.0.0.1:1/fornya".parse().unwrap());
    let told = migrate(&settings).await.unwrap_err();
    assert!(chain(&told).to_string().contains("refused"), "{}", chain(&told));
}
