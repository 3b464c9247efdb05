//! HTTP: the one table of addresses, and what every request passes on its way.

pub mod assets;
mod client;
mod guard;
mod headers;
mod language;
mod ops;
mod origin;
mod pages;
pub mod problem;
pub mod site;
mod table;
pub mod visit;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_governor::GovernorLayer;
use tower_governor::governor::GovernorConfigBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::login;
use crate::service::Service;
pub use guard::Guard;
pub use ops::router as ops_router;
pub use table::Table;

use Guard::Open;

/// Every address of the service.
pub fn table(service: Arc<Service>) -> Table {
    Table::new(service)
        .get(Open, "/assets/{name}", assets::serve)
        .post(Open, "/language", language::choose)
        .post(Open, "/login", login::begin::citizen)
        .get(Open, "/login/callback", login::callback::citizen)
        .post(Open, "/logout", login::logout::citizen)
        .post(Open, "/staff/login", login::begin::staff)
        .get(Open, "/staff/login/callback", login::callback::staff)
        .post(Open, "/staff/logout", login::logout::staff)
}

/// The service for citizens and staff.
pub fn router(service: &Arc<Service>) -> Router {
    let settings = &service.settings.http;
    let mut posts = GovernorConfigBuilder::default().key_extractor(client::ClientAddress::new(settings));
    // Posts alone: reading is cheap, and a municipality's staff sit behind one address.
    posts.per_second(1).burst_size(settings.post_burst).methods(vec![axum::http::Method::POST]);
    let router = table(Arc::clone(service)).into_router();
    let router = match posts.finish() {
        Some(limits) => router.layer(GovernorLayer::new(limits)),
        None => router,
    };
    // The last is the outermost.
    router
        .layer(CsrfLayer::new())
        .layer(from_fn(origin::require))
        .layer(RequestBodyLimitLayer::new(settings.body_limit_bytes))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(settings.request_timeout_seconds),
        ))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(Arc::clone(service), pages::write))
        .layer(from_fn_with_state(Arc::clone(service), site::resolve))
        .layer(from_fn_with_state(Arc::clone(service), headers::set))
        .layer(from_fn(ops::observe))
}
