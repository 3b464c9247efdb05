//! `GET /renewal/authorities/pending`: asked now and then while the page of the authorities is open.

use serde::Serialize;

use crate::http::{Here, Problem};
use crate::session::Kind;

/// What the island of that page waits for.
#[derive(Serialize)]
pub struct Pending {
    /// How many sources have not answered yet.
    pending: i64,
}

/// How many sources have not answered yet; nothing without a citizen's session.
pub async fn poll(here: Here, token: String) -> Result<Option<Pending>, Problem> {
    let presented = Kind::Citizen.presented(&token, here.service.clock.real());
    let awaited = here.service.db.awaited_answers(here.site.municipality.id, &presented).await?;
    Ok(awaited.map(|pending| Pending { pending }))
}
