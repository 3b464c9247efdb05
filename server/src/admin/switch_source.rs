//! `POST /admin/sources/{id}/switch`: a source is switched on or off: whether it is asked when somebody renews.

use axum::extract::Path;
use axum_extra::extract::Form;
use domain::id::SourceId;
use serde::Deserialize;

use crate::authority::store;
use crate::db::{Action, Object};
use crate::http::{Problem, Reply, Visit};
use crate::session::policy::Admin;

/// The form of the switch.
#[derive(Deserialize)]
pub(crate) struct Posted {
    enabled: Wanted,
}

/// As the form sends it.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    On,
    Off,
}

/// Pressed twice, or on a stale page, it changes nothing the second time.
pub(crate) async fn act(mut visit: Visit<Admin>, Path(id): Path<SourceId>, Form(posted): Form<Posted>) -> Reply {
    let tx = &mut visit.tx;
    let was_on = store::lock(tx, id).await?.ok_or(Problem::NotFound)?;
    let on = posted.enabled == Wanted::On;
    if on != was_on {
        store::switch(tx, id, on).await?;
        tx.audit(Action::SwitchedSource, Object::Source(id)).await?;
    }
    visit.see_other(&format!("/admin/sources/{id}")).await
}
