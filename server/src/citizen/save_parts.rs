//! The parts of a draft are saved: first as typed, then judged, and shown again where something is wrong.

use axum::response::Response;
use axum_extra::extract::Form;
use domain::form::Typed;
use domain::renewal::draft::SectionStatus;
use domain::renewal::{Context, Section};
use serde::Deserialize;

use super::draft::{NoDraft, OpenDraft};
use crate::case::household;
use crate::db::{DbError, TenantTx};
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::login::policy::Citizen;
use crate::signing;

/// Why a part was not saved.
#[derive(Debug, thiserror::Error)]
pub(super) enum SaveError {
    /// There is no draft to save in.
    #[error(transparent)]
    NoDraft(#[from] NoDraft),
    /// A field holds more than is kept at all.
    #[error("a field holds more than is kept")]
    TooLong(#[from] domain::form::TooLongToKeep),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl SaveError {
    /// Where the person goes instead, or what is wrong.
    pub(super) fn response(self) -> Result<Response, Problem> {
        match self {
            Self::NoDraft(none) => Ok(see_other(none.page()?)),
            Self::TooLong(_) => Err(Problem::TooLarge),
            Self::Db(error) => Err(error.into()),
        }
    }
}

/// Puts a posted text in place. Where the page was stale and another window had typed something else, that is kept beside it.
pub(super) fn put(
    open: &mut OpenDraft,
    stale: bool,
    section: Section,
    field: &str,
    place: impl Fn(&mut domain::renewal::Draft) -> &mut Typed,
    posted: String,
) -> Result<(), SaveError> {
    if let Some(other) = place(&mut open.stored.draft).replace(posted, stale)? {
        open.keep_other(section, field, other.as_str());
    }
    Ok(())
}

/// What the draft is judged against.
pub(super) async fn context(tx: &mut TenantTx, visit: &Visit<Citizen>, open: &OpenDraft) -> Result<Context, DbError> {
    let members = household::members(tx, visit.actor.case()).await?;
    Ok(Context { norm_month: open.renewal.month(), today: visit.today(), owners: signing::owners(&members) })
}

/// Saves, and leads on: to the list of parts, or back to the part while something in it is wrong or two windows met.
async fn save_and_lead_on(
    mut tx: TenantTx,
    visit: &Visit<Citizen>,
    open: OpenDraft,
    section: Section,
) -> Result<Response, SaveError> {
    let context = context(&mut tx, visit, &open).await?;
    let done = open.stored.draft.status(section, &context) == SectionStatus::Done;
    let conflict = open.stored.conflicts.iter().any(|conflict| conflict.section == section.code());
    open.save(&mut tx).await?;
    tx.commit().await?;
    Ok(if done && !conflict { see_other("/renewal") } else { see_other(&format!("/renewal/{}", section.code())) })
}

/// The form of `/renewal/household`.
#[derive(Deserialize)]
pub struct HouseholdForm {
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

/// `POST /renewal/household`
pub async fn household(visit: Visit<Citizen>, Form(form): Form<HouseholdForm>) -> Result<Response, Problem> {
    async fn save(visit: &Visit<Citizen>, form: HouseholdForm) -> Result<Response, SaveError> {
        const PART: Section = Section::Household;
        let mut tx = visit.tx().await?;
        let mut open = OpenDraft::lock(&mut tx, &visit.actor, &visit.site.municipality, visit.today()).await?;
        let stale = open.is_stale(form.revision);
        open.begin_section(PART);
        put(&mut open, stale, PART, "phone", |draft| &mut draft.contact.phone, form.phone)?;
        put(&mut open, stale, PART, "email", |draft| &mut draft.contact.email, form.email)?;
        put(&mut open, stale, PART, "household", |draft| &mut draft.household.answer, form.household)?;
        put(&mut open, stale, PART, "household-change", |draft| &mut draft.household.change, form.change)?;
        save_and_lead_on(tx, visit, open, PART).await
    }
    save(&visit, form).await.or_else(SaveError::response)
}

/// The form of `/renewal/message`.
#[derive(Deserialize)]
pub struct MessageForm {
    revision: i32,
    #[serde(default)]
    message: String,
}

/// `POST /renewal/message`
pub async fn message(visit: Visit<Citizen>, Form(form): Form<MessageForm>) -> Result<Response, Problem> {
    async fn save(visit: &Visit<Citizen>, form: MessageForm) -> Result<Response, SaveError> {
        let mut tx = visit.tx().await?;
        let mut open = OpenDraft::lock(&mut tx, &visit.actor, &visit.site.municipality, visit.today()).await?;
        let stale = open.is_stale(form.revision);
        open.begin_section(Section::Message);
        open.stored.draft.message_seen = true;
        put(&mut open, stale, Section::Message, "message", |draft| &mut draft.message, form.message)?;
        save_and_lead_on(tx, visit, open, Section::Message).await
    }
    save(&visit, form).await.or_else(SaveError::response)
}

/// `POST /renewal/authorities`: what the authorities say has been looked at.
pub async fn authorities(visit: Visit<Citizen>) -> Result<Response, Problem> {
    seen(&visit, Section::Authorities).await.or_else(SaveError::response)
}

/// `POST /renewal/payout`: where the money goes has been looked at.
pub async fn payout(visit: Visit<Citizen>) -> Result<Response, Problem> {
    seen(&visit, Section::Payout).await.or_else(SaveError::response)
}

async fn seen(visit: &Visit<Citizen>, section: Section) -> Result<Response, SaveError> {
    let mut tx = visit.tx().await?;
    let mut open = OpenDraft::lock(&mut tx, &visit.actor, &visit.site.municipality, visit.today()).await?;
    open.begin_section(section);
    match section {
        Section::Authorities => open.stored.draft.authorities_seen = true,
        Section::Payout => open.stored.draft.payout_seen = true,
        Section::Household | Section::Incomes | Section::Expenses | Section::Message => {}
    }
    save_and_lead_on(tx, visit, open, section).await
}
