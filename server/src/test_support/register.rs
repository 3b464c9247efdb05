//! What a municipality's register has: staff, people, cases, households. Each function writes one thing, in the transaction that it is given.

use domain::PersonNumber;
use domain::account::Account;
use domain::household::Role;
use domain::id::{CaseId, MunicipalityId, PersonId, StaffId};
use domain::protection::Protection;
use domain::renewal::state::SignerRole;
use domain::staff::StaffRole;
use uuid::Uuid;

use super::{Towns, delegate, open_to};
use crate::case::household::Particulars;
use crate::db::{Column, MunicipalityRow, NewMunicipality, RowKey, TenantTx, Version, names};
use crate::session::Owner;

/// Published test numbers, which are never given to anyone: a husband.
pub(super) const JOHAN: &str = "199107172380";
const ELSA: &str = "201703152395";
/// Somebody who lives alone, or a wife.
pub(crate) const MIRA: &str = "199206012388";

/// A municipality as the table has it, with the usual days.
pub(crate) fn municipality(id: MunicipalityId, slug: &str) -> NewMunicipality {
    NewMunicipality {
        slug: slug.to_owned(),
        host: format!("{slug}.localhost"),
        organisation_number: "162120009010".to_owned(),
        row: MunicipalityRow {
            id: id.0,
            name: format!("{slug} kommun"),
            window_opens_day: 16,
            window_closes_day: 10,
            window_late_days: 10,
            pay_day: 27,
            decide_within_days: 10,
            phone: "0123-45 67 89".to_owned(),
            phone_hours: "Vardagar 9–11".to_owned(),
            visiting_address: "Torget 1".to_owned(),
            postal_address: "Box 1".to_owned(),
        },
    }
}

/// A member of staff, whose name is the subject.
pub(crate) async fn add_staff(tx: &mut TenantTx, subject: &str, role: StaffRole) -> StaffId {
    let staff = StaffId(Uuid::now_v7());
    sqlx::query("insert into staff (municipality_id, id, subject, name, role) values ($1, $2, $3, $3, $4)")
        .bind(tx.municipality().0)
        .bind(staff.0)
        .bind(subject)
        .bind(role.code())
        .execute(tx.connection())
        .await
        .unwrap();
    staff
}

/// An adult alone, in the calculation.
pub(crate) const ADULT: Role = Role::Adult;
/// A spouse or cohabitee.
pub(crate) const PARTNER: Role = Role::Partner;
/// A child who lives at home.
pub(crate) const CHILD: Role = Role::Child { preschool_lunch: false, days: None };

/// What everybody in the register is called after their own name.
const FAMILY: &str = "Nilsson";

/// A person of the register.
pub(crate) async fn add_person(tx: &mut TenantTx, number: &str, given: &str, protection: Protection) -> PersonId {
    let (municipality, vault, person) = (tx.municipality().0, tx.vault(), PersonId(Uuid::now_v7()));
    let digits = PersonNumber::parse(number).unwrap().digits();
    sqlx::query(
        "insert into person (municipality_id, id, number_sealed, number_index, name_sealed, protection)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(municipality)
    .bind(person.0)
    .bind(vault.seal(Column::PersonNumber, person, digits.as_bytes()).unwrap())
    .bind(vault.index(Column::PersonNumber, digits.as_bytes()))
    .bind(names::seal(&vault, person, given, FAMILY).unwrap())
    .bind(protection.code())
    .execute(tx.connection())
    .await
    .unwrap();
    person
}

/// From here on a person is called something else.
pub(crate) async fn rename(tx: &mut TenantTx, person: PersonId, given: &str, family: &str) {
    let sealed = names::seal(&tx.vault(), person, given, family).unwrap();
    as_owner(tx).await;
    let rename = "update person set name_sealed = $2 where id = $1";
    sqlx::query(rename).bind(person.0).bind(sealed).execute(tx.connection()).await.unwrap();
    sqlx::query("set local role fornya_register").execute(tx.connection()).await.unwrap();
}

/// The one person who is called this.
pub(crate) async fn person_called(tx: &mut TenantTx, given: &str) -> PersonId {
    let rows: Vec<(Uuid, Vec<u8>)> =
        sqlx::query_as("select id, name_sealed from person").fetch_all(tx.connection()).await.unwrap();
    let vault = tx.vault();
    let mut people = rows.into_iter().map(|(id, sealed)| (PersonId(id), sealed));
    let found = people.find(|(id, sealed)| names::open(&vault, *id, sealed).unwrap().called() == given);
    found.unwrap_or_else(|| panic!("nobody is called {given}")).0
}

/// An ongoing case that is paid by payment slip.
pub(crate) async fn add_case(tx: &mut TenantTx, number: &str, responsible: Option<StaffId>) -> CaseId {
    let (municipality, case) = (tx.municipality().0, CaseId(Uuid::now_v7()));
    sqlx::query(
        "insert into assistance_case (municipality_id, id, number, opened_on, responsible_id, payout_method)
         values ($1, $2, $3, '2026-01-01', $4, 'payment-slip')",
    )
    .bind(municipality)
    .bind(case.0)
    .bind(number)
    .bind(responsible.map(|staff| staff.0))
    .execute(tx.connection())
    .await
    .unwrap();
    case
}

/// A member of a household; one who signs signs in the given role.
pub(crate) async fn add_member(
    tx: &mut TenantTx,
    case: CaseId,
    person: PersonId,
    role: Role,
    signs_as: Option<SignerRole>,
) {
    let (municipality, vault) = (tx.municipality().0, tx.vault());
    let particulars = Particulars { role, job_stimulus_since: None, own_work_earlier_this_year: None };
    sqlx::query(
        "insert into household_member (municipality_id, case_id, person_id, position, particulars_sealed, signs_as, joined_on)
         select $1, $2, $3, (select coalesce(max(position), 0) + 1 from household_member where case_id = $2), $4, $5, opened_on
           from assistance_case
          where id = $2",
    )
    .bind(municipality)
    .bind(case.0)
    .bind(person.0)
    .bind(particulars.seal(&vault, case, person).unwrap())
    .bind(signs_as.map(SignerRole::code))
    .execute(tx.connection())
    .await
    .unwrap();
}

/// A case with one adult in it.
pub(crate) async fn add_single(tx: &mut TenantTx, number: &str, given: &str, responsible: Option<StaffId>) -> CaseId {
    let person = add_person(tx, number, given, Protection::None).await;
    let case = add_case(tx, &format!("2026-{given}"), responsible).await;
    add_member(tx, case, person, ADULT, Some(SignerRole::Applicant)).await;
    case
}

/// A couple with a child, who apply together: Mira, and Johan with her.
pub(crate) struct Couple {
    pub case: CaseId,
    pub mira: PersonId,
    pub johan: PersonId,
}

/// The couple, whose case has this caseworker.
pub(crate) async fn add_couple(tx: &mut TenantTx, responsible: Option<StaffId>) -> Couple {
    let mira = add_person(tx, MIRA, "Mira", Protection::None).await;
    let johan = add_person(tx, JOHAN, "Johan", Protection::None).await;
    let elsa = add_person(tx, ELSA, "Elsa", Protection::None).await;
    let case = add_case(tx, "2026-2", responsible).await;
    add_member(tx, case, mira, ADULT, Some(SignerRole::Applicant)).await;
    add_member(tx, case, johan, PARTNER, Some(SignerRole::CoApplicant)).await;
    add_member(tx, case, elsa, CHILD, None).await;
    Couple { case, mira, johan }
}

/// From here to its end, the transaction may change what the service itself may not.
pub(crate) async fn as_owner(tx: &mut TenantTx) {
    sqlx::query("set local role none").execute(tx.connection()).await.unwrap();
}

impl Towns {
    /// Puts into the register of the home town what a sealed column of a person holds, such as their address.
    pub(crate) async fn know(&self, person: PersonId, column: Column, text: &str) {
        let mut tx = self.tx(&self.home).await;
        let (table, name) = column.name().split_once('.').unwrap();
        let (row, version): (RowKey<'_>, _) = if column.has_version() {
            ((person, Version(7)).into(), format!(", {name}_version = 7"))
        } else {
            (person.into(), String::new())
        };
        let sealed = tx.vault().seal(column, row, text.as_bytes()).unwrap();
        as_owner(&mut tx).await;
        let update = format!("update {table} set {name}_sealed = $2{version} where id = $1");
        sqlx::query(sqlx::AssertSqlSafe(update)).bind(person.0).bind(sealed).execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The register says that a case's money goes to this account.
    pub(crate) async fn pay_to(&self, case: CaseId, account: &Account) {
        let mut tx = self.tx(&self.home).await;
        let sealed = tx.vault().seal_json(Column::CaseAccount, case, account).unwrap();
        as_owner(&mut tx).await;
        sqlx::query("update assistance_case set payout_method = 'account', account_sealed = $2 where id = $1")
            .bind(case.0)
            .bind(sealed)
            .execute(tx.connection())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// The sessions of three of the home town's caseworkers: eva, who has clearance; rut, who has clearance and supervises; and ulla, who
    /// supervises without clearance.
    pub(crate) async fn cleared(&self) -> [String; 3] {
        let mut tx = self.tx(&self.home).await;
        let mut sessions = Vec::new();
        for (subject, has_clearance, supervises) in [("eva", true, false), ("rut", true, true), ("ulla", false, true)] {
            let staff = add_staff(&mut tx, subject, StaffRole::Caseworker).await;
            as_owner(&mut tx).await;
            sqlx::query("update staff set has_clearance = $2, supervises = $3 where id = $1")
                .bind(staff.0)
                .bind(has_clearance)
                .bind(supervises)
                .execute(tx.connection())
                .await
                .unwrap();
            sqlx::query("set local role fornya_register").execute(tx.connection()).await.unwrap();
            delegate(&mut tx, staff, self.home.administrator, 1_000_000).await;
            open_to(&mut tx, self.home.case, staff).await;
            sessions.push(self.log_in(&mut tx, Owner::Staff(staff)).await);
        }
        tx.commit().await.unwrap();
        sessions.try_into().unwrap()
    }

    /// A session of a person of the home town.
    pub(crate) async fn cookie_of(&self, person: PersonId) -> String {
        let mut tx = self.tx(&self.home).await;
        let cookie = self.log_in(&mut tx, Owner::Person(person)).await;
        tx.commit().await.unwrap();
        cookie
    }

    /// The register now says that a person of the home town has protected identity.
    pub(crate) async fn protect(&self, person: PersonId) {
        let mut tx = self.tx(&self.home).await;
        as_owner(&mut tx).await;
        let protect = "update person set protection = 'protected' where id = $1";
        sqlx::query(protect).bind(person.0).execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A case of the home town: Vera, and a daughter whose identity is protected.
    pub(crate) async fn hidden_case(&self) -> CaseId {
        let mut tx = self.tx(&self.home).await;
        let vera = add_person(&mut tx, "199302282398", "Vera", Protection::None).await;
        let ebba = add_person(&mut tx, "201612142396", "Ebba", Protection::Protected).await;
        let case = add_case(&mut tx, "2026-3", None).await;
        add_member(&mut tx, case, vera, ADULT, Some(SignerRole::Applicant)).await;
        add_member(&mut tx, case, ebba, CHILD, None).await;
        tx.commit().await.unwrap();
        case
    }

    /// Somebody of the home town whose case is closed: their session.
    pub(crate) async fn whose_case_is_closed(&self) -> String {
        let mut tx = self.tx(&self.home).await;
        let case = add_single(&mut tx, "199303272398", "Oskar", None).await;
        let person = person_called(&mut tx, "Oskar").await;
        let session = self.log_in(&mut tx, Owner::Person(person)).await;
        as_owner(&mut tx).await;
        let close = "update assistance_case set closed_on = '2026-03-31' where id = $1";
        sqlx::query(close).bind(case.0).execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
        session
    }

    /// The couple of the home town, whose case has its caseworker; with the session of each.
    pub(crate) async fn couple(&self) -> (Couple, [String; 2]) {
        let mut tx = self.tx(&self.home).await;
        let couple = add_couple(&mut tx, Some(self.home.staff)).await;
        let mira = self.log_in(&mut tx, Owner::Person(couple.mira)).await;
        let johan = self.log_in(&mut tx, Owner::Person(couple.johan)).await;
        tx.commit().await.unwrap();
        (couple, [mira, johan])
    }
}
