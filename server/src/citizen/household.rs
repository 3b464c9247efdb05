//! `GET /renewal/household`: how to reach the person, and who lives in the household.

use app::citizen::household;
use app::citizen::model::HouseholdSection;
use domain::renewal::{Part, Section, judge};

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
        errors.extend(judge::judge_household(&draft.household).err().unwrap_or_default());
    }
    let own = work.members.iter().find(|member| member.person == citizen.person());
    Ok(HouseholdSection {
        month: work.renewal.month(),
        part: work.part(),
        form: work.form(Section::Household, &errors),
        phone: draft.contact.phone.as_str().to_owned(),
        email: draft.contact.email.as_str().to_owned(),
        answer: draft.household.answer.as_str().to_owned(),
        change: draft.household.change.as_str().to_owned(),
        address: own.map(|member| member.address(vault)).transpose()?.unwrap_or_default(),
        members: work.members.iter().map(HouseholdMember::shown).collect(),
    })
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
