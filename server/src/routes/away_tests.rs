//! What a person is told while the database is away, full or stuck, and what the log says of it.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use crate::db::Db;
use crate::gate::lines::Telling;
use crate::test_support::{Log, Towns};

/// The service's database is at an address where nobody listens.
fn take_away(towns: &mut Towns) {
    let service = Arc::get_mut(&mut towns.service).unwrap();
    service.db = Db::nowhere();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_database_that_is_away_is_no_fault_of_the_service(pool: PgPool) {
    let mut towns = Towns::new(pool).await;
    assert_eq!(towns.look("", "/").await.status, StatusCode::OK, "the host is known");
    take_away(&mut towns);
    let home = &towns.home;
    for (cookie, method, path) in [
        (&*home.citizen, "GET", "/home"),
        (&home.citizen, "GET", "/session"),
        (&home.citizen, "POST", "/renewal/begin"),
        (&home.caseworker, "GET", "/staff/inbox"),
        (&home.citizen, "POST", "/logout"),
        ("__Host-fornya-attempt=x", "GET", "/login/callback?code=x&state=x"),
    ] {
        let answer = match method {
            "GET" => towns.look(cookie, path).await,
            _ => towns.send(cookie, path, &[]).await,
        };
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}: {}", answer.body);
        assert_eq!(answer.headers[RETRY_AFTER], "1", "{path}");
        assert!(answer.body.contains("Det är mycket just nu") && answer.body.contains("om en sekund"), "{path}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_outage_is_in_the_log_beside_a_flood_of_refusals_and_takes_none_of_their_lines(pool: PgPool) {
    let mut towns = Towns::new(pool).await;
    assert_eq!(towns.look("", "/").await.status, StatusCode::OK, "the host is known");
    take_away(&mut towns);
    let (home, log) = (&towns.home, Log::kept());
    for _ in 0..300 {
        towns.look(&home.citizen, "/home").await;
    }
    let lines = &towns.service.gate.lines;
    assert!((0..400).all(|_| lines.take(Telling::Refusal)), "they are all left");
    let said = log.text();
    let causes = said.lines().filter(|line| line.contains("refused error=the database cannot be used now")).count();
    assert!(causes > 100 && said.contains("Connection refused"), "{causes}: {said}");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_outage_before_the_host_is_known_is_in_the_log_too(pool: PgPool) {
    let mut towns = Towns::new(pool).await;
    take_away(&mut towns);
    let log = Log::kept();
    assert_eq!(towns.look("", "/").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let said = log.text();
    assert!(said.contains("Connection refused") && said.contains("GET other 503"), "{said}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_database_gave_up_on_is_a_failure_and_has_another_time(pool: PgPool) {
    let mut towns = Towns::new(pool.clone()).await;
    let impatient = (*pool.connect_options()).clone().options([("lock_timeout", "1")]);
    let impatient = PgPoolOptions::new().max_connections(2).connect_lazy_with(impatient);
    towns.service = towns.another_node(impatient.clone()).await;
    let mut other = pool.begin().await.unwrap();
    sqlx::query("lock table session in access exclusive mode").execute(&mut *other).await.unwrap();
    let log = Log::kept();
    let answer = towns.look(&towns.home.citizen, "/home").await;
    assert_eq!(
        (answer.status, &answer.headers[RETRY_AFTER]),
        (StatusCode::SERVICE_UNAVAILABLE, &"20".parse().unwrap())
    );
    assert!(answer.body.contains("om 20 sekunder"), "{}", answer.body);
    let said = log.text();
    assert!(said.contains("ERROR") && said.contains("lock timeout"), "{said}");
}
