//! What a person is told while the database is away or full.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use sqlx::PgPool;

use crate::db::{Db, MasterKey};
use crate::test_support::Towns;

/// The service's database is at an address where nobody listens.
fn take_away(towns: &mut Towns) {
    let service = Arc::get_mut(&mut towns.service).unwrap();
    let key = MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap();
    service.db = Db::connect("postgres://fornya@127.0.0.1:1/fornya".parse().unwrap(), 4, key);
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
