use domain::NormMonth;
use domain::kind::IncomeKind;
use domain::person_number::NumberKind;
use jiff::civil::date;

use super::*;

fn people() -> People {
    People::shipped().unwrap()
}

#[test]
fn the_story_is_whole() {
    let people = people();
    assert_eq!(people.municipalities.len(), 2);
    for municipality in &people.municipalities {
        let staff = |role| people.staff.iter().filter(|s| s.municipality == municipality.key && s.role == role).count();
        assert!(staff(StaffRole::Caseworker) >= 2 && staff(StaffRole::Admin) == 1);
    }
    assert!(people.staff.iter().any(|staff| staff.has_clearance) && people.staff.iter().any(|staff| staff.supervises));
    assert!(people.staff.iter().all(|staff| staff.grants_up_to.is_some() == (staff.role == StaffRole::Caseworker)));
    let published = people.persons.iter().filter(|person| person.role != DemoRole::Child && !person.invented).count();
    assert!(published >= 12, "{published} adults on published numbers");
    assert!(people.adults("grannby").count() >= 3);
    for adult in people.persons.iter().filter(|person| person.role != DemoRole::Child) {
        assert!(adult.description.is_some(), "{}", adult.key);
    }
    for (what, found) in [
        ("no case", people.households.iter().any(|h| h.case.is_none())),
        ("closed case", people.households.iter().any(|h| h.case.as_ref().is_some_and(|c| c.closed.is_some()))),
        ("protected", people.persons.iter().any(|p| p.protection != Protection::None)),
        ("coordination number", people.persons.iter().any(|p| p.number.kind() == NumberKind::Coordination)),
        ("unknown day of birth", people.persons.iter().any(|p| p.number.birth_date().is_unknown())),
        ("part-time child", people.persons.iter().any(|p| p.child.days_in_home.is_some())),
        ("shared home", people.households.iter().any(|h| h.shared_home_of.is_some())),
        ("second signature missing", people.households.iter().any(|h| h.second_signature_missing)),
        (
            "three children",
            people.households.iter().any(|h| people.members(&h.key).filter(|p| p.role == DemoRole::Child).count() == 3),
        ),
        ("slip", people.households.iter().any(|h| h.payout == Some(PayoutMethod::PaymentSlip))),
    ] {
        assert!(found, "{what}");
    }
    for behaviour in [Behaviour::Partly, Behaviour::Fail, Behaviour::Hang] {
        assert!(people.persons.iter().any(|p| p.behaviour.values().any(|b| *b == behaviour)), "{behaviour:?}");
    }
}

#[test]
fn a_rule_is_a_row_a_month() {
    let people = people();
    let anna = people.person("anna").unwrap();
    let rows = anna.benefits(DemoSource::Fk, date(2026, 10, 1), date(2026, 12, 31));
    let dates: Vec<_> = rows.iter().map(|row| row.date).collect();
    // The 27th of December 2026 is a Sunday.
    assert_eq!(dates, [date(2026, 10, 27), date(2026, 11, 27), date(2026, 12, 25)]);
    assert!(rows.iter().all(|row| row.kind == IncomeKind::HousingBenefit && row.amount.to_string() == "1900.00"));
    assert!(anna.benefits(DemoSource::Pm, date(2025, 1, 1), date(2026, 12, 31)).is_empty());
}

#[test]
fn a_short_month_pays_on_its_last_day() {
    let people = people();
    let household = people.household("lindqvist").unwrap();
    let rent = household.expenses(date(2026, 2, 1), date(2026, 2, 28));
    // The 28th of February 2026 is a Saturday.
    assert_eq!(rent.iter().map(|row| row.date).max(), Some(date(2026, 2, 27)));
    assert!(rent.iter().all(|row| row.month == NormMonth::new(2026, 2).unwrap()));
}

#[test]
fn refuses_a_file_that_does_not_hold_together() {
    let shipped = PEOPLE;
    let refused = |from: &str, to: &str| {
        let text = shipped.replacen(from, to, 1);
        assert_ne!(text, shipped, "{from} is not in the file");
        People::parse(&text).unwrap_err()
    };
    assert!(matches!(refused("phone = ", "telephone = "), PeopleError::Form(_)));
    assert!(matches!(refused("199206012388", "199206012389"), PeopleError::Form(_)));
    assert!(matches!(refused("199206012388", "199006022397"), PeopleError::Twice { what: "identity number", .. }));
    assert!(matches!(refused("key = \"sara\"", "key = \"anna\""), PeopleError::Twice { what: "person", .. }));
    assert!(matches!(refused("household = \"berg\"", "household = \"borg\""), PeopleError::Applicants { .. }));
    assert!(matches!(
        refused("household = \"ekman\"\nrole = \"child\"", "household = \"okand\"\nrole = \"child\""),
        PeopleError::Unknown { what: "household", .. }
    ));
    assert!(matches!(
        refused("caseworker = \"exempelby-maja\"", "caseworker = \"grannby-elin\""),
        PeopleError::Unknown { what: "caseworker", .. }
    ));
    assert!(matches!(refused("role = \"co-applicant\"", "role = \"applicant\""), PeopleError::Applicants { .. }));
    assert!(matches!(refused("payout = { method = \"payment-slip\" }\n", ""), PeopleError::Payout { .. }));
    assert!(matches!(refused("role = \"admin\"", "role = \"admin\"\ngrants_up_to = \"1\""), PeopleError::Rule { .. }));
    assert!(matches!(refused("day = 27", "day = 32"), PeopleError::Rule { .. }));
    assert!(matches!(refused("from = \"2025-11\"", "from = \"2027-01\""), PeopleError::Rule { .. }));
    assert!(matches!(refused("source = \"fk\"", "source = \"af\""), PeopleError::Rule { .. }));
}
