//! The administrator's pages: read through the port, shown by `app`.

use app::admin as show;
use app::admin::port::AdminReads as _;
use axum::extract::Path;
use axum::response::Response;
use domain::id::SourceId;

use super::read::AdminReader;
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::session::policy::{Admin, Visitor};

type Answer = Result<Response, Problem>;

/// `GET /admin`: the way in. The list asks whoever is not logged in to do so.
pub async fn entrance(_: Visit<Visitor>) -> Response {
    see_other("/admin/sources")
}

/// `GET /admin/sources`
pub async fn sources_page(visit: Visit<Admin>) -> Answer {
    Ok(visit.page(show::sources::page(AdminReader::new(&visit).sources().await?)).await)
}

/// `GET /admin/sources/{id}`
pub async fn source_page(visit: Visit<Admin>, Path(id): Path<SourceId>) -> Answer {
    Ok(visit.page(show::source::page(AdminReader::new(&visit).source(id).await?)).await)
}
