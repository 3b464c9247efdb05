//! `GET /not-available`: for everybody whom this service is not for; the same for all, so that it tells nobody why.

use app::citizen::model::NotAvailable;
use app::citizen::not_available;
use axum::response::Response;

use crate::http::Here;

/// Other ways to reach the municipality.
pub(crate) async fn page(here: Here) -> Response {
    here.page(not_available::page(NotAvailable { contact: here.site.municipality.contact.clone() })).await
}
