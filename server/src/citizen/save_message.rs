//! `POST /renewal/message`: a message to the caseworker with the renewal.

use axum_extra::extract::Form;
use domain::renewal::Section;
use serde::Deserialize;

use super::work::LockedWork;
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: i32,
    #[serde(default)]
    message: String,
}

/// Saved as typed, then judged. An empty one is meant.
pub(crate) async fn act(mut visit: Visit<Citizen>, Form(posted): Form<Posted>) -> Reply {
    const SECTION: Section = Section::Message;
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    let stale = work.is_stale(posted.revision);
    work.begin_section(SECTION);
    work.stored.draft.message_seen = true;
    work.put(stale, SECTION, "message", |draft| &mut draft.message, posted.message)?;
    let page = work.save_section(&mut visit.tx, SECTION).await?;
    visit.see_other(&page).await
}
