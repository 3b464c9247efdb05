//! `GET /renewal/{list}/add`: the form of a new income or expense.

use app::citizen::port::Direction;
use axum::extract::Path;

use super::item_form::show;
use crate::http::{Answer, Visit};
use crate::session::policy::Citizen;

/// The form with nothing typed.
pub async fn page(visit: Visit<Citizen>, Path(direction): Path<Direction>) -> Answer {
    show(visit, direction, None).await
}
