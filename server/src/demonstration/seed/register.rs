//! The register of a municipality: staff, people, cases, households, authority sources.

use std::collections::HashMap;

use domain::account::PayoutMethod;
use domain::authority::Agency;
use domain::household::Role as NormRole;
use domain::id::{CaseId, PersonId, StaffId};
use uuid::Uuid;

use super::SeedError;
use crate::authority::SourceSettings;
use crate::case::household::Particulars;
use crate::db::{Column, TenantTx, Version, names, query, query_scalar};
use crate::demonstration::sources;
use crate::demonstration::world::short_number;
use demo::authorities::Handle;
use demo::people::{DemoHousehold, DemoMunicipality, DemoPerson, DemoRole, DemoStaff, People};

/// Whether nothing has been written for this municipality yet.
pub(super) async fn is_empty(tx: &mut TenantTx) -> Result<bool, SeedError> {
    let municipality = tx.municipality();
    let staff = query_scalar!("select count(*) from staff where municipality_id = $1", municipality)
        .fetch_one(tx.connection())
        .await?;
    Ok(staff == Some(0))
}

/// Writes all of it.
pub(super) async fn fill(
    tx: &mut TenantTx,
    people: &People,
    municipality: &DemoMunicipality,
    authorities: &Handle,
) -> Result<(), SeedError> {
    let staff = add_staff(tx, people, municipality).await?;
    for household in people.households.iter().filter(|household| household.municipality == municipality.key) {
        add_household(tx, people, household, &staff).await?;
    }
    for (position, agency) in (1..).zip(Agency::ALL) {
        let settings = sources::ssbtek(authorities, *agency, municipality)?;
        add_source(tx, position, Some(*agency), agency_name(*agency), &settings).await?;
    }
    let energy = format!("{} Energi", municipality.name.split(' ').next().unwrap_or_default());
    add_source(tx, 7, None, &energy, &sources::energy(authorities)).await
}

async fn add_staff(
    tx: &mut TenantTx,
    people: &People,
    municipality: &DemoMunicipality,
) -> Result<HashMap<String, StaffId>, SeedError> {
    let id = tx.municipality();
    let mut added = HashMap::new();
    for staff in people.staff.iter().filter(|staff| staff.municipality == municipality.key) {
        let staff_id = StaffId(Uuid::now_v7());
        query!(
            r#"
            insert into staff (municipality_id, id, subject, name, role, has_clearance, supervises)
            values ($1, $2, $3, $4, $5, $6, $7)
            "#,
            id,
            staff_id,
            subject(staff, municipality),
            &staff.name,
            staff.role,
            staff.has_clearance,
            staff.supervises,
        )
        .execute(tx.connection())
        .await?;
        added.insert(staff.subject.clone(), staff_id);
    }
    Ok(added)
}

/// A member of staff as the identity provider names them.
pub(super) fn subject(staff: &DemoStaff, municipality: &DemoMunicipality) -> String {
    format!("{}@{}", staff.subject, short_number(&municipality.organisation_number))
}

async fn add_household(
    tx: &mut TenantTx,
    people: &People,
    household: &DemoHousehold,
    staff: &HashMap<String, StaffId>,
) -> Result<(), SeedError> {
    let mut members = Vec::new();
    for person in people.members(&household.key) {
        members.push((add_person(tx, household, person).await?, person));
    }
    let Some(case) = &household.case else { return Ok(()) };
    let municipality = tx.municipality();
    let case_id = CaseId(Uuid::now_v7());
    let payout = household.payout.as_ref().unwrap_or(&PayoutMethod::PaymentSlip);
    let account = match payout {
        PayoutMethod::Account { account } => Some(tx.vault().seal_json(Column::CaseAccount, case_id, account)?),
        PayoutMethod::PaymentSlip | PayoutMethod::ThirdParty { .. } => None,
    };
    query!(
        r#"
        insert into assistance_case (municipality_id, id, number, opened_on, responsible_id, payout_method, account_sealed)
        values ($1, $2, $3, $4, $5, $6, $7)
        "#,
        municipality,
        case_id,
        &case.number,
        case.opened,
        staff.get(&case.caseworker).copied(),
        payout.code(),
        account,
    )
    .execute(tx.connection())
    .await?;
    let vault = tx.vault();
    for (position, (person_id, person)) in (1_i16..).zip(&members) {
        let particulars = Particulars {
            role: norm_role(household, person),
            job_stimulus_since: None,
            own_work_earlier_this_year: None,
        };
        query!(
            r#"
            insert into household_member (municipality_id, case_id, person_id, position, particulars_sealed, signs_as, joined_on)
            values ($1, $2, $3, $4, $5, $6, $7)
            "#,
            municipality,
            case_id,
            *person_id,
            position,
            particulars.seal(&vault, case_id, *person_id)?,
            person.role.signs_as(),
            case.opened,
        )
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

fn norm_role(household: &DemoHousehold, person: &DemoPerson) -> NormRole {
    match (person.role, household.shared_home_of) {
        (DemoRole::Applicant, Some(persons)) => NormRole::SharedHomeAdult { persons },
        (DemoRole::Applicant, None) => NormRole::Adult,
        (DemoRole::CoApplicant, _) => NormRole::Partner,
        (DemoRole::Child, _) if person.child.in_school => NormRole::SchoolYouth { days: person.child.days_in_home },
        (DemoRole::Child, _) => {
            NormRole::Child { preschool_lunch: person.child.lunch_in_preschool, days: person.child.days_in_home }
        }
    }
}

async fn add_person(tx: &mut TenantTx, household: &DemoHousehold, person: &DemoPerson) -> Result<PersonId, SeedError> {
    let (municipality, vault, id) = (tx.municipality(), tx.vault(), PersonId(Uuid::now_v7()));
    let number = person.number.digits();
    let address = &household.address;
    let address = format!("{}\n{} {}", address.street, address.postcode, address.city);
    let seal = |column, text: &str| vault.seal(column, id, text.as_bytes());
    let version = Version::new()?;
    let told = |column, text: &Option<String>| {
        text.as_deref().map(|text| vault.seal(column, (id, version), text.as_bytes())).transpose()
    };
    query!(
        r#"
        insert into person (municipality_id, id, number_sealed, number_index, name_sealed, protection, address_sealed, phone_sealed,
                            phone_version, email_sealed, email_version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $10, $9, $10)
        "#,
        municipality,
        id,
        seal(Column::PersonNumber, &number)?,
        vault.index(Column::PersonNumber, number.as_bytes()),
        names::seal(&vault, id, &person.given_name, &person.family_name)?,
        person.protection,
        seal(Column::PersonAddress, &address)?,
        told(Column::PersonPhone, &person.phone)?,
        told(Column::PersonEmail, &person.email)?,
        version,
    )
    .execute(tx.connection())
    .await?;
    Ok(id)
}

async fn add_source(
    tx: &mut TenantTx,
    position: i16,
    agency: Option<Agency>,
    name: &str,
    settings: &SourceSettings,
) -> Result<(), SeedError> {
    let municipality = tx.municipality();
    query!(
        r#"
        insert into authority_source (municipality_id, id, name, agency, settings, enabled, position)
        values ($1, $2, $3, $4, $5, true, $6)
        "#,
        municipality,
        Uuid::now_v7(),
        name,
        agency.map(Agency::code),
        serde_json::to_value(settings).unwrap_or_default(),
        position,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The name in the administrator's list; pages for citizens take theirs from the locales.
const fn agency_name(agency: Agency) -> &'static str {
    match agency {
        Agency::Fk => "Försäkringskassan",
        Agency::Csn => "CSN",
        Agency::Af => "Arbetsförmedlingen",
        Agency::So => "A-kassorna",
        Agency::Pm => "Pensionsmyndigheten",
        Agency::Skv => "Skatteverket",
    }
}
