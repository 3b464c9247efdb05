//! The household of a case, as the register and the case have it.

use std::collections::HashMap;

use app::model::household_change::told;
use app::model::{self, MemberRole, PersonName, Phrase};
use domain::household::{Household, Member, Role};
use domain::id::{CaseId, PersonId};
use domain::renewal::document::Core;
use domain::renewal::state::SignerRole;
use domain::source::Source;
use domain::{Money, NormMonth, PersonNumber};
use serde::{Deserialize, Serialize};

use crate::db::{Column, DbError, RowKey, TenantTx, Vault, VaultError, names, query};

/// What the calculation must know of a member, as the column `household_member.particulars` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Particulars {
    /// What the person is to the norm.
    pub role: Role,
    /// The first norm month of the person's jobbstimulans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_stimulus_since: Option<NormMonth>,
    /// What a child or school youth has earned by own work earlier in the calendar year; `None` when nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_work_earlier_this_year: Option<Money>,
}

impl Particulars {
    /// Seals them for the member of a case.
    pub(crate) fn seal(&self, vault: &Vault, case: CaseId, person: PersonId) -> Result<Vec<u8>, VaultError> {
        vault.seal_list(Column::MemberParticulars, RowKey::Two(case.0, person.0), self)
    }

    fn open(vault: &Vault, case: CaseId, person: PersonId, sealed: &[u8]) -> Result<Self, VaultError> {
        vault.open_json(Column::MemberParticulars, RowKey::Two(case.0, person.0), sealed)
    }
}

/// One member of the household.
#[derive(Clone)]
pub(crate) struct HouseholdMember {
    pub person: PersonId,
    pub number: PersonNumber,
    pub name: PersonName,
    /// As whom they sign, when they do.
    pub signs_as: Option<SignerRole>,
    /// What the calculation must know.
    pub particulars: Particulars,
    address: Option<Vec<u8>>,
}

/// Everyone in the household of a case: the applicant first.
pub(crate) async fn members(tx: &mut TenantTx, case: CaseId) -> Result<Vec<HouseholdMember>, DbError> {
    Ok(members_of(tx, &[case]).await?.remove(&case).unwrap_or_default())
}

/// The same for each of these cases.
pub(crate) async fn members_of(
    tx: &mut TenantTx,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, Vec<HouseholdMember>>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select m.case_id, p.id, p.number_sealed, p.name_sealed as "name_sealed!", p.address_sealed, m.signs_as,
               m.particulars_sealed as "particulars_sealed!"
          from household_member m
          join person p on (p.municipality_id, p.id) = (m.municipality_id, m.person_id)
         where m.municipality_id = $1 and m.case_id = any ($2)
         order by m.position
        "#,
        municipality,
        cases,
    )
    .fetch_all(tx.connection())
    .await?;
    let vault = tx.vault();
    let inconsistent = |column| DbError::Inconsistent { column };
    let mut members: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let (case, person) = (CaseId(row.case_id), PersonId(row.id));
        let number = vault.open_text(Column::PersonNumber, person, &row.number_sealed)?;
        members.entry(case).or_default().push(HouseholdMember {
            person,
            address: row.address_sealed,
            number: PersonNumber::parse(&number).map_err(|_| inconsistent("person.number"))?,
            name: names::open(&vault, person, &row.name_sealed)?,
            signs_as: row
                .signs_as
                .map(|role| SignerRole::from_code(&role).ok_or(inconsistent("household_member.signs_as")))
                .transpose()?,
            particulars: Particulars::open(&vault, case, person, &row.particulars_sealed)?,
        });
    }
    Ok(members)
}

impl HouseholdMember {
    /// The registered address, a line each; empty when none is registered.
    pub(crate) fn address(&self, vault: &Vault) -> Result<Vec<String>, VaultError> {
        let Some(sealed) = &self.address else { return Ok(Vec::new()) };
        let text = vault.open_text(Column::PersonAddress, self.person, sealed)?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// The member as one of several to choose among, by given name.
    pub(crate) fn choice(&self) -> model::Choice {
        model::Choice { value: self.person.to_string(), label: Phrase::verbatim(self.name.called()) }
    }

    /// Whether they are a child or school youth whom the adults maintain.
    pub(crate) fn is_child(&self) -> bool {
        self.signs_as.is_none() && matches!(self.particulars.role, Role::Child { .. } | Role::SchoolYouth { .. })
    }

    /// The member as pages show one.
    pub(crate) fn shown(&self) -> model::HouseholdPerson {
        let role = match (self.signs_as, self.particulars.role) {
            (Some(SignerRole::Applicant), _) => MemberRole::Applicant,
            (Some(SignerRole::CoApplicant), _) => MemberRole::CoApplicant,
            (None, Role::Child { days: None, .. }) => MemberRole::Child,
            (None, Role::Child { days: Some(days), .. } | Role::SchoolYouth { days: Some(days) }) => {
                MemberRole::PartTimeChild { days }
            }
            (None, Role::SchoolYouth { days: None }) => MemberRole::YouthInSchool,
            (None, Role::Adult | Role::SharedHomeAdult { .. } | Role::Partner) => MemberRole::SharesHome,
        };
        model::HouseholdPerson { name: self.name.clone(), number: self.number, role }
    }
}

/// The household as the norm calculates with it.
pub(crate) fn to_norm(members: &[HouseholdMember]) -> Household {
    Household {
        members: members
            .iter()
            .map(|member| Member {
                person: member.person,
                birth_date: member.number.birth_date(),
                role: member.particulars.role,
                source: Source::Register,
                job_stimulus_since: member.particulars.job_stimulus_since,
                own_work_earlier_this_year: member.particulars.own_work_earlier_this_year,
            })
            .collect(),
    }
}

/// The members whom an income or expense can belong to: the adults who sign, and the children.
pub(crate) fn owners(members: &[HouseholdMember]) -> Vec<PersonId> {
    members.iter().map(|member| member.person).collect()
}

/// What has changed in the household by those who signed, in sentences.
pub(crate) fn changes(members: &[HouseholdMember], core: &Core) -> Vec<Phrase> {
    let changes = core.household_statement.changes().iter();
    changes
        .map(|change| told(change, core.norm_month, |person| called(members, core, person).unwrap_or_default()))
        .collect()
}

/// What somebody of a renewal is called who is in the household, or was in it when the renewal was signed.
pub(crate) fn called(members: &[HouseholdMember], core: &Core, person: PersonId) -> Option<String> {
    let now = members.iter().find(|member| member.person == person).map(|member| member.name.called().to_owned());
    now.or_else(|| {
        let signed = core.household.iter().find(|signed| signed.person == person);
        signed.map(|signed| signed.name.as_str().to_owned())
    })
}

/// The applicant's full name, to whom grants are paid.
pub(crate) fn applicant(members: &[HouseholdMember]) -> String {
    let applicant = members.iter().find(|member| member.signs_as == Some(SignerRole::Applicant));
    applicant.map(|member| member.name.full()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use domain::protection::Protection;
    use sqlx::PgPool;

    use super::*;
    use crate::session::Kind;
    use crate::test_support::eid::{SUHARTO, TestEid};
    use crate::test_support::{ADULT, Statement, Towns, add_case, add_member, add_person, rename};

    /// A child of two or three years: for one the table has another amount than for the other.
    const NOOR: &str = "202300602394";

    #[sqlx::test(migrations = "../migrations")]
    async fn who_has_one_name_and_no_known_day_of_birth_logs_in_and_stands_in_a_household(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let mut tx = stage.tx(&stage.home).await;
        let case = add_case(&mut tx, "2026-9", Some(stage.home.staff)).await;
        let child = Role::Child { preschool_lunch: false, days: None };
        for (number, name, role, signs_as) in
            [(SUHARTO, "Suharto", ADULT, Some(SignerRole::Applicant)), (NOOR, "Noor", child, None)]
        {
            let person = add_person(&mut tx, number, name, Protection::None).await;
            add_member(&mut tx, case, person, role, signs_as).await;
            rename(&mut tx, person, name, "").await;
        }
        tx.commit().await.unwrap();

        let sent = stage.send("", "/login", &[]).await;
        let back = eid.log_in(sent.led_to(), Some("suharto")).await;
        let arrived = stage.look(&sent.browser(""), &back).await;
        assert_eq!(arrived.led_to(), "/home");
        let session = arrived.cookie(Kind::Citizen.cookie_name()).unwrap();
        let home = stage.page(&session, "/home").await;
        assert!(home.contains("<span>Suharto</span>") && home.contains("Hej Suharto"), "{home}");
        stage.begun(&session).await;
        let household = stage.page(&session, "/renewal/household").await;
        assert!(household.contains("19850060-2399") && household.contains("20230060-2394"), "{household}");

        let renewal = stage.signed(case, "2026-11", &Statement::default()).await;
        let inbox = stage.page(&stage.home.caseworker, "/staff/inbox").await;
        assert!(inbox.contains("Suharto") && !inbox.contains("Suharto  ") && !inbox.contains("Suharto ,"), "{inbox}");
        let opened = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
        assert!(opened.contains("åldern kan vara 2–3 år"), "the line says why it has no amount: {opened}");
        assert!(opened.contains("Noor kan vara 2–3 år"), "the age is asked: {opened}");
        assert!(opened.contains("Suharto") && !opened.contains("Suharto </"), "{opened}");
    }
}
