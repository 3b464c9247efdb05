//! `GET /session`, `GET /staff/session`, `GET /admin/session`: asked before a page warns that the session ends.

use serde::Serialize;

use crate::http::Reply;
use crate::session::asker::Asker;

/// What the warning goes by.
#[derive(Serialize)]
pub(crate) struct TimeLeft {
    /// Seconds until the session ends, if nothing more is asked in it.
    pub(super) left: u32,
}

/// How long the session lasts.
pub(crate) async fn poll(asker: Asker) -> Reply {
    let left = asker.seconds_left().await?;
    asker.answer(left.map(|left| TimeLeft { left }))
}
