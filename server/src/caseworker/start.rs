//! `GET /staff`: the start page of all staff.

use app::caseworker::start;
use axum::response::Response;

use crate::http::Here;

/// The way to log in.
pub(crate) async fn page(here: Here) -> Response {
    here.page(start::page()).await
}
