//! Whose host it is, and what an invented one costs.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{HOST, REFERRER_POLICY};
use axum::http::{Request, StatusCode};
use sqlx::PgPool;
use tower::ServiceExt as _;

use super::router;
use crate::test_support::{Statements, Towns};

async fn status(towns: &Towns, address: &str, hosts: &[&str]) -> StatusCode {
    let mut request = Request::builder().uri(address);
    for host in hosts {
        request = request.header(HOST, *host);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
    router(&towns.service).oneshot(request).await.unwrap().status()
}

#[sqlx::test(migrations = "../migrations")]
async fn there_is_exactly_one_host(pool: PgPool) {
    let towns = Towns::new(pool).await;
    let (home, away) = (&*towns.home.host, &*towns.away.host);
    let absolute = format!("http://{home}/");
    for (address, hosts, expected) in [
        ("/", vec![home], StatusCode::OK),
        (&*absolute, vec![home], StatusCode::OK),
        ("/", vec![], StatusCode::BAD_REQUEST),
        (&*absolute, vec![], StatusCode::BAD_REQUEST),
        ("/", vec![home, home], StatusCode::BAD_REQUEST),
        ("/", vec![home, away], StatusCode::BAD_REQUEST),
        (&*absolute, vec![away], StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(status(&towns, address, &hosts).await, expected, "{address} {hosts:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn invented_hosts_do_not_reach_the_database(pool: PgPool) {
    let statements = Statements::new(pool.clone()).await;
    let mut towns = Towns::new(pool).await;
    Arc::get_mut(&mut towns.service).unwrap().municipalities.hosts_kept = Duration::MAX;
    statements.reset().await;
    for number in 0..200 {
        let host = format!("invented{number}.localhost:8080");
        assert_eq!(status(&towns, "/", &[&host]).await, StatusCode::NOT_FOUND);
    }
    let (made, lines) = statements.since_reset().await;
    assert_eq!(made, 3, "they are read once, in a transaction: {lines:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_problem_at_the_way_back_tells_its_code_to_nobody(pool: PgPool) {
    let towns = Towns::new(pool).await;
    for path in ["/login/callback?code=secret&state=secret", "/staff/login/callback?code=secret&state=secret"] {
        let answer = towns.look("", path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.headers[REFERRER_POLICY], "strict-origin", "style is fetched without the path");
        assert!(!answer.body.contains("secret"), "{}", answer.body);
    }
}
