//! `GET /staff/renewals/{id}/revision`: asked now and then while a renewal is open, perhaps by two colleagues.

use axum::extract::Path;
use domain::id::RenewalId;

use crate::case::revision::Revision;
use crate::http::Reply;
use crate::session::asker::Asker;

/// The revision of what is typed towards its decision.
pub(crate) async fn poll(asker: Asker, Path(id): Path<RenewalId>) -> Reply {
    let revision = asker.db().decision_draft_revision(asker.municipality(), &asker.presented, id).await?;
    asker.answer(revision.map(|revision| Revision { revision }))
}
