//! `POST /staff/renewals/{id}/hand-back`: a caseworker who has taken a renewal up lets go of it.

use axum::extract::Path;
use domain::id::RenewalId;
use domain::renewal::state::Act;

use crate::case::{renewal, signers};
use crate::db::{Action, Object};
use crate::http::{Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// It stands as arrived again; what has been typed is kept. On a stale page it changes nothing.
pub(crate) async fn act(mut visit: Visit<Caseworker>, Path(id): Path<RenewalId>) -> Reply {
    let tx = &mut visit.tx;
    renewal::lock(tx, id).await?;
    renewal::find(tx, id).await?.ok_or(Problem::NotFound)?;
    if let Ok(next) = signers::progress_of(tx, id).await?.after(Act::HandBack) {
        renewal::set_stage(tx, id, next.stage).await?;
        tx.audit(Action::HandedBack, Object::Renewal(id)).await?;
    }
    visit.see_other(&format!("/staff/renewals/{id}")).await
}
