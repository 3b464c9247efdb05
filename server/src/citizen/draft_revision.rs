//! `GET /renewal/revision`: asked now and then while a part of the draft is open, perhaps in two windows.

use crate::case::revision::Revision;
use crate::http::Reply;
use crate::session::asker::Asker;

/// The revision of the citizen's own draft.
pub(crate) async fn poll(asker: Asker) -> Reply {
    let revision = asker.db().own_draft_revision(asker.municipality(), &asker.presented).await?;
    asker.answer(revision.map(|revision| Revision { revision }))
}
