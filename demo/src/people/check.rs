//! What must hold between the things in the file of people.

use std::collections::HashSet;
use std::hash::Hash;

use domain::NormMonth;

use super::{DemoHousehold, DemoPerson, DemoRole, DemoSource, People, PeopleError, StaffRole};

pub(super) fn check(people: &People) -> Result<(), PeopleError> {
    unique("municipality", people.municipalities.iter().map(|it| (&it.key, &it.key)))?;
    unique("host", people.municipalities.iter().map(|it| (&it.host, &it.key)))?;
    unique("staff", people.staff.iter().map(|it| (&it.subject, &it.subject)))?;
    unique("household", people.households.iter().map(|it| (&it.key, &it.key)))?;
    unique("person", people.persons.iter().map(|it| (&it.key, &it.key)))?;
    unique("identity number", people.persons.iter().map(|it| (it.number, &it.key)))?;
    for staff in &people.staff {
        known(people.municipality(&staff.municipality).is_some(), &staff.subject, "municipality", &staff.municipality)?;
        if staff.role == StaffRole::Admin && staff.grants_up_to.is_some() {
            return Err(PeopleError::Rule { owner: staff.subject.clone(), reason: "an administrator decides nothing" });
        }
    }
    for household in &people.households {
        check_household(people, household)?;
    }
    for person in &people.persons {
        known(people.household(&person.household).is_some(), &person.key, "household", &person.household)?;
        check_person(person)?;
    }
    Ok(())
}

fn check_household(people: &People, household: &DemoHousehold) -> Result<(), PeopleError> {
    known(
        people.municipality(&household.municipality).is_some(),
        &household.key,
        "municipality",
        &household.municipality,
    )?;
    if let Some(case) = &household.case {
        let works_there = people.staff.iter().any(|staff| {
            staff.subject == case.caseworker
                && staff.municipality == household.municipality
                && staff.role == StaffRole::Caseworker
        });
        known(works_there, &household.key, "caseworker", &case.caseworker)?;
    }
    if household.case.is_some() != household.payout.is_some() {
        return Err(PeopleError::Payout { household: household.key.clone() });
    }
    let count = |role| people.members(&household.key).filter(|person| person.role == role).count();
    if count(DemoRole::Applicant) != 1 || count(DemoRole::CoApplicant) > 1 {
        return Err(PeopleError::Applicants { household: household.key.clone() });
    }
    household.expenses.iter().try_for_each(|rule| check_months(&household.key, rule.day, rule.from, rule.until))
}

fn check_person(person: &DemoPerson) -> Result<(), PeopleError> {
    for rule in &person.rows {
        check_months(&person.key, rule.day, rule.from, rule.until)?;
        if matches!(rule.source, DemoSource::Energy | DemoSource::Af) {
            return Err(PeopleError::Rule { owner: person.key.clone(), reason: "this source pays no benefit" });
        }
    }
    person
        .invoices
        .iter()
        .chain(&person.wages)
        .try_for_each(|rule| check_months(&person.key, rule.day, rule.from, rule.until))
}

fn check_months(owner: &str, day: i8, from: NormMonth, until: NormMonth) -> Result<(), PeopleError> {
    let reason = if !(1..=31).contains(&day) {
        "the day is not between 1 and 31"
    } else if until < from {
        "it ends before it begins"
    } else {
        return Ok(());
    };
    Err(PeopleError::Rule { owner: owner.to_owned(), reason })
}

fn known(found: bool, owner: &str, what: &'static str, key: &str) -> Result<(), PeopleError> {
    if found { Ok(()) } else { Err(PeopleError::Unknown { owner: owner.to_owned(), what, key: key.to_owned() }) }
}

fn unique<'a, T: Eq + Hash>(
    what: &'static str,
    things: impl Iterator<Item = (T, &'a String)>,
) -> Result<(), PeopleError> {
    let mut seen = HashSet::new();
    for (thing, key) in things {
        if !seen.insert(thing) {
            return Err(PeopleError::Twice { what, key: key.clone() });
        }
    }
    Ok(())
}
