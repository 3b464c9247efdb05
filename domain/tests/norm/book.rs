//! Tables and rules are checked when they are read, alone and together.

use domain::Money;
use domain::household::Role;
use domain::norm::book::{BookError, PriceBaseAmountsFile};
use domain::norm::rule_set::{RuleSetError, RuleSetFile};
use domain::norm::settings::MunicipalSettingsError;
use domain::norm::table::{NormTableFile, TableError};
use domain::norm::{
    CalculationError, Certainty, DatedSettings, MunicipalSettings, NoRules, RuleBook, RuleFile, calculate, seed,
};

use crate::household_file::{BOOK, Written, settings};
use crate::worked::HOUSEHOLDS;

fn month(text: &str) -> domain::NormMonth {
    text.parse().unwrap()
}

fn files() -> Vec<RuleFile> {
    seed::read(toml::from_str).unwrap()
}

/// The project's files with the table of 2026 changed.
fn with_table(change: impl Fn(&mut NormTableFile)) -> Result<RuleBook, BookError> {
    let mut files = files();
    for file in &mut files {
        if let RuleFile::NormTable(table) = file
            && table.from.year() == 2026
        {
            change(table);
        }
    }
    RuleBook::new(files)
}

/// The project's files with the newest rules changed.
fn with_rules(change: impl Fn(&mut RuleSetFile)) -> Result<RuleBook, BookError> {
    let mut files = files();
    for file in &mut files {
        if let RuleFile::RuleSet(set) = file
            && set.through == month("2026-12")
        {
            change(set);
        }
    }
    RuleBook::new(files)
}

fn table_error(change: impl Fn(&mut NormTableFile)) -> String {
    with_table(change).unwrap_err().to_string()
}

#[test]
fn the_projects_own_files_make_a_book_of_two_whole_years() {
    let mut each = month("2025-01");
    while each <= month("2026-12") {
        let rules = BOOK.for_month(each).unwrap();
        assert_eq!(rules.reference_month(), each.previous());
        each = each.next();
    }
    for unknown in ["2024-12", "2027-01", "2030-06"] {
        assert_eq!(BOOK.for_month(month(unknown)).unwrap_err(), NoRules { month: month(unknown) });
    }
}

#[test]
fn the_law_of_the_month_is_the_one_that_is_cited() {
    for (of, law, table) in [("2025-05", "sol-2001-453", "riksnorm-2025"), ("2026-12", "sol-2025-400", "riksnorm-2026")]
    {
        let input = HOUSEHOLDS.iter().map(Written::input).find(|input| input.month == month(of)).unwrap();
        let calculation = calculate(&BOOK, &input).unwrap();
        assert_eq!((&*calculation.rules.id, &*calculation.table.id), (law, table));
    }
}

#[test]
fn every_age_is_covered_once() {
    assert_eq!(
        table_error(|table| {
            table.children.remove(2);
        }),
        "riksnorm-2026 has no amount at 3 years"
    );
    assert_eq!(table_error(|table| table.children[1].ages = (1, 3)), "riksnorm-2026 has more than one row at 3 years");
    assert_eq!(table_error(|table| table.children[1].ages = (2, 1)), "riksnorm-2026 has more than one row at 2 years");
    assert_eq!(
        table_error(|table| {
            table.children.pop();
        }),
        "riksnorm-2026 has no amount at 20 years, when the rules still count school youths"
    );
}

#[test]
fn amounts_are_within_bounds_and_go_together() {
    let kronor = Money::from_kronor;
    assert_eq!(
        table_error(|table| table.adults.single = Some(kronor(39))),
        "riksnorm-2026 has an impossible figure for single"
    );
    assert_eq!(
        table_error(|table| table.adults.single = Some(kronor(39_400))),
        "riksnorm-2026 has an impossible figure for single"
    );
    assert_eq!(
        table_error(|table| table.adults.couple = Some(kronor(3000))),
        "riksnorm-2026 has an impossible figure for couple"
    );
    assert_eq!(
        table_error(|table| table.children[4].personal = kronor(0)),
        "riksnorm-2026 has an impossible figure for child-7"
    );
    assert_eq!(
        table_error(|table| table.children[0].preschool_lunch = Some(kronor(2741))),
        "riksnorm-2026 has an impossible figure for child-0-preschool-lunch"
    );
    assert_eq!(
        table_error(|table| table.shared[2].amount = kronor(1300)),
        "riksnorm-2026 has an impossible figure for shared-3"
    );
    assert_eq!(table_error(|table| table.shared[2].persons = 2), "riksnorm-2026 has an impossible figure for shared-2");
    assert_eq!(table_error(|table| table.shared[0].persons = 0), "riksnorm-2026 has an impossible figure for shared-0");
}

#[test]
fn no_figure_may_be_missing() {
    assert_eq!(table_error(|table| table.adults.single = None), "riksnorm-2026 has no figure for single");
    assert_eq!(table_error(|table| table.adults.couple = None), "riksnorm-2026 has no figure for couple");
    assert_eq!(
        table_error(|table| {
            table.shared.remove(3);
        }),
        "riksnorm-2026 has no figure for shared-4"
    );
    assert_eq!(table_error(|table| table.shared.truncate(1)), "riksnorm-2026 has no figure for shared-2");
    assert_eq!(
        table_error(|table| table.children.clear()),
        "riksnorm-2026 has no amount at 20 years, when the rules still count school youths"
    );
}

#[test]
fn validity_has_no_gap_and_no_overlap() {
    assert_eq!(
        table_error(|table| table.from = month("2026-02")),
        "neither riksnorm-2025 nor riksnorm-2026 is for 2026-01"
    );
    assert_eq!(
        table_error(|table| table.from = month("2025-12")),
        "riksnorm-2025 and riksnorm-2026 are both for 2025-12"
    );
    assert_eq!(table_error(|table| table.through = month("2025-12")), "riksnorm-2026 ends before it begins");
    assert_eq!(
        table_error(|table| table.through = month("2027-03")),
        "riksnorm-2026 is for 2027-03, which has no rules"
    );
    let gap = with_rules(|set| set.from = month("2025-08")).unwrap_err();
    assert_eq!(gap.to_string(), "neither sol-2001-453 nor sol-2025-400 is for 2025-07");
    let early = with_rules(|set| set.through = month("2026-06")).unwrap_err();
    assert_eq!(early.to_string(), "riksnorm-2026 is for 2026-12, which has no rules");
}

#[test]
fn a_table_known_in_fragments_is_for_tests_alone() {
    let fragment = || toml::from_str::<RuleFile>(include_str!("../tables/riksnorm-2014.toml")).unwrap();
    let mut all = files();
    all.push(fragment());
    assert!(matches!(RuleBook::new(all.clone()), Err(BookError::Partial { table }) if &*table == "riksnorm-2014"));
    assert!(RuleBook::with_fragments(all).is_ok());
}

#[test]
fn what_a_fragment_lacks_is_not_made_up() {
    let text =
        include_str!("../tables/riksnorm-2014.toml").to_owned() + "\n[[shared]]\npersons = 2\namount = \"1040\"\n";
    let rules = include_str!("../tables/rules-2013-07.toml");
    let files = [text.as_str(), rules].map(|text| toml::from_str::<RuleFile>(text).unwrap());
    let book = RuleBook::with_fragments(files.into()).unwrap();
    let mut input = HOUSEHOLDS[2].input();
    assert!(calculate(&book, &input).is_ok());
    // Two and five are known; six is not five and a step.
    input.household.members[0].role = Role::SharedHomeAdult { persons: 6 };
    assert_eq!(calculate(&book, &input), Err(CalculationError::NotInTable));
}

#[test]
fn derived_figures_are_marked_to_the_line() {
    let input = HOUSEHOLDS[1].input();
    let certainties = |book: &RuleBook| -> Vec<Certainty> {
        calculate(book, &input).unwrap().lines.iter().map(|line| line.certainty).collect()
    };
    assert_eq!(certainties(&BOOK), [Certainty::Official; 3]);
    let derived = with_table(|table| table.derived = vec!["couple".to_owned()]).unwrap();
    assert_eq!(certainties(&derived), [Certainty::Derived, Certainty::Derived, Certainty::Official]);
    let unknown = with_table(|table| table.derived = vec!["couples".to_owned()]).unwrap_err();
    assert_eq!(unknown.to_string(), "riksnorm-2026 marks couples as derived, which it does not have");
}

#[test]
fn a_rounded_share_is_marked_as_unverified() {
    let certainty = |name: &str| {
        let worked = HOUSEHOLDS.iter().find(|worked| worked.name == name).unwrap();
        calculate(&BOOK, &worked.input()).unwrap().lines[1].certainty
    };
    assert_eq!(certainty("A shared home of three: the share does not come out even"), Certainty::Unverified);
    assert_eq!(certainty("The published total for one adult in 2026"), Certainty::Official);
}

#[test]
fn each_year_has_one_price_base_amount() {
    let amounts = |change: fn(&mut PriceBaseAmountsFile)| {
        let mut files = files();
        for file in &mut files {
            if let RuleFile::PriceBaseAmounts(amounts) = file {
                change(amounts);
            }
        }
        RuleBook::new(files).unwrap_err()
    };
    let without_2024 = amounts(|file| {
        file.years.remove(0);
    });
    assert_eq!(without_2024, BookError::PriceBaseAmount { year: 2024 });
    assert_eq!(amounts(|file| file.years.push(file.years[1].clone())), BookError::PriceBaseAmount { year: 2025 });
    assert_eq!(amounts(|file| file.years[2].amount = Money::ZERO), BookError::PriceBaseAmount { year: 2026 });
}

#[test]
fn the_numbers_of_the_rules_are_within_bounds() {
    let number = |change: fn(&mut RuleSetFile)| match with_rules(change).unwrap_err() {
        BookError::RuleSet(RuleSetError::OutOfBounds { number, .. }) => number,
        other => panic!("{other}"),
    };
    assert_eq!(number(|set| set.job_stimulus.percent = 101), "percent");
    assert_eq!(number(|set| set.job_stimulus.months = 0), "job-stimulus months");
    assert_eq!(number(|set| set.reference_month.months_before = 0), "months-before");
    assert_eq!(number(|set| set.reference_month.proposal_months_before = 1), "proposal-months-before");
    assert_eq!(number(|set| set.largest_row = Money::ZERO), "largest-row");
    assert_eq!(number(|set| set.ages.child_under = 22), "ages");
    let backwards = with_rules(|set| set.through = month("2025-06")).unwrap_err();
    assert!(matches!(backwards, BookError::RuleSet(RuleSetError::Backwards { .. })));
}

#[test]
fn an_unknown_word_in_a_file_is_refused() {
    for (known, unknown) in [("personal", "persnal"), ("\"norm-table\"", "\"norm\""), ("version = 1", "version = -1")] {
        let text = include_str!("../../tables/riksnorm-2026.toml").replacen(known, unknown, 1);
        assert!(toml::from_str::<RuleFile>(&text).is_err(), "{unknown}");
    }
    let text =
        include_str!("../../tables/rules-2025-07.toml").replacen("[provisions.surplus]", "[provisions.surpluses]", 1);
    assert!(toml::from_str::<RuleFile>(&text).is_err());
}

#[test]
fn files_are_written_and_read_back() {
    for file in files() {
        let stored = serde_json::to_string(&file).unwrap();
        assert_eq!(serde_json::from_str::<RuleFile>(&stored).unwrap(), file);
    }
    let municipal = settings("exempelby");
    let stored = serde_json::to_string(&municipal).unwrap();
    assert_eq!(serde_json::from_str::<MunicipalSettings>(&stored).unwrap(), municipal);
}

#[test]
fn a_month_has_the_settings_that_have_begun() {
    let from = |start: &str| {
        let text = include_str!("../../tables/settings-grannby.toml").replace("2013-07", start);
        toml::from_str::<MunicipalSettings>(&text).unwrap()
    };
    let dated = DatedSettings::new(vec![from("2026-07"), from("2026-01")]).unwrap();
    let begun = |at: &str| dated.for_month(month(at)).map(MunicipalSettings::from);
    assert_eq!(begun("2025-12"), None);
    assert_eq!(begun("2026-01"), Some(month("2026-01")));
    assert_eq!(begun("2026-06"), Some(month("2026-01")));
    assert_eq!(begun("2026-12"), Some(month("2026-07")));
    let twice = DatedSettings::new(vec![from("2026-01"), from("2026-01")]);
    assert_eq!(twice, Err(MunicipalSettingsError::SameMonth { from: month("2026-01") }));
}

#[test]
fn guidelines_that_answer_twice_or_for_nobody_are_refused() {
    let text = include_str!("../../tables/settings-grannby.toml");
    for (change, to, reason) in [
        ("version = 1", "version = 0", "the version is counted from 1"),
        ("persons-from = 3", "persons-from = 2", "two guidelines for rent cover a household of 2"),
        ("persons-through = 2", "persons-through = 0", "a guideline for rent has no household"),
        ("limit = \"7500\"", "limit = \"-1\"", "a limit below zero"),
    ] {
        let error = toml::from_str::<MunicipalSettings>(&text.replacen(change, to, 1)).unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn a_backwards_table_alone_is_refused() {
    let error = with_table(|table| table.through = month("2025-11")).unwrap_err();
    assert!(matches!(error, BookError::Table(TableError::Backwards { .. })));
}
