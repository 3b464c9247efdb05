//! A calculation is kept as the record of a decision: what is stored is read back, and comes out the same years later.

use domain::norm::{Input, NormCalculation, RuleBook, RuleFile, calculate, seed};

use crate::household_file::{BOOK, BOOK_WITH_FRAGMENTS};
use crate::worked::HOUSEHOLDS;

fn family() -> Input {
    let name = "A couple with three children of different ages, one in preschool";
    HOUSEHOLDS.iter().find(|worked| worked.name == name).unwrap().input()
}

#[test]
fn what_is_stored_is_read_back() {
    for worked in HOUSEHOLDS.iter() {
        let input = worked.input();
        let calculation = calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap();
        let stored = serde_json::to_string(&calculation).unwrap();
        assert_eq!(serde_json::from_str::<NormCalculation>(&stored).unwrap(), calculation, "{}", worked.name);
        let stored = serde_json::to_string(&input).unwrap();
        assert_eq!(serde_json::from_str::<Input>(&stored).unwrap(), input, "{}", worked.name);
    }
}

/// The form of stored calculations: a change here is a change to every record that has been kept.
#[test]
fn the_stored_form_stays() {
    insta::assert_json_snapshot!(calculate(&BOOK, &family()).unwrap());
}

#[test]
fn an_old_calculation_comes_out_the_same_when_a_new_year_is_added() {
    let mut files: Vec<RuleFile> = seed::read(toml::from_str).unwrap();
    let next_year = |text: &str| {
        text.replace("riksnorm-2026", "riksnorm-2027").replace("2026-", "2027-").replace("\"3940\"", "\"4040\"")
    };
    let table = next_year(include_str!("../../tables/riksnorm-2026.toml"));
    let rules =
        include_str!("../../tables/rules-2025-07.toml").replace("2025-07", "2027-01").replace("2026-12", "2027-12");
    let year = "file = \"price-base-amounts\"\n[[years]]\nyear = 2027\namount = \"60100\"\nsource = \"invented\"";
    files.push(toml::from_str(year).unwrap());
    files.push(toml::from_str(&table).unwrap());
    files.push(toml::from_str(&rules.replace("percent = 25", "percent = 30")).unwrap());
    let book = RuleBook::new(files).unwrap();
    assert!(book.for_month("2027-01".parse().unwrap()).is_ok());
    for worked in HOUSEHOLDS.iter().filter(|worked| worked.month.year() >= 2025) {
        assert_eq!(calculate(&book, &worked.input()), calculate(&BOOK, &worked.input()), "{}", worked.name);
    }
}
