//! What cannot be calculated gives an error that names the row or person, never a wrong number.

use domain::household::{HouseholdError, Member, Role};
use domain::id::StaffId;
use domain::norm::{CalculationError, Override, RuleBook, RuleFile, Subject, calculate, seed};
use domain::source::Source;
use domain::{Money, NormMonth};
use uuid::Uuid;

use crate::household_file::{self, BOOK, BOOK_WITH_FRAGMENTS, Written, person};
use crate::worked::HOUSEHOLDS;

#[test]
fn every_bad_input_is_refused_with_its_reason() {
    for written in household_file::read(include_str!("refused.toml")) {
        let error = calculate(&BOOK_WITH_FRAGMENTS, &written.input()).unwrap_err();
        assert_eq!(named(&written, &error), written.refused.unwrap(), "{}", written.name);
    }
}

/// The error in words, with the names that the file uses in place of identifiers.
fn named(written: &Written, error: &CalculationError) -> String {
    let mut text = error.to_string();
    for (name, person) in written.people() {
        text = text.replace(&format!("person {person}"), &format!("person {name}"));
    }
    text = text.replace(&format!("person {}", person(999)), "person Nobody");
    for number in (1..10).chain(101..110).chain(201..210) {
        for sort in ["stated", "fetched"] {
            text = text.replace(&format!("{sort} {}", Uuid::from_u128(number)), &number.to_string());
        }
    }
    text
}

fn family() -> domain::norm::Input {
    let name = "A couple with three children of different ages, one in preschool";
    HOUSEHOLDS.iter().find(|worked| worked.name == name).unwrap().input()
}

#[test]
fn the_same_row_twice_is_refused() {
    let mut input = family();
    input.incomes.push(input.incomes[1].clone());
    let row = input.incomes[1].row;
    assert_eq!(calculate(&BOOK, &input), Err(CalculationError::RowTwice { row }));
}

#[test]
fn a_household_larger_than_any_home_is_refused() {
    let mut input = family();
    let child = input.household.members[2].clone();
    input.household.members.extend((100..130).map(|number| Member { person: person(number), ..child.clone() }));
    assert_eq!(calculate(&BOOK, &input), Err(CalculationError::Household(HouseholdError::TooMany)));
}

#[test]
fn settings_that_begin_later_are_refused() {
    let text = include_str!("../../tables/settings-grannby.toml").replace("2013-07", "2027-01");
    let input = domain::norm::Input { settings: toml::from_str(&text).unwrap(), ..family() };
    let from: NormMonth = "2027-01".parse().unwrap();
    assert_eq!(calculate(&BOOK, &input), Err(CalculationError::SettingsTooNew { from }));
}

#[test]
fn a_kind_that_the_rules_do_not_know_is_refused() {
    let mut files: Vec<RuleFile> = seed::read(toml::from_str).unwrap();
    for file in &mut files {
        if let RuleFile::RuleSet(set) = file {
            set.incomes.remove(&domain::kind::IncomeKind::HousingBenefit);
        }
    }
    let input = family();
    let row = input.incomes[2].row;
    assert_eq!(calculate(&RuleBook::new(files).unwrap(), &input), Err(CalculationError::UnknownKind { row }));
}

#[test]
fn a_kind_that_nobody_knows_is_not_read() {
    let json = serde_json::to_string(&family()).unwrap().replace("housing-benefit", "lottery");
    let error = serde_json::from_str::<domain::norm::Input>(&json).unwrap_err();
    assert!(error.to_string().contains("unknown variant `lottery`"), "{error}");
}

#[test]
fn overrides_that_cannot_be_are_refused() {
    let mut input = family();
    let calculation = calculate(&BOOK, &input).unwrap();
    let decided = |line: usize, kronor| Override {
        subject: calculation.lines[line].subject,
        beneath: calculation.lines[line].amounts,
        value: Money::from_kronor(kronor),
        reason: "Särskilda skäl".into(),
        by: StaffId(Uuid::from_u128(1)),
        on: input.judged_on,
    };
    let (negative, absurd, again) = (decided(0, -1), decided(0, 1_000_001), decided(0, 4000));
    for (overrides, error) in [
        (vec![negative], CalculationError::BadOverride { place: 0 }),
        (vec![decided(1, 0), absurd], CalculationError::BadOverride { place: 1 }),
        (vec![again.clone(), again], CalculationError::OverrideTwice { place: 1 }),
    ] {
        input.overrides = overrides;
        assert_eq!(calculate(&BOOK, &input), Err(error));
    }
}

#[test]
fn two_overrides_of_one_row_are_refused_even_with_different_days() {
    let mut input = family();
    let calculation = calculate(&BOOK, &input).unwrap();
    let line = calculation.lines.iter().find(|line| matches!(line.subject, Subject::Income { .. })).unwrap();
    let Subject::Income { row, kind, person, .. } = line.subject else { panic!("an income") };
    let decided = |subject| Override {
        subject,
        beneath: line.amounts,
        value: Money::ZERO,
        reason: "Avslutad".into(),
        by: StaffId(Uuid::from_u128(1)),
        on: input.judged_on,
    };
    let without_day = decided(Subject::Income { row, kind, person, date: None });
    input.overrides = vec![decided(line.subject), without_day];
    assert_eq!(calculate(&BOOK, &input), Err(CalculationError::OverrideTwice { place: 1 }));
}

#[test]
fn errors_say_nothing_personal() {
    let mut input = family();
    input.household.members[0].role = Role::Partner;
    input.household.members[0].source = Source::Applicant;
    let text = calculate(&BOOK, &input).unwrap_err().to_string();
    assert!(!text.contains("1988"), "{text}");
}
