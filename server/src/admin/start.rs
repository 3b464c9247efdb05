//! `GET /admin`: the way in. The list asks whoever is not logged in to do so.

use axum::response::Response;

use crate::http::see_other;

pub(crate) async fn page() -> Response {
    see_other("/admin/sources")
}
