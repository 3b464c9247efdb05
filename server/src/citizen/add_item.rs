//! `POST /renewal/{list}/add`: a new income or expense.

use axum::extract::Path;
use axum_extra::extract::Form;
use domain::id::StatementId;
use domain::renewal::draft::ItemList;
use uuid::Uuid;

use super::save_item::{Posted, save};
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

/// Saved as typed, at the end of the list.
pub(crate) async fn act(visit: Visit<Citizen>, Path(which): Path<ItemList>, Form(posted): Form<Posted>) -> Reply {
    save(visit, which, StatementId(Uuid::now_v7()), posted).await
}
