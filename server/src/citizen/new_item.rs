//! `GET /renewal/{list}/add`: the form of a new income or expense.

use axum::extract::Path;
use domain::renewal::draft::ItemList;

use super::item_form::show;
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

/// The form with nothing typed.
pub(crate) async fn page(visit: Visit<Citizen>, Path(which): Path<ItemList>) -> Reply {
    show(visit, which, None).await
}
