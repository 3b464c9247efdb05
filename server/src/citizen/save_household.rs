//! `POST /renewal/household`: how to reach the person, and whether the household is as before.

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
    phone: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    household: String,
    #[serde(default, rename = "household-change")]
    change: String,
}

/// Saved as typed, then judged.
pub(crate) async fn act(mut visit: Visit<Citizen>, Form(posted): Form<Posted>) -> Reply {
    const SECTION: Section = Section::Household;
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    let stale = work.is_stale(posted.revision);
    work.begin_section(SECTION);
    work.put(stale, SECTION, "phone", |draft| &mut draft.contact.phone, posted.phone)?;
    work.put(stale, SECTION, "email", |draft| &mut draft.contact.email, posted.email)?;
    work.put(stale, SECTION, "household", |draft| &mut draft.household.answer, posted.household)?;
    work.put(stale, SECTION, "household-change", |draft| &mut draft.household.change, posted.change)?;
    let page = work.save_section(&mut visit.tx, SECTION).await?;
    visit.see_other(&page).await
}
