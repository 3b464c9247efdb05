//! `POST /session`, `POST /staff/session`, `POST /admin/session`: stays logged in. Like every request behind a guard it makes the session
//! longer, and then says by how much.

use axum::Json;
use axum::response::IntoResponse as _;

use super::time_left::TimeLeft;
use crate::http::visit::Principal;
use crate::http::{Reply, Visit};

/// How long the session lasts now.
pub(crate) async fn act<A: Principal>(visit: Visit<A>) -> Reply {
    let left = visit.here.seconds_until(visit.ends);
    visit.tx.commit().await?;
    Ok(Json(TimeLeft { left }).into_response())
}
