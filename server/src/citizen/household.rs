//! `GET /renewal/household`: how to reach the person, and who lives in the household.

use app::citizen::household;
use app::citizen::model::{HouseholdChanges, HouseholdSection};
use app::model::household_change::told;
use domain::form::Typed;
use domain::id::{PersonId, StatementId};
use domain::renewal::block::Block;
use domain::renewal::household_change::{ChangeDraft, ChangeKind};
use domain::renewal::{Part, Section, judge};
use uuid::Uuid;

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
    if work.part() == Part::Whole {
        errors.extend(judge::judge_household(&draft.household, &work.context).err().unwrap_or_default());
    }
    let own = work.members.iter().find(|member| member.person == citizen.person());
    Ok(HouseholdSection {
        month: work.renewal.month(),
        part: work.part(),
        form: work.form(Section::Household, &errors),
        phone: draft.contact.phone.as_str().to_owned(),
        email: draft.contact.email.as_str().to_owned(),
        answer: draft.household.answer.as_str().to_owned(),
        changes: changes(work),
        change: draft.household.change.as_str().to_owned(),
        address: own.map(|member| member.address(vault)).transpose()?.unwrap_or_default(),
        members: work.members.iter().map(HouseholdMember::shown).collect(),
    })
}

/// What has been said to have changed, with a blank change of each kind that more can be said of.
fn changes(work: &Work) -> HouseholdChanges {
    let own = &work.draft().household.changes;
    let others: Vec<_> = work.members.iter().filter(|member| member.person != work.writer).collect();
    let is_said = |kind| own.iter().any(|change| change.kind == kind);
    let is_said_of = |person: PersonId| {
        let person = person.to_string();
        own.iter().any(|change| change.kind == ChangeKind::PartTime && change.person.as_str() == person)
    };
    let mut drafts = Vec::new();
    for kind in ChangeKind::ALL {
        drafts.extend(own.iter().filter(|change| change.kind == *kind).cloned());
        let blank = || ChangeDraft::new(StatementId(Uuid::now_v7()), *kind);
        match kind {
            ChangeKind::MovedOut if others.is_empty() => {}
            ChangeKind::PartTime => {
                let children = others.iter().filter(|member| member.is_child() && !is_said_of(member.person));
                drafts.extend(children.map(|child| {
                    let person = Typed::new(child.person.to_string()).unwrap_or_default();
                    ChangeDraft { person, ..blank() }
                }));
            }
            ChangeKind::NewHome | ChangeKind::SharedHome if is_said(*kind) => {}
            ChangeKind::MovedIn | ChangeKind::MovedOut | ChangeKind::NewHome | ChangeKind::SharedHome => {
                drafts.push(blank());
            }
        }
    }
    let called = |person| work.members.iter().find(|member| member.person == person).map(|member| member.name.called());
    let judged = own.iter().filter_map(|change| judge::judge_change(change, &work.context).ok());
    let adult = others.iter().find(|member| member.signs_as.is_some());
    HouseholdChanges {
        month: work.renewal.month(),
        drafts,
        people: others.iter().map(|member| member.choice()).collect(),
        told: judged
            .map(|change| told(&change, work.renewal.month(), |person| called(person).unwrap_or_default().to_owned()))
            .collect(),
        other: adult.map(|member| member.name.called().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::db::Column;
    use crate::test_support::Towns;

    const PATH: &str = "/renewal/household";

    #[sqlx::test(migrations = "../migrations")]
    async fn the_household_is_shown_with_ones_own_address_alone(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        stage.know(couple.mira, Column::PersonAddress, "Björkgatan 1\n123 45 Exempelby").await;
        stage.know(couple.johan, Column::PersonAddress, "Algatan 2\n123 45 Exempelby").await;
        assert_eq!(stage.look(&mira, PATH).await.led_to(), "/renewal", "nothing is begun");
        stage.begun(&mira).await;
        let page = stage.page(&mira, PATH).await;
        for text in ["Mira Nilsson", "920601-2388", "Johan Nilsson", "medsökande", "Elsa Nilsson", "Björkgatan 1"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        for text in ["Algatan", "Petra", "Svara på"] {
            assert!(!page.contains(text), "{text}: {page}");
        }
        assert_eq!(stage.look(&johan, PATH).await.led_to(), "/home", "the draft is the other adult's");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_wrong_is_told_once_it_was_posted_beside_what_was_typed(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let fields = [("phone", "ring mig"), ("email", "petra@"), ("household", "changed")];
        assert_eq!(stage.save(citizen, PATH, &fields).await.led_to(), PATH);
        let page = stage.page(citizen, PATH).await;
        for text in [
            "Skriv telefonnumret med siffror",
            "Skriv e-postadressen så här",
            "Berätta vad som har ändrats i hushållet.",
            "value=\"ring mig\"",
            "value=\"petra@\"",
            "value=\"changed\" checked",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
    }
}
