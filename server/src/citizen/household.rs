//! `GET /renewal/household`: how to reach the person, and who lives in the household.

use app::citizen::household;
use app::citizen::model::HouseholdSection;
use domain::renewal::{Section, judge};

use super::work::Work;
use crate::case::household::HouseholdMember;
use crate::db::{DbError, Vault};
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

/// The form, with what is registered.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let household = of_work(&work, &visit.actor, &visit.tx.vault())?;
    visit.page(household::page(household)).await
}

/// What the section shows of a draft.
pub(super) fn of_work(work: &Work, citizen: &Citizen, vault: &Vault) -> Result<HouseholdSection, DbError> {
    let draft = work.draft();
    let mut errors = judge::judge_contact(&draft.contact).err().unwrap_or_default();
    errors.extend(judge::judge_household(&draft.household).err().unwrap_or_default());
    let own = work.members.iter().find(|member| member.person == citizen.person());
    Ok(HouseholdSection {
        month: work.renewal.month(),
        form: work.form(Section::Household, &errors),
        phone: draft.contact.phone.as_str().to_owned(),
        email: draft.contact.email.as_str().to_owned(),
        answer: draft.household.answer.as_str().to_owned(),
        change: draft.household.change.as_str().to_owned(),
        address: own.map(|member| member.address(vault)).transpose()?.unwrap_or_default(),
        members: work.members.iter().map(HouseholdMember::shown).collect(),
    })
}
