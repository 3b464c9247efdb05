//! What operators see: health, readiness, metrics, and a log line for each request.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tracing::Instrument as _;

use super::problem::Problem;
use super::site::RequestId;
use crate::chain::chain;
use crate::db::DbError;
use crate::random;
use crate::service::Service;

/// Health, readiness and metrics, for the address that only operators reach.
pub(crate) fn router(service: Arc<Service>, metrics: PrometheusHandle) -> Router {
    Router::new()
        .route("/health", get(|| async { "alive\n" }))
        .route("/ready", get(ready))
        .with_state(service)
        .route("/metrics", get(move || std::future::ready(metrics.render())))
}

/// Whether the service can do its work: Postgres answers and has the schema of this binary.
async fn ready(State(service): State<Arc<Service>>) -> Response {
    match service.db.is_ready().await {
        Ok(true) => "ready\n".into_response(),
        Ok(false) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the schema is older than this binary: run migrate\n").into_response()
        }
        Err(error @ DbError::WrongMasterKey) => {
            tracing::error!(error = %chain(&error), "Not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the master key is not the one of this database\n").into_response()
        }
        Err(error) => {
            tracing::warn!(error = %chain(&error), "Not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

/// Gives the request its id, counts and times it, and writes its one log line. Addresses are logged as the table has them, so an
/// identifier in one is never written.
pub(crate) async fn observe(mut request: Request, next: Next) -> Result<Response, Problem> {
    let id = RequestId(short_id()?);
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let span = tracing::info_span!("request", %id);
    let started = Instant::now();
    let response = next.run(request).instrument(span).await;
    let took = started.elapsed();
    let path = response.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let status = response.status().as_u16();
    metrics::counter!("fornya_requests_total", "method" => method.to_string(), "path" => path.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!("fornya_request_seconds", "path" => path.clone()).record(took.as_secs_f64());
    tracing::info!(%id, %method, path, status, us = took.as_micros(), "{method} {path} {status}");
    Ok(response)
}

/// Ten characters that can be read aloud.
fn short_id() -> Result<String, random::NoRandom> {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    Ok(random::bytes::<10>()?.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}
