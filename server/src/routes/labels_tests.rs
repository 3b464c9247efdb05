//! Nothing that a client writes is kept: neither as a label of a metric nor in the log.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::HOST;
use axum::http::{Request, StatusCode};
use metrics_exporter_prometheus::PrometheusBuilder;
use sqlx::PgPool;
use tower::ServiceExt as _;

use super::router;
use crate::test_support::{Log, Towns};

/// A request with this word in one place, which place is told.
fn with(word: &str, host: &str) -> Vec<(&'static str, Request<Body>)> {
    let request = || Request::builder().uri("/").header(HOST, host).header("sec-fetch-site", "same-origin");
    let posted = || request().method("POST");
    let header = |name: &str| request().header(name, word).body(Body::empty()).unwrap();
    vec![
        ("method", request().method(word).body(Body::empty()).unwrap()),
        ("path", request().uri(format!("/{word}")).body(Body::empty()).unwrap()),
        ("identifier", request().uri(format!("/decisions/{word}")).body(Body::empty()).unwrap()),
        ("query", request().uri(format!("/login/callback?state={word}")).body(Body::empty()).unwrap()),
        ("host", Request::builder().uri("/").header(HOST, word).body(Body::empty()).unwrap()),
        ("header", request().header(word, word).body(Body::empty()).unwrap()),
        ("language", header("accept-language")),
        ("cookie", header("cookie")),
        ("agent", header("user-agent")),
        ("referrer", header("referer")),
        ("origin", posted().header("origin", word).body(Body::empty()).unwrap()),
        ("body", posted().uri("/language").body(Body::from(format!("language={word}&return={word}"))).unwrap()),
    ]
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_client_invents_is_neither_a_label_nor_a_line(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let router = router(&stage.service);
    let recorder = PrometheusBuilder::new().build_recorder();
    let counted = recorder.handle();
    let _recording = metrics::set_default_local_recorder(&recorder);
    let log = Log::kept();
    let mut asked = 0;
    for number in 0..60 {
        let word = format!("invented{number}{}", "x".repeat(4_000));
        for (place, mut request) in with(&word, &stage.home.host) {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
            let answer = router.clone().oneshot(request).await.unwrap();
            assert!(answer.status() != StatusCode::INTERNAL_SERVER_ERROR, "{place}");
            if place == "method" {
                assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
            }
            asked += 1;
        }
    }
    let (metrics, log) = (counted.render(), log.text());
    let series = metrics.lines().filter(|line| line.starts_with("fornya_requests_total")).count();
    assert!((5..20).contains(&series), "{metrics}");
    assert!(log.contains("GET / 200"), "the log is read: {log}");
    assert!(!metrics.contains("invented") && !log.contains("invented"), "{metrics}\n{log}");
    assert!(log.len() < asked * 300, "{} bytes of {asked} requests", log.len());
}
