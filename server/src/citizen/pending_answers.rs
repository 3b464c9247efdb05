//! `GET /renewal/authorities/pending`: asked now and then while the page of the authorities is open.

use serde::Serialize;

use crate::http::Reply;
use crate::session::asker::Asker;

/// What the island of that page waits for.
#[derive(Serialize)]
pub(crate) struct Pending {
    /// How many sources have not answered yet.
    pending: i64,
}

/// How many sources have not answered yet.
pub(crate) async fn poll(asker: Asker) -> Reply {
    let awaited = asker.db().awaited_answers(asker.municipality(), &asker.presented).await?;
    asker.answer(awaited.map(|pending| Pending { pending }))
}
