//! What operators see: health, readiness, metrics, and a log line for each request.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tracing::Instrument as _;

use super::problem::{Carried, Problem};
use super::site::RequestId;
use crate::chain::chain;
use crate::db::DbError;
use crate::db::Readiness;
use crate::gate::Verb;
use crate::gate::connections::Door;
use crate::gate::lines::{Lines, Telling};
use crate::random;
use crate::service::Service;

/// What operators are told by.
pub(crate) struct Ops {
    /// The runtime that requests are served on.
    pub served_on: Handle,
    pub readiness: Readiness,
    pub stage: watch::Receiver<Door>,
    pub metrics: PrometheusHandle,
}

/// So long the runtime of the requests may take to do nothing.
const ALIVE_WITHIN: Duration = Duration::from_secs(5);

/// Health, readiness and metrics, for the address that only operators reach.
pub(crate) fn router(ops: Ops) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/metrics", get(async |State(ops): State<Arc<Ops>>| ops.metrics.render()))
        .with_state(Arc::new(ops))
}

/// Whether the runtime of the requests still turns: this address is served on another.
async fn health(State(ops): State<Arc<Ops>>) -> Response {
    let turns = tokio::time::timeout(ALIVE_WITHIN, ops.served_on.spawn(async {})).await;
    if turns.is_ok_and(|turned| turned.is_ok()) {
        "alive\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the service is stuck\n").into_response()
    }
}

/// Whether the service can do its work and goes on: Postgres answers and has the schema of this binary.
async fn ready(State(ops): State<Arc<Ops>>) -> Response {
    if *ops.stage.borrow() != Door::Open {
        return (StatusCode::SERVICE_UNAVAILABLE, "the service stops\n").into_response();
    }
    match ops.readiness.is_ready().await {
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

/// Gives the request its id, counts and times it, and writes its one log line, and one more with the cause where it came to nothing. Labels
/// and fields are ours alone: the method is one of [`Verb`], addresses are as the table has them, so that nothing that a client writes is kept
/// or logged.
pub(crate) async fn observe(
    State(service): State<Arc<Service>>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let id = RequestId(short_id()?);
    request.extensions_mut().insert(id.clone());
    let method = Verb::of(request.method()).name();
    let span = tracing::info_span!("request", %id);
    let started = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let took = started.elapsed();
    let path = response.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let status = response.status();
    let code = status.as_u16();
    metrics::counter!("fornya_requests_total", "method" => method, "path" => path.clone(), "status" => code.to_string())
        .increment(1);
    metrics::histogram!("fornya_request_seconds", "path" => path.clone()).record(took.as_secs_f64());
    let problem = response.extensions().get::<Carried>().map(|carried| &*carried.0);
    let lines = &service.gate.lines;
    if let Some(problem) = problem {
        span.in_scope(|| log(lines, problem));
    }
    let telling = problem.map(Problem::telling).or(status.is_client_error().then_some(Telling::Refusal));
    if telling.is_none_or(|telling| lines.take(telling)) {
        tracing::info!(%id, method, path, status = code, us = took.as_micros(), "{method} {path} {code}");
    }
    Ok(response)
}

/// Says why a request came to nothing, unless that is no news or there are too many such lines.
fn log(lines: &Lines, problem: &Problem) {
    let (error, telling) = (chain(problem), problem.telling());
    match problem {
        Problem::NotFound | Problem::SeeOther(_) | Problem::NotLoggedIn | Problem::LoggedOut | Problem::BadRequest => {
            tracing::debug!(%error, "A request led nowhere");
        }
        _ if !lines.take(telling) => {}
        _ if telling == Telling::Failure => tracing::error!(%error, "A request failed"),
        _ => tracing::warn!(%error, "A request was refused"),
    }
}

/// Ten characters that can be read aloud.
fn short_id() -> Result<String, random::NoRandom> {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    Ok(random::bytes::<10>()?.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use metrics_exporter_prometheus::PrometheusBuilder;
    use tower::ServiceExt as _;

    use super::*;
    use crate::db::Db;

    #[tokio::test]
    async fn a_service_whose_requests_are_stuck_is_not_alive() {
        let turning = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let db = Db::nowhere();
        let (_stage, stage) = watch::channel(Door::Open);
        let app = router(Ops {
            served_on: turning.handle().clone(),
            readiness: Readiness::of(&db),
            stage,
            metrics: PrometheusBuilder::new().build_recorder().handle(),
        });
        let status = async |path: &str| {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            app.clone().oneshot(request).await.unwrap().status()
        };
        assert_eq!(status("/health").await, StatusCode::OK);
        assert_eq!(status("/ready").await, StatusCode::SERVICE_UNAVAILABLE, "there is no database");
        turning.shutdown_background();
        assert_eq!(status("/health").await, StatusCode::SERVICE_UNAVAILABLE);
    }
}
