//! What somebody is told who starts the service, or brings the schema up to date, beside a database that cannot be used.

use sqlx::{ConnectOptions as _, PgPool};

use super::{ServeError, database, service};
use crate::chain::chain;
use crate::test_support::Towns;

#[sqlx::test(migrations = "../migrations")]
async fn who_starts_is_told_why_the_database_cannot_be_used(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    let mut of_another_program = pool.connect_options().to_url_lossy();
    of_another_program.set_query(None);
    of_another_program.set_path("postgres");
    for (url, why) in
        [("postgres://fornya@127.0.0.1:1/fornya", "refused"), (of_another_program.as_str(), "_sqlx_migrations")]
    {
        let mut settings = stage.service.settings.clone();
        settings.database.url = url.parse().unwrap();
        let told = service(settings).await.err().unwrap();
        assert!(matches!(told, ServeError::Database { setting: "database.url", .. }), "{told:?}");
        assert!(chain(&told).to_string().contains(why), "{}", chain(&told));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn who_migrates_is_told_why_the_database_cannot_be_used(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut settings = stage.service.settings.clone();
    settings.database.migration_url = Some("postgres://fornya@127.0.0.1:1/fornya".parse().unwrap());
    let told = database(&settings, true).unwrap().migrate().await.unwrap_err();
    assert!(chain(&told).to_string().contains("refused"), "{}", chain(&told));
}
